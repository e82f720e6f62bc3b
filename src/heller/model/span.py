"""Spans and bounds of time: half-open, in UTC. Days belong to a zone and are worked out here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct


def utc(moment: datetime) -> datetime:
    """The same instant in UTC; raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)


class Span(Struct, frozen=True, order=True):
    """Half-open stretch of time [start, end) in UTC.

    >>> a = Span.of(datetime(2015, 2, 4, tzinfo=UTC), hours=2)
    >>> a.seconds
    7200
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive times and a span that ends before it starts."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a span needs times with a zone")
        if self.end < self.start:
            raise ValueError(f"a span cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def of(cls, start: datetime, *, hours: float = 0, minutes: float = 0) -> Span:
        """A span of a given length."""
        return cls(utc(start), utc(start) + timedelta(hours=hours, minutes=minutes))

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end - self.start

    @property
    def seconds(self) -> int:
        """Whole seconds, rounded down."""
        return int(self.length.total_seconds())

    def overlaps(self, other: Span) -> bool:
        """Whether some time belongs to both."""
        return self.start < other.end and other.start < self.end

    def meet(self, other: Span) -> Span | None:
        """The time that belongs to both, None where there is none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def contains(self, moment: datetime) -> bool:
        """Whether an instant lies in it (the end does not)."""
        return self.start <= moment < self.end


class Bounds(Struct, frozen=True):
    """An instant known only between two: it lies in [earliest, latest]."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        """Refuse bounds that are upside down."""
        if self.latest < self.earliest:
            raise ValueError("bounds are upside down")

    @property
    def width(self) -> timedelta:
        """How far apart the bounds are."""
        return self.latest - self.earliest


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time as few, sorted, disjoint spans."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif span.length:
            out.append(span)
    return tuple(out)


def without(span: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of a span when the holes are cut out."""
    left, at = [], span.start
    for hole in union(holes):
        if hole.end <= at or hole.start >= span.end:
            continue
        if hole.start > at:
            left.append(Span(at, hole.start))
        at = hole.end
    if at < span.end:
        left.append(Span(at, span.end))
    return tuple(left)


def days_of(span: Span, zone: ZoneInfo) -> Iterator[date]:
    """The calendar days of the zone that a span touches."""
    if not span.length:
        return
    day = span.start.astimezone(zone).date()
    last = (span.end - timedelta(microseconds=1)).astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(1)
