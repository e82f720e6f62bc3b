"""Other documents: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Summary
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: Summary) -> tuple[object, ...]:
    return tuple(str(value.value) for value in record.values.values() if value.value is not None)


KIND = RecordKind(Summary, text("Other documents"), None, _line, NOBODY, alone=True)
