"""The letter that takes an offer, exactly as it was made: a change would be a new offer."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, para, pay_by, refused, spoken
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.money import Money
from heller.model.terms import Terms, Waiver
from heller.model.text import Text, text

GIVEN_UP = {
    Waiver.NONE: text("The payment counts on the sum; all else stays open."),
    Waiver.OUTAGE: text("With the payment all claims from this outage are settled."),
    Waiver.ALL: text("With the payment all claims from the contract are settled."),
}


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The acceptance. Raises InputRefused where there is no offer, it has expired, or nobody said what is given up."""
    made = occasion.about
    assert made is not None
    if made.until is not None and made.until < pen.claim.waterfall.as_of:
        raise refused(
            text("The offer ended on {day:long}.", day=made.until),
            text(
                "Ask whether it still stands, or make an own one: heller letter CASE counter_offer --amount SUM"
            ),
        )
    if _waiver(made) is Waiver.UNSTATED:
        raise refused(
            text("Nobody wrote down what is given up by taking the offer."),
            text("Say it with the offer: heller note CASE offer '...' --waives nothing|outage|all"),
        )
    return letter(
        pen, pen(text("Your offer of {at:day}: acceptance", at=made.at)), _blocks(pen, occasion, made)
    )


def _waiver(made: Contact) -> Waiver:
    return (made.terms or Terms()).waiver


def _blocks(pen: Pen, occasion: Occasion, made: Contact) -> Iterator[Block]:
    yield from spoken(pen, made)
    yield para(pen, text("We accept this offer as it was made, without any change."), "changed_acceptance")
    yield para(pen, GIVEN_UP[_waiver(made)])
    if made.amount:
        yield para(pen, _payment(pen, occasion, made.amount), style="lead")


def _payment(pen: Pen, occasion: Occasion, amount: Money) -> Text:
    by = pay_by(pen, occasion)
    return text("We ask you to pay {amount} by {by:long}.", amount=amount, by=by)


LETTER = LetterKind(
    "offer_acceptance",
    100,
    text("Acceptance of an offer"),
    compose,
    about=(ContactKind.OFFER,),
    otherwise=text("Write the offer down: heller note CASE offer '...' --amount SUM"),
    sent_as=ContactKind.ACCEPTANCE,
    day=pay_by,
)
