"""Announced work: what every room needs to know of it."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.span import Span
from heller.model.text import text


class AnnouncedWork(RecordNoun, frozen=True, tag="announced_work"):
    """Work that the provider announced for a time, and when; `line` is the one that it is about ('': any)."""

    span: Span
    announced: date | None = None
    line: str = ""
    who: str = ""
    said: str = ""
    source: Locator | None = None


def _line(record: AnnouncedWork) -> tuple[object, ...]:
    return (record.span.start, record.span.end, record.line, record.who, record.said)


def _persons(record: AnnouncedWork) -> tuple[str, ...]:
    return (record.who,)


def _event(record: AnnouncedWork) -> ChronologyEvent:
    more = [text("Announced for {start} to {end}.", start=record.span.start, end=record.span.end)]
    return ChronologyEvent(
        record.announced or record.span.start,
        "theirs",
        text("Work announced"),
        who=record.who,
        quoted=record.said,
        more=tuple(more),
        sources=(record.source,) if record.source else (),
    )


KIND = RecordKind(AnnouncedWork, text("Announced work"), "notes", _line, _persons, event=_event)
