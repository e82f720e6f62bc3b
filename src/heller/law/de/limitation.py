"""When the claim is time-barred: §§ 195, 199, 203, 209 BGB (text identical 2012 to 2026)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from heller.law.de.deadlines import plus_months
from heller.law.rules import book
from heller.model.text import Text, text


class Talks(Struct, frozen=True, order=True):
    """Negotiations about the claim, first and last day included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How long they lasted."""
        return (self.last - self.first).days + 1


class Limitation(Struct, frozen=True):
    """The last day on which the claim can be sued for, and how it was worked out."""

    end: date
    regular: date
    suspended: int
    computation: Text


def limitation(
    arose: date,
    talks: Iterable[Talks] = (),
    *,
    knew: date | None = None,
    talks_before_start_count: bool = False,
) -> Limitation:
    """The end of limitation of a claim that arose on a day and was known on that day or on `knew`.

    § 209 BGB leaves suspended days out of the period, so talks that ended before the period began (at
    the end of the year) leave it untouched: that is the default and the safe day. With
    `talks_before_start_count` every day of talks is added, a reading that nobody should rely on.
    """
    held = tuple(talks)
    starts = date(max(arose, knew or arose).year, 12, 31)  # the period begins with the end of this day
    years = int(book().for_sum("BGB-195", arose).number("years"))
    longest = plus_months(arose, 12 * int(book().for_sum("BGB-199", arose).number("longest_years")))
    regular = min(date(starts.year + years, 12, 31), longest)
    earliest = date.min if talks_before_start_count else starts + timedelta(1)
    end, suspended = _suspend(regular, held, earliest)
    if suspended:
        words = text(
            "Three years from the end of {year} are {regular}; {days} days of negotiations are added.",
            year=str(starts.year),
            regular=regular,
            days=suspended,
        )
    elif held:
        words = text(
            "Three years from the end of {year}. The negotiations ended before the period began, "
            "so they do not move it.",
            year=str(starts.year),
        )
    else:
        words = text("Three years from the end of {year}.", year=str(starts.year))
    return Limitation(end, regular, suspended, words)


def _suspend(regular: date, talks: tuple[Talks, ...], earliest: date) -> tuple[date, int]:
    """Add the days of talks that fall into the running period; at least three months after their end."""
    months = int(book().for_sum("BGB-203", regular).number("months"))
    end, days, counted = regular, 0, earliest - timedelta(1) if earliest > date.min else date.min
    for round_ in sorted(talks):
        first, last = max(round_.first, counted + timedelta(1)), round_.last
        if first > end or last < first:
            continue
        length = (last - first).days + 1
        end, days, counted = end + timedelta(length), days + length, last
        end = max(end, plus_months(last, months))
    return end, days
