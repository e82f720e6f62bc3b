"""Periods and working days: §§ 187, 188, 193 BGB. Public holidays follow the state of the line."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

SATURDAY = 5
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


def state_code(name: str | None) -> str:
    """'NW' for 'NW' or 'Nordrhein-Westfalen'; '' where the state is unknown or not said."""
    said = (name or "").strip()
    if said.upper() in STATES.values():
        return said.upper()
    return STATES.get(said.lower(), "")


@cache
def public_holidays(state: str, year: int) -> frozenset[date]:
    """The public holidays of a state ('NW'); '' gives those of all Germany. Source: library holidays."""
    import holidays

    found = holidays.country_holidays("DE", subdiv=state or None, years=year)
    return frozenset(found)


def is_working_day(day: date, state: str = "") -> bool:
    """Monday to Friday and no public holiday: the reading DAY-05 of 'Arbeitstag', and § 193 BGB."""
    return day.weekday() < SATURDAY and day not in public_holidays(state, day.year)


def next_working_day(day: date, state: str = "") -> date:
    """The day itself or the first working day after it, § 193 BGB."""
    while not is_working_day(day, state):
        day += timedelta(1)
    return day


def plus_months(day: date, months: int) -> date:
    """The same day of the month later, the last of the month where it is missing (§ 188 (2), (3) BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def default_begins(until: date, state: str = "") -> date:
    """The first day of default after a demand with a date: the day after the last day of the period,
    which § 193 BGB moves off Saturdays, Sundays and holidays (BGH III ZR 159/06)."""
    return next_working_day(until, state) + timedelta(1)
