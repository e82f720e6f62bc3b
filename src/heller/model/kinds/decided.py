"""Decisions: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime

from heller.model.document_class import DocumentClass, Reference
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_field import moment, person, prose, words
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


FIELDS = (
    moment("when", text("When was it?"), listed=True),
    person("who", text("Who decides it?"), listed=True),
    words("what", text("Decision"), listed=True),
    prose("reason", text("Why?"), listed=True),
    words("object", text("Document")),
    words("member", text("Part of the document")),
    prose("values", text("Values")),
    words("changed", text("Values that were changed"), many=True),
    words("proven", text("Proven by"), many=True),
    words("tax_ids", text("Tax numbers"), many=True),
    words("other", text("The other document")),
    prose("buyer", text("Buyer")),
    words("refers", text("Documents that it names"), many=True),
)
KIND = RecordKind(Decided, text("Decisions"), "decisions", FIELDS, timeless=True)
