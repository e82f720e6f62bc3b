"""The answer to 'force majeure': who says so names the event and proves it."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Letter
from heller.dossier.letter_frame import LetterKind, Occasion
from heller.dossier.letter_phrases import answer_by, letter, numbered, para, required, spoken
from heller.dossier.writer import Pen
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The answer. Raises InputRefused where nobody refused, or the country names no rule on force majeure."""
    said = occasion.about
    assert said is not None
    required(pen, "force_majeure", LETTER.title)
    subject = text("You plead force majeure ({at:day})", at=said.at)
    return letter(pen, pen(subject), _blocks(pen, occasion, said))


def _blocks(pen: Pen, occasion: Occasion, said: Contact) -> Iterator[Block]:
    yield from spoken(pen, said)
    yield para(
        pen,
        text(
            "Force majeure is an event from outside that nobody could foresee, that the utmost reasonable care "
            "could not avert, and that is not to be put up with for its frequency."
        ),
        "force_majeure",
    )
    yield para(
        pen,
        text("A mistake in the own organisation, in the own network or of helpers is none of that."),
        "helpers",
    )
    yield para(
        pen,
        text("Whoever relies on it has to prove it. We ask you by {by:long}", by=answer_by(pen, occasion)),
    )
    yield numbered(
        pen,
        (
            text("to name the event, with day, time and place,"),
            text("to say which part of your network it hit and why our line depended on that part alone,"),
            text(
                "to say what you had done beforehand, and what you did afterwards to restore the line, hour by hour,"
            ),
            text("to send the documents that prove it."),
        ),
    )
    yield para(
        pen,
        text("Until then we take it that you are answerable for the outage. We hold to our claim in full."),
        "breach",
    )


def _pleads_it(contact: Contact) -> bool:
    said = contact.said.casefold()
    return any(word in said for word in ("höhere gewalt", "höherer gewalt", "force majeure"))


LETTER = LetterKind(
    "force_majeure_answer",
    110,
    text("Answer to 'force majeure'"),
    compose,
    about=(ContactKind.REFUSAL,),
    only=_pleads_it,
    otherwise=text(
        "Write down who pleads it, in those words: heller note CASE refusal '... force majeure ...' --who NAME"
    ),
    day=answer_by,
)
