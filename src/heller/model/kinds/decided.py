"""Decisions: what every room needs to know of them."""

from __future__ import annotations

from heller.model.paper import Decided
from heller.model.record_kind import RecordKind
from heller.model.text import text


def _line(record: Decided) -> tuple[object, ...]:
    return (
        record.when,
        record.who,
        record.what,
        record.reason,
    )


def _persons(record: Decided) -> tuple[str, ...]:
    return (record.who,)


KIND = RecordKind(Decided, text("Decisions"), "decisions", _line, _persons)
