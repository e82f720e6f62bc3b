"""Properties: the truth lies within the bounds, and no second is counted twice or without a witness."""

from collections.abc import Container
from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outage.worlds import FAR, NEAR, at, probes

from heller.model.kinds.probe_log import ProbeLog
from heller.model.span import Bounds
from heller.outage import detect

LONG = 900.0
PHASE = st.floats(0.0, 0.99)
SINGLES = st.sets(st.integers(5, 290).map(lambda n: 3 * n), max_size=25)  # never two in a row
TIMES = st.tuples(st.floats(0.0, LONG), st.floats(1.0, 300.0)).map(lambda t: (t[0], t[0] + t[1]))


@settings(max_examples=150, deadline=None)
@given(
    start=st.floats(50.0, 500.0),
    length=st.floats(12.0, 300.0),
    phase=PHASE,
    rtt=st.floats(0.001, 0.4),
    singles=SINGLES,
)
def test_true_start_and_end_lie_within_the_bounds(
    start: float, length: float, phase: float, rtt: float, singles: set[int]
) -> None:
    """A cut at any phase, any round trip, with losses by chance: both bounds hold the truth, and the
    claim never asks for more than the cut lasted."""
    log = probes(NEAR, LONG, phase=phase, dead=[(start, start + length)], lost=singles | {9}, rtt=rtt)
    (outage,) = detect([log], [], []).outages
    assert outage.widest.start <= at(start) <= outage.start.latest
    assert outage.end.earliest <= at(start + length) <= outage.widest.end
    assert outage.shortest <= timedelta(seconds=length) <= outage.widest.length


@settings(max_examples=60, deadline=None)
@given(start=st.floats(50.0, 500.0), length=st.floats(12.0, 300.0), phase=PHASE, apart=st.floats(0.1, 0.9))
def test_staggered_targets_narrow_the_bounds(start: float, length: float, phase: float, apart: float) -> None:
    """Without losses by chance two targets bound a start by a step at most, and hold the truth."""
    dead = [(start, start + length)]
    logs = [probes(t, LONG, phase=p, dead=dead) for t, p in ((NEAR, phase), (FAR, (phase + apart) % 1.0))]
    (outage,) = detect(logs, [], []).outages
    assert outage.widest.start <= at(start) <= outage.start.latest
    assert outage.end.earliest <= at(start + length) <= outage.widest.end
    assert isinstance(outage.start, Bounds)
    assert outage.start.width <= timedelta(seconds=1.05)


def _worlds(
    dead: list[tuple[float, float]],
    asleep: list[tuple[float, float]],
    phase: float,
    lost: Container[int] = (),
) -> list[ProbeLog]:
    return [
        probes(NEAR, LONG, phase=phase, dead=dead, asleep=asleep, lost=lost),
        probes(FAR, LONG, step=2.0, dead=dead, asleep=asleep),
    ]


@settings(max_examples=150, deadline=None)
@given(dead=st.lists(TIMES, max_size=3), asleep=st.lists(TIMES, max_size=3), phase=PHASE)
def test_every_second_counts_once(
    dead: list[tuple[float, float]], asleep: list[tuple[float, float]], phase: float
) -> None:
    """Up, down and unobserved add up to the observed span, in order, without overlap; and no second that
    nobody watched is up or down."""
    found = detect(_worlds(dead, asleep, phase, {7, 40}), [], [])
    if found.observed is None:
        return
    runs = [s.span for s in found.stretches]
    assert sum((r.length for r in runs), timedelta()) == found.observed.length
    assert all(one.end == other.start for one, other in pairwise(runs))
    for stretch in found.stretches:
        blind = [h for h in found.unobserved if h.overlaps(stretch.span)]
        assert bool(blind) == (stretch.state == "unobserved")


@settings(max_examples=150, deadline=None)
@given(dead=st.lists(TIMES, max_size=3), asleep=st.lists(TIMES, max_size=3), phase=PHASE)
def test_nothing_is_claimed_that_was_up_or_unwatched(
    dead: list[tuple[float, float]], asleep: list[tuple[float, float]], phase: float
) -> None:
    """Every second shown as down was dead in the world and watched; the measured length counts these."""
    found = detect(_worlds(dead, asleep, phase), [], [])
    for stretch in found.stretches:
        if stretch.state != "down":
            continue
        for second in range(int(stretch.span.length.total_seconds())):
            t = (stretch.span.start - at(0)).total_seconds() + second
            assert any(start <= t <= end for start, end in dead)
    down = sum((s.span.length for s in found.stretches if s.state == "down"), timedelta())
    assert down == sum((o.proven_down for o in found.outages), timedelta())


def test_a_noisy_line_that_is_never_down_has_no_outage() -> None:
    """Six hours at one probe a second: one loss in 500, a shared burst of two seconds each half hour, each
    target silent for a minute on its own, one of them dead for an hour (the simulation of rules that
    counts false alarms, with a fixed seed)."""
    chance = Random(7)
    logs = []
    for k, target in enumerate((NEAR, FAR, "192.0.2.9")):
        burst = {n for n in range(21600) if n % 1800 < 2 and chance.random() < 0.4}
        single = {n for n in range(21600) if chance.random() < 0.002}
        alone = [(5000.0 + 2000 * k, 5060.0 + 2000 * k)] + ([(12000.0, 15600.0)] if k == 0 else [])
        logs.append(probes(target, 21600, phase=k / 3, dead=alone, lost=burst | single))
    assert detect(logs, [], []).outages == ()


def test_a_slow_target_does_not_widen_what_a_fast_one_shows() -> None:
    """A page that takes most of a second proves the beginning no later than an echo beside it does."""
    dead = [(100.0, 160.0)]
    echo = probes(NEAR, LONG, dead=dead, rtt=0.02)
    page = probes(FAR, LONG, phase=0.5, dead=dead, rtt=0.9)
    (outage,) = detect([echo, page], [], []).outages
    assert outage.widest.start <= at(100.0) <= outage.start.latest
    assert outage.start.latest <= at(100.0) + timedelta(seconds=0.03)
