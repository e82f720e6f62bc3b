"""Default interest, §§ 247, 288 (1), 289 BGB: base rate of each half-year plus five points, no compound.

The first day is the day after the event, the last day counts too (§ 187 (1) BGB). How many days a year
has is not fixed by the statute: act/365 is the default, act/act the other reading; never 30/360.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from msgspec import Struct

from heller.law.book.rules import Rule, book, usable
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


def points() -> Decimal:
    """Percentage points above the base rate for damages, § 288 (1) BGB (not the 9 of § 288 (2))."""
    return usable(book().rule("BGB-288-1")).versions[-1].number("points")


def payment_rule(arose: date, rendered: date | None = None) -> str:
    """Which rule gives the points of a payment claim between businesses: § 288 (2) BGB, old or new, by the
    day the obligation arose; an older continuing contract has the new one for what is `rendered` after
    30 June 2016 (Art. 229 § 34 EGBGB). Never for damages."""
    told = book().in_force("SEL-03", max(arose, book().rule("SEL-03").versions[0].since)).values
    old_until, continuing_until = (
        date.fromisoformat(str(told[k])) for k in ("old_until", "continuing_until")
    )
    newer = arose > old_until or (rendered is not None and rendered > continuing_until)
    return "BGB-288-2b" if newer else "BGB-288-2a"


def from_pendency(served: date) -> date:
    """The first day of interest from pendency, § 291 BGB: the day after service."""
    days = book().for_sum("BGB-291", served).number("days_after_service")
    return served + timedelta(int(days))


def interest(
    principal: Money,
    first: date,
    last: date,
    *,
    above: Decimal | None = None,
    basis: Basis = Basis.ACT_365,
    base: Rule | None = None,
) -> Interest:
    """Simple interest from `first` to `last`, both included; nothing where `last` lies before `first`.

    `above` are percentage points over the base rate (default: § 288 (1) BGB), `base` the table of base
    rates. Raises BeyondTheData where the table does not carry a day: rates are never extrapolated.
    """
    table = base or usable(book().rule("BGB-247"))
    plus = points() if above is None else above
    segments: list[Segment] = []
    day = first
    while day <= last:
        version = table.on(day)
        rate = version.number("percent") + plus
        end = min(last, date(day.year, 12, 31), version.until or last)
        segments.append(_segment(principal, day, end, rate, basis))
        day = end + timedelta(1)
    return Interest(principal, _joined(principal, segments, basis), basis)


def last_known_day(base: Rule | None = None) -> date:
    """The last day for which the base rate is known."""
    table = base or book().rule("BGB-247")
    return table.versions[-1].until or table.known_until


def _segment(principal: Money, first: date, last: date, rate: Decimal, basis: Basis) -> Segment:
    days = (last - first).days + 1
    exact = Fraction(principal.cents) * Fraction(rate) / 100 * days / basis.days(first.year)
    return Segment(first, last, rate, exact)


def _joined(principal: Money, segments: list[Segment], basis: Basis) -> tuple[Segment, ...]:
    """Neighbours of the same rate in the same year as one line."""
    out: list[Segment] = []
    for segment in segments:
        if out and out[-1].rate == segment.rate and out[-1].last.year == segment.first.year:
            out[-1] = _segment(principal, out[-1].first, segment.last, segment.rate, basis)
        else:
            out.append(segment)
    return tuple(out)
