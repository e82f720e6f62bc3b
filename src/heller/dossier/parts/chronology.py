"""What happened, in order of time, each with its exhibit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from msgspec import Struct

from heller.dossier import rows_at_the_cut
from heller.dossier.blocks import Cell, Para, Part, Ref, Table, TableColumn, TableRow
from heller.dossier.names import CONTACTS, head_name
from heller.dossier.writer import Pen, row
from heller.model.document_class import NAMES
from heller.model.money import Money
from heller.model.outage import OpenEnd, OpenStart
from heller.model.record import Contact, Invoice, Purpose
from heller.model.span import Bounds
from heller.model.text import text


class Event(Struct, frozen=True):
    """A fact with its time; `whole_day` where the hour is not known."""

    at: datetime
    title: str
    said: str
    refs: tuple[Ref, ...]
    whole_day: bool = False


def part(pen: Pen) -> Part | None:
    """The chronology; days that repeat are not said twice."""
    events = sorted((*_contacts(pen), *_outages(pen), *_invoices(pen)), key=lambda event: event.at)
    if not events:
        return None
    columns = (
        TableColumn(pen(text("Day")), "left", "21mm"),
        TableColumn(pen(text("Time")), "left", "14mm"),
        TableColumn(pen(text("What happened")), "left", "1fr"),
        TableColumn(pen(text("Proof")), "left", "31mm"),
    )
    lead = text("Words in quotation marks are quoted as they were written down; times are local time.")
    table = Table(columns, tuple(_rows(pen, events)))
    return Part("facts", pen(text("Facts in order of time")), (Para(pen(lead)), table), fresh=True)


def _rows(pen: Pen, events: list[Event]) -> Iterator[TableRow]:
    before = ""
    for event in events:
        day = pen.words.day(event.at)
        clock = "" if event.whole_day else f"{pen.words.local(event.at):%H:%M}"
        shown, before = ("" if day == before else day), day
        yield row(shown, clock, Cell(event.title, event.said), Cell(refs=event.refs))


def _contacts(pen: Pen) -> Iterator[Event]:
    for contact in pen.case.records(Contact):
        kind = pen(CONTACTS[contact.kind])
        who = ", ".join(filter(None, (contact.who, contact.channel)))
        title = f"{kind}: {who}" if contact.incoming else f"{kind}: {pen(text('to {who}', who=who))}"
        said = (
            [f"„{contact.said}“" if pen.words.lang == "de" else f"‘{contact.said}’"] if contact.said else []
        )
        if contact.amount is not None:
            said.append(pen(text("Amount: {amount}.", amount=contact.amount)))
        if contact.until is not None:
            said.append(pen(text("Date set: {day}.", day=contact.until)))
        if contact.by:
            said.append(pen(text("For us: {who}.", who=contact.by)))
        yield Event(contact.at, title, " ".join(said), pen.refs([contact.source]))


def _outages(pen: Pen) -> Iterator[Event]:
    for outage in pen.claim.detection.outages:
        start, end = text("Start of the outage"), text("End of the outage")
        if isinstance(outage.start, OpenStart):
            start = text("The line is dead; when it died was not measured")
        if isinstance(outage.end, OpenEnd):
            end = text("The line is still dead, last measured now")
        yield Event(outage.start.latest, pen(start), *_bounds(pen, outage.start))
        yield Event(outage.end.earliest, pen(end), *_bounds(pen, outage.end))


def _bounds(pen: Pen, edge: Bounds | OpenStart | OpenEnd) -> tuple[str, tuple[Ref, ...]]:
    known = rows_at_the_cut.known(edge)
    refs = pen.refs(rows_at_the_cut.rows_at(pen.case, known))
    if not isinstance(edge, Bounds):
        return "", refs
    return pen(text("It lies {between}.", between=pen.between(known.earliest, known.latest))), refs


def _invoices(pen: Pen) -> Iterator[Event]:
    """The receipts that count, and what gave money back; a document that is no cost is no event of the claim."""
    purposes = {purpose.invoice: purpose for purpose in pen.case.records(Purpose)}
    counted = {(at.object, at.member) for flow in pen.claim.assessment.flows for at in flow.sources}
    for invoice in pen.case.records(Invoice):
        purpose = purposes.get(invoice.number)
        if purpose is None or purpose.head == "none":
            continue
        if not invoice.credit and (invoice.source.object, invoice.source.member) not in counted:
            continue
        net = -invoice.net if invoice.credit else invoice.net
        kind = NAMES[invoice.kind.of]
        title = text("{kind} {number} of {seller}", kind=kind, number=invoice.number, seller=invoice.seller)
        at = datetime.combine(invoice.issued, time(23, 59), pen.words.zone).astimezone(UTC)
        yield Event(at, pen(title), _for(pen, purpose, net), pen.refs([invoice.source]), whole_day=True)


def _for(pen: Pen, purpose: Purpose, net: Money) -> str:
    head = head_name(purpose.head)
    return pen(text("{head}, {net} net", head=head, net=net))
