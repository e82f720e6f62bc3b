"""Corrected rows: one row of a list that a person corrected or withdrew, and what every room needs to know of it."""

from __future__ import annotations

from heller.model.finding import Locator
from heller.model.record_field import RecordForm, prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text

WITHDRAWN = "withdrawn"


class RowChange(RecordNoun, frozen=True, tag="row_change"):
    """One row of an exhibit said otherwise, or withdrawn. `exhibit` is 'K8', `row` its place in it ('row 12'), `change`
    is 'withdrawn' or names values ('minutes=90; note=corrected'). The file stays as it is."""

    exhibit: str
    row: str
    change: str
    why: str
    source: Locator | None = None


FIELDS = (
    words("exhibit", text("Which exhibit?"), hint=text("For example K8"), listed=True),
    words("row", text("Which row of it?"), hint=text("For example 12"), listed=True),
    prose(
        "change",
        text("What is right instead?"),
        hint=text("'withdrawn', or values such as minutes=90; net=12,00"),
        listed=True,
    ),
    prose("why", text("Why?"), listed=True),
)
FORMS = (
    RecordForm(
        "row",
        65,
        text("Correct or withdraw one row of a list"),
        ("exhibit", "row", "change", "why"),
        german="zeile",
    ),
)
KIND = RecordKind(RowChange, text("Corrected rows"), "notes", FIELDS, FORMS, timeless=True)
