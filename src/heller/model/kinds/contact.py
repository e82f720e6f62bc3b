"""Contacts: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import Contact, ContactKind
from heller.model.record_kind import ChronologyEvent, RecordKind
from heller.model.text import Text, text

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
