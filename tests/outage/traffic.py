"""Simulated traffic of an office on a server that others use too: what people and their machines do in a year.

People come and go, hold meetings, leave early, have holidays and weeks off; a machine asks every five minutes,
is started anew, and is switched off for some of the weeks off. Nothing in it knows of the model that judges it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from heller.model.column import Column
from heller.model.finding import Locator
from heller.model.kinds.hit_log import HitLog

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE, OTHERS = "203.0.113.7", 40
DAY, HOUR = 86_400, 3600
# Public holidays of a German state by month and day, and those that hang on Easter (days after it).
_FIXED = ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
_EASTER = (-2, 1, 39, 50, 60)


class Year(NamedTuple):
    """Seconds since 1970 of the office's hits and of all others', and the first and last instant."""

    office: np.ndarray
    others: np.ndarray
    begin: int
    end: int


def easter(year: int) -> date:
    """Easter Sunday (Gauss, in the form of Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def closed_days(first: date, days: int, dice: np.random.Generator) -> tuple[set[date], set[date]]:
    """Public holidays, bridging days, two to four weeks off, the days between the years; and half days."""
    closed: set[date] = set()
    half: set[date] = set()
    for year in {first.year, (first + timedelta(days=days)).year}:
        feast = easter(year)
        closed |= {date(year, m, d) for m, d in _FIXED} | {feast + timedelta(days=n) for n in _EASTER}
        if dice.random() < 0.5:
            closed.add(feast + timedelta(days=40))  # the Friday after Ascension
        for _ in range(int(dice.integers(0, 3))):
            begin = date(year, int(dice.integers(1, 12)), int(dice.integers(1, 28)))
            begin -= timedelta(days=begin.weekday())
            closed |= {begin + timedelta(days=n) for n in range(7 * int(dice.integers(1, 4)))}
            if dice.random() < 0.3:
                half.add(begin - timedelta(days=3))  # the Friday before
        if dice.random() < 0.6:
            closed |= {date(year, 12, d) for d in range(24, 32)}
        half |= {date(year, 12, 24), date(year, 12, 31)}
    return closed, half


def year(seed: int, first: date, days: int = 365, *, machine: bool = False, per_hour: float = 12.0) -> Year:
    """A year of hits of an office of people, with a machine beside them if asked for."""
    dice = np.random.default_rng(seed)
    closed, half = closed_days(first, days, dice)
    begin = int(datetime(first.year, first.month, first.day, tzinfo=BERLIN).timestamp())
    hits: list[np.ndarray] = []
    off: list[tuple[int, int]] = []
    for n in range(days):
        day = first + timedelta(days=n)
        midnight = int(datetime(day.year, day.month, day.day, tzinfo=BERLIN).timestamp())
        if day in closed and day - timedelta(days=1) not in closed and dice.random() < 0.5:
            back = day
            while back in closed or back.weekday() > 4:
                back += timedelta(days=1)
            last = datetime(day.year, day.month, day.day, tzinfo=BERLIN) - timedelta(
                hours=float(dice.uniform(5, 9))
            )
            again = datetime(back.year, back.month, back.day, tzinfo=BERLIN) + timedelta(
                hours=float(dice.uniform(7, 9))
            )
            off.append((int(last.timestamp()), int(again.timestamp())))
        hits.append(midnight + _day(day, closed, half, per_hour, dice))
    if machine:
        hits.append(_machine(begin, days, off, dice))
    others = np.sort(begin + dice.uniform(0, days * DAY, int(dice.poisson(days * 600))))
    for _ in range(int(dice.integers(0, 4))):  # the server itself is down
        down = begin + float(dice.uniform(0, days * DAY))
        length = float(dice.uniform(0.2, 12)) * HOUR
        others = others[(others < down) | (others > down + length)]
        hits = [h[(h < down) | (h > down + length)] for h in hits]
    office = np.sort(np.concatenate(hits)).astype(np.int64)
    return Year(office[office < begin + days * DAY], others.astype(np.int64), begin, begin + days * DAY)


def _day(
    day: date, closed: set[date], half: set[date], per_hour: float, dice: np.random.Generator
) -> np.ndarray:
    """Seconds of a day's hits: sessions of people, each of several hits."""
    if day in closed or day.weekday() > 4:
        if dice.random() < 0.07:  # somebody looks in
            return _sessions(*_window(dice, 9, 17, 1.0), per_hour / 4, dice)
        return np.zeros(0)
    opens, closes = 8 + dice.normal(0, 0.25), 17.5 + dice.normal(0, 0.4)
    chance = dice.random()
    if day in half or chance < 0.02:
        closes = dice.uniform(11.5, 15)  # people go home early
    elif chance < 0.03:
        opens = dice.uniform(9, 12)  # and come late
    busy = per_hour * dice.gamma(10, 0.1)
    parts = [
        _sessions(opens, 12, busy, dice),
        _sessions(12, 13, busy / 3, dice),
        _sessions(13, closes, busy, dice),
    ]
    hits = np.concatenate(parts)
    if chance > 0.985:  # a meeting or an outing of all
        begin, end = _window(dice, 9, 14, dice.uniform(1, 4))
        hits = hits[(hits < begin * HOUR) | (hits > end * HOUR)]
    return hits


def _window(dice: np.random.Generator, low: float, high: float, hours: float) -> tuple[float, float]:
    begin = dice.uniform(low, high)
    return begin, begin + hours


def _sessions(begin: float, end: float, per_hour: float, dice: np.random.Generator) -> np.ndarray:
    if end <= begin:
        return np.zeros(0)
    starts = dice.uniform(begin * HOUR, end * HOUR, int(dice.poisson(per_hour * (end - begin))))
    sizes = dice.geometric(0.15, len(starts))
    return np.repeat(starts, sizes) + dice.exponential(60, int(sizes.sum()))


def _machine(begin: int, days: int, off: list[tuple[int, int]], dice: np.random.Generator) -> np.ndarray:
    """A poll every five minutes; restarts at night, sometimes broken until the morning; switched off at times."""
    polls = begin + np.arange(0, days * DAY, 300) + dice.uniform(0, 20, days * 288)
    for _ in range(int(dice.poisson(days / 30))):
        night = begin + int(dice.integers(0, days)) * DAY + 3 * HOUR
        length = dice.uniform(0.1, 0.5) if dice.random() < 0.9 else dice.uniform(3, 7)
        polls = polls[(polls < night) | (polls > night + length * HOUR)]
    for last, again in off:
        polls = polls[(polls < last) | (polls > again)]
    return polls


def cut(made: Year, begin: int, end: int) -> Year:
    """The same year with the office's line dead for a while."""
    return made._replace(office=made.office[(made.office < begin) | (made.office >= end)])


def log(made: Year, name: str = "access.log", office: str = OFFICE) -> HitLog:
    """The year as the columns of a server's log; the office's agent is its own, the others share theirs."""
    times = np.concatenate([made.office, made.others])
    who = np.concatenate([np.zeros(len(made.office)), 1 + np.arange(len(made.others)) % OTHERS])
    agents = np.concatenate([np.full(len(made.office), 7), 11 + np.arange(len(made.others)) % 5])
    order = np.argsort(times, kind="stable")
    clients = (office, *(f"198.51.100.{n}" for n in range(1, OTHERS + 1)))
    return HitLog(
        server=name,
        clients=clients,
        times=Column.of("q", times[order]),
        who=Column.of("I", who[order].astype("u4")),
        agents=Column.of("I", agents[order].astype("u4")),
        rows=Column.of("I", range(1, len(order) + 1)),
        zone="Europe/Berlin",
        source=Locator("0" * 64, "row 1"),
    )


def noon(day: date, hour: float) -> int:
    """Seconds since 1970 of an hour of a day in Berlin."""
    at = datetime(day.year, day.month, day.day, tzinfo=BERLIN) + timedelta(hours=hour)
    return int(at.astimezone(UTC).timestamp())
