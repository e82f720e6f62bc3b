"""Default, limitation and the conciliation body's period in Switzerland. Public holidays differ by canton and are not
known here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from heller.law.book.calendar import PLAIN, plus_months
from heller.law.ch.rules import book, norm
from heller.law.chain.limitation import LimitationLaw, TimeBar
from heller.law.duties.deadlines import deadline
from heller.law.facts_of_case import Dealings, Situation
from heller.model.claim import Deadline
from heller.model.text import text


def default_begins(until: date, region: str) -> date:
    """The day after the last one on which paying is in time."""
    return PLAIN.next_working_day(until, region) + timedelta(1)


def limitation(due: date, acknowledged: tuple[date, ...] = ()) -> tuple[date, date | None]:
    """The last day to sue: ten years, anew from each acknowledgement while it runs; and the one that counts."""
    months = 12 * int(book().for_sum("CH-OR-127", due).number("years"))
    end, anew = plus_months(due, months), None
    for day in sorted(acknowledged):
        if due < day <= end:
            end, anew = plus_months(day, months), day
    return end, anew


def bar(began: date, dealings: Dealings) -> TimeBar:
    """By the first day of the outage."""
    end, anew = limitation(began, dealings.acknowledged)
    said = (
        text("Ten years from {day}, the first of the outage.", day=began)
        if anew is None
        else text("Ten years, begun anew by the acknowledgement of {day}.", day=anew)
    )
    return TimeBar(end, said)


LIMITATION = LimitationLaw(
    norm("CH-OR-127"),
    bar,
    check=text("Have a lawyer check at once whether anything interrupted limitation (Art. 135 OR)."),
    stops=text(
        "An acknowledgement, debt enforcement, a request for conciliation or an action interrupts limitation "
        "(Art. 135 OR)."
    ),
    plea=norm("CH-OR-127"),
)


def conciliation_until(last_contact: date) -> date:
    """The last day on which the conciliation body takes the case."""
    months = int(book().for_sum("CH-FMG-12c-time", last_contact).number("months"))
    return plus_months(last_contact, months)


def conciliation(situation: Situation) -> Iterator[Deadline]:
    """A year after the last word with the provider."""
    dealings = situation.given.dealings
    if not dealings.contacts:
        return
    last = dealings.day(dealings.contacts[-1])
    yield deadline(
        situation,
        conciliation_until(last),
        text("Last day to call the conciliation body (ombudscom)"),
        norm("CH-FMG-12c-time"),
        text("Twelve months after the last contact of {day}.", day=last),
        text("It binds nobody, and the provider bears its costs; afterwards only the court is left."),
    )
