"""When the claim is time-barred: §§ 195, 199, 203, 204, 209, 212 BGB (text identical 2012 to 2026)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import Enum

from msgspec import Struct

from heller.law.book.calendar import plus_months
from heller.law.de.rules import book
from heller.law.facts_of_case import Talks
from heller.model.text import Text, text


class Suspension(Enum):
    """What suspends limitation besides talks (§ 204 BGB)."""

    ACTION = "action"
    PAYMENT_ORDER = "payment order"
    EXPERT = "expert procedure"
    ARBITRATION = "arbitration"


class Proceeding(Struct, frozen=True, order=True):
    """A step and the day its proceedings ended; it suspends until six months after (§ 204 (2) BGB).

    `first` is the day of service, with arbitration that on which the request was received.
    """

    first: date
    last: date
    step: Suspension = Suspension.ACTION


class Limitation(Struct, frozen=True):
    """The last day on which the claim can be sued for, and how it was worked out.

    `regular` is that day without suspension, `suspended` how many days are added, `acknowledged` the
    acknowledgement that started the period anew.
    """

    end: date
    regular: date
    suspended: int
    computation: Text
    acknowledged: date | None = None


class _Pause(Struct, frozen=True, order=True):
    """Days that do not count; `not_before` is the earliest end that the law grants after them."""

    first: date
    last: date
    not_before: date


def limitation(
    arose: date,
    talks: Iterable[Talks] = (),
    *,
    knew: date | None = None,
    proceedings: Iterable[Proceeding] = (),
    acknowledged: Iterable[date] = (),
    talks_before_start_count: bool = False,
    any_arbitration_counts: bool = False,
) -> Limitation:
    """The end of limitation of a claim that arose on a day and was known on that day or on `knew`.

    § 209 BGB leaves suspended days out of the period, so talks that ended before the period began (at
    the end of the year) leave it untouched: that is the default and the safe day. With
    `talks_before_start_count` every suspended day is added, a reading that nobody should rely on.
    Arbitration counts only under the Act of 2021 (SCHL-06) unless `any_arbitration_counts`. An
    acknowledgement starts three years anew only while the period runs (§ 212 BGB).
    """
    starts = date(max(arose, knew or arose).year, 12, 31)  # the period begins with the end of this day
    years = int(book().for_sum("BGB-195", arose).number("years"))
    longest = plus_months(arose, 12 * int(book().for_sum("BGB-199", arose).number("longest_years")))
    regular = min(date(starts.year + years, 12, 31), longest)
    counted = [one for one in proceedings if any_arbitration_counts or _counts(one)]
    pauses = sorted((*map(_talks, talks), *map(_proceeding, counted)))
    earliest = date.min if talks_before_start_count else starts + timedelta(1)
    end, suspended = _suspend(regular, pauses, earliest)
    anew = None
    for day in sorted(acknowledged):
        if starts < day <= end:
            anew, earliest = day, day + timedelta(1)
            regular = plus_months(day, 12 * years)
            end, suspended = _suspend(regular, pauses, earliest)
    return Limitation(end, regular, suspended, _words(starts, regular, suspended, bool(pauses), anew), anew)


def _words(starts: date, regular: date, suspended: int, paused: bool, anew: date | None) -> Text:
    if anew is not None:
        return text(
            "The acknowledgement of {day} starts three years anew, until {regular}; suspended days that are "
            "added: {days}.",
            day=anew,
            regular=regular,
            days=suspended,
        )
    year = str(starts.year)
    if suspended:
        return text(
            "Three years from the end of {year} are {regular}; {days} suspended days are added.",
            year=year,
            regular=regular,
            days=suspended,
        )
    if paused:
        return text(
            "Three years from the end of {year}. What would suspend the period lies outside it, "
            "so it does not move it.",
            year=year,
        )
    return text("Three years from the end of {year}.", year=year)


def _counts(one: Proceeding) -> bool:
    return one.step is not Suspension.ARBITRATION or one.first >= book().rule("SCHL-06").versions[0].since


def _talks(one: Talks) -> _Pause:
    months = int(book().for_sum("BGB-203", one.last).number("months"))
    return _Pause(one.first, one.last, plus_months(one.last, months))


def _proceeding(one: Proceeding) -> _Pause:
    months = int(book().for_sum("BGB-204", one.last).number("months_after"))
    until = plus_months(one.last, months)
    return _Pause(one.first, until, until)


def _suspend(regular: date, pauses: Sequence[_Pause], earliest: date) -> tuple[date, int]:
    """Add the suspended days that fall into the running period, each once; never before what is granted."""
    end, days, counted = regular, 0, earliest - timedelta(1) if earliest > date.min else date.min
    for pause in pauses:
        first, last = max(pause.first, counted + timedelta(1)), pause.last
        if first > end or last < first:
            continue
        length = (last - first).days + 1
        end, days, counted = end + timedelta(length), days + length, last
        end = max(end, pause.not_before)
    return end, days
