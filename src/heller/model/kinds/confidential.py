"""What a person marked as confidential: an exhibit, or a column of one. It is closed with the names."""

from __future__ import annotations

from heller.model.finding import Locator
from heller.model.record_field import RecordForm, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Confidential(RecordNoun, frozen=True, tag="confidential"):
    """An exhibit ('K7') that nobody else may read, or one `column` of it by its heading; `reason` says why."""

    exhibit: str
    column: str = ""
    reason: str = ""
    source: Locator | None = None


FIELDS = (
    words("exhibit", text("Which exhibit?"), hint=text("As K7"), listed=True),
    words(
        "column",
        text("Which column of it?"),
        hint=text("Its heading; all of it where left out"),
        needed=False,
        listed=True,
    ),
    prose("reason", text("Why?"), needed=False, listed=True),
)
FORMS = (
    RecordForm(
        "confidential",
        95,
        text("An exhibit, or a column of one, that stays closed with the names"),
        ("exhibit",),
        german="vertraulich",
    ),
)
KIND = RecordKind(Confidential, text("Confidential exhibits"), "notes", FIELDS, FORMS, timeless=True)
