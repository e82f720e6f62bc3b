"""The letter that confirms what was promised by word of mouth, so that it can be proven."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import letter, para, pay_by, spoken
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import text

PROMPT = timedelta(7)  # an objection later than a week is as a rule too late; so is a confirmation (KBS-01)


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """What was said, by whom and when, and that silence counts where the letter is prompt enough for that."""
    said = occasion.about
    assert said is not None
    subject = text("Confirmation of what you told us on {at:day}", at=said.at)
    return letter(pen, pen(subject), _blocks(pen, occasion, said))


def _blocks(pen: Pen, occasion: Occasion, said: Contact) -> Iterator[Block]:
    yield from spoken(pen, said)
    if said.until is not None:
        yield para(pen, text("The day named for it: {day:long}.", day=said.until))
    written = pen.claim.waterfall.as_of
    if written > pen.words.local(said.at).date() + PROMPT:
        yield para(
            pen,
            text(
                "We record this content here as it was noted at the time, and go by it. If you remember it "
                "otherwise, tell us in writing by {by:long}.",
                by=pay_by(pen, occasion),
            ),
        )
        return
    yield para(pen, text("We confirm this content, go by it, and have acted accordingly."))
    yield para(
        pen,
        text(
            "If you remember it otherwise, object in writing without delay. Otherwise we take it that the "
            "content holds as confirmed here.",
        ),
        "confirmation",
    )


LETTER = LetterKind(
    "promise_confirmation",
    30,
    text("Confirmation of an oral promise"),
    compose,
    about=(ContactKind.PROMISE, ContactKind.ONLINE_CLAIM, ContactKind.INVITATION, ContactKind.OFFER),
    otherwise=text("Write down what was said: heller note CASE promise '...' --who NAME"),
    only=lambda contact: not contact.written,
)
