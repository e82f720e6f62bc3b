"""The notice of termination for cause. It rests on a deadline for repair that has passed."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, para, pay_by, refused, required
from heller.dossier.outage_words import outage_said, product
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The notice. Raises InputRefused where the country names no rule, or no deadline for repair has passed."""
    required(pen, "termination", LETTER.title)
    set_ = [one for one in pen.case.records(Contact) if one.letter and one.letter.kind == "repair_deadline"]
    passed = [one for one in set_ if one.until and one.until < pen.claim.waterfall.as_of]
    if not passed:
        raise refused(
            text("No deadline for repair has passed; without one, notice for cause is as a rule void."),
            text("Set one first: heller letter CASE repair_deadline --sent CHANNEL"),
        )
    name = product(pen)
    subject = text("Notice of termination for cause")
    if name:
        subject = text("Notice of termination for cause: {product}", product=name)
    return letter(pen, pen(subject), _blocks(pen, occasion, passed[-1]))


def _blocks(pen: Pen, occasion: Occasion, deadline: Contact) -> Iterator[Block]:
    yield para(pen, outage_said(pen))
    assert deadline.until is not None
    yield para(
        pen,
        text(
            "With our letter of {at:day} we set you a deadline for clearing the fault until {until:day}. It "
            "passed in vain.",
            at=deadline.at,
            until=deadline.until,
        ),
    )
    yield para(
        pen,
        text("We give notice of termination of the contract for cause, with immediate effect."),
        "termination",
        style="lead",
    )
    yield para(
        pen,
        text("In the alternative we give notice of termination for the next date that the contract allows."),
    )
    yield para(
        pen,
        text(
            "Please confirm by {by:long} the receipt of this notice and the day on which the contract ends. Our "
            "claims for damages stay as they are. No fee is owed for the time after the end.",
            by=pay_by(pen, occasion),
        ),
    )


LETTER = LetterKind("termination", 130, text("Notice of termination for cause"), compose, day=pay_by)
