"""When a period ends: §§ 187, 188, 193 BGB, in days, weeks, months, years or working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from heller.law.book.answer import Figure, LawAnswer, one_of, reach
from heller.law.de.deadlines import (
    Period,
    PeriodUnit,
    holidays_between,
    holidays_from,
    period,
    places,
    state_code,
)
from heller.law.de.rules import book
from heller.model.errors import InputRefused
from heller.model.text import Text, text

RULES = ("DAY-01", "DAY-02", "HOL-04")
LONGEST = {
    PeriodUnit.DAYS: 10_000,
    PeriodUnit.WEEKS: 1_500,
    PeriodUnit.MONTHS: 360,
    PeriodUnit.YEARS: 30,
    PeriodUnit.WORKING_DAYS: 10_000,
}


def answer(
    event: date,
    length: int,
    unit: str,
    state: str = "",
    *,
    catholic: bool = False,
    event_day_counts: bool = False,
    moves: bool = True,
) -> LawAnswer:
    """The last day of a period from an event. The day of the event does not count unless
    `event_day_counts`; `moves` says that something must be declared or done by the end (§ 193 BGB).

    Raises InputRefused for a length that is none, an unknown unit or state; BeyondTheData before 2 July
    2012 and after the known public holidays.
    """
    why = text("A week, a month and a number of working days end on different days.")
    chosen = PeriodUnit(one_of(unit, (one.value for one in PeriodUnit), "--unit", why))
    if not 1 <= length <= LONGEST[chosen]:
        raise InputRefused(
            what=text("{n} is no length of a period.", n=length),
            why=text("A period has at least one day, and at most {n} units.", n=LONGEST[chosen]),
            do=text("Give a whole number from 1 on."),
        )
    code = _state(state)
    book().begins(event, "DAY-01")
    found = _period(event, length, chosen, code, catholic, event_day_counts, moves)
    other = _period(event, length, chosen, code, catholic, not event_day_counts, moves)
    others: tuple[Figure, ...] = ({"reading": _reading(not event_day_counts), "ends": other.end},)
    days = holidays_between(min(event, found.last), found.end, code, catholic=catholic)
    used: Mapping[str, Figure] = {"from": holidays_from(), "state": code, "catholic": catholic, "days": days}
    return LawAnswer(
        head=text("The period ends with {day:full}.", day=found.end),
        figures={
            "ends": found.end,
            "before_moving": found.last,
            "alternatives": others if other.end != found.end else (),
            "holidays": used,
        },
        lines=(
            _reading(event_day_counts),
            text("The last day by the calendar is {day:full}.", day=found.last),
            *_shift_in_words(found.last, found.end, moves),
            text(
                "Public holidays from {library}, state: {state}.", library=holidays_from(), state=code or "–"
            ),
        ),
        notes=(
            text(
                "§ 193 BGB moves only what must be declared or done; it does not stretch the days of § 58 TKG."
            ),
            *reach(book(), found.end, RULES),
        ),
        sources=book().norms(*RULES, *(("DAY-05",) if chosen is PeriodUnit.WORKING_DAYS else ())),
    )


def _period(
    event: date, length: int, unit: PeriodUnit, state: str, catholic: bool, counts: bool, moves: bool
) -> Period:
    return period(event, length, unit, event_day_counts=counts, moves=moves, state=state, catholic=catholic)


def _state(said: str) -> str:
    code = state_code(said)
    if code or not said:
        return code
    raise InputRefused(
        what=text("{state} is no German state.", state=said),
        why=text("Working days depend on the public holidays of the state in which the line lies."),
        do=text("Give it by name or as one of {codes}.", codes=", ".join(places())),
    )


def _reading(counts: bool) -> Text:
    if counts:
        return text("The day of the event counts, because its beginning decides (§ 187 (2) BGB).")
    return text("The day of the event does not count (§ 187 (1) BGB).")


def _shift_in_words(last: date, end: date, moves: bool) -> tuple[Text, ...]:
    if not moves:
        return (text("Nothing must be declared or done, so § 193 BGB does not move it."),)
    if last == end:
        return (text("It is a working day, so § 193 BGB does not move it."),)
    return (
        text(
            "§ 193 BGB moves it over {n} days to the next working day.",
            "§ 193 BGB moves it by one day to the next working day.",
            n=(end - last).days,
        ),
    )
