"""Contacts: what every room needs to know of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.record_kind import ChronologyEvent, RecordKind, RecordNoun
from heller.model.terms import Terms
from heller.model.text import Text, text


class ContactKind(Enum):
    """What a contact was. The legal weight differs, so each has its own word."""

    CONTACT = "contact"
    FAULT_REPORT = "fault_report"  # starts periods
    PROMISE = "promise"
    ONLINE_CLAIM = "online_claim"  # 'you can go online now'
    DAMAGE_WARNING = "damage_warning"  # warning of unusually high damage
    INVITATION = "invitation"  # 'prove it with receipts': the start of negotiations
    DEMAND = "demand"  # claim letter with a date: starts default
    OFFER = "offer"
    REFUSAL = "refusal"  # ends negotiations
    ACCEPTANCE = "acceptance"  # of the last offer of the other side: it becomes a settlement


class Contact(RecordNoun, frozen=True, tag="contact"):
    """Who said what to whom, when, by which channel. `incoming`: the other side spoke.

    Of an offer `amount` is the cash, `until` the day on which it expires, `terms` the rest.
    """

    at: datetime
    kind: ContactKind
    channel: str
    who: str
    said: str
    incoming: bool = True
    by: str = ""
    until: date | None = None
    amount: Money | None = None
    source: Locator | None = None
    terms: Terms | None = None


NAMES: dict[ContactKind, Text] = {
    ContactKind.CONTACT: text("Contact"),
    ContactKind.FAULT_REPORT: text("Fault report"),
    ContactKind.PROMISE: text("Promise"),
    ContactKind.ONLINE_CLAIM: text("Line declared working"),
    ContactKind.DAMAGE_WARNING: text("Warning of the damage"),
    ContactKind.INVITATION: text("Invitation to prove the damage"),
    ContactKind.DEMAND: text("Demand"),
    ContactKind.OFFER: text("Offer"),
    ContactKind.REFUSAL: text("Refusal"),
    ContactKind.ACCEPTANCE: text("Acceptance of the offer"),
}


def _line(record: Contact) -> tuple[object, ...]:
    return (
        record.at,
        NAMES[record.kind],
        record.who,
        record.said,
    )


def _persons(record: Contact) -> tuple[str, ...]:
    return (record.who, record.by)


def _event(record: Contact) -> ChronologyEvent:
    more = [text("Date set: {day}.", day=record.until)] if record.until else []
    return ChronologyEvent(
        record.at,
        "theirs" if record.incoming else "ours",
        NAMES[record.kind],
        who=", ".join(filter(None, (record.who, record.channel))),
        ours=not record.incoming,
        by=record.by,
        quoted=record.said,
        more=tuple(more),
        amount=record.amount,
        sources=(record.source,) if record.source else (),
    )


KIND = RecordKind(Contact, text("Contacts"), "contacts", _line, _persons, event=_event)
