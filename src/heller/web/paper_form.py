"""The form in which a person says what a document says: each value beside its proof and the picture of its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlencode

from msgspec import Struct

from heller.casefile.writing.decide import KIND, PURPOSE
from heller.dossier.names import PROOFS, VALUES, head_name
from heller.intake.written import canonical
from heller.model.document_class import NAMES, Classification, DocumentClass
from heller.model.heads import RECEIPT_HEADS
from heller.model.kinds.paper import AMOUNTS, FIELDS, NEEDED, WAITING
from heller.model.text import Text, text
from heller.model.value import Value
from heller.web.form import AMOUNT_HINT, DAY, DAY_HINT, MONEY, Field, Form

HINTS = {"date": DAY_HINT, "net": AMOUNT_HINT, "vat": AMOUNT_HINT, "gross": AMOUNT_HINT, "pay": AMOUNT_HINT}


class PaperQuestion(Struct, frozen=True):
    """A document of an exhibit with what is known of it so far."""

    exhibit: int
    member: str
    values: Mapping[str, Value]
    kind: Classification


class PaperField(Struct, frozen=True):
    """One value of a paper: the field to correct it in, its proof, and the address of its picture."""

    field: Field
    proof: Text | None
    waits: bool
    picture: str


def paper_fields(asked: PaperQuestion, form: Form | None, lang: str) -> tuple[PaperField, ...]:
    """What the document is, and its values; with what was typed where the form was sent."""
    return (_kind(asked, form), *(_row(asked, name, form, lang) for name in FIELDS))


def purpose_field(form: Form | None) -> PaperField:
    """What it was for, for a document that has not been assigned yet."""
    heads = (("", text("Say it later")), *((key, head_name(key)) for key in RECEIPT_HEADS))
    value = form.said(PURPOSE) if form else ""
    return PaperField(
        Field(PURPOSE, text("What was it bought for?"), "choice", options=heads, value=value), None, False, ""
    )


def _kind(asked: PaperQuestion, form: Form | None) -> PaperField:
    """The field that says what the document is."""
    known = "" if asked.kind.of is DocumentClass.OTHER else asked.kind.of.value
    options = (("", text("Please choose")), *((of.value, name) for of, name in NAMES.items()))
    value = form.said(KIND) if form else known
    field = Field(KIND, text("What it is"), "choice", options=options, value=value)
    return PaperField(field, PROOFS[asked.kind.grade], not known, "")


def _row(asked: PaperQuestion, name: str, form: Form | None, lang: str) -> PaperField:
    value = asked.values.get(name, Value(None))
    said = "" if value.value is None else typed_form(name, str(value.value), lang)
    field = Field(
        name, VALUES[name], hint=HINTS.get(name), value=said, mode="decimal" if name in AMOUNTS else ""
    )
    field = form.shown([field])[0] if form else field
    waits = (value.value is None and name in NEEDED) or value.grade in WAITING or bool(field.fault)
    picture = ""
    if value.source and " at " in value.source.place:
        picture = f"/inbox/{asked.exhibit}/clip?" + urlencode({"member": asked.member, "name": name})
    return PaperField(field, PROOFS[value.grade] if value.value is not None else None, waits, picture)


def typed_form(name: str, value: str, lang: str) -> str:
    """A value as an office of that language types it; what is typed is read in both ways."""
    if lang == "de" and name in AMOUNTS:
        return value.replace(".", ",")
    if lang == "de" and name == "date":
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return value


def paper_values(form: Form, now: datetime) -> dict[str, str]:
    """What was typed of a paper, sums and days as people write them in their plain form; a fault at each field that can
    be read in two ways or not at all."""
    found = {}
    for name in FIELDS:
        raw = form.said(name)
        of = MONEY if name in AMOUNTS else DAY if name == "date" else None
        if of is None or not raw or canonical.unknown(raw):
            found[name] = raw
        elif (value := form.heard(name, of, now)) is not None:
            found[name] = value
    return found
