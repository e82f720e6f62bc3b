"""What belongs to which line and event: what every room needs to know of such decisions."""

from __future__ import annotations

from datetime import datetime

from heller.model.finding import Locator
from heller.model.record_field import RecordForm, moment, person, prose, words, yes_no
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Belonging(RecordNoun, frozen=True, tag="belonging"):
    """A person's decision to which line, and to which event, something belongs.

    `thing` is the SHA-256 of an original, `#12` for an entry of the journal, or the number of a document. `line` is
    a line's name or `all`; `event` a moment at which the line of that event was dead (None: not said), and
    `every_event` says that it is about all of them. What is decided again is as it was decided last.
    """

    thing: str
    line: str = ""
    event: datetime | None = None
    every_event: bool = False
    who: str = ""
    why: str = ""
    source: Locator | None = None


def _line(record: Belonging) -> tuple[object, ...]:
    event = text("every event") if record.every_event else record.event or ""
    return (record.thing, record.line, event, record.who, record.why)


FIELDS = (
    words("thing", text("What is it about?"), hint=text("K3, #12 or the number of a document")),
    words("line", text("Which line?")),
    moment("event", text("A moment of the event")),
    yes_no("every_event", text("Does it belong to every event?")),
    person("who", text("Who decides it?")),
    prose("why", text("Why?")),
)
FORMS = (
    RecordForm(
        "belonging",
        90,
        text("Say to which line and event something belongs."),
        ("thing",),
        german="zugehörig",
        noon=True,
    ),
)
KIND = RecordKind(
    Belonging,
    text("What belongs to which line and event"),
    "notes",
    FIELDS,
    FORMS,
    line_of=_line,
    timeless=True,
)
