"""heller read: what one file says, without a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from heller import intake
from heller.cli import given, screen
from heller.cli.screen import tr
from heller.dossier.names import PROOFS, VALUES
from heller.dossier.wording import BERLIN
from heller.intake import plain
from heller.intake.plain import Document
from heller.model.errors import InputRefused
from heller.model.record import Value
from heller.model.text import Text, text

KINDS: dict[str, Text] = {
    "invoice": text("Invoice"),
    "invoice_lot": text("Lot of several invoices"),
    "receipt": text("Receipt"),
    "postings": text("Postings of the bookkeeping"),
    "calls": text("List of calls"),
    "calendar": text("Calendar"),
    "statement": text("Account statement"),
    "hours": text("Hours of work"),
    "customer_claims": text("Claims of own customers"),
    "notes": text("Notes"),
    "orders": text("Orders of a shop"),
    "wages": text("What an hour of work costs"),
    "contacts": text("Contacts with the provider"),
    "purposes": text("What the receipts are for"),
    "facts": text("Facts of the case"),
    "mail": text("E-mail"),
    "probes": text("Log of probes"),
    "device_log": text("Log of a router"),
    "decisions": text("Decisions"),
}
FIELDS: dict[str, Text] = VALUES | {
    "account": text("Account"),
    "entries": text("Booked entries"),
    "pending": text("Announced entries"),
    "credit": text("Money in"),
    "debit": text("Money out"),
    "opening": text("Opening balance"),
    "closing": text("Closing balance"),
    "rows": text("Rows"),
    "hours": text("Hours"),
    "people": text("People"),
    "orders": text("Orders"),
    "cancelled": text("Cancelled"),
    "lines": text("Lines"),
    "refunded": text("Paid back"),
    "category": text("Category"),
    "consultant": text("Consultant"),
    "client": text("Client"),
    "chart": text("Chart of accounts"),
    "classes": text("Classes of accounts"),
    "first": text("First day"),
    "last": text("Last day"),
    "invoices": text("Invoices"),
    "calls": text("Calls"),
    "incoming": text("Incoming"),
    "missed": text("Missed"),
    "outgoing": text("Outgoing"),
    "blocked": text("Turned away"),
    "minutes": text("Minutes"),
    "sender": text("From"),
    "to": text("To"),
    "from": text("From"),
    "subject": text("Subject"),
    "target": text("Target"),
    "probes": text("Probes"),
    "unanswered": text("Unanswered"),
    "device": text("Device"),
    "events": text("Events"),
}
SURE = 90  # how sure the reader of e-invoices must be before its rules are asked


def run(
    file: Annotated[Path, Parameter(help=tr("The file to read."))],
    *,
    rules: Annotated[
        bool,
        Parameter(negative="", help=tr("Check against the business rules of EN 16931 (extra 'validate').")),
    ] = False,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> int:
    """What one file says, without a case."""
    try:
        found = _ruled(file, _documents(file)) if rules else _documents(file)
    except InputRefused as error:
        if not json:
            raise
        say = screen.words()
        screen.as_json({"refused": say(error.what), "do": say(error.do)})
        return error.exit_code
    if json:
        said = [plain.as_json(document, screen.words()) for document in found]
        screen.as_json(said[0] if len(said) == 1 else said)
    else:
        for document in found:
            show(file.name, document)
    return 0


def _ruled(file: Path, found: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents with what the e-invoice in the file breaks of the rules of EN 16931."""
    from heller.intake import rules
    from heller.intake.markup import Source
    from heller.intake.readers import einvoice, pdf

    blob = given.blob(file)
    xml = [("", blob.data)] if einvoice.identify(blob.data[:65536], blob.name).score >= SURE else []
    if pdf.identify(blob.data[:65536], blob.name).score:
        xml = pdf.invoices(blob)[:1]
    broken = [finding for member, data in xml for finding in rules.check(data, Source(blob.digest, member))]
    return tuple(replace(document, findings=(*document.findings, *broken)) for document in found)


def _documents(file: Path) -> tuple[Document, ...]:
    """The documents of the file; raises InputRefused where there is nothing to read."""
    blob = given.blob(file)
    reading = intake.read(blob, BERLIN)
    found = plain.documents(reading)
    if not found:
        what, do = plain.refusal(reading, blob.name)
        raise InputRefused(
            what=what,
            why=text("Values are only taken from a file that can be read with certainty."),
            do=do or text("Hand in another export of it, or enter by hand what it says."),
        )
    return found


def show(name: str, document: Document) -> None:
    """What the file was read as, its values with grade and place, and the doubts."""
    from rich.markup import escape

    say = screen.words()
    kind, where = (
        say(KINDS.get(document.kind, text("Document"))),
        "!/".join(filter(None, (name, document.member))),
    )
    screen.heading(say(text("{name} was read as: {kind}", name=where, kind=kind)))
    if document.why:
        screen.point(say(document.why), " ", "dim")
    rows = screen.table(tr("Field"), tr("Value"), tr("Proof"), tr("Place"))
    for key, value in document.values.items():
        label = say(FIELDS[key]) if key in FIELDS else key
        rows.add_row(*map(escape, (label, *_row(value))))
    screen.out().print(rows)
    if document.findings:
        screen.heading(tr("Doubts"))
    for finding in document.findings:
        screen.point(say(finding.text))
        if finding.do:
            screen.point(say(finding.do), " ", "dim")


def _row(value: Value) -> tuple[str, str, str]:
    if value.value is None:
        return "–", "", ""
    said = screen.words()(PROOFS[value.grade])
    return str(value.value), said, value.source.place if value.source else ""
