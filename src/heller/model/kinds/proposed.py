"""Proposals of facts and contacts: what every room needs to know of them. They hold what the record inside holds."""

from __future__ import annotations

from datetime import datetime

from heller.model.finding import Locator
from heller.model.kinds import kind_of
from heller.model.kinds.contact import Contact
from heller.model.kinds.fact import Fact
from heller.model.record_field import words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Proposed(RecordNoun, frozen=True, tag="proposed"):
    """What a document states as a fact or a contact, with its place: it counts once a person has confirmed it."""

    record: Fact | Contact
    source: Locator


def _line(record: Proposed) -> tuple[object, ...]:
    return kind_of(record.record).line(record.record)


FIELDS = (words("record", text("Proposal")),)


def _known_since(record: Proposed) -> datetime | None:
    """A contact that a document states has its moment; a fact has none here."""
    return record.record.at if isinstance(record.record, Contact) else None


KIND = RecordKind(
    Proposed,
    text("Proposals of facts and contacts"),
    "proposals",
    FIELDS,
    line_of=_line,
    known_of=_known_since,
)
