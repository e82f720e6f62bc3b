"""Purposes of receipts: what every room needs to know of them."""

from __future__ import annotations

from decimal import Decimal

from heller.model.finding import Locator
from heller.model.record_kind import NOBODY, RecordKind, RecordNoun
from heller.model.text import text


class Purpose(RecordNoun, frozen=True, tag="purpose"):
    """A person's decision what a receipt is for: which head, which share, what is left of its worth,
    and which share of it would have been bought without the outage too (`anyway`)."""

    invoice: str
    head: str
    share: Decimal
    reason: str
    residual: Decimal = Decimal(0)
    source: Locator | None = None
    anyway: Decimal = Decimal(0)


def _line(record: Purpose) -> tuple[object, ...]:
    return (
        record.invoice,
        record.head,
        text("{share:percent}", share=record.share),
        record.reason,
    )


KIND = RecordKind(Purpose, text("Purposes of receipts"), "purposes", _line, NOBODY)
