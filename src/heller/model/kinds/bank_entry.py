"""Bank entries: what every room needs to know of them."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import day, money, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class BankEntry(RecordNoun, frozen=True, tag="bank_entry"):
    """One booked entry of an account; money out is negative."""

    account: str
    booked: date
    amount: Money
    counterparty: str
    purpose: str
    source: Locator


FIELDS = (
    words("account", text("Account")),
    day("booked", text("Booked on"), listed=True),
    money("amount", text("Amount"), listed=True),
    prose("counterparty", text("Counterparty"), listed=True),
    prose("purpose", text("Reference"), listed=True),
)
KIND = RecordKind(BankEntry, text("Bank entries"), "statement", FIELDS, known_of=lambda record: record.booked)
