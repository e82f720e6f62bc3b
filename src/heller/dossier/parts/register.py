"""The register of exhibits, and each exhibit as it is shown."""

from __future__ import annotations

import re

from heller.dossier import rows_at_the_cut
from heller.dossier.blocks import Cell, Para, Part, Plate, Table, TableColumn, TableRow
from heller.dossier.refs import rows_of
from heller.dossier.wording import NBSP
from heller.dossier.writer import Pen
from heller.model.case import Exhibit
from heller.model.case_change import ChangeKind
from heller.model.document_class import NAMES
from heller.model.finding import Locator
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.text import text

BODY, BODY_LINES = 8000, 150  # characters and lines of a mail that are printed
MOST = 40  # lines of what an exhibit says
NAME = re.compile(r"[^\w.\-]+")


def part(pen: Pen) -> Part | None:
    """Number, name, day of taking in, digest and page of every exhibit."""
    exhibits = pen.case.exhibits
    if not exhibits:
        return None
    columns = (
        TableColumn(pen(text("No.")), "left"),
        TableColumn(pen(text("What it is")), "left", "1fr"),
        TableColumn(pen(text("Taken in")), "left", "24mm"),
        TableColumn("SHA-256", "left", "52mm"),
        TableColumn(pen(text("Page")), "right"),
    )
    rows = [
        TableRow(
            (
                Cell(f"K{NBSP}{e.number}"),
                Cell(pen.words(e.reading.title) or e.name, _below(pen, e)),
                Cell(pen.words.day(e.taken_in)),
                Cell(e.digest),
                Cell(
                    "–" if e.withdrawn else f"@{e.number}"
                ),  # the template puts the page of the exhibit here
            ),
            "exhibit",
        )
        for e in exhibits
    ]
    erased = [one.exhibit for one in pen.case.changes if one.kind is ChangeKind.ERASED and one.exhibit]
    gone = pen(text("erased; see 'Corrections, withdrawals, erasures'"))
    rows += [
        TableRow((Cell(f"K{NBSP}{n}"), Cell(gone), Cell("–"), Cell("–"), Cell("–")))
        for n in sorted(set(erased))
    ]
    lead = text(
        "The original of each exhibit on which the claim rests is attached to this file exactly as it was received. "
        "Its SHA-256 digest tells any change."
    )
    if pen.case.closing is not None:
        lead = text(
            "The exhibits are attached to this file as far as they are open. Where fields are redacted, the "
            "attachment has marks in their place and the digest is that of the attachment; see 'What is "
            "redacted'."
        )
    title = pen(text("List of exhibits"))
    return Part("register", title, (Para(pen(lead)), Table(columns, tuple(rows), size="small")), fresh=True)


def _below(pen: Pen, exhibit: Exhibit) -> str:
    """What stands under the name of an exhibit: its file, or that it was taken back."""
    if exhibit.withdrawn:
        return pen(text("taken back; not attached"))
    return exhibit.name if exhibit.reading.title != exhibit.name else ""


def plates(pen: Pen) -> tuple[Plate, ...]:
    """Every exhibit with its stamp, in order of its number."""
    cited = _cited(pen)
    return tuple(_plate(pen, e, cited.get(e.digest, ())) for e in pen.case.exhibits if not e.withdrawn)


def _plate(pen: Pen, exhibit: Exhibit, cited: tuple[str, ...]) -> Plate:
    label = pen.refs.name(exhibit.number)
    return Plate(
        number=exhibit.number,
        label=label,
        stamp=label,
        name=exhibit.name,
        what=pen.words(exhibit.reading.title) or exhibit.name,
        taken_in=pen.words.moment(exhibit.taken_in),
        digest=exhibit.digest,
        size=exhibit.size,
        attachment=attachment(pen, exhibit),
        cited=tuple(rows_of(cited)),
        says=_says(pen, exhibit),
        body=_body(exhibit),
        closed=_closed(pen, exhibit),
    )


def _closed(pen: Pen, exhibit: Exhibit) -> str:
    closing = pen.case.closing
    if closing is None:
        return ""
    if exhibit.number in closing.whole:
        return "whole"
    return "fields" if any(one.entry == exhibit.entry for one in closing.shut) else ""


def _body(exhibit: Exhibit) -> str:
    """What mails say, as far as it is printed; the original is attached."""
    said = "\n\n".join(r.body.strip() for r in exhibit.reading.records if isinstance(r, Mail))
    shown = "\n".join(said.splitlines()[:BODY_LINES])[:BODY]
    return shown if shown == said else f"{shown} …"


def attachment(pen: Pen, exhibit: Exhibit) -> str:
    """A name that courts take: letters, digits, `_`, `-`, at most 90 characters with its extension."""
    stem, dot, ending = exhibit.name.rpartition(".")
    prefix = NAME.sub("_", pen.refs.name(exhibit.number).replace(NBSP, "_"))
    clean = NAME.sub("_", stem if dot else exhibit.name).replace(".", "_")
    tail = f".{NAME.sub('', ending)[:8]}" if dot else ""
    return f"{prefix}_{clean}"[: 90 - len(tail)] + tail


def _cited(pen: Pen) -> dict[str, tuple[str, ...]]:
    """The places of each original that the claim rests on."""
    claim = pen.claim
    sources: list[Locator | None] = []
    for outage in claim.seen:
        for witness in outage.witnesses:
            sources += rows_at_the_cut.rows_of(pen.case, outage, witness.source)
        sources += [s for end in outage.ends for s in end.sources]
    for position in claim.assessment.positions:
        sources += position.sources
        sources += [s for line in position.working for s in line.sources]
    sources += [s for flow in claim.assessment.flows for s in flow.sources]
    sources += [s for lift in claim.waterfall.lifts for s in lift.sources]
    places: dict[str, tuple[str, ...]] = {}
    for source in sources:
        if source is not None:
            places[source.object] = (*places.get(source.object, ()), source.place)
    return places


def _says(pen: Pen, exhibit: Exhibit) -> tuple[tuple[str, str], ...]:
    """What a mail, an invoice or a statement says, where the original is no page that can be shown. Records of any
    other kind stand in lines and tables, which are printed as they are."""
    said: list[tuple[str, str]] = []
    for record in exhibit.reading.records:
        if isinstance(record, Mail):
            said += [
                (pen(text("From")), record.sender),
                (pen(text("To")), record.to),
                (pen(text("Sent")), pen.words.moment(record.at)),
                (pen(text("Subject")), record.subject),
            ]
        elif isinstance(record, Invoice):
            said += _invoice(pen, record)
        elif isinstance(record, BankEntry):
            said.append(_booking(pen, record))
    return tuple((name, value) for name, value in said[:MOST] if value)


def _booking(pen: Pen, entry: BankEntry) -> tuple[str, str]:
    amount = pen.words.money(entry.amount, sign=True)
    said = ", ".join(filter(None, (amount, entry.counterparty, entry.purpose)))
    return pen.words.day(entry.booked), said


def _invoice(pen: Pen, invoice: Invoice) -> list[tuple[str, str]]:
    said = [
        (pen(NAMES[invoice.kind.of]), invoice.number),
        (pen(text("Date")), pen.words.day(invoice.issued)),
        (pen(text("Seller")), invoice.seller),
        (pen(text("Buyer")), invoice.buyer),
    ]
    said += [(pen(text("Item")), f"{line.text}: {pen.words.money(line.net)}") for line in invoice.lines[:20]]
    return [
        *said,
        (pen(text("Net")), pen.words.money(invoice.net)),
        (pen(text("VAT")), pen.words.money(invoice.vat)),
        (pen(text("Gross")), pen.words.money(invoice.gross)),
    ]
