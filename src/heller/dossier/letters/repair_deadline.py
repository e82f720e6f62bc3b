"""The letter that sets a day for the repair: notice for cause and a substitute at the provider's cost rest on it."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion, contacts
from heller.dossier.letter_phrases import answer_by, letter, numbered, para, refused
from heller.dossier.outage_words import outage_said
from heller.dossier.writer import Pen
from heller.model.kinds.contact import ContactKind
from heller.model.outage import OpenEnd
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The day, and what follows when it passes. Raises InputRefused where the line is measured as working again."""
    outages = pen.claim.outages
    if outages and not isinstance(outages[-1].end, OpenEnd):
        at = outages[-1].end.latest
        raise refused(
            text(
                "The line is measured as working again since {at}: no repair is left to set a day for.", at=at
            ),
            text("Send the demand instead: heller letter CASE claim"),
        )
    return letter(pen, pen(text("Deadline for clearing the fault of our line")), _blocks(pen, occasion))


def _blocks(pen: Pen, occasion: Occasion) -> Iterator[Block]:
    yield para(pen, outage_said(pen))
    reports = contacts(pen, ContactKind.FAULT_REPORT, incoming=False)
    if reports:
        yield para(pen, text("We reported the fault on {at}. It has not been cleared.", at=reports[0].at))
    yield para(
        pen,
        text("We set you a deadline for clearing the fault: {by:long}.", by=answer_by(pen, occasion)),
        style="lead",
    )
    yield para(pen, text("If it passes in vain,"))
    yield numbered(pen, _what_follows(pen))
    if "old_line" in pen.claim.waterfall.jurisdiction.grounds:
        yield para(
            pen,
            text(
                "Until the change has worked, the former line is to be kept in service; we ask for that too."
            ),
            "old_line",
        )
    yield para(pen, text("We reserve all claims, damages in particular."))


def _what_follows(pen: Pen) -> Iterator[Text]:
    yield text("we shall get a substitute for the line and claim its cost from you,")
    cause = pen.cited(text("we reserve the right to give notice of termination for cause"), "termination")
    yield text("{said},", said=cause)
    yield text(
        "{said}.", said=pen.cited(text("we shall claim the whole damage that the outage causes"), "breach")
    )


LETTER = LetterKind("repair_deadline", 35, text("Deadline for repair"), compose, day=answer_by)
