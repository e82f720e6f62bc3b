"""Which outages are one event: what every room needs to know of such decisions."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from heller.model.finding import Locator
from heller.model.record_field import AnswerSet, RecordForm, choice, moment, person, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text


class GroupingVerdict(Enum):
    """What a person decided about outages."""

    TOGETHER = "together"  # those at two moments are one event
    APART = "apart"  # those at two moments are two events
    COUNTED = "counted"  # the one at a moment is an outage of the claim, however short or announced it was


class Grouping(RecordNoun, frozen=True, tag="grouping"):
    """A person's decision about the outages of a line at one moment, or at two."""

    verdict: GroupingVerdict
    one: datetime
    other: datetime | None = None
    line: str = ""
    who: str = ""
    why: str = ""
    source: Locator | None = None


VERDICTS: dict[GroupingVerdict, Text] = {
    GroupingVerdict.TOGETHER: text("One event"),
    GroupingVerdict.APART: text("Two events"),
    GroupingVerdict.COUNTED: text("It counts as an outage"),
}


FIELDS = (
    choice("verdict", text("Decision"), AnswerSet(VERDICTS), listed=True),
    words("line", text("Which line?"), listed=True),
    moment("one", text("A moment of the event"), listed=True),
    moment("other", text("A moment of the other event"), listed=True),
    person("who", text("Who decides it?"), listed=True),
    prose("why", text("Why?"), listed=True),
)
FORMS = (
    RecordForm(
        "grouping", 95, text("Say which outages are one event."), ("verdict",), german="ereignis", noon=True
    ),
)
KIND = RecordKind(Grouping, text("Which outages are one event"), "notes", FIELDS, FORMS, timeless=True)
