"""The form of an assignment of the claim: to an insurer, a parent company, whoever pursues it. Signed by both."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, para, required
from heller.dossier.outage_words import outage_said
from heller.dossier.writer import Pen
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The form; whom the claim goes to stands in brackets until it is said."""
    required(pen, "assignment", LETTER.title)
    to = occasion.to or pen(text("[name and address of the new creditor]"))
    return letter(pen, pen(text("Assignment of claims")), _blocks(pen, to), recipient=(to,), form=True)


def _blocks(pen: Pen, to: str) -> Iterator[Block]:
    provider = pen.case.fact("provider.name") or pen(text("[provider]"))
    yield para(pen, outage_said(pen, theirs=False))
    yield para(
        pen,
        text(
            "We assign to {to} our claims against {provider} from this outage, with interest and costs.",
            to=to,
            provider=provider,
        ),
        "assignment",
    )
    yield para(
        pen,
        text(
            "The extent: [all claims / a part of them, namely ...]. The new creditor accepts the assignment."
        ),
    )
    yield para(
        pen,
        text("The assignment is shown to the provider by us; until then it may pay to us with effect."),
        "assignment_shown",
    )
    yield para(pen, text("Place, day, signature of the former creditor: ______________________"))
    yield para(pen, text("Place, day, signature of the new creditor: ______________________"))


LETTER = LetterKind("assignment", 140, text("Assignment of claims"), compose)
