"""Measures against the loss: what every room needs to know of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_kind import NOBODY, RecordKind, RecordNoun
from heller.model.text import text


class Measure(RecordNoun, frozen=True, tag="measure"):
    """A way to keep the loss small: what it costs once and a day, which share of the daily loss it
    avoids, since when it could have been had, when it was taken, and why not earlier or not at all."""

    name: str
    once: Money
    per_day: Money
    avoids: Decimal
    offered: date | None = None
    taken: date | None = None
    why: str = ""
    source: Locator | None = None


def _line(record: Measure) -> tuple[object, ...]:
    return (
        record.name,
        record.once,
        record.per_day,
        text("{share:percent}", share=record.avoids),
        record.why,
    )


KIND = RecordKind(Measure, text("Measures against the loss"), "notes", _line, NOBODY)
