"""The notice of unusually high damage, as plain text that can be mailed or printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import quote

from msgspec import Struct

from heller.dossier.wording import Words
from heller.model.damage import NormRef
from heller.model.record import QuickEstimate
from heller.model.text import Text, text

WIDTH = 76  # characters of a line: mail programs break longer ones themselves
SATURDAY = 5


class Notice(Struct, frozen=True):
    """A letter ready to send: its subject, its whole text."""

    subject: str
    body: str

    @property
    def mail(self) -> str:
        """The address that opens the letter in a mail program."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.body)}"


def notice(made: QuickEstimate, facts: Mapping[str, str], words: Words, rule: NormRef) -> Notice:
    """The letter. `facts` are those of the case that are known; what is not known stands in brackets. `rule` is
    the one that asks for the notice in the country of the line."""
    subject = words(_cited(text("Notice of unusually high damage, fault of our line"), rule))

    def said(key: str, otherwise: Text) -> str:
        return facts.get(key) or words(otherwise)

    paragraphs = [
        said("firm.name", text("[your firm]")),
        said("firm.address", text("[your address]")),
        "",
        said("provider.name", text("[provider]")),
        said("provider.address", text("[address of the provider]")),
        "",
        words.day(made.at.astimezone(words.zone).date(), "long"),
        "",
        subject,
        *(
            [words(text("Contract number: {number}", number=facts["line.number"]))]
            if "line.number" in facts
            else []
        ),
        "",
        *_body(made, facts, words, rule),
        "",
        said("firm.name", text("[your firm]")),
    ]
    return Notice(subject, "\n".join(_wrapped(paragraphs)).rstrip() + "\n")


def _cited(said: Text, rule: NormRef) -> Text:
    """With the rule; without one where the country of the line has none that is known here."""
    return text("{said} ({cite})", said=said, cite=rule.cite) if rule.id else said


def _body(made: QuickEstimate, facts: Mapping[str, str], words: Words, rule: NormRef) -> Iterator[str]:
    line = facts.get("line.product")
    since = words.moment(made.since.astimezone(words.zone))
    yield words(text("Dear Sir or Madam,"))
    yield ""
    if line:
        yield words(text("our line {line} has been without service since {since}.", line=line, since=since))
    else:
        yield words(text("our line has been without service since {since}.", since=since))
    yield ""
    yield words(text("Our business depends on this line."))
    attention = text("We hereby draw your attention to the danger of unusually high damage")
    yield words(text("{sentence}.", sentence=_cited(attention, rule)))
    yield ""
    yield words(text("By a first estimate of today, each working day without the line costs us"))
    yield ""
    figures = [
        (words(text("cautiously estimated")), words.money(made.per_day.low)),
        (words(text("most likely")), words.money(made.per_day.likely)),
        (words(text("at most, as far as can be seen now")), words.money(made.per_day.high)),
    ]
    wide, right = (max(len(pair[side]) for pair in figures) for side in (0, 1))
    yield from (f"    {label:<{wide}}  {amount:>{right}}" for label, amount in figures)
    yield ""
    yield words(
        text(
            "So far this comes to {low} to {high}. Emergency lines, hardware and further extra cost come on "
            "top. The amount grows with every day.",
            low=made.so_far.low,
            high=made.so_far.high,
        )
    )
    yield ""
    yield words(text("We therefore ask you"))
    yield ""
    by = words.day(_next_weekday(made.at.astimezone(words.zone).date()), "long")
    for number, demand in enumerate(
        (
            text("to clear the fault without delay,"),
            text("to tell us in writing by {by} when the line will work again,", by=by),
            text("to provide a substitute at once, at your cost, which bridges the time until then,"),
            text("to confirm that you received this letter."),
        ),
        1,
    ):
        yield f"    {number}. {words(demand)}"
    yield ""
    yield words(
        text(
            "If you do not, we shall get a substitute ourselves and claim its cost from you. We reserve all "
            "claims, damages in particular."
        )
    )
    yield ""
    yield words(text("Yours faithfully"))


def _next_weekday(day: date) -> date:
    """The day after, Monday where that is a weekend."""
    day += timedelta(1)
    return day + timedelta(7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _wrapped(lines: list[str]) -> Iterator[str]:
    """Lines of a width that every mail program shows; what is set in stays set in."""
    from textwrap import wrap

    for line in (part for block in lines for part in block.split("\n")):
        indent = " " * (len(line) - len(line.lstrip()))
        yield from wrap(line, WIDTH, subsequent_indent=indent and indent + "   ") or [""]
