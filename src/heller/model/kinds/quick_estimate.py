"""Quick estimates: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import QuickEstimate
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: QuickEstimate) -> tuple[object, ...]:
    return (
        record.at,
        record.per_day,
        record.so_far,
    )


KIND = RecordKind(QuickEstimate, text("Quick estimates"), "notes", _line, NOBODY)
