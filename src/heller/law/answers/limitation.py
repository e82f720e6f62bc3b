"""When a claim is time-barred, with talks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from heller.law.answers.shape import Answer, Figure, begins, in_order, norms, reach
from heller.law.de.limitation import Talks, limitation
from heller.model.errors import InputRefused
from heller.model.text import text

RULES = ("BGB-195", "BGB-199", "BGB-203", "BGB-209")


def answer(event: date, talks: Iterable[tuple[date, date]] = ()) -> Answer:
    """The safe last day to sue for a claim that arose, and was known, on a day.

    Raises InputRefused for talks that end before they begin or begin before the event, BeyondTheData
    before 2 July 2012.
    """
    begins(event, "BGB-195")
    held = tuple(Talks(first, last) for first, last in talks)
    for one in held:
        in_order(one.first, one.last)
        if one.first < event:
            raise InputRefused(
                what=text(
                    "Talks from {first} on cannot be about an event of {event}.", first=one.first, event=event
                ),
                why=text("Negotiations suspend limitation only if they are about this claim (§ 203 BGB)."),
                do=text("Check the days of the talks and of the event."),
            )
    notes = reach(max((event, *(one.last for one in held))), RULES)
    found = limitation(event, held)
    hopeful = limitation(event, held, talks_before_start_count=True)
    others: tuple[Mapping[str, Figure], ...] = ()
    if hopeful.end > found.end:
        every = text("All days of talks added, also those before the period began; do not rely on it.")
        others = ({"reading": every, "ends": hopeful.end},)
    return Answer(
        head=text("Time-barred after {day}.", day=found.end),
        figures={"ends": found.end, "alternatives": others},
        lines=(
            text("The claim arose on {day}; the period begins with the end of that year.", day=event),
            *(
                text("Talks {first} to {last}: {n} days.", first=one.first, last=one.last, n=one.days)
                for one in sorted(held)
            ),
            found.computation,
        ),
        notes=(
            *notes,
            text("This takes it that the facts and the debtor were known in the year of the event."),
            text("Letters and reminders stop nothing; an action or a payment order does (§ 204 BGB)."),
        ),
        sources=norms(*RULES, "BGB-204"),
    )
