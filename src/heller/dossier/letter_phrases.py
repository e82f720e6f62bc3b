"""What several letters say: paragraphs with the rule behind them, numbered demands, days, what a contact said.

Each sentence stands whole, with and without what is known: no placeholder holds a noun that needs an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from heller.dossier.blocks import Block, Letter, Para
from heller.dossier.letter_frame import UNWRITTEN, Occasion, facts_of, framed
from heller.dossier.writer import Pen
from heller.model.errors import InputRefused
from heller.model.kinds.contact import Contact
from heller.model.text import Text, text


def letter(
    pen: Pen,
    subject: str | tuple[str, ...],
    blocks: Iterable[Block],
    *,
    enclosed: tuple[str, ...] = (),
    recipient: tuple[str, ...] = (),
    form: bool = False,
    sender: tuple[str, ...] = (),
) -> Letter:
    """A letter of the case, on the day for which it is worked out."""
    return framed(
        facts_of(pen.case),
        pen.words,
        pen.claim.waterfall.as_of,
        (subject,) if isinstance(subject, str) else subject,
        tuple(blocks),
        reference=pen.case.id[:8],
        enclosed=enclosed,
        recipient=recipient,
        form=form,
        sender=sender,
    )


def refused(what: Text, do: Text) -> InputRefused:
    """A letter that cannot be written yet, and what to do first."""
    return InputRefused(what, UNWRITTEN, do)


def required(pen: Pen, topic: str, title: Text) -> None:
    """Refuses a letter that only some countries know, where the law of the case names no rule for it."""
    if topic not in pen.claim.waterfall.jurisdiction.grounds:
        raise refused(
            text("{letter}: no rule is known for it on this day in the law of the case.", letter=title),
            text("State the country of the line, or ask a lawyer."),
        )


def para(pen: Pen, said: Text, topic: str = "", style: str = "plain") -> Para:
    """A paragraph; with the rule behind it, before the last stop, where the law of the case names one."""
    words, norm = pen(said), pen.claim.waterfall.jurisdiction.grounds.get(topic)
    if norm is not None:
        words = f"{words.rstrip('.:')} ({pen.norm(norm)}){words[len(words.rstrip('.:')) :]}"
    return Para(words, style=style)


def numbered(pen: Pen, demands: Iterable[Text]) -> Para:
    """Demands under each other, each with its number."""
    return Para("\n".join(f"    {number}. {pen(said)}" for number, said in enumerate(demands, 1)))


def quoted(said: str) -> Para:
    """What somebody said, set in, in the quotation marks of no language."""
    return Para("\n".join(f"    {line}" for line in said.splitlines() if line.strip()))


def answer_by(pen: Pen, occasion: Occasion) -> date:
    """The day that is set for an answer: the wish, else the next working day of the country."""
    fall = pen.claim.waterfall
    return occasion.by or fall.jurisdiction.answer_by or fall.as_of


def pay_by(pen: Pen, occasion: Occasion) -> date:
    """The day that is set for paying: the wish, else the one that the country counts."""
    fall = pen.claim.waterfall
    return occasion.by or fall.jurisdiction.pay_by or fall.as_of


def enclosed(pen: Pen) -> tuple[str, ...]:
    """The dossier with its exhibits."""
    count = len(pen.case.exhibits)
    said = [text("Dossier")]
    if count == 1:
        said.append(text("Exhibit K 1"))
    elif count:
        said.append(
            text("Exhibits K 1 to K {n}, attached to the dossier as far as the claim rests on them", n=count)
        )
    said.append(text("The claim in machine-readable form"))
    return tuple(pen(what) for what in said)


def spoken(pen: Pen, contact: Contact) -> Iterator[Block]:
    """Who said what and when, as a letter repeats it."""
    who = ", ".join(filter(None, (contact.who, contact.channel)))
    said = text("On {at} we were told ({who}):", at=contact.at, who=who)
    yield Para(pen(said if who else text("On {at} we were told:", at=contact.at)))
    yield quoted(contact.said)
