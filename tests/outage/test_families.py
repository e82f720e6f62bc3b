"""IPv4 and IPv6 of one line: half of it dead is said, and is no complete outage."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.outage.anyworld import FOUR, LOST, ROUTER, SIX, Told, ok, told
from tests.outage.wayslab import inside
from tests.outage.worlds import at, codes, probes

from heller.model.outage import Family, Strength
from heller.model.sample import Target
from heller.outage import detect

START, END = 120.2, 300.7
BOTH = (ROUTER, *FOUR, *SIX)


@pytest.mark.parametrize(("dead", "family"), [(FOUR, Family.FOUR), (SIX, Family.SIX)])
def test_one_family_dead_is_half_the_line(dead: tuple[Target, ...], family: Family) -> None:
    """No outage and no bad line, but half of it, with true bounds, and named under what may be attacked."""
    found = told(420, BOTH, lambda who, t: LOST if who in dead and START <= t < END else ok())
    assert not found.outages and not found.degraded
    (half,) = found.halves
    assert (half.family, half.strength) == (family, Strength.MEASURED)
    assert inside(START, half.start) and inside(END, half.end)
    assert max(half.start.width, half.end.width) <= timedelta(seconds=1.1)
    assert "outage.half" in codes(found) and "outage.target_alone" not in codes(found)
    assert "half" in {stretch.state for stretch in found.stretches}


def test_both_families_dead_is_an_outage_and_what_is_left_is_half() -> None:
    """IPv4 dies first: half the line, then all of it, then nothing is left over."""

    def say(who: Target, t: float) -> Told:
        gone = (who in SIX and 200 <= t < END) or (who in FOUR and START <= t < END)
        return LOST if gone else ok()

    found = told(420, BOTH, say)
    (outage,) = found.outages
    assert inside(200, outage.start) and inside(END, outage.end)
    (half,) = found.halves
    assert half.family is Family.FOUR and half.span.end <= outage.span.start
    assert inside(START, half.start)


def test_a_family_that_never_answered_says_nothing() -> None:
    """A host with a route and no IPv6 behind it has not lost half its line."""
    found = told(300, BOTH, lambda who, t: LOST if who in SIX else ok())
    assert not found.halves and not found.outages


def test_a_line_of_ipv6_alone_is_a_line() -> None:
    """Its outages are complete ones."""
    found = told(420, (ROUTER, *SIX), lambda who, t: LOST if who in SIX and START <= t < END else ok())
    (outage,) = found.outages
    assert outage.strength is Strength.MEASURED and not found.halves


def test_imported_logs_of_two_families_are_two_halves_too() -> None:
    """A ping of IPv6 dead for a minute beside one of IPv4 that answers."""
    four = probes("203.0.113.53", 180)
    six = probes("2001:db8::53", 180, dead=[(60, 120)], phase=0.5)
    found = detect([four, six], (), ())
    assert not found.outages and not found.degraded
    (half,) = found.halves
    assert half.family is Family.SIX and half.start.earliest <= at(60) <= half.start.latest
