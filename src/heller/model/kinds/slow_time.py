"""Times in which a line carried badly, as somebody wrote them down: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heller.model.finding import Locator
from heller.model.record_field import RecordForm, moment, prose
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import Text, text


class SlowTime(RecordNoun, frozen=True, tag="slow_time"):
    """A time in which the line carried, but badly: a person's word, no measurement."""

    start: datetime
    end: datetime
    said: str = ""
    source: Locator | None = None


FIELDS = (
    moment("start", text("From when on was it slow?"), listed=True),
    moment("end", text("Until when was it slow?"), listed=True),
    prose("said", text("What did not work?"), listed=True),
)
FORMS = (
    RecordForm(
        "slow",
        67,
        text("A time in which the line was badly impaired"),
        ("start", "end", "said"),
        german="langsam",
    ),
)


def _faults(record: SlowTime) -> Iterator[tuple[str, Text]]:
    if record.end <= record.start:
        yield "end", text("It cannot end before it begins.")


def _event(record: SlowTime) -> ChronologyEvent:
    return ChronologyEvent(
        record.start,
        "theirs",
        text("The line was slow until {end}", end=record.end),
        quoted=record.said,
        sources=(record.source,) if record.source else (),
    )


KIND = RecordKind(
    SlowTime,
    text("Slow times"),
    "notes",
    FIELDS,
    FORMS,
    event_of=_event,
    faults=_faults,
    known_of=lambda record: record.start,
)
