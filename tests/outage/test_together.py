"""Several witnesses of one line: who was not looking takes nothing away, who contradicts is said."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.outage.worlds import FAR, NEAR, at, probes, router, said, span

from heller.model.kinds.contact import ContactKind
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import Detection, OpenEnd, OpenStart, Strength
from heller.model.span import Bounds, Span, union, without
from heller.outage import detect, suppose_other
from heller.outage.rule import NOTICES

DOWN, UP = DeviceSign.LINE_DOWN, DeviceSign.LINE_UP
DAY = 86_400.0


def watched(start: float, end: float, dead: list[tuple[float, float]]) -> list[ProbeLog]:
    """Two targets that were asked from `start` to `end` only."""
    return [probes(t, end, phase=p, dead=dead, asleep=[(-1, start)]) for t, p in ((NEAR, 0.0), (FAR, 0.5))]


def lowest(found: Detection) -> tuple[Span, ...]:
    """What is certain."""
    return union(part for o in found.outages for part in without(o.span, o.unobserved))


def highest(found: Detection) -> tuple[Span, ...]:
    """What the bounds allow at most."""
    return union(o.widest for o in found.outages)


def test_a_log_of_the_last_hours_takes_nothing_from_the_routers_two_weeks() -> None:
    """The router saw the line dead for 14 days; a watch begun in the last four hours shortens nothing, proves it,
    and bounds the end."""
    end = 14 * DAY
    log = router((0, UP), (100, DOWN), (end, UP), (end + 7200, UP))
    alone = detect([], [log], []).outages
    (both,) = detect(watched(end - 7200, end + 7200, [(0, end)]), [log], []).outages
    assert both.start == alone[0].start and both.shortest >= timedelta(days=14) - timedelta(minutes=5)
    assert both.strength is Strength.PROVEN
    assert isinstance(both.end, Bounds) and both.end.width < timedelta(seconds=3)


def test_a_router_that_calls_an_answering_line_dead_is_contradicted() -> None:
    """Answers all through it: no outage, both statements are kept, and the other reading can be worked out."""
    found = detect(watched(0, 7200, []), [router((1000, DOWN), (3000, UP))], [])
    (one,) = found.contradictions
    assert found.outages == () and not one.counted
    assert one.span.start < at(1010) and one.span.end > at(2990)
    (other,) = suppose_other(found, one).outages
    assert other.shortest >= timedelta(seconds=1980)


def test_what_is_contradicted_is_all_that_is_lost() -> None:
    """Dead by the router from 1000 to 9000; a watch from 5000 on is answered: 1000 to 5000 stand."""
    found = detect(watched(5000, 12_000, []), [router((1000, DOWN), (9000, UP))], [])
    (outage,), (one,) = found.outages, found.contradictions
    assert outage.start.latest < at(1010) and at(4990) <= outage.end.earliest <= at(5002)
    assert one.span.start >= at(5000)


def test_a_report_days_before_the_measured_start_is_asked() -> None:
    """Somebody reported a dead line while it was answered: one of the two is wrong, or it was another fault."""
    log = watched(0, 4 * DAY, [(3 * DAY, 3 * DAY + 3600)])
    found = detect(log, [], [said(DAY, ContactKind.FAULT_REPORT)])
    (one,) = found.contradictions
    assert one.span == Span(at(DAY), found.outages[0].start.latest)
    assert "outage.contradiction" in {f.code for f in found.findings}


def test_a_report_while_nobody_looked_makes_the_outage_as_old_as_itself() -> None:
    """The watch begins with a dead line: the widest bound reaches back to the report, the certain time does not."""
    log = watched(DAY, DAY + 7200, [(0, DAY + 3600)])
    (alone,) = detect(log, [], []).outages
    assert isinstance(alone.start, OpenStart) and alone.longest is None
    (told,) = detect(log, [], [said(3600, ContactKind.FAULT_REPORT)]).outages
    assert told.start == Bounds(at(3600), alone.start.latest)
    assert told.shortest == alone.shortest


def test_what_a_report_says_of_the_beginning_takes_part() -> None:
    """'Dead since 7:50', said while it was dead, and measured as up until half past eight: asked."""
    log = watched(0, 4 * 3600, [(9000, 12_000)])  # the world begins at seven o'clock in Berlin
    told = replace(said(10_000, ContactKind.FAULT_REPORT), said="Tot seit 7:50 Uhr, Ticket 4711.")
    (one,) = detect(log, [], [told], zone=ZoneInfo("Europe/Berlin")).contradictions
    assert one.span.start == at(50 * 60)
    assert detect(log, [], [told]).contradictions == ()


def test_an_open_end_runs_until_now_and_has_no_longest() -> None:
    """The last loss is the last proof; counted until a day, the time after it was watched by nobody."""
    (outage,) = detect(watched(0, 3600, [(3000, 9999)]), [], []).outages
    assert isinstance(outage.end, OpenEnd) and outage.longest is None
    day = outage.until(at(DAY))
    assert day.end == Bounds(at(DAY), at(DAY)) and day.proven_down == outage.shortest
    assert outage.until(at(10)) == outage


def test_an_end_that_somebody_claims_closes_an_open_one() -> None:
    """Nobody measured after it: the end lies between the last proof of death and the claim."""
    log = watched(0, 3600, [(3000, 9999)])
    (outage,) = detect(log, [], [said(DAY, ContactKind.ONLINE_CLAIM)]).outages
    assert isinstance(outage.end, Bounds) and outage.end.latest == at(DAY)
    assert outage.ends[0].holds


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[tuple[float, float]], list[ProbeLog], DeviceLog]:
    """A line with one or two cuts, a watch that looks for a part of the time, a router that saw all of it."""
    cuts, t = [], float(draw(st.integers(600, 2000)))
    for _ in range(draw(st.integers(1, 2))):
        length = float(draw(st.integers(400, 3000)))
        cuts.append((t, t + length))
        t += length + draw(st.integers(600, 2000))
    begin = float(draw(st.integers(0, int(t) - 600)))
    end = float(draw(st.integers(int(begin) + 300, int(t))))
    late = [draw(st.floats(0, 5)) for _ in cuts]
    events = [(a + d, DOWN) for (a, _), d in zip(cuts, late, strict=True)]
    events += [(b, UP) for _, b in cuts]
    return cuts, watched(begin, end, cuts), router((0, UP), *sorted(events), (t + 600, UP))


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_a_true_witness_more_takes_nothing_away(
    world: tuple[list[tuple[float, float]], list[ProbeLog], DeviceLog],
) -> None:
    """Of a second that was down in the world none leaves the highest bound of either; and of what either was
    certain of nothing is lost, since true witnesses do not contradict each other."""
    cuts, seen, log = world
    truth = [span(a, b) for a, b in cuts]
    both = detect(seen, [log], [])
    for alone in (detect(seen, [], []), detect([], [log], [])):
        held = [both_ for s in highest(alone) for t in truth if (both_ := s.meet(t))]
        missing = [part for s in held for part in without(s, highest(both))]
        assert sum((m.length for m in missing), timedelta()) <= timedelta(seconds=2)
        lost = [part for s in lowest(alone) for part in without(s, lowest(both))]
        assert sum((m.length for m in lost), timedelta()) <= 2 * len(cuts) * timedelta(seconds=8)
    assert both.contradictions == ()
    assert all(s.length <= NOTICES for s in _outside(lowest(both), truth))


def _outside(spans: tuple[Span, ...], truth: list[Span]) -> list[Span]:
    return [part for one in spans for part in without(one, truth)]


def test_no_witness_makes_a_second_out_of_nothing() -> None:
    """Where neither says that the line was dead, nothing is."""
    found = detect(watched(0, 3600, []), [router((0, UP), (3600, UP))], [])
    assert found.outages == () and found.contradictions == ()
    assert isinstance(at(0), datetime)
