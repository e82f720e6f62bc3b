"""The fee for the dead days comes back: § 326 (1) BGB (or § 536 BGB, if the line is let)."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from heller.model.amount import Range, WorkingLine
from heller.model.money import ZERO, Money, total
from heller.model.text import text


def dead_days(first: date, repaired: date, *, repair_day_counts: bool = False) -> tuple[date, ...]:
    """The calendar days without service, from the day it stopped. The day of repair does not count
    unless the reading says so: the service came back on it."""
    last = repaired + timedelta(1) if repair_day_counts else repaired
    return tuple(first + timedelta(n) for n in range(max((last - first).days, 0)))


def fee_for(monthly: Money, days: Iterable[date]) -> tuple[Money, tuple[WorkingLine, ...]]:
    """The monthly fee times dead days over the days of their month, each month rounded once.

    500.00 for 14 days of February 2015 are 250.00 (14/28).
    """
    months = Counter((day.year, day.month) for day in set(days))
    lines, parts = [], [ZERO]
    for (year, month), dead in sorted(months.items()):
        length = calendar.monthrange(year, month)[1]
        part = monthly * Fraction(dead, length)
        parts.append(part)
        lines.append(
            WorkingLine(
                text(
                    "{fee} x {dead} of {length} days of month {month}/{year}",
                    fee=monthly,
                    dead=dead,
                    length=length,
                    month=month,
                    year=str(year),
                ),
                Range.exact(part),
            )
        )
    return total(parts), tuple(lines)
