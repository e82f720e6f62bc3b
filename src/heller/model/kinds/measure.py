"""Measures against the loss: what every room needs to know of them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import RecordForm, day, money, prose, share, words
from heller.model.record_kind import RecordKind, RecordNoun
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


FIELDS = (
    words("name", text("Measure"), listed=True),
    money("once", text("What setting it up costs"), default="0", listed=True),
    money("per_day", text("What a day of it costs"), default="0", listed=True),
    share("avoids", text("Share of the daily loss that it avoids"), default="100 %", listed=True),
    day("offered", text("Since when it could be had")),
    day("taken", text("The day on which it was taken")),
    prose("why", text("Why not earlier, or why not at all?"), listed=True),
)
FORMS = (RecordForm("measure", 60, text("A measure against the loss"), ("name",), german="massnahme"),)


def _before(record: Measure, end: datetime, last: date) -> Measure:
    """What was taken later was not taken yet."""
    return replace(record, taken=None) if record.taken is not None and record.taken > last else record


KIND = RecordKind(
    Measure,
    text("Measures against the loss"),
    "notes",
    FIELDS,
    FORMS,
    known_of=lambda record: record.offered or record.taken,
    cut_of=_before,
)
