"""Periods and working days: §§ 187, 188, 193 BGB. Public holidays follow the place of the line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct

from heller.law.book.calendar import SATURDAY, Calendar, plus_months
from heller.law.book.refusals import BeyondTheData

STATES = {
    "baden-württemberg": "BW",
    "bayern": "BY",
    "berlin": "BE",
    "brandenburg": "BB",
    "bremen": "HB",
    "hamburg": "HH",
    "hessen": "HE",
    "mecklenburg-vorpommern": "MV",
    "niedersachsen": "NI",
    "nordrhein-westfalen": "NW",
    "rheinland-pfalz": "RP",
    "saarland": "SL",
    "sachsen": "SN",
    "sachsen-anhalt": "ST",
    "schleswig-holstein": "SH",
    "thüringen": "TH",
}
SHORT = {"nrw": "NW"}
CATHOLIC = "+"  # behind the state: a municipality with the days of mainly Catholic places
CITIES = {"augsburg": "Augsburg"}  # with a public holiday of its own, 8 August


def state_code(name: str | None) -> str:
    """'NW' for 'NW' or 'Nordrhein-Westfalen', 'Augsburg' for the city; '' where it is unknown or not said. 'BY+' is a
    mainly Catholic municipality of Bavaria, with the days that are public holidays only there."""
    said = (name or "").strip().removeprefix("DE-")
    bare = said.removesuffix(CATHOLIC).strip()
    code = (
        bare.upper() if bare.upper() in STATES.values() else (STATES | SHORT | CITIES).get(bare.lower(), "")
    )
    return f"{code}{CATHOLIC}" if said.endswith(CATHOLIC) and code in _table()["catholic"] else code


def by_municipality(name: str | None) -> bool:
    """Whether some public holidays of a state depend on the municipality."""
    return state_code(name) in _table()["catholic"]


def places() -> tuple[str, ...]:
    """The codes whose public holidays are known: the sixteen states, then Augsburg."""
    return (*sorted(STATES.values()), *CITIES.values())


@cache
def _table() -> Mapping[str, Any]:
    """The days as tools/public_holidays.py took them from the library."""
    found: Mapping[str, Any] = json.loads(
        (resources.files("heller.law.de") / "feiertage.json").read_text("utf-8")
    )
    return found


def holidays_from() -> str:
    """The library and version that the public holidays come from: 'holidays 0.109'."""
    return str(_table()["library"])


@cache
def public_holidays(state: str, year: int, *, catholic: bool = False) -> frozenset[date]:
    """The public holidays of a state ('NW'); '' gives those of all Germany. `catholic` adds the days of
    mainly Catholic places (15 August in Bavaria, Corpus Christi in Saxony and Thuringia).

    Raises BeyondTheData outside 1991 to 2100.
    """
    table, key = _table(), str(year)
    catholic, state = catholic or state.endswith(CATHOLIC), state.removesuffix(CATHOLIC)
    if key not in table["everywhere"]:
        years = [int(known) for known in table["everywhere"]]
        raise BeyondTheData("HOL-01", date(year, 1, 1), date(min(years), 1, 1), date(max(years), 12, 31))
    days = [*table["everywhere"][key], *table["states"].get(state, {}).get(key, ())]
    if catholic:
        days += table["catholic"].get(state, {}).get(key, ())
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in days)


def holidays_between(first: date, last: date, state: str = "", *, catholic: bool = False) -> tuple[date, ...]:
    """The public holidays from one day to another, both included, in order."""
    years = range(first.year, last.year + 1)
    days = (day for year in years for day in public_holidays(state, year, catholic=catholic))
    return tuple(sorted(day for day in days if first <= day <= last))


def is_working_day(day: date, state: str = "", *, catholic: bool = False) -> bool:
    """Monday to Friday and no public holiday: the reading DAY-05 of 'Arbeitstag', and § 193 BGB."""
    return day.weekday() < SATURDAY and day not in public_holidays(state, day.year, catholic=catholic)


def next_working_day(day: date, state: str = "", *, catholic: bool = False) -> date:
    """The day itself or the first working day after it, § 193 BGB."""
    while not is_working_day(day, state, catholic=catholic):
        day += timedelta(1)
    return day


class PeriodUnit(Enum):
    """What a period is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working-days"


class Period(Struct, frozen=True):
    """A period from an event: its last day by §§ 187, 188 BGB, and where § 193 BGB moves it."""

    last: date
    end: date


def period(
    event: date,
    length: int,
    unit: PeriodUnit,
    *,
    event_day_counts: bool = False,
    moves: bool = True,
    state: str = "",
    catholic: bool = False,
) -> Period:
    """When a period ends. The day of the event is not counted (§ 187 (1) BGB) unless its beginning
    decides (§ 187 (2)); `moves` says that the end is for a declaration or performance (§ 193).

    Raises ValueError for a length below one, BeyondTheData outside the known public holidays.
    """
    if length < 1:
        raise ValueError("a period has one day at least")
    if unit is PeriodUnit.WORKING_DAYS:
        last = _working_days_after(event, length, event_day_counts, state, catholic)
    elif unit in {PeriodUnit.MONTHS, PeriodUnit.YEARS}:
        last = _months_after(event, length * (12 if unit is PeriodUnit.YEARS else 1), event_day_counts)
    else:
        last = event + timedelta(length * (7 if unit is PeriodUnit.WEEKS else 1) - event_day_counts)
    return Period(last, next_working_day(last, state, catholic=catholic) if moves else last)


def _months_after(event: date, months: int, event_day_counts: bool) -> date:
    """The day of the same number; where the event's day counts, the one before it (§ 188 (2), (3) BGB)."""
    if not event_day_counts:
        return plus_months(event, months)
    if event.day == 1:
        return plus_months(event, months) - timedelta(1)
    return plus_months(event - timedelta(1), months)


def _working_days_after(event: date, length: int, event_day_counts: bool, state: str, catholic: bool) -> date:
    day = event - timedelta(event_day_counts)
    for _ in range(length):
        day = next_working_day(day + timedelta(1), state, catholic=catholic)
    return day


def default_begins(until: date, state: str = "") -> date:
    """The first day of default after a demand with a date: the day after the last day of the period,
    which § 193 BGB moves off Saturdays, Sundays and holidays (BGH III ZR 159/06)."""
    return next_working_day(until, state) + timedelta(1)


CALENDAR = Calendar(state_code, is_working_day, public_holidays)
