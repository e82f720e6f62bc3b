"""Working days and months: what every country counts alike, and what each must say of itself."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

SATURDAY = 5


def no_holidays(region: str, year: int) -> frozenset[date]:
    """A country whose public holidays are not known."""
    return frozenset()


class Calendar(Struct, frozen=True):
    """The working days of a country. `region` reads which part of it a person means, '' where that is not
    known; `works` says whether a day is a working day there, `holidays` which days of a year are public ones;
    both raise BeyondTheData outside its years."""

    region: Callable[[str | None], str]
    works: Callable[[date, str], bool]
    holidays: Callable[[str, int], frozenset[date]] = no_holidays

    def next_working_day(self, day: date, region: str = "") -> date:
        """The day itself or the first working day after it."""
        while not self.works(day, region):
            day += timedelta(1)
        return day


def weekday(day: date, region: str = "") -> bool:
    """Monday to Friday: where no public holidays are known."""
    return day.weekday() < SATURDAY


def no_region(said: str | None) -> str:
    """A country whose holidays are the same everywhere, or not known."""
    return ""


PLAIN = Calendar(no_region, weekday)


def plus_months(day: date, months: int) -> date:
    """The same day of the month later, the last of the month where it is missing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
