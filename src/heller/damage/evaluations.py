"""The months of a bookkeeper's evaluations (BWA) among the exhibits: takings and goods of each, the last twelve."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct

from heller.model.case import Case
from heller.model.finding import Locator
from heller.model.kinds.summary import Summary
from heller.model.money import Money

MONTHS = 12


class Month(Struct, frozen=True):
    """Takings and goods of a month, and the evaluation that says so."""

    month: date
    revenue: Money
    goods: Money
    source: Locator


def evaluated(case: Case, before: date) -> tuple[Month, ...]:
    """The last twelve months before that of a day, each once; of two evaluations the later one handed in counts."""
    found: dict[date, Month] = {}
    for record in case.records(Summary):
        if record.kind != "bwa":
            continue
        for key in record.values:
            role, _, on = key.partition(" ")
            if role != "revenue":
                continue
            first = date.fromisoformat(f"{on}-01")
            revenue, goods = _sum(record, key), _goods(record, on)
            if revenue and goods is not None and revenue.cents > 0 and first < before.replace(day=1):
                found[first] = Month(first, revenue, goods, record.source)
    return tuple(found[on] for on in sorted(found)[-MONTHS:])


def _goods(record: Summary, on: str) -> Money | None:
    """What goods cost: their own row, else takings less gross profit."""
    goods, left, revenue = (_sum(record, f"{role} {on}") for role in ("goods", "gross_profit", "revenue"))
    if goods is not None:
        return Money(abs(goods.cents))
    return None if left is None or revenue is None else revenue - left


def _sum(record: Summary, key: str) -> Money | None:
    value = record.values.get(key)
    return Money.of(Decimal(str(value.value))) if value and value.value is not None else None
