"""The form of authority for the lawyer who takes the matter over."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import enclosed, letter, numbered, para
from heller.dossier.outage_words import outage_named
from heller.dossier.writer import Pen
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The form; the lawyer stands in brackets until the name is stated."""
    name = occasion.to or pen.case.fact("lawyer.name") or pen(text("[lawyer]"))
    address = pen.case.fact("lawyer.address") or pen(text("[address of the lawyer]"))
    lines = (name, *(line for line in address.splitlines() if line.strip()))
    subject = (pen(text("Mandate and authority")), *outage_named(pen))
    return letter(pen, subject, _blocks(pen), enclosed=enclosed(pen), recipient=lines, form=True)


def _blocks(pen: Pen) -> Iterator[Block]:
    provider = pen.case.fact("provider.name") or pen(text("[provider]"))
    yield para(
        pen,
        text(
            "We mandate you with pursuing our claims against {provider} from the outage of our line.",
            provider=provider,
        ),
    )
    yield para(pen, text("You are authorised"))
    yield numbered(
        pen,
        (
            text("to represent us out of court and to take declarations,"),
            text("to sue, and to take all steps of the proceedings,"),
            text("to agree on a settlement after asking us,"),
            text("to receive payments."),
        ),
    )
    yield para(
        pen,
        text(
            "Nothing has to be worked out again: the dossier shows every figure with the document that it rests on."
        ),
    )
    yield para(pen, text("Place, day, signature: ______________________"))


LETTER = LetterKind("mandate", 145, text("Mandate and authority"), compose)
