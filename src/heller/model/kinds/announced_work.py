"""Announced work: what every room needs to know of it."""

from __future__ import annotations

from datetime import date

from heller.model.finding import Locator
from heller.model.record_field import RecordForm, day, moment, person, prose, words
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


FIELDS = (
    moment("span.start", text("Begin"), listed=True),
    moment("span.end", text("End"), listed=True),
    day("announced", text("Announced on")),
    words("line", text("Which line?"), listed=True),
    person("who", text("Who was it on the other side?"), listed=True),
    prose("said", text("What was said?"), listed=True),
)
FORMS = (RecordForm("work", 65, text("Work that the provider announced"), ("said",), german="wartung"),)
KIND = RecordKind(
    AnnouncedWork,
    text("Announced work"),
    "notes",
    FIELDS,
    FORMS,
    event_of=_event,
    known_of=lambda record: record.announced or record.span.start,
)
