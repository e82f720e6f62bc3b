"""Bank entries: what every room needs to know of them."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_kind import NOBODY, RecordKind, RecordNoun
from heller.model.text import text


class BankEntry(RecordNoun, frozen=True, tag="bank_entry"):
    """One booked entry of an account; money out is negative."""

    account: str
    booked: date
    amount: Money
    counterparty: str
    purpose: str
    source: Locator


def _line(record: BankEntry) -> tuple[object, ...]:
    return (
        record.booked,
        record.amount,
        record.counterparty,
        record.purpose,
    )


KIND = RecordKind(BankEntry, text("Bank entries"), "statement", _line, NOBODY)
