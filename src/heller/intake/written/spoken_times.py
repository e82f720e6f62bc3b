"""Days and moments as people type them into a form: 'today 7:50', 'gestern 8 Uhr', '3.2.', 'vor 2 Stunden', 'Montag'.

It gives every reading that a person may mean, the likeliest first; a form shows what it took or asks between them. A
time that came twice in the night of a clock change is two readings; one that never came is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from heller.intake.written import numbers, weekdays
from heller.intake.written.spoken_clock import clock_in, hours_of, side_in

LONGEST = 80  # characters
NEAR = 92  # days within which a day without a year is the one that is meant, where the other is far off
LEAD = re.compile(
    r"^(?:seit|ab|am|vom|den|since|from|on|the|ca\.?|circa|etwa|ungefähr|about|around|~)\s+", re.IGNORECASE
)
AWAY = {
    "heute": 0, "today": 0, "gestern": 1, "yesterday": 1, "vorgestern": 2, "day before yesterday": 2,
    "morgen": -1, "tomorrow": -1, "übermorgen": -2, "day after tomorrow": -2,
}  # fmt: skip
NOW = re.compile(r"(?:gerade|soeben|eben|jetzt|now|just now|right now)(?: erst)?", re.IGNORECASE)
AGO = re.compile(
    r"(?:vor|seit)?\s*(?:(\d{1,3}(?:[.,]5)?)|((?:einer |a )?halben?|half an)|(einer?|einem|an?|one))\s*"
    r"(min|std|stunden?|minuten?|tage?n?|wochen?|h|hours?|minutes?|mins?|days?|weeks?)\.?(?:\s+ago)?",
    re.IGNORECASE,
)
WHICH = re.compile(
    r"(?:letzte[nrs]?|vergangene[nrs]?|last|this|diese[nrs]?|nächste[nrs]?|kommende[nrs]?|next|coming)\s+"
)
COMING = re.compile(
    r"(?:heute )?in (\d{1,3}|einem|einer|a|one) (tag|day|woche|week)(?:e|en|n|s)?(?: from now)?"
)
UNITS = {
    "min": "minutes",
    "st": "hours",
    "h": "hours",
    "ta": "days",
    "da": "days",
    "wo": "weeks",
    "we": "weeks",
}
WITHOUT_YEAR = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?", re.ASCII)
NAMED = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th)?\s?(?:of )?([A-Za-zä]{3,9})\.?"
    r"|([A-Za-zä]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?)(?:,?\s(\d{4}))?",
    re.IGNORECASE,
)
MONTHS = numbers.MONTHS | {"sept": 9}


def days(raw: str, today: date, *, ahead: bool = False) -> tuple[date, ...]:
    """The days that may be meant, the likeliest first; without a year it is the last such day up to today, or where
    what is asked for may lie `ahead` the nearest, and both where neither is much nearer.

    >>> [str(one) for raw in ("3.2.", "gestern", "04/02/2015") for one in days(raw, date(2026, 11, 30))]
    ['2026-02-03', '2026-11-29', '2015-02-04', '2015-04-02']
    """
    said = LEAD.sub("", raw.strip()[:LONGEST]).strip(" ,;")
    if (clear := numbers.day(said)) is not None:
        return (clear,)
    word = said.casefold()
    if word in AWAY:
        return (today - timedelta(AWAY[word]),)
    if match := COMING.fullmatch(word):
        return (today + timedelta(_many(match[1]) * (7 if match[2].startswith("w") else 1)),)
    if (named := _weekday(word.rstrip(",."), today)) is not None:
        return (named,)
    name, _, rest = said.partition(" ")
    if rest and weekdays.number(name.rstrip(",.")) is not None:
        return days(rest, today, ahead=ahead)  # 'Freitag, 27.11.'
    return _numbered(said, today, ahead=ahead)


def _weekday(word: str, today: date) -> date | None:
    """The last such weekday up to today; with 'letzten' before today, with 'nächsten' after it."""
    match = WHICH.match(word)
    which, name = (match[0].strip(), word[match.end() :]) if match else ("", word)
    number = weekdays.number(name)
    if number is None:
        return None
    back = (today.weekday() - number) % 7
    if which.startswith(("nächst", "kommend", "next", "coming")):
        return today + timedelta(7 - back)
    return today - timedelta(back or (7 if which.startswith(("letzt", "vergangen", "last")) else 0))


def _many(said: str) -> int:
    return int(said) if said.isdecimal() else 1


def _numbered(said: str, today: date, *, ahead: bool) -> tuple[date, ...]:
    if match := WITHOUT_YEAR.fullmatch(said):
        return _yearless(today, match[2], match[1], ahead=ahead)
    if match := SLASHED.fullmatch(said):
        first, second, year = match.groups()
        if year:
            full = int(year) if len(year) == 4 else 2000 + int(year)
            return _once(_date(full, second, first), _date(full, first, second))
        of_both = ((second, first), (first, second))
        return _once(*(one for pair in of_both for one in _yearless(today, *pair, ahead=ahead)))
    if match := NAMED.fullmatch(said):
        number, name = match[1] or match[4], match[2] or match[3]
        month = str(MONTHS.get(name[:4].casefold(), MONTHS.get(name[:3].casefold(), 0)))
        if match[5]:
            return _once(_date(int(match[5]), month, number))
        return _yearless(today, month, number, ahead=ahead)
    return ()


def _yearless(today: date, month: str, number: str, *, ahead: bool) -> tuple[date, ...]:
    """A day without a year."""
    last = _last(today, month, number)
    if not ahead or last is None:
        return _once(last)
    coming = next(
        (one for on in range(5) if (one := _date(today.year + on, month, number)) and one >= today), last
    )
    near, far = sorted((last, coming), key=lambda one: abs((one - today).days))
    clear = abs((near - today).days) <= NEAR and abs((far - today).days) > 2 * NEAR
    return _once(near) if clear else _once(near, far)


def _last(today: date, month: str, number: str) -> date | None:
    """The last such day up to today; 29 February in a leap year."""
    found = (_date(today.year - back, month, number) for back in range(5))
    return next((one for one in found if one is not None and one <= today), None)


def _date(year: int, month: str, number: str) -> date | None:
    try:
        return date(year, int(month), int(number))
    except ValueError:
        return None


def _once(*found: date | None) -> tuple[date, ...]:
    return tuple(dict.fromkeys(one for one in found if one is not None))


def moments(raw: str, now: datetime, *, begin: bool = False) -> tuple[datetime, ...]:
    """The instants in UTC that may be meant, the likeliest first; `now` carries the zone of the site.

    A day alone is none unless its `begin` will do. A time alone is the last one that was.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    said = LEAD.sub("", raw.strip()[:LONGEST])
    if NOW.fullmatch(said):
        return (now.astimezone(UTC),)
    if ago := _ago(raw.strip()[:LONGEST], now):
        return (ago,)
    if (clear := numbers.moment(said, "", zone)) is not None:
        return (clear,)
    found = tuple(dict.fromkeys(wall for wall in _walls(said, now))) or tuple(_parts(said, now))
    if not found and begin:
        found = tuple(datetime.combine(day, time()) for day in days(said, now.date()))
    return tuple(dict.fromkeys(at for wall in found for at in instants(wall, zone, side_in(said))))


def _ago(said: str, now: datetime) -> datetime | None:
    if not re.search(r"^(?:vor|seit)\b|\bago$", said, re.IGNORECASE) or not (match := AGO.fullmatch(said)):
        return None
    many = float(match[1].replace(",", ".")) if match[1] else 0.5 if match[2] else 1
    unit = next(unit for start, unit in UNITS.items() if match[4].casefold().startswith(start))
    return (now - timedelta(**{unit: many})).astimezone(UTC).replace(second=0, microsecond=0)


def _walls(said: str, now: datetime) -> Iterable[datetime]:
    """What the wall clock showed: each way of cutting what was said into a day and a time of day, either first."""
    words = [word for word in re.split(r"[,\s]+", said) if word]
    for cut in range(1, len(words)):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        for day, clock in ((first, second), (second, first)):
            if (since := clock_in(clock)) is not None:
                yield from (datetime.combine(one, time()) + since for one in days(day, now.date()))
    if (since := clock_in(said)) is not None and not days(said, now.date()):
        today = datetime.combine(now.date(), time()) + since
        yield from (today,) if today <= now.replace(tzinfo=None) else (today - timedelta(1), today)


def _parts(said: str, now: datetime) -> Iterable[datetime]:
    """A day and a part of it: the hours of that part, up to now."""
    first, _, second = said.strip(" ,.").rpartition(" ")
    here = now.replace(tzinfo=None)
    walls = [
        datetime.combine(one, time(hour)) for one in days(first, now.date()) for hour in hours_of(second)
    ]
    yield from [wall for wall in walls if wall <= here] or walls


def instants(wall: datetime, zone: ZoneInfo, side: str = "") -> tuple[datetime, ...]:
    """The instants at which the clock showed a time: two in the night in which it is set back, unless the side is
    said ('CET', 'CEST', 'MEZ', 'MESZ'); none in the hour that is left out."""
    found = []
    for fold in (0, 1):
        local = wall.replace(tzinfo=zone, fold=fold)
        at = local.astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None, fold=0) == wall and side in (
            "",
            "s" if local.dst() else "w",
        ):
            found.append(at)
    return tuple(dict.fromkeys(found))


def left_out(raw: str, now: datetime) -> bool:
    """Whether the time that was typed never came: the clock was set forward over it."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    walls = tuple(_walls(LEAD.sub("", raw.strip()[:LONGEST]), now))
    return bool(walls) and not any(instants(wall, zone) for wall in walls)
