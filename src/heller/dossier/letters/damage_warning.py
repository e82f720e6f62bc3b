"""The notice of unusually high damage, as plain text that can be mailed or printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from heller.dossier.blocks import Block, Cell, Letter, Para, Table, TableColumn, TableRow
from heller.dossier.letter_frame import LetterKind, Occasion, facts_of, framed
from heller.dossier.letter_phrases import answer_by as _answer_by
from heller.dossier.wording import Words
from heller.dossier.writer import Pen
from heller.model.damage import NO_RULE, NormRef
from heller.model.errors import InputRefused
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.quick_estimate import QuickEstimate
from heller.model.text import Text, text


def compose(pen: Pen, occasion: Occasion) -> Letter:
    """The notice over the last estimate that is written down; raises InputRefused where there is none."""
    made = [
        one
        for one in pen.case.records(QuickEstimate)
        if pen.words.local(one.at).date() <= pen.claim.waterfall.as_of
    ]
    if not made:
        raise InputRefused(
            text("No first estimate is written down."),
            text("The notice says what a day without the line costs."),
            text("Make one first: heller estimate CASE"),
        )
    country = pen.claim.waterfall.jurisdiction
    rule = country.grounds.get("warning", NO_RULE)
    return notice(made[-1], facts_of(pen.case), pen.words, rule, _answer_by(pen, occasion))


def notice(
    made: QuickEstimate, facts: Mapping[str, str], words: Words, rule: NormRef, answer_by: date
) -> Letter:
    """The letter. `facts` are those of the case that are known. `rule` is the one that asks for the notice in the
    country of the line, `answer_by` the day by which the provider shall say when the line works."""
    subject = words(_cited(text("Notice of unusually high damage, fault of our line"), rule))
    day = words.local(made.at).date()
    return framed(facts, words, day, (subject,), tuple(_body(made, facts, words, rule, answer_by)))


def _cited(said: Text, rule: NormRef) -> Text:
    """With the rule; without one where the country of the line has none that is known here."""
    return text("{said} ({cite})", said=said, cite=rule.cite) if rule.id else said


def _body(
    made: QuickEstimate, facts: Mapping[str, str], words: Words, rule: NormRef, answer_by: date
) -> Iterator[Block]:
    line = facts.get("line.product")
    since = words.moment(made.since.astimezone(words.zone))
    if line:
        dead = text("Our line {line} has been without service since {since}.", line=line, since=since)
    else:
        dead = text("Our line has been without service since {since}.", since=since)
    yield Para(words(dead))
    attention = text("We hereby draw your attention to the danger of unusually high damage")
    yield Para(
        f"{words(text('Our business depends on this line.'))} "
        f"{words(text('{sentence}.', sentence=_cited(attention, rule)))}"
    )
    yield Para(words(text("By a first estimate of today, each working day without the line costs us")))
    yield _figures(made, words)
    yield Para(
        words(
            text(
                "So far this comes to {low} to {high}. Emergency lines, hardware and further extra cost come on "
                "top. The amount grows with every day.",
                low=made.so_far.low,
                high=made.so_far.high,
            )
        )
    )
    yield Para(words(text("We therefore ask you")))
    by = words.day(answer_by, "long")
    asked = (
        text("to clear the fault without delay,"),
        text("to tell us in writing by {by} when the line will work again,", by=by),
        text("to provide a substitute at once, at your cost, which bridges the time until then,"),
        text("to confirm that you received this letter."),
    )
    yield Para("\n".join(f"    {number}. {words(demand)}" for number, demand in enumerate(asked, 1)))
    yield Para(
        words(
            text(
                "If you do not, we shall get a substitute ourselves and claim its cost from you. We reserve all "
                "claims, damages in particular."
            )
        )
    )


def _figures(made: QuickEstimate, words: Words) -> Table:
    rows = (
        (text("cautiously estimated"), made.per_day.low),
        (text("most likely"), made.per_day.likely),
        (text("at most, as far as can be seen now"), made.per_day.high),
    )
    cells = (TableRow((Cell(words(label)), Cell(words.money(amount)))) for label, amount in rows)
    return Table((TableColumn("", "left", "1fr"), TableColumn("", "right")), tuple(cells))


LETTER = LetterKind(
    "damage_warning",
    20,
    text("Notice of unusually high damage"),
    compose,
    sent_as=ContactKind.DAMAGE_WARNING,
    day=_answer_by,
)
