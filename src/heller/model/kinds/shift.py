"""Hours: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Shift, ShiftKind
from heller.model.record_kind import RecordKind
from heller.model.text import Text, text

NAMES: dict[ShiftKind, Text] = {
    ShiftKind.IDLE: text("idle"),
    ShiftKind.OVERTIME: text("overtime"),
    ShiftKind.REMOVAL: text("removing the damage"),
    ShiftKind.PURSUIT: text("pursuing the claim"),
    ShiftKind.WORK: text("work of no named kind"),
    ShiftKind.PLANNING: text("setting up the emergency line"),
}


def _line(record: Shift) -> tuple[object, ...]:
    hours = text("{n} minutes", "one minute", n=record.minutes)
    return (record.span.start, record.person, NAMES[record.kind], hours, record.note)


def _persons(record: Shift) -> tuple[str, ...]:
    return (record.person,)


KIND = RecordKind(Shift, text("Hours"), "hours", _line, _persons)
