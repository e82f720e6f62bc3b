"""What the business lost in a part of an outage, as a share of what it lost in all of it.

Day by day as the forecast and the lists of units say it, by the hour where neither says anything. It prices nothing
anew: what a head of loss comes to is the assessment's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TypeAlias

from heller.model.kinds.unit import Fate, Unit
from heller.model.span import Span, union, utc
from heller.model.worked_out import EventPart

SALES, UNITS = "lost_sales", "lost_units"
BUSINESS = (SALES, UNITS)
GONE = frozenset({Fate.LOST, Fate.CANCELLED, Fate.REFUNDED})
MOMENT = timedelta(minutes=1)  # what a unit takes where its list names no end
Weighed: TypeAlias = tuple[tuple[Span, ...], int]  # a part of the outage, and what was lost in it


def share_lost(part: EventPart, head: str, windows: Iterable[Span]) -> Fraction:
    """The share (0..1) of a head of the business that was lost in some stretches of the outage."""
    inside = union(windows)
    weighed = _weighed(part, head)
    whole = sum(weight for _, weight in weighed)
    return sum((Fraction(weight, whole) * _covered(spans, inside) for spans, weight in weighed), Fraction())


def _weighed(part: EventPart, head: str) -> Sequence[Weighed]:
    dead = union(outage.span for outage in part.detection.outages)
    found = [one for one in (_days(part, dead) if head == SALES else _units(part, dead)) if one[1] > 0]
    return found or [((span,), span.seconds) for span in dead]


def _days(part: EventPart, dead: Sequence[Span]) -> Iterator[Weighed]:
    """The days of the forecast: what was expected on each and did not come."""
    for sales in part.assessment.sales:
        for one in sales.path:
            pieces = _meet([_day(one.day, part)], dead)
            if pieces:
                yield pieces, one.expected - one.observed


def _units(part: EventPart, dead: Sequence[Span]) -> Iterator[Weighed]:
    """The units that did not take place, by their worth; by their number where one of them has none."""
    gone = [one for one in part.case.records(Unit) if one.fate in GONE]
    priced = all(one.value for one in gone)
    for one in gone:
        if pieces := _meet([_when(one, part)], dead):
            yield pieces, one.value.cents if priced and one.value else one.count


def _when(unit: Unit, part: EventPart) -> Span:
    if not unit.timed:
        return _day(unit.at.astimezone(part.case.tz).date(), part)
    return Span(unit.at, max(unit.until or unit.at, unit.at + MOMENT))


def _day(day: date, part: EventPart) -> Span:
    """A calendar day at the site."""
    first, after = (utc(datetime.combine(one, time(), part.case.tz)) for one in (day, day + timedelta(1)))
    return Span(first, after)


def _meet(ones: Iterable[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    met = (one.meet(other) for one in ones for other in others)
    return tuple(span for span in met if span is not None)


def _covered(spans: Sequence[Span], inside: Sequence[Span]) -> Fraction:
    return Fraction(_seconds(_meet(spans, inside)), _seconds(spans))


def _seconds(spans: Iterable[Span]) -> int:
    return sum(span.seconds for span in spans)
