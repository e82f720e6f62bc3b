"""The letter that refuses an offer and holds the claim; the talks go on."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_due import due_blocks, something_due
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, para, pay_by, spoken
from heller.dossier.letter_stage import stage
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The refusal. Raises InputRefused where there is no offer or nothing is due."""
    made = occasion.about
    assert made is not None
    something_due(pen)
    return letter(pen, pen(text("Your offer of {at:day}: refusal", at=made.at)), _blocks(pen, occasion, made))


def _blocks(pen: Pen, occasion: Occasion, made: Contact) -> Iterator[Block]:
    yield from spoken(pen, made)
    yield para(pen, text("We do not accept this offer."))
    due = pen.claim.waterfall.due.low
    if made.amount and made.amount < due:
        yield para(
            pen,
            text("It falls short of the cautious figure that is due, {due}.", due=due),
        )
    yield from stage(pen, made)
    by = pay_by(pen, occasion)
    yield para(pen, text("We demand payment by {by:long}:", by=by), style="lead")
    yield from due_blocks(pen)
    yield para(
        pen,
        text(
            "A payment of the offered sum counts on what is due and settles nothing beyond it. We stay ready to "
            "talk about each position; please name those that you do not accept, with the reason."
        ),
    )


LETTER = LetterKind(
    "offer_refusal",
    101,
    text("Refusal of an offer"),
    compose,
    about=(ContactKind.OFFER,),
    otherwise=text("Write the offer down: heller note CASE offer '...' --amount SUM"),
    sent_as=ContactKind.DEMAND,
    day=pay_by,
)
