"""Proposals of facts and contacts: what every room needs to know of them. They hold what the record inside holds."""

from __future__ import annotations

from heller.model.kinds import kind_of
from heller.model.record import Proposed
from heller.model.record_kind import RecordKind
from heller.model.text import text


def _line(record: Proposed) -> tuple[object, ...]:
    return kind_of(record.record).line(record.record)


def _persons(record: Proposed) -> tuple[str, ...]:
    return tuple(kind_of(record.record).persons(record.record))


KIND = RecordKind(Proposed, text("Proposals of facts and contacts"), "proposals", _line, _persons)
