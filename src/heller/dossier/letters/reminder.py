"""The reminder of a demand whose day has passed: the provider is in default."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_due import due_blocks, something_due
from heller.dossier.letter_frame import LetterKind, Occasion, contacts
from heller.dossier.letter_phrases import enclosed, letter, para, pay_by, refused
from heller.dossier.letter_stage import stage
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The reminder. Raises InputRefused where nothing was demanded, or its day has not passed."""
    sent = [one for one in contacts(pen, ContactKind.DEMAND, incoming=False) if one.until]
    if not sent:
        raise refused(
            text("No demand with a day is written down that could be reminded of."),
            text("Send the demand first: heller letter CASE claim --sent CHANNEL"),
        )
    first, by = sent[0], sent[0].until
    assert by is not None
    if by >= pen.claim.waterfall.as_of:
        raise refused(
            text("The day of the demand has not passed: {day:long}.", day=by),
            text("Wait until it has passed; the date stands among the deadlines: heller deadlines CASE"),
        )
    something_due(pen)
    subject = text("Reminder: our demand of {at:day}", at=first.at)
    return letter(pen, pen(subject), _blocks(pen, occasion, first, by), enclosed=enclosed(pen))


def _blocks(pen: Pen, occasion: Occasion, sent: Contact, until: date) -> Iterator[Block]:
    demanded = text(
        "With our letter of {at:day} we demanded payment by {until:day}. You have not paid what is due.",
        at=sent.at,
        until=until,
    )
    yield para(pen, demanded)
    yield from stage(pen, sent)
    yield para(pen, text("You are in default; interest runs."), "default")
    by = pay_by(pen, occasion)
    yield para(pen, text("We demand payment by {by:long} for the last time:", by=by), style="lead")
    yield from due_blocks(pen)
    yield para(
        pen,
        text(
            "Interest runs on until you pay.",
        ),
        "default_interest",
    )
    yield para(
        pen,
        text(
            "After that day we shall have the claim pursued by a lawyer and in court without further notice. You "
            "bear the costs of that as damage of the default."
        ),
    )


LETTER = LetterKind(
    "reminder", 95, text("Reminder in default"), compose, sent_as=ContactKind.DEMAND, day=pay_by
)
