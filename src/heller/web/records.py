"""How records of an exhibit are said in a line: their kind, their count, what each one says."""

from __future__ import annotations

from collections import Counter

from heller.dossier.acceptance import VERDICTS
from heller.dossier.names import CONTACTS
from heller.dossier.wording import Words
from heller.model.facts import FACTS
from heller.model.finding import Locator
from heller.model.paper import Decided, Paper
from heller.model.record import (
    Acceptance,
    BankEntry,
    Contact,
    CustomerClaim,
    DeviceLog,
    Fact,
    HitLog,
    Invoice,
    Mail,
    Measure,
    Order,
    Posting,
    ProbeLog,
    Proposed,
    Purpose,
    QueueLog,
    QuickEstimate,
    Record,
    Shift,
    ShiftKind,
    SpeedTest,
    Summary,
    Wage,
)
from heller.model.speed import mbit
from heller.model.terms import POLICIES, Policy
from heller.model.text import Text, text

NAMES: dict[type, Text] = {
    Contact: text("Contacts"),
    Fact: text("Facts"),
    Proposed: text("Proposals of facts and contacts"),
    Policy: text("Policies"),
    Invoice: text("Invoices"),
    BankEntry: text("Bank entries"),
    Order: text("Orders"),
    Shift: text("Hours"),
    Wage: text("Wages"),
    Purpose: text("Purposes of receipts"),
    Mail: text("E-mails"),
    ProbeLog: text("Series of probes"),
    DeviceLog: text("Logs of devices"),
    SpeedTest: text("Speed tests"),
    Acceptance: text("Acceptance tests"),
    HitLog: text("Access logs"),
    QueueLog: text("Queues of mail servers"),
    Summary: text("Other documents"),
    Paper: text("Receipts on paper"),
    Decided: text("Decisions"),
    CustomerClaim: text("Claims of own customers"),
    Posting: text("Bookings"),
    QuickEstimate: text("Quick estimates"),
    Measure: text("Measures against the loss"),
}
SHIFTS: dict[ShiftKind, Text] = {
    ShiftKind.IDLE: text("idle"),
    ShiftKind.OVERTIME: text("overtime"),
    ShiftKind.REMOVAL: text("removing the damage"),
    ShiftKind.PURSUIT: text("pursuing the claim"),
    ShiftKind.WORK: text("work of no named kind"),
    ShiftKind.PLANNING: text("setting up the emergency line"),
}


def count(records: tuple[Record, ...]) -> list[tuple[Text, int]]:
    """The kinds of records and how many of each."""
    return [(NAMES[kind], n) for kind, n in Counter(map(type, records)).items()]


def line(record: Record, words: Words) -> str:
    """What a record says, in a line."""
    parts: tuple[object, ...]
    match record:
        case Contact():
            parts = (record.at, CONTACTS[record.kind], record.who, record.said)
        case Fact():
            label = FACTS[record.key].label if record.key in FACTS else record.key
            parts = (label, record.value)
        case Proposed():
            return line(record.record, words)
        case Policy():
            parts = (POLICIES[record.kind], record.insurer)
        case Invoice():
            net, gross = text("net {amount}", amount=record.net), text("gross {amount}", amount=record.gross)
            parts = (record.number, record.issued, record.seller, net, gross)
        case BankEntry():
            parts = (record.booked, record.amount, record.counterparty, record.purpose)
        case Order():
            cancelled = text("cancelled") if record.cancelled else ""
            parts = (record.at, record.number, record.channel, record.net, cancelled)
        case Shift():
            hours = text("{n} minutes", "one minute", n=record.minutes)
            parts = (record.span.start, record.person, SHIFTS[record.kind], hours, record.note)
        case Wage():
            parts = (record.person, text("{amount} per hour", amount=record.per_hour))
        case Purpose():
            parts = (record.invoice, record.head, words.percent(record.share), record.reason)
        case CustomerClaim():
            parts = (record.at, record.customer, record.amount, record.reason)
        case Posting():
            parts = (record.day, record.debit, record.credit, record.amount, record.text)
        case QuickEstimate():
            parts = (record.at, record.per_day, record.so_far)
        case Measure():
            parts = (record.name, record.once, record.per_day, words.percent(record.avoids), record.why)
        case Mail():
            parts = (record.at, record.sender, record.subject)
        case ProbeLog():
            parts = (record.target, text("{n} probes", "one probe", n=len(record.observations)))
        case Summary():
            parts = tuple(str(value.value) for value in record.values.values() if value.value is not None)
        case DeviceLog():
            parts = (record.device, text("{n} events", "one event", n=len(record.events)))
        case SpeedTest():
            rates = [text("{n:2} Mbit/s", n=mbit(r)) if r else "–" for r in (record.down, record.up)]
            parts = (record.at, *rates, record.failed or record.server)
        case Acceptance():
            parts = (record.started, VERDICTS[record.verdict], record.said.what if record.said else "")
        case HitLog():
            parts = (record.server, text("{n} hits", "one hit", n=len(record.times)))
        case QueueLog():
            sent = text(
                "{n} attempts to hand a mail on", "one attempt to hand a mail on", n=len(record.attempts)
            )
            parts = (record.server, sent)
        case Paper():
            said = (record.said(name) for name in ("number", "date", "seller", "gross", "currency"))
            parts = tuple(value for value in said if value)
        case Decided():
            parts = (record.when, record.who, record.what, record.reason)
    return " · ".join(words.value(part) for part in parts if part != "")


def places(record: Record) -> tuple[Locator, ...]:
    """Where a record stands."""
    return (record.source,) if record.source is not None else ()
