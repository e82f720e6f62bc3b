"""Purposes of receipts: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Purpose
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: Purpose) -> tuple[object, ...]:
    return (
        record.invoice,
        record.head,
        text("{share:percent}", share=record.share),
        record.reason,
    )


KIND = RecordKind(Purpose, text("Purposes of receipts"), "purposes", _line, NOBODY)
