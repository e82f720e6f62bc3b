"""What a person says of an exhibit on its page: the forms for its documents, read or not, and what was written."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from heller import casefile
from heller.casefile.writing.decide import KIND, PURPOSE
from heller.model.case import Exhibit
from heller.model.errors import InputRefused
from heller.model.text import Text, text
from heller.web.desk import Desk
from heller.web.form import Form
from heller.web.paper_form import PaperField, PaperQuestion, paper_fields, paper_values, purpose_field

FIELDS_WRONG = InputRefused(
    text("Something could not be read."),
    text("Nothing was written; the case is as it was."),
    text("See the sentence at the field."),
)


class SayForm(Struct, frozen=True):
    """The form for one document of the exhibit."""

    asked: PaperQuestion
    key: str
    rows: tuple[PaperField, ...]
    open: bool


def shown(
    exhibit: Exhibit, desk: Desk, sent: Form | None, fault: InputRefused | None, said: str
) -> dict[str, object]:
    """The forms with what was typed where it was refused, and what was written back."""
    withdrawn = any(finding.code == "exhibit-withdrawn" for finding in exhibit.reading.findings)
    return {
        "forms": [] if withdrawn else _forms(exhibit, desk, sent),
        "withdrawn": withdrawn,
        "fault": fault,
        "moved": _confirmation(exhibit, int(said), withdrawn) if said.isdecimal() and len(said) < 9 else None,
        "who": sent.said("who") if sent else "",
    }


def give(desk: Desk, number: int, form: Form) -> int:
    """Write down what the form says of a document; raises InputRefused where it cannot be read."""
    said = {name: value for name in (KIND, PURPOSE) if (value := form.said(name))}
    said |= paper_values(form, datetime.now(desk.case.tz))
    if form.faults:
        raise FIELDS_WRONG
    member = form.said("member")
    return casefile.give(
        desk.folder, number, said, form.said("who"), member=member, reason=form.said("reason")
    )


def _forms(exhibit: Exhibit, desk: Desk, sent: Form | None) -> list[SayForm]:
    found = casefile.receipts_of(exhibit) or [casefile.unread(exhibit)]
    forms = []
    for n, paper in enumerate(found):
        asked = PaperQuestion(exhibit.number, paper.source.member, paper.values, paper.kind)
        own = sent if sent is not None and sent.said("member") == paper.source.member else None
        kind, *rest = paper_fields(asked, own, desk.lang)
        rows = (kind, purpose_field(own), *rest)
        forms.append(SayForm(asked, f"s{n}", rows, own is not None or not exhibit.reading.records))
    return forms


def _confirmation(exhibit: Exhibit, entry: int, withdrawn: bool) -> Text:
    if withdrawn:
        return text(
            "Exhibit K {n} ({name}) was withdrawn and no longer counts. Written as entry {entry}.",
            n=exhibit.number,
            name=exhibit.name,
            entry=entry,
        )
    return text("Written as entry {n}.", n=entry)
