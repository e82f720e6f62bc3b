"""Which outages are one event: what every room needs to know of such decisions."""

from __future__ import annotations

from heller.model.event import Grouping, GroupingVerdict
from heller.model.record_kind import RecordKind
from heller.model.text import Text, text

VERDICTS: dict[GroupingVerdict, Text] = {
    GroupingVerdict.TOGETHER: text("One event"),
    GroupingVerdict.APART: text("Two events"),
    GroupingVerdict.COUNTED: text("It counts as an outage"),
}


def _line(record: Grouping) -> tuple[object, ...]:
    return (VERDICTS[record.verdict], record.line, record.one, record.other or "", record.who, record.why)


def _persons(record: Grouping) -> tuple[str, ...]:
    return (record.who,)


KIND = RecordKind(Grouping, text("Which outages are one event"), "notes", _line, _persons)
