"""Hours of the week as contracts write them: 'Mon-Fri 08:00-18:00', 'So 02:00-06:00', '24x7'; and how much of a span
lies in them. Days and hours are those of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.model.span import Span, union

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
GERMAN = {"di": "tu", "mi": "we", "do": "th", "so": "su"}
WINDOW = re.compile(r"(?:(\w+?)(?:\s*-\s*(\w+))?\s+)?(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?")
ALWAYS = frozenset({"24x7", "24/7", "always", "immer", "rund um die uhr"})
MINUTES = 24 * 60


class WeeklyWindow(Struct, frozen=True):
    """From one minute of the day to another, on some days of the week (0: Monday). One that ends at or before its
    beginning ends on the next day."""

    days: frozenset[int]
    start: int
    end: int


def weekly(said: str) -> tuple[WeeklyWindow, ...]:
    """The windows of a text, separated by semicolons or commas. Raises ValueError for what is none.

    >>> weekly("Mon-Fri 8-18")[0].days == frozenset(range(5)), weekly("24x7")[0].end
    (True, 1440)
    """
    parts = [part.strip() for part in re.split("[;,]", said) if part.strip()]
    return tuple(_window(part) for part in parts)


def _window(said: str) -> WeeklyWindow:
    if said.lower() in ALWAYS:
        return WeeklyWindow(frozenset(range(7)), 0, MINUTES)
    found = WINDOW.fullmatch(said)
    if found is None:
        raise ValueError(said)
    first, last, *clock = found.groups()
    hours = [int(part or 0) for part in clock]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if start >= MINUTES or end > MINUTES or hours[1] > 59 or hours[3] > 59 or start == end:
        raise ValueError(said)
    return WeeklyWindow(_days(first, last), start, end)


def _days(first: str | None, last: str | None) -> frozenset[int]:
    if first is None or first.lower() in ("daily", "täglich"):
        return frozenset(range(7))
    begin = _day(first)
    end = begin if last is None else _day(last)
    return frozenset((begin + n) % 7 for n in range((end - begin) % 7 + 1))


def _day(word: str) -> int:
    short = word.lower()[:2]
    short = GERMAN.get(short, short)
    if short not in DAYS:
        raise ValueError(word)
    return DAYS.index(short)


def inside(span: Span, windows: tuple[WeeklyWindow, ...], zone: ZoneInfo) -> timedelta:
    """How much of a span lies in any of the windows, counted in real time also where the clock was changed."""
    cut = (found for found in (window.meet(span) for window in spans_in(span, windows, zone)) if found)
    return sum((one.length for one in union(cut)), timedelta())


def spans_in(span: Span, windows: tuple[WeeklyWindow, ...], zone: ZoneInfo) -> Iterator[Span]:
    """The windows of each day that a span touches."""
    day = span.start.astimezone(zone).date() - timedelta(1)
    last = span.end.astimezone(zone).date()
    while day <= last:
        for window in windows:
            if day.weekday() in window.days:
                overnight = window.end <= window.start
                yield Span(_at(day, window.start, zone), _at(day + timedelta(overnight), window.end, zone))
        day += timedelta(1)


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    over, minute = divmod(minute, MINUTES)
    clock = time(minute // 60, minute % 60)
    return datetime.combine(day + timedelta(over), clock, zone).astimezone(UTC)
