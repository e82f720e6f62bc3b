"""What a letter says of where the matter stands: what was demanded before, which offers are open, who is mandated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from heller.dossier.blocks import Block, Para
from heller.dossier.letter_frame import contacts
from heller.dossier.writer import Pen
from heller.model.facts import lawyer
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import Text, text


def stage(pen: Pen, about: Contact | None = None) -> Iterator[Block]:
    """Earlier demands and open offers; the one that the letter answers anyway is not named twice."""
    today = pen.claim.waterfall.as_of
    for one in contacts(pen, ContactKind.DEMAND, incoming=False):
        earlier = pen.words.local(one.at).date() < today
        if earlier and one.until is not None and one is not about:
            yield Para(pen(_demanded(one, one.until)))
    for one in contacts(pen, ContactKind.OFFER, incoming=True):
        if (about is None or one.at != about.at) and not _answered(pen, one):
            yield Para(pen(_offered(pen, one)))


def mandate(pen: Pen) -> date | None:
    """Since when a lawyer who is named acts for the firm; None where none does on the day of the letter."""
    since, name = pen.case.facts[lawyer.MANDATE], pen.case.facts[lawyer.NAME]
    return since if name and since is not None and since <= pen.claim.waterfall.as_of else None


def _demanded(one: Contact, until: date) -> Text:
    if one.amount is None:
        return text("With a letter of {at:day} payment was demanded by {until:day}.", at=one.at, until=until)
    return text(
        "With a letter of {at:day} {amount} were demanded by {until:day}.",
        at=one.at,
        amount=one.amount,
        until=until,
    )


def _offered(pen: Pen, one: Contact) -> Text:
    """An offer that nobody answered: whether it still stands, and that this letter does not accept it."""
    sum_ = one.amount
    if one.until is not None and one.until < pen.claim.waterfall.as_of:
        if sum_ is None:
            return text("Your offer of {at:day} expired on {until:day}.", at=one.at, until=one.until)
        return text(
            "Your offer of {at:day} over {amount} expired on {until:day}.",
            at=one.at,
            amount=sum_,
            until=one.until,
        )
    if sum_ is None:
        return text("Your offer of {at:day} lies before us; this letter does not accept it.", at=one.at)
    return text(
        "Your offer of {at:day} over {amount} lies before us; this letter does not accept it.",
        at=one.at,
        amount=sum_,
    )


def _answered(pen: Pen, offer: Contact) -> bool:
    """Whether it was accepted, or a letter or a word of ours is about it."""
    ours = (one for one in pen.case.records(Contact) if not one.incoming and one.at > offer.at)
    return any(one.about == offer.at or one.kind is ContactKind.ACCEPTANCE for one in ours)
