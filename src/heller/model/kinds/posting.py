"""Bookings: what every room needs to know of them."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import day, money, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Posting(RecordNoun, frozen=True, tag="posting"):
    """One booking of the firm's accounts: `amount` is above zero, as booked (VAT is in it where the
    account or the tax key says so). `chart` is SKR03, SKR04 or '' where the file names none."""

    day: date
    amount: Money
    debit: str
    credit: str
    source: Locator
    text: str = ""
    voucher: str = ""
    tax_key: str = ""
    chart: str = ""


FIELDS = (
    day("day", text("Day"), listed=True),
    words("debit", text("Debit account"), listed=True),
    words("credit", text("Credit account"), listed=True),
    money("amount", text("Amount"), listed=True),
    prose("text", text("Text"), listed=True),
    words("voucher", text("Voucher")),
    words("tax_key", text("Tax key")),
    words("chart", text("Chart of accounts")),
)
KIND = RecordKind(Posting, text("Bookings"), "postings", FIELDS, known_of=lambda record: record.day)
