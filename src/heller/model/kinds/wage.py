"""Wages: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Wage
from heller.model.record_kind import RecordKind
from heller.model.text import text


def _line(record: Wage) -> tuple[object, ...]:
    return (
        record.person,
        text("{amount} per hour", amount=record.per_hour),
    )


def _persons(record: Wage) -> tuple[str, ...]:
    return (record.person,)


KIND = RecordKind(Wage, text("Wages"), "wages", _line, _persons)
