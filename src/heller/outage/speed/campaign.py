"""Whether a line gives less than was promised, by the criteria of the Federal Network Agency. Pure.

Allgemeinverfügung 99/2021, in force since 13 December 2021, for fixed lines: 30 measurements, ten on each
of three calendar days with at least one day between them, within 14 days, at least five minutes apart, on a
wired computer without other traffic. How long the pause between the fifth and the sixth must be could not
be read in the order itself; so it is shown and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.model.kinds.speed_test import Promised, SpeedTest
from heller.model.text import Text, text

RULE = "Allgemeinverfügung 99/2021"
DAYS = 3
PER_DAY = 10
WITHIN = 14  # calendar days, the first and the last included
BETWEEN = 2  # days from one measuring day to the next: one day lies between them
APART = timedelta(minutes=5)
PAUSE_AFTER = 5  # a longer pause stands after this measurement of a day
REACHED = Decimal("0.9")  # of the maximum, on a day; and of the measurements, for the normal speed
WAYS = ("down", "up")
STEP = timedelta(minutes=10)  # the order wants five; this leaves time to confirm the questions of the program
# How long the order wants the pause to be could not be read in it; three hours is what is remembered.
PAUSE = timedelta(hours=3)
SATURDAY = 5


class Criterion(Struct, frozen=True):
    """One of (a), (b), (c) for one way. `deviates` is None where the promised speed is not known; `count`
    of `of` days or measurements fulfil what the criterion asks for; `speed` is the promised speed in bit/s."""

    letter: str
    way: str
    deviates: bool | None
    count: int = 0
    of: int = 0
    speed: int | None = None


class Campaign(Struct, frozen=True):
    """The measurements that count, in order; what their formal side lacks; the criteria; the pauses between
    the fifth and the sixth measurement of each day. `complete` where nothing is missing."""

    tests: tuple[SpeedTest, ...]
    days: tuple[date, ...]
    missing: tuple[Text, ...]
    criteria: tuple[Criterion, ...]
    pauses: tuple[timedelta, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the formal conditions that could be checked hold."""
        return not self.missing

    @property
    def deviates(self) -> bool | None:
        """Whether the line deviates: one criterion is enough. None where that cannot be said."""
        known = [c.deviates for c in self.criteria if c.deviates is not None]
        return any(known) if self.complete and known else None


def check(tests: Sequence[SpeedTest], promised: Promised | None, zone: ZoneInfo) -> Campaign:
    """The campaign that these measurements make, days on the wall clock of `zone`.

    Failed tests count for nothing. Of a longer series the earliest three days that fit count, and of a day
    the first ten that lie far enough apart. The criteria are worked out for a complete campaign only.
    """
    by_day = _by_day(tests, zone)
    days = _three(by_day)
    if days is None:
        return Campaign(_ordered(by_day), tuple(by_day), tuple(_missing(by_day)), ())
    counted = {day: by_day[day][:PER_DAY] for day in days}
    criteria = tuple(_criteria(counted, promised or Promised()))
    pauses = tuple(found[PAUSE_AFTER].at - found[PAUSE_AFTER - 1].at for found in counted.values())
    return Campaign(_ordered(counted), days, (), criteria, pauses)


def _ordered(by_day: Mapping[date, Sequence[SpeedTest]]) -> tuple[SpeedTest, ...]:
    return tuple(test for day in sorted(by_day) for test in by_day[day])


def _by_day(tests: Sequence[SpeedTest], zone: ZoneInfo) -> dict[date, list[SpeedTest]]:
    """The measurements of each day that have both ways and lie far enough apart, in order of time.

    A time that is known to the minute only may be up to its width later or earlier: it is believed to be
    far enough apart where it may be.
    """
    found: dict[date, list[SpeedTest]] = {}
    last: SpeedTest | None = None
    for test in sorted(tests, key=lambda t: t.at):
        if test.failed or test.down is None or test.up is None:
            continue
        if last is not None and test.at + timedelta(seconds=test.width) - last.at < APART:
            continue
        found.setdefault(test.at.astimezone(zone).date(), []).append(test)
        last = test
    return found


def _three(by_day: Mapping[date, Sequence[SpeedTest]]) -> tuple[date, ...] | None:
    """The earliest three full days that lie as the order asks; None where there are none."""
    full = sorted(day for day, found in by_day.items() if len(found) >= PER_DAY)
    return next((days for days in _triples(full) if _spread(days)), None)


def _triples(full: Sequence[date]) -> Iterator[tuple[date, ...]]:
    """Three of the full days at a time, those that begin early first, without the far ones."""
    for at, first in enumerate(full):
        near = [day for day in full[at + 1 :] if (day - first).days < WITHIN]
        yield from ((first, *rest) for rest in combinations(near, DAYS - 1))


def _spread(days: Sequence[date]) -> bool:
    apart = all((later - earlier).days >= BETWEEN for earlier, later in pairwise(days))
    return apart and (days[-1] - days[0]).days < WITHIN


def _missing(by_day: Mapping[date, Sequence[SpeedTest]]) -> Iterator[Text]:
    """What keeps the measurements from being a campaign."""
    full = sum(len(found) >= PER_DAY for found in by_day.values())
    if full < DAYS:
        yield text(
            "{full} of {days} measuring days have {per_day} measurements, each at least {apart} apart.",
            full=full,
            days=DAYS,
            per_day=PER_DAY,
            apart=APART,
        )
    else:
        yield text(
            "No three full measuring days lie within {within} days with at least one day between them.",
            within=WITHIN,
        )


def _criteria(days: Mapping[date, Sequence[SpeedTest]], promised: Promised) -> Iterator[Criterion]:
    """(a), (b) and (c) for both ways: on how many days, or in how many measurements, what is asked holds."""
    for way in WAYS:
        most, normal, least = promised.of(way)
        rates = [[test.rate(way) or 0 for test in found] for found in days.values()]
        every = [rate for found in rates for rate in found]
        if most is None:
            yield Criterion("a", way, None)
        else:
            reached = sum(max(found) >= REACHED * most for found in rates)
            yield Criterion("a", way, reached < DAYS - 1, reached, DAYS, most)
        if normal is None:
            yield Criterion("b", way, None)
        else:
            enough = sum(rate >= normal for rate in every)
            yield Criterion("b", way, enough < REACHED * len(every), enough, len(every), normal)
        if least is None:
            yield Criterion("c", way, None)
        else:
            under = sum(min(found) < least for found in rates)
            yield Criterion("c", way, under >= DAYS - 1, under, DAYS, least)


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
