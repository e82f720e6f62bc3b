"""The request for the provider's own records, and that they be kept: what is deleted in weeks proves nothing later."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, numbered, para, pay_by
from heller.dossier.outage_words import outage_said
from heller.dossier.writer import Pen
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """Which records, by when, and that nothing of them be deleted."""
    return letter(pen, pen(text("Your records of the fault of our line")), _blocks(pen, occasion))


def _blocks(pen: Pen, occasion: Occasion) -> Iterator[Block]:
    yield para(pen, outage_said(pen))
    by = pay_by(pen, occasion)
    yield para(pen, text("We ask you for a copy of your records of it by {by:long}:", by=by), "records")
    yield numbered(pen, _records(pen))
    if "personal_data" in pen.claim.waterfall.jurisdiction.grounds:
        yield para(
            pen,
            text(
                "As far as these records concern the owner as a person, we ask for them as information on own "
                "data too."
            ),
            "personal_data",
        )
    yield para(
        pen,
        text(
            "Please keep all these records, measured values of the line included, until the matter is closed. "
            "What is usually deleted after a time must not be deleted here."
        ),
    )
    yield para(
        pen,
        text("In a lawsuit we shall move that you be ordered to produce them."),
        "production",
    )


def _records(pen: Pen) -> Iterator[Text]:
    yield text("the history of all fault reports and tickets, with day, time and every remark,")
    if "report" in pen.claim.waterfall.jurisdiction.grounds:
        yield text(
            "{said},",
            said=pen.cited(
                text("your documentation of the receipt of our report and of the appointments"), "report"
            ),
        )
    yield text("the measured values and logs of the line (sync, attenuation, errors, sessions),")
    yield text("orders to technicians, their reports, and when the line was measured and released,")
    yield text("the cause of the fault, when it was found, and what was done when.")


LETTER = LetterKind("records_request", 45, text("Request for the provider's records"), compose, day=pay_by)
