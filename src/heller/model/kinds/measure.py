"""Measures against the loss: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Measure
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: Measure) -> tuple[object, ...]:
    return (
        record.name,
        record.once,
        record.per_day,
        text("{share:percent}", share=record.avoids),
        record.why,
    )


KIND = RecordKind(Measure, text("Measures against the loss"), "notes", _line, NOBODY)
