"""Decisions: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime

from heller.model.document_class import DocumentClass, Reference
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Decided(RecordNoun, frozen=True, tag="decided"):
    """A person's answer to a doubt about a reading of the document `object` (and `member`).

    `what` is `given` (these values are right), `left` (no receipt for this claim), `same` (a double of
    `other`), `apart` (none) or `dropped` (what it proposes under the name `other` is not so). `values` holds all
    values of the paper as the person confirmed or changed them, so that the claim follows from the journal alone,
    also where the words of a picture cannot be recognised again; `proven` are the paths that bore the sums out
    when they were confirmed unchanged.
    """

    object: str
    what: str
    who: str
    when: datetime
    member: str = ""
    values: dict[str, str] = {}
    places: dict[str, Locator] = {}
    changed: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    credit: bool = False
    tax_ids: tuple[str, ...] = ()
    free: bool = False
    other: str = ""
    reason: str = ""
    source: Locator | None = None
    kind: DocumentClass = DocumentClass.INVOICE
    buyer: str = ""
    refers: tuple[Reference, ...] = ()
    prepaid: Money | None = None


def _line(record: Decided) -> tuple[object, ...]:
    return (
        record.when,
        record.who,
        record.what,
        record.reason,
    )


def _persons(record: Decided) -> tuple[str, ...]:
    return (record.who,)


KIND = RecordKind(Decided, text("Decisions"), "decisions", _line, _persons)
