"""Facts: what every room needs to know of them."""

from __future__ import annotations

from heller.model.facts import FACTS
from heller.model.record import Fact
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: Fact) -> tuple[object, ...]:
    label = FACTS[record.key].label if record.key in FACTS else record.key
    return (label, record.value)


KIND = RecordKind(Fact, text("Facts"), "facts", _line, NOBODY)
