"""A router that goes over to another way: the line is dead, the firm is not, and neither is said of a changed route."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.outage.linelab import us
from tests.outage.wayslab import LINE, MOBILE, OTHER, OWN, inside, looks, seen
from tests.outage.worlds import codes

from heller.model.outage import Cause, OpenEnd, OpenStart, Strength
from heller.model.sample import Carrier
from heller.model.span import Bounds, union

LONG = 1500.0
START, END = 601.3, 1201.7


@pytest.mark.parametrize("pause", [0.0, 13.0])
@pytest.mark.parametrize(
    ("reachable", "further", "addresses"), [(False, 0, False), (True, 0, False), (False, 2, True)]
)
def test_a_failover_leaves_the_line_dead_and_the_firm_alive(
    pause: float, reachable: bool, further: int, addresses: bool
) -> None:
    """At once or after 13 s, with and without a first hop that answers: one outage from the cut to the way back, and
    a detour from when the other way carried."""
    dead = [(START, START + pause)] if pause else []
    away = [(START + pause, END)]
    told = seen(LONG, dead, away, reachable=reachable, further=further, addresses=addresses)
    (found,) = told.outages
    assert (found.cause, found.strength) == (Cause.LINE, Strength.MEASURED)
    assert isinstance(found.start, Bounds) and isinstance(found.end, Bounds)
    assert inside(START, found.start) and inside(END, found.end)
    assert max(found.start.width, found.end.width) <= timedelta(seconds=2.2)
    (detour,) = found.detours
    assert inside(START + pause, detour.start) and inside(END, detour.end)
    assert detour.way == (OTHER if addresses else MOBILE)
    cut_off = sum((span.length for span in found.cut_off), timedelta())
    assert timedelta(seconds=pause - 2.5) <= cut_off <= timedelta(seconds=pause)
    states = {stretch.state for stretch in told.stretches}
    assert "detour" in states and ("down" in states) == bool(pause)
    whole = union(stretch.span for stretch in told.stretches)
    assert told.observed is not None and whole == (told.observed,)


def test_a_way_back_that_takes_its_time_is_one_outage() -> None:
    """Ten seconds without anybody at both ends, the mobile line between: one outage with one detour."""
    told = seen(LONG, [(START, START + 10), (END - 10, END)], [(START + 10, END - 10)])
    (found,) = told.outages
    (detour,) = found.detours
    assert inside(START, found.start) and inside(END, found.end)
    assert inside(START + 10, detour.start) and inside(END - 10, detour.end)


def test_a_provider_that_leads_another_way_is_no_outage() -> None:
    """The first router is another, the one before still answers as ever: nothing is dead."""
    told = seen(LONG, (), (), shown=looks(LONG, [(START, END)]))
    assert not told.outages and "outage.carrier_unknown" not in codes(told)


def test_routers_that_take_turns_are_no_outage() -> None:
    """Two first routers of one provider answer in turn; both are there all the time."""
    shown = [Carrier("main", us(60 * n + 1), us(60 * n + 1), ((LINE, MOBILE)[n % 2],)) for n in range(24)]
    assert not seen(LONG, (), (), shown=shown).outages


def test_a_first_router_that_falls_silent_is_no_outage() -> None:
    """It may have its reasons; nobody else shows another way."""
    told = seen(LONG, (), (), hop_dead=[(START, END)], shown=looks(LONG, ()))
    assert not told.outages


def test_a_way_that_never_comes_back_is_suspected_and_asked_about() -> None:
    """It may be the mobile line, or the provider's new way: it is said, and what the answer hangs on."""
    told = seen(LONG, [(START, START + 13)], [(START + 13, LONG)])
    measured, suspected = told.outages
    assert (measured.strength, suspected.strength) == (Strength.MEASURED, Strength.SUSPECTED)
    assert isinstance(suspected.end, OpenEnd) and suspected.detours
    assert inside(START, measured.start) and inside(START + 13, measured.end)
    assert "outage.carrier_unknown" in codes(told)


@pytest.mark.parametrize("by_file", [True, False])
def test_a_public_address_that_is_known_decides(by_file: bool) -> None:
    """The line's address stands in watch.toml or in the case: a watch that never saw it saw a dead line."""
    said = {"stated": OWN} if by_file else {"office": ["203.0.113.0/24"]}
    told = seen(600, (), [(0, 600)], addresses=True, **said)
    (found,) = told.outages
    assert found.strength is Strength.MEASURED
    assert isinstance(found.start, OpenStart) and isinstance(found.end, OpenEnd)
    assert not seen(600, (), (), addresses=True, **said).outages
    open_still = seen(LONG, [(START, START + 13)], [(START + 13, LONG)], addresses=True, **said)
    (found,) = open_still.outages
    assert isinstance(found.end, OpenEnd) and found.strength is Strength.MEASURED
    later = found.until(found.span.end + timedelta(days=2))
    assert (
        later.shortest > timedelta(days=2) and later.cut_off == found.cut_off
    )  # the mobile line may carry still


@pytest.mark.parametrize("loss", [0.01, 0.05])
def test_loss_does_not_hide_it(loss: float) -> None:
    """A line that loses a few per cent shows the same."""
    told = seen(LONG, [(START, START + 13)], [(START + 13, END)], loss=loss)
    found = next(one for one in told.outages if one.detours)
    assert found.shortest >= timedelta(seconds=END - START - 15)
    assert found.widest.start.timestamp() * 1e6 <= us(START)
    assert found.widest.end.timestamp() * 1e6 >= us(END)
