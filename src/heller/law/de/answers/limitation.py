"""When a claim is time-barred: with talks, proceedings and acknowledgements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from heller.law.book.answer import Figure, LawAnswer, in_order, reach
from heller.law.de.limitation import Limitation, Proceeding, Suspension, limitation
from heller.law.de.rules import book
from heller.law.facts_of_case import Talks
from heller.model.errors import InputRefused
from heller.model.text import Text, text

RULES = ("BGB-195", "BGB-199", "BGB-203", "BGB-209")
NAMES: Mapping[Suspension, Text] = {
    Suspension.ACTION: text("Action"),
    Suspension.PAYMENT_ORDER: text("Payment order"),
    Suspension.EXPERT: text("Expert procedure"),
    Suspension.ARBITRATION: text("Arbitration"),
}


class LimitationQuery(Struct, frozen=True):
    """A claim and what happened to it: the day it arose, the day it became known (None: the same),
    talks from first to last day, proceedings from service to their end, acknowledgements."""

    event: date
    talks: tuple[Talks, ...] = ()
    knew: date | None = None
    proceedings: tuple[Proceeding, ...] = ()
    acknowledged: tuple[date, ...] = ()

    def end(self, *, all_days: bool = False, any_arbitration: bool = False) -> Limitation:
        """The end in one reading."""
        return limitation(
            self.event,
            self.talks,
            knew=self.knew,
            proceedings=self.proceedings,
            acknowledged=self.acknowledged,
            talks_before_start_count=all_days,
            any_arbitration_counts=any_arbitration,
        )


def answer(
    event: date,
    talks: Iterable[tuple[date, date]] = (),
    *,
    knew: date | None = None,
    proceedings: Iterable[Proceeding] = (),
    acknowledged: Iterable[date] = (),
) -> LawAnswer:
    """The safe last day to sue for a claim that arose on a day and was known then or on `knew`.

    Raises InputRefused for spans that end before they begin and for anything before the event,
    BeyondTheData before 2 July 2012.
    """
    book().begins(event, "BGB-195")
    asked = LimitationQuery(
        event, tuple(Talks(*one) for one in talks), knew, tuple(proceedings), tuple(sorted(acknowledged))
    )
    notes = reach(book(), max(_days(asked)), RULES)
    found = asked.end()
    others: tuple[Figure, ...] = tuple(
        {"reading": reading, "ends": end} for reading, end in _readings(asked) if end > found.end
    )
    ids = (
        *RULES,
        "BGB-204",
        *(("BGB-212",) if asked.acknowledged else ()),
        *(("SCHL-06",) if any(one.step is Suspension.ARBITRATION for one in asked.proceedings) else ()),
    )
    return LawAnswer(
        head=text("Time-barred after {day}.", day=found.end),
        figures={"ends": found.end, "suspended": found.suspended, "alternatives": others},
        lines=(*_lines(asked), found.computation),
        notes=(*notes, *_depends(asked, found)),
        sources=book().norms(*ids),
    )


def _days(asked: LimitationQuery) -> Iterator[date]:
    """Every day that was given, each checked against the event."""
    yield asked.event
    spans = (
        *((one.first, one.last) for one in asked.talks),
        *((one.first, one.last) for one in asked.proceedings),
    )
    for first, last in spans:
        in_order(first, last)
        yield last
    for one in asked.talks:
        if one.first < asked.event:
            raise InputRefused(
                what=text(
                    "Talks from {first} on cannot be about an event of {event}.",
                    first=one.first,
                    event=asked.event,
                ),
                why=text("Negotiations suspend limitation only if they are about this claim (§ 203 BGB)."),
                do=text("Check the days of the talks and of the event."),
            )
    others = (*(one.first for one in asked.proceedings), *asked.acknowledged, *filter(None, (asked.knew,)))
    for day in others:
        if day < asked.event:
            raise InputRefused(
                what=text("{day} lies before the event of {event}.", day=day, event=asked.event),
                why=text("Nobody knows, sues for or acknowledges a claim before it arose."),
                do=text("Check the two days."),
            )
        yield day


def _readings(asked: LimitationQuery) -> Iterator[tuple[Text, date]]:
    yield (
        text("All days of talks added, also those before the period began; do not rely on it."),
        asked.end(all_days=True).end,
    )
    yield (
        text(
            "Arbitration before December 2021 counts too; it may have counted by consent only. Do not rely on it."
        ),
        asked.end(any_arbitration=True).end,
    )


def _lines(asked: LimitationQuery) -> Iterator[Text]:
    if asked.knew is None or asked.knew.year == asked.event.year:
        yield text("The claim arose on {day}; the period begins with the end of that year.", day=asked.event)
    else:
        yield text(
            "The claim arose on {day} and became known on {knew}; the period begins with the end of that year.",
            day=asked.event,
            knew=asked.knew,
        )
    for one in sorted(asked.talks):
        yield text("Talks {first} to {last}: {n} days.", first=one.first, last=one.last, n=one.days)
    for step in sorted(asked.proceedings, key=lambda one: one.first):
        yield text(
            "{what} {first} to {last}: suspended until six months after.",
            what=NAMES[step.step],
            first=step.first,
            last=step.last,
        )
    for day in asked.acknowledged:
        yield text("Acknowledged on {day}.", day=day)


def _depends(asked: LimitationQuery, found: Limitation) -> Iterator[Text]:
    if asked.knew is None:
        yield text("This takes it that the facts and the debtor were known in the year of the event.")
    if asked.acknowledged and found.acknowledged is None:
        yield text(
            "An acknowledgement before the period begins or after it ended starts nothing anew "
            "(wording of § 212 BGB)."
        )
    if not asked.proceedings:
        yield text("Letters and reminders stop nothing; an action or a payment order does (§ 204 BGB).")
