"""Appointments on site: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime

from heller.model.finding import Locator
from heller.model.record_field import RecordForm, moment, person, prose, words, yes_no
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.text import text


class Appointment(RecordNoun, frozen=True, tag="appointment"):
    """An appointment with somebody of the provider. `kept`: he came; `ours`: it was missed because of the firm."""

    at: datetime
    who: str
    kept: bool = False
    ours: bool = False
    line: str = ""
    said: str = ""
    source: Locator | None = None

    @property
    def missed(self) -> bool:
        """Whether the provider missed it."""
        return not self.kept and not self.ours


def _event(record: Appointment) -> ChronologyEvent:
    title = text("Appointment kept") if record.kept else text("Appointment missed")
    return ChronologyEvent(
        record.at,
        "ours" if record.ours else "theirs",
        title,
        who=record.who,
        quoted=record.said,
        sources=(record.source,) if record.source else (),
    )


FIELDS = (
    moment("at", text("When was it to be?"), listed=True),
    person("who", text("With whom?"), listed=True),
    yes_no("kept", text("Did he come?"), listed=True),
    yes_no("ours", text("Was it missed because of us?")),
    words("line", text("Which line?")),
    prose("said", text("What happened?"), listed=True),
)
FORMS = (RecordForm("appointment", 66, text("An appointment on site"), ("who", "said"), german="termin"),)
KIND = RecordKind(
    Appointment,
    text("Appointments"),
    "notes",
    FIELDS,
    FORMS,
    event_of=_event,
    known_of=lambda record: record.at,
)
