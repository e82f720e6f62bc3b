"""The answer to a refusal: what stands against it, and the last day before court."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_due import due_blocks, something_due
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, para, pay_by, spoken
from heller.dossier.letter_stage import stage
from heller.dossier.outage_words import outage_said
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The answer. Raises InputRefused where nobody refused or nothing is due."""
    said = occasion.about
    assert said is not None
    something_due(pen)
    return letter(pen, pen(text("Your refusal of {at:day}", at=said.at)), _blocks(pen, occasion, said))


def _blocks(pen: Pen, occasion: Occasion, said: Contact) -> Iterator[Block]:
    yield from spoken(pen, said)
    yield para(pen, text("We hold to our claim. {said}", said=pen(outage_said(pen))))
    yield para(
        pen,
        text(
            "You owe the service under the contract. That you are not answerable for its failure is for you to "
            "prove, not for us to refute."
        ),
        "breach",
    )
    yield para(
        pen,
        text(
            "Please name each position that you do not accept, with the reason and the document that you rest it on."
        ),
    )
    yield from stage(pen)
    by = pay_by(pen, occasion)
    yield para(pen, text("We demand payment by {by:long} for the last time:", by=by), style="lead")
    yield from due_blocks(pen)
    yield para(
        pen,
        text(
            "After that day we shall have the claim pursued by a lawyer and in court without further notice."
        ),
    )


LETTER = LetterKind(
    "refusal_answer",
    105,
    text("Answer to a refusal"),
    compose,
    about=(ContactKind.REFUSAL,),
    otherwise=text("Write the refusal down: heller note CASE refusal '...' --who NAME"),
    sent_as=ContactKind.DEMAND,
    day=pay_by,
)
