"""Which outages of a line are one event, and which enter no claim."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from heller.model.event import EventKind, LineEvent
from heller.model.kinds.announced_work import AnnouncedWork
from heller.model.kinds.grouping import Grouping, GroupingVerdict
from heller.model.outage import Cause, Detection, Outage, Strength
from heller.model.span import Bounds, Span
from heller.model.text import Text
from heller.outage.events import events_of, nearby

DAY0 = datetime(2025, 3, 4, 8, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def outage(start: float, hours: float, cause: Cause = Cause.LINE) -> Outage:
    """An outage by hours from the first morning on."""
    begin, end = DAY0 + start * HOUR, DAY0 + (start + hours) * HOUR
    return Outage(Bounds(begin, begin), Bounds(end, end), cause, Strength.MEASURED, Text("cut"))


def found(
    *outages: Outage, works: tuple[AnnouncedWork, ...] = (), decided: tuple[Grouping, ...] = ()
) -> tuple[LineEvent, ...]:
    """The events of a line without a name."""
    return events_of("", Detection(outages=outages), works, decided, BERLIN)


def shape(events: tuple[LineEvent, ...]) -> list[tuple[str, int]]:
    """The kind of each event and of how many outages it is made."""
    return [(event.kind.value, len(event.outages)) for event in events]


def test_less_than_a_day_apart_is_one_event() -> None:
    """The line came back over night; four months later it is another event."""
    assert shape(found(outage(0, 20), outage(30, 5), outage(2900, 10))) == [("outage", 2), ("outage", 1)]


def test_minutes_join_only_what_is_close() -> None:
    """Five minutes half a day after an outage move its end nowhere; twenty short ones in an hour are an event."""
    assert shape(found(outage(0, 20), outage(32, 0.08))) == [("outage", 1), ("micro", 1)]
    flapping = [outage(n * 0.2, 0.1) for n in range(20)]
    assert shape(found(*flapping)) == [("outage", 20)]


def test_five_minutes_are_listed_with_their_footing() -> None:
    """They are no event of the claim unless a person says so."""
    (one,) = found(outage(0, 0.08))
    assert one.kind is EventKind.MICRO and one.footing is not None
    counted = Grouping(GroupingVerdict.COUNTED, DAY0)
    assert shape(found(outage(0, 0.08), decided=(counted,))) == [("outage", 1)]


def test_announced_work_is_no_event_of_the_claim_but_what_outlasts_it_is() -> None:
    """Four hours were announced: an outage within them is work, one of nine hours counts from their end."""
    window = AnnouncedWork(Span(DAY0 - HOUR, DAY0 + 3 * HOUR), (DAY0 - 9 * HOUR).date())
    assert shape(found(outage(0, 2), works=(window,))) == [("work", 1)]
    (late,) = found(outage(0, 9), works=(window,))
    assert (late.kind, late.dead) == (EventKind.OUTAGE, 6 * HOUR)
    (dead,) = late.outages
    assert (dead.went_dead, dead.announced[0].length) == (DAY0, 3 * HOUR)
    ahead = AnnouncedWork(Span(DAY0 + 7 * HOUR, DAY0 + 10 * HOUR), (DAY0 - 9 * HOUR).date())
    (early,) = found(outage(0, 9), works=(ahead,))
    assert (early.dead, early.outages[0].went_dead) == (7 * HOUR, DAY0)


def test_what_was_announced_afterwards_was_not_announced() -> None:
    """A notice of the day after frees nobody."""
    window = AnnouncedWork(Span(DAY0, DAY0 + 3 * HOUR), (DAY0 + 24 * HOUR).date())
    assert shape(found(outage(0, 2), works=(window,))) == [("outage", 1)]


def test_a_person_joins_and_parts() -> None:
    """Two outages three days apart are joined, and two of one night are parted; the last word counts."""
    a, b = DAY0, DAY0 + 80 * HOUR
    join, part = (Grouping(verdict, a, b) for verdict in (GroupingVerdict.TOGETHER, GroupingVerdict.APART))
    two = (outage(0, 8), outage(80, 8))
    assert shape(found(*two)) == [("outage", 1), ("outage", 1)]
    assert shape(found(*two, decided=(join,))) == [("outage", 2)]
    assert shape(found(*two, decided=(join, part))) == [("outage", 1), ("outage", 1)]


def test_nearby_outages_are_proposed() -> None:
    """Three days apart and of one cause they may be one; of two causes they are not."""
    events = found(outage(0, 8), outage(80, 8))
    assert nearby("", events, ()) == ((DAY0, DAY0 + 80 * HOUR, False, False),)
    assert nearby("", found(outage(0, 8), outage(80, 8, Cause.DNS)), ()) == ()
    assert nearby("", found(outage(0, 8), outage(20, 8)), ())[0][2] is True


@given(st.lists(st.tuples(st.integers(0, 4000), st.floats(0.02, 60)), min_size=1, max_size=8), st.randoms())
def test_the_order_of_outages_changes_nothing(starts: list[tuple[int, float]], shuffle: object) -> None:
    """Each outage is in exactly one event, whatever their order."""
    outages = [outage(start * 10, hours) for start, hours in dict(starts).items()]
    events = found(*outages)
    assert sorted(o.span for event in events for o in event.outages) == sorted(o.span for o in outages)
    shuffle.shuffle(outages)  # type: ignore[attr-defined]
    assert found(*outages) == events
