"""Fees that every country reckons alike: tables that rise in steps with the value, and a monthly fee by days."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from heller.law.book.rules import Version
from heller.model.amount import Range, WorkingLine
from heller.model.money import ZERO, Money, total
from heller.model.text import text


def fee_by_steps(value: Money, table: Version) -> Money:
    """The 1.0 fee of a value: start fee, then an increment for each *started* step of each band.

    `table` has `start` = [limit, fee], `bands` = [[limit, step, increment], ...], `above` = [step,
    increment]. Raises ValueError for a negative value.
    """
    if value.cents < 0:
        raise ValueError(f"a value cannot be negative: {value}")
    at, fee = table.row("start")
    worth = value.decimal
    for limit, step, increment in table.rows("bands"):
        if worth <= at:
            return Money.of(fee)
        fee += _started(min(worth, limit) - at, step) * increment
        at = limit
    if worth > at:
        step, increment = table.row("above")
        fee += _started(worth - at, step) * increment
    return Money.of(fee)


def _started(stretch: Decimal, step: Decimal) -> int:
    return int((stretch / step).to_integral_value(ROUND_CEILING))


def tops(table: Version, most: Money) -> frozenset[Money]:
    """The values below `most` up to which a fee stays the same: who sues for a cent more pays more."""
    at = table.row("start")[0]
    found = {Money.of(at)}
    for limit, step, _ in table.rows("bands"):
        while at < limit and Money.of(at) < most:
            at += step
            found.add(Money.of(at))
    step = table.row("above")[0]
    while Money.of(at) < most:
        at += step
        found.add(Money.of(at))
    return frozenset(top for top in found if top < most)


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
