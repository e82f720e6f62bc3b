"""What degree of fault is pleaded against the provider: a decision, with its reasons.

Nothing pleads by itself: what somebody let slip stands on the board (`contact.admits`), a person decides what of it is
pleaded, and the chain runs at that degree.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from heller.model.finding import Locator
from heller.model.record_field import NOW, AnswerSet, RecordForm, choice, day, prose
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import Text, text


class FaultDegree(Enum):
    """How much the provider is to blame, as it is pleaded."""

    SIMPLE = "simple"
    GROSS = "gross"
    INTENT = "intent"


class Pleading(RecordNoun, frozen=True, tag="pleading"):
    """From a day on this degree is pleaded, for these `reasons`, in the words of the letter; the last one counts."""

    on: date
    degree: FaultDegree
    reasons: str
    source: Locator | None = None


DEGREES: dict[FaultDegree, Text] = {
    FaultDegree.SIMPLE: text("Simple negligence"),
    FaultDegree.GROSS: text("Gross negligence"),
    FaultDegree.INTENT: text("Intent"),
}
WORDS = {
    "einfach": FaultDegree.SIMPLE,
    "einfache Fahrlässigkeit": FaultDegree.SIMPLE,
    "leichte Fahrlässigkeit": FaultDegree.SIMPLE,
    "grob": FaultDegree.GROSS,
    "grobe Fahrlässigkeit": FaultDegree.GROSS,
    "Vorsatz": FaultDegree.INTENT,
}
FIELDS = (
    choice("degree", text("Which degree of fault is pleaded?"), AnswerSet(DEGREES, WORDS), listed=True),
    prose("reasons", text("Which facts show it? They stand in letter and statement of claim."), listed=True),
    day("on", text("From which day on?"), default=NOW, listed=True),
)
FORMS = (
    RecordForm(
        "pleading",
        75,
        text("Degree of fault that is pleaded"),
        ("degree", "reasons"),
        ("on",),
        german="verschulden",
    ),
)
KIND = RecordKind(
    Pleading,
    text("Degrees of fault that are pleaded"),
    "notes",
    FIELDS,
    FORMS,
    known_of=lambda record: record.on,
)
