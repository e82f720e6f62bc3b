"""The fault report: from its receipt the provider's periods run."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import answer_by, letter, numbered, para
from heller.dossier.outage_words import outage_said, product
from heller.dossier.writer import Pen
from heller.model.kinds.contact import ContactKind
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The report: what is dead since when, and what is asked for."""
    name = product(pen)
    subject = text("Fault report: {product}", product=name) if name else text("Fault report: our line")
    return letter(pen, pen(subject), _blocks(pen, occasion))


def _blocks(pen: Pen, occasion: Occasion) -> Iterator[Block]:
    yield para(pen, outage_said(pen))
    yield para(pen, text("Our business depends on this line. We ask you"))
    yield numbered(pen, _demands(pen, occasion))
    yield para(pen, text("We document the outage and what follows from it, and reserve all claims."))


def _demands(pen: Pen, occasion: Occasion) -> Iterator[Text]:
    by = answer_by(pen, occasion)
    if "repair" in pen.claim.waterfall.jurisdiction.grounds:
        yield text(
            "{said},", said=pen.cited(text("to clear the fault without delay and free of charge"), "repair")
        )
        yield text(
            "{said},",
            said=pen.cited(
                text("to confirm the receipt of this report with day, time and ticket number"), "report"
            ),
        )
    else:
        yield text("to clear the fault without delay,")
        yield text("to confirm the receipt of this report with day, time and ticket number,")
    yield text(
        "to tell us in writing by {by:long} what you have begun and when the line will work again.", by=by
    )


LETTER = LetterKind(
    "fault_report", 10, text("Fault report"), compose, sent_as=ContactKind.FAULT_REPORT, day=answer_by
)
