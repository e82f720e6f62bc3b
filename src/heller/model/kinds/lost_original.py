"""Originals that are lost for good, and what every room needs to know of them."""

from __future__ import annotations

from heller.model.finding import Locator
from heller.model.record_field import RecordForm, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class LostOriginal(RecordNoun, frozen=True, tag="lost_original"):
    """The file of an exhibit ('K8') is lost for good. `says` is what was read from it last, as JSON ('': nothing was
    kept): it stays, as what somebody says and nobody can check any more. The file handed in again ends it."""

    exhibit: str
    why: str
    says: str = ""
    source: Locator | None = None


FIELDS = (
    words("exhibit", text("Which exhibit?"), hint=text("For example K8"), listed=True),
    prose("why", text("How was it lost?"), listed=True),
    prose("says", text("What was read from it last")),
)
FORMS = (
    RecordForm(
        "lost", 66, text("The file of an exhibit is lost for good"), ("exhibit", "why"), (), german="verloren"
    ),
)
KIND = RecordKind(LostOriginal, text("Lost originals"), "notes", FIELDS, FORMS, timeless=True)
