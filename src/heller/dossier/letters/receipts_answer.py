"""The answer to 'prove it with receipts': the dossier goes out, and who asked now owes an answer."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_due import due_blocks, something_due
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import enclosed, letter, numbered, para, pay_by, spoken
from heller.dossier.outage_words import outage_named, outage_said
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """What was asked for, what is enclosed, what is due. Raises InputRefused where nobody asked or nothing is due."""
    asked = occasion.about
    assert asked is not None
    something_due(pen)
    subject = (pen(text("Proof of the damage, as you asked for")), *outage_named(pen))
    return letter(pen, subject, _blocks(pen, occasion, asked), enclosed=enclosed(pen))


def _blocks(pen: Pen, occasion: Occasion, asked: Contact) -> Iterator[Block]:
    yield from spoken(pen, asked)
    yield para(pen, text("Here is the proof. {said}", said=pen(outage_said(pen))))
    yield para(
        pen,
        text(
            "The enclosed dossier shows each position with its working, its document and how sure it is; it says "
            "how to check everything without us."
        ),
    )
    by = pay_by(pen, occasion)
    yield para(pen, text("We demand payment by {by:long}:", by=by), style="lead")
    yield from due_blocks(pen)
    yield para(pen, text("We ask you"))
    yield numbered(
        pen,
        (
            text("to name the office that checks the claim, and its reference, if it is your insurer,"),
            text("to say position by position what you do not accept, and why,"),
            text("to pay what you accept without waiting for the rest."),
        ),
    )


LETTER = LetterKind(
    "receipts_answer",
    80,
    text("Answer to 'prove it with receipts'"),
    compose,
    about=(ContactKind.INVITATION,),
    otherwise=text("Write down who asked for proof: heller note CASE invitation '...' --who NAME"),
    sent_as=ContactKind.DEMAND,
    day=pay_by,
)
