"""Bank entries: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import BankEntry
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: BankEntry) -> tuple[object, ...]:
    return (
        record.booked,
        record.amount,
        record.counterparty,
        record.purpose,
    )


KIND = RecordKind(BankEntry, text("Bank entries"), "statement", _line, NOBODY)
