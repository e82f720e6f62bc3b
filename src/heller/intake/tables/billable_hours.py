"""Billable hours of a time tracker as units of business: what each row would be charged with, by its rate or amount.

Amounts of time trackers are without VAT. Who worked them is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Protocol

from heller.intake.tables.cells import CellRow
from heller.intake.tables.unit_words import fate, moved_to
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Locator
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import ZERO, Money, half_up

ROLES = ("billable", "rate", "amount", "price")
YES = ("ja", "yes", "y", "j", "true", "wahr", "1", "x", "billable", "abrechenbar", "fakturierbar")
UNSURE = (Fate.LOST, Fate.CAUGHT_UP, Fate.CANCELLED)
_UNIT = re.compile(r"(?<!\s)\s*(?:EUR|Euro|€)\s*(?:/\s*h)?", re.IGNORECASE)


class HourRow(Protocol):
    """A row of a tracker: how long it was, and when, where that is known."""

    @property
    def length(self) -> timedelta:
        """Without the pause."""

    @property
    def line(self) -> CellRow:
        """Its cells."""


def units_of(
    rows: Iterable[tuple[HourRow, datetime, bool]],
    cell: Callable[[CellRow, str], str],
    roles: Iterable[str],
    digest: str,
) -> Iterator[Unit]:
    """The billable rows, each with the moment at which it begins and whether its time of day is known; none of a list
    that says neither what is billable nor a rate."""
    there = set(roles)
    if not there & set(ROLES):
        return
    for row, at, timed in rows:
        value = _value(row, cell)
        billed = fold(cell(row.line, "billable")) in YES if "billable" in there else bool(value)
        if not billed:
            continue
        words = [cell(row.line, role) for role in ("fate", "note", "activity", "tags")]
        later = numbers.day(cell(row.line, "later")) or moved_to(" ".join(words))
        yield Unit(
            UnitKind.HOUR,
            at,
            value or None,
            gross=False,
            fate=Fate.CAUGHT_UP if later else _fate(words),
            until=at + row.length,
            later=later,
            timed=timed,
            source=Locator(digest, f"row {row.line.number}"),
        )


def _fate(words: Iterable[str]) -> Fate:
    found = (fate(part) for word in words for part in word.split(","))
    return next((one for one in found if one in UNSURE), Fate.HELD)


def _value(row: HourRow, cell: Callable[[CellRow, str], str]) -> Money:
    """The amount that the row states, else hours times rate, rounded to the cent. A column 'Rate' beside one of rates
    by the hour is the amount (Kimai)."""
    rate, price = _decimal(cell(row.line, "rate")), _decimal(cell(row.line, "price"))
    stated = _decimal(cell(row.line, "amount")) or (price if rate else None)
    if stated:
        return Money(half_up(stated * 100))
    rate = rate or price
    if not rate:
        return ZERO
    hours = Fraction(int(row.length.total_seconds()), 3600)
    return Money(half_up(Fraction(rate) * 100 * hours))


def _decimal(raw: str) -> Fraction | None:
    found = numbers.decimal(_UNIT.sub("", raw).strip()) if raw and len(raw) < 40 else None
    return None if found is None else Fraction(found)
