"""Which letters of ours nobody has answered by the day that they set, or within two weeks. It gives no advice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from heller.model.kinds.contact import Contact, ContactKind

USUAL = timedelta(days=14)  # where a letter sets no day
ANSWERS = (ContactKind.OFFER, ContactKind.REFUSAL, ContactKind.INVITATION, ContactKind.ACCEPTANCE)


def unanswered(contacts: Sequence[Contact], on: date) -> list[tuple[Contact, date]]:
    """Each letter and demand of ours that has no answer on this day, with the day on which one was due. An answer names
    the letter (`about`), or came after it: in writing, or as an offer, a refusal, a request for proof."""
    found = []
    for one in contacts:
        if one.incoming or not (one.letter or one.kind is ContactKind.DEMAND):
            continue
        due = one.until or one.at.date() + USUAL
        if due < on and not any(_answers(other, one) for other in contacts):
            found.append((one, due))
    return found


def _answers(other: Contact, one: Contact) -> bool:
    if not other.incoming:
        return False
    later = other.at > one.at and (other.written or other.kind in ANSWERS)
    return later or other.about == one.at
