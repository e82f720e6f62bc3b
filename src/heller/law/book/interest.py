"""Simple interest by a table of rates, no compound: what every country counts alike.

The first day is the day after the event, the last day counts too. How many days a year has is fixed by few
statutes: act/365 is the default, act/act the other reading; never 30/360.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from heller.law.book.rules import Rule
from heller.model.money import Money


class Basis(Enum):
    """How many days a year of interest has."""

    ACT_365 = "act/365"
    ACT_ACT = "act/act"

    def days(self, year: int) -> int:
        """The days of a year on this basis."""
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 366 if self is Basis.ACT_ACT and leap else 365


class Segment(Struct, frozen=True):
    """Days of one rate within one year, first and last included. `rate` is percent a year."""

    first: date
    last: date
    rate: Decimal
    exact: Fraction  # cents

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def amount(self) -> Money:
        """Its interest, rounded to the cent."""
        return Money(1) * self.exact


class Interest(Struct, frozen=True):
    """Interest on a sum: rounded once, at the end."""

    principal: Money
    segments: tuple[Segment, ...]
    basis: Basis

    @property
    def exact(self) -> Fraction:
        """The interest in cents before rounding; exactly additive over split periods."""
        return sum((segment.exact for segment in self.segments), Fraction())

    @property
    def amount(self) -> Money:
        """The interest to the cent."""
        return Money(1, self.principal.currency) * self.exact

    @property
    def days(self) -> int:
        """How many days bear interest."""
        return sum(segment.days for segment in self.segments)


def simple(
    principal: Money, first: date, last: date, table: Rule, plus: Decimal, basis: Basis = Basis.ACT_365
) -> Interest:
    """Simple interest from `first` to `last`, both included; nothing where `last` lies before `first`.

    `table` has `percent` a year by day, `plus` are points above it. Raises BeyondTheData where the table does
    not carry a day: rates are never extrapolated.
    """
    segments: list[Segment] = []
    day = first
    while day <= last:
        version = table.on(day)
        rate = version.number("percent") + plus
        end = min(last, date(day.year, 12, 31), version.until or last)
        segments.append(_segment(principal, day, end, rate, basis))
        day = end + timedelta(1)
    return Interest(principal, _join_neighbours(principal, segments, basis), basis)


def known_until(table: Rule) -> date:
    """The last day for which a table of rates is known."""
    return table.versions[-1].until or table.known_until


def _segment(principal: Money, first: date, last: date, rate: Decimal, basis: Basis) -> Segment:
    days = (last - first).days + 1
    exact = Fraction(principal.cents) * Fraction(rate) / 100 * days / basis.days(first.year)
    return Segment(first, last, rate, exact)


def _join_neighbours(principal: Money, segments: list[Segment], basis: Basis) -> tuple[Segment, ...]:
    """Neighbours of the same rate in the same year as one line."""
    out: list[Segment] = []
    for segment in segments:
        if out and out[-1].rate == segment.rate and out[-1].last.year == segment.first.year:
            out[-1] = _segment(principal, out[-1].first, segment.last, segment.rate, basis)
        else:
            out.append(segment)
    return tuple(out)
