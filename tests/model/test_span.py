"""Spans are half-open and in UTC; days belong to a zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.model.span import Span, days_of, union, without

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2015, 2, 1, tzinfo=UTC)
spans = st.tuples(st.integers(0, 500), st.integers(0, 200)).map(
    lambda t: Span(START + timedelta(hours=t[0]), START + timedelta(hours=t[0] + t[1]))
)


def hours(pieces: tuple[Span, ...] | list[Span]) -> set[int]:
    """The hours that spans cover, counted one by one."""
    return {
        hour
        for s in pieces
        for hour in range((s.start - START) // timedelta(hours=1), (s.end - START) // timedelta(hours=1))
    }


@given(st.lists(spans))
def test_a_union_covers_the_same_time_once(pieces: list[Span]) -> None:
    """Same hours, disjoint, in order."""
    merged = union(pieces)
    assert hours(merged) == hours(pieces)
    assert all(a.end < b.start for a, b in pairwise(merged))


@given(spans, st.lists(spans))
def test_cutting_holes_leaves_exactly_the_rest(whole: Span, holes: list[Span]) -> None:
    """What is left and what was cut add up to the span."""
    assert hours(without(whole, holes)) == hours([whole]) - hours(holes)


@given(spans, spans)
def test_two_spans_meet_where_they_overlap(a: Span, b: Span) -> None:
    """The meeting is the common time, None where there is none."""
    common = a.meet(b)
    assert (common is not None) == (hours([a]) & hours([b]) != set())
    assert hours([common] if common else []) == hours([a]) & hours([b])


@pytest.mark.parametrize(
    ("day", "length"), [(date(2015, 3, 29), 23), (date(2015, 10, 25), 25), (date(2015, 2, 4), 24)]
)
def test_days_have_23_24_or_25_hours(day: date, length: int) -> None:
    """A day of the zone is touched by exactly the hours that its wall clock counts, 23 and 25 too."""
    first = datetime.combine(day, time(), BERLIN).astimezone(UTC)
    last = first + timedelta(hours=length)
    assert list(days_of(Span(first, last), BERLIN)) == [day]
    assert list(days_of(Span(first, last + timedelta(seconds=1)), BERLIN)) == [day, day + timedelta(1)]
    assert list(days_of(Span(first - timedelta(seconds=1), last), BERLIN)) == [day - timedelta(1), day]


def test_the_days_of_the_outage_of_2015() -> None:
    """From Wednesday 4 to Wednesday 18 February a span touches fifteen calendar days."""
    outage = Span(datetime(2015, 2, 4, 7, 12, tzinfo=UTC), datetime(2015, 2, 18, 9, 40, tzinfo=UTC))
    days = list(days_of(outage, BERLIN))
    assert (days[0], days[-1], len(days)) == (date(2015, 2, 4), date(2015, 2, 18), 15)


def test_naive_times_are_refused() -> None:
    """A time without a zone is no instant."""
    with pytest.raises(ValueError, match="zone"):
        Span(datetime(2015, 2, 4), datetime(2015, 2, 5))
