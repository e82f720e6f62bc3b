"""Bookings: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Posting
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: Posting) -> tuple[object, ...]:
    return (
        record.day,
        record.debit,
        record.credit,
        record.amount,
        record.text,
    )


KIND = RecordKind(Posting, text("Bookings"), "postings", _line, NOBODY)
