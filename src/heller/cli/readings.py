"""What a file was read as, for people: its values with grade and place, and the doubts."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from heller.cli import doubts, screen
from heller.cli.screen import tr
from heller.dossier.names import PROOFS, VALUES
from heller.intake.as_plain import Document
from heller.model.document_class import NAMES
from heller.model.finding import Locator
from heller.model.text import Text, text
from heller.model.value import Value

KINDS: dict[str, Text] = {of.value: name for of, name in NAMES.items()} | {
    "invoice_lot": text("Lot of several invoices"),
    "postings": text("Postings of the bookkeeping"),
    "calls": text("List of calls"),
    "calendar": text("Calendar"),
    "statement": text("Account statement"),
    "hours": text("Hours of work"),
    "customer_claims": text("Claims of the {customers}"),
    "own_vouchers": text("Own vouchers"),
    "notes": text("Notes"),
    "orders": text("List of {units}"),
    "units": text("Units of business"),
    "wages": text("What an hour of work costs"),
    "contacts": text("Contacts with the provider"),
    "purposes": text("What the receipts are for"),
    "facts": text("Facts of the case"),
    "claim_answer": text("Answer to the claim"),
    "mail": text("E-mail"),
    "probes": text("Log of probes"),
    "device_log": text("Log of a router"),
    "access_log": text("Log of a server"),
    "mail_queue": text("Queue of a mail server"),
    "speed_tests": text("Speed tests"),
    "decisions": text("Decisions"),
}
FIELDS: dict[str, Text] = VALUES | {
    "fees": text("Fees and interest besides"),
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
    "tests": text("Measurements"),
    "failed": text("Failed"),
    "slowest_down": text("Slowest download (bit/s)"),
    "slowest_up": text("Slowest upload (bit/s)"),
    "orders": text("{units:cap}"),
    "cancelled": text("Cancelled"),
    "units": text("Units of business"),
    "lost": text("Lost"),
    "caught_up": text("Caught up on later"),
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
    "to": text("Until"),
    "from": text("From"),
    "subject": text("Subject"),
    "target": text("Target"),
    "probes": text("Probes"),
    "unanswered": text("Unanswered"),
    "device": text("Device"),
    "server": text("Server"),
    "hits": text("Hits"),
    "clients": text("Clients"),
    "attempts": text("Attempts"),
    "events": text("Events"),
}


RECIPIENT = text("To")  # of a mail; elsewhere `to` is the end of a period
AMOUNTS = frozenset(
    {"net", "vat", "gross", "pay", "credit", "debit", "opening", "closing", "refunded", "hours", "fees"}
)
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$")
_PLACE = re.compile(r"(page|row) (\d+)(?= at | turned |$)")


def show(name: str, document: Document) -> None:
    """What the file was read as, its values with grade and place, and the doubts."""
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
        label = say(RECIPIENT if (document.kind, key) == ("mail", "to") else FIELDS.get(key, key))
        rows.add_row(label, *_row(key, value))
    screen.out().print(rows)
    if document.findings:
        screen.heading(tr("Doubts"))
    doubts.show(document.findings, say)


def _row(key: str, value: Value) -> tuple[str, str, str]:
    if value.value is None:
        return "–", "", ""
    return typed_form(key, value.value), screen.words()(PROOFS[value.grade]), where(value.source)


def typed_form(key: str, value: object) -> str:
    """A value as the reader writes it: amounts and days in his language, everything else as it stands."""
    say, plain = screen.words(), str(value)
    if key in AMOUNTS and _AMOUNT.fullmatch(plain):
        return say.number(Decimal(plain), max(2, len(plain.partition(".")[2].rstrip("0"))))
    if not _DAY.match(plain):
        return plain
    try:
        if "T" not in plain:
            return say.day(date.fromisoformat(plain))
        at = datetime.fromisoformat(plain)  # without an offset it is that of the device's own clock
        return say.moment(at) if at.tzinfo else f"{say.day(at.date())}, {at:%H:%M}"
    except ValueError:
        return plain


def where(source: Locator | None) -> str:
    """A place as a person says it: page or row; an XPath as it stands. The box is shown in the web inbox."""
    place = source.place if source else ""
    found = _PLACE.match(place)
    if found is None:
        return place
    say = screen.words()
    return say(text("page {n}", n=int(found[2])) if found[1] == "page" else text("row {rows}", rows=found[2]))
