"""Bookings: what every room needs to know of them."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_kind import NOBODY, RecordKind, RecordNoun
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


def _line(record: Posting) -> tuple[object, ...]:
    return (
        record.day,
        record.debit,
        record.credit,
        record.amount,
        record.text,
    )


KIND = RecordKind(Posting, text("Bookings"), "postings", _line, NOBODY)
