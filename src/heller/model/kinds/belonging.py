"""What belongs to which line and event: what every room needs to know of such decisions."""

from __future__ import annotations

from heller.model.event import Belonging
from heller.model.record_kind import RecordKind
from heller.model.text import text


def _line(record: Belonging) -> tuple[object, ...]:
    event = text("every event") if record.every_event else record.event or ""
    return (record.thing, record.line, event, record.who, record.why)


def _persons(record: Belonging) -> tuple[str, ...]:
    return (record.who,)


KIND = RecordKind(Belonging, text("What belongs to which line and event"), "notes", _line, _persons)
