"""Other documents: what every room needs to know of them."""

from __future__ import annotations

from heller.model.finding import Locator
from heller.model.record_field import prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text
from heller.model.value import Value


class Summary(RecordNoun, frozen=True, tag="summary"):
    """What a document says as a whole where none of its parts is a record of its own.

    It feeds no head of damage: a list of calls, a calendar, postings, an invoice read without all its sums.
    """

    kind: str
    values: dict[str, Value]
    source: Locator


def _line(record: Summary) -> tuple[object, ...]:
    return tuple(str(value.value) for value in record.values.values() if value.value is not None)


FIELDS = (words("kind", text("Kind of document")), prose("values", text("Values")))
KIND = RecordKind(Summary, text("Other documents"), None, FIELDS, alone=True, line_of=_line, timeless=True)
