"""The counter-offer: a sum, until when it stands, and what it settles. The sum is a person's decision."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, para, pay_by, refused, spoken
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.money import Money
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The counter-offer. Raises InputRefused where no sum is named, or there is no offer to counter."""
    made = occasion.about
    assert made is not None
    if occasion.amount is None:
        raise refused(
            text("No sum is named for the counter-offer."),
            text("Name it: --amount SUM; a range that is worth it: heller decide CASE --odds FROM-TO"),
        )
    subject = text("Your offer of {at:day}: our counter-offer", at=made.at)
    return letter(pen, pen(subject), _blocks(pen, occasion, made, occasion.amount))


def _blocks(pen: Pen, occasion: Occasion, made: Contact, amount: Money) -> Iterator[Block]:
    yield from spoken(pen, made)
    by = pay_by(pen, occasion)
    yield para(pen, text("We do not accept this offer, and offer in turn:"))
    yield para(
        pen,
        text(
            "Against payment of {amount} by {by:long} all claims from this outage are settled.",
            amount=amount,
            by=by,
        ),
        style="lead",
    )
    yield para(
        pen,
        text(
            "Without the payment by that day this offer ends and the whole claim stands. No concession as to "
            "ground or amount is contained in it."
        ),
    )


LETTER = LetterKind(
    "counter_offer",
    102,
    text("Counter-offer"),
    compose,
    about=(ContactKind.OFFER,),
    otherwise=text("Write the offer down: heller note CASE offer '...' --amount SUM"),
    sent_as=ContactKind.OFFER,
    day=pay_by,
)
