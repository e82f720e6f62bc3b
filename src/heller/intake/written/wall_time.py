"""Moments in tables of monitors and measurements: with an offset, or on a wall clock that may show them twice.

Nothing is guessed: a time that the clock shows twice is an hour wide unless the order of rows tells which it was,
one that it never shows proves another zone, and a time without a day or a day that reads in two ways is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.written import clock_doubts, numbers
from heller.intake.written.wall_clock import TWICE, clocked, is_ambiguous, is_skipped, place, to_utc
from heller.model.finding import Finding, Locator, Weight
from heller.model.observation import Observation
from heller.model.text import text

EARLIEST, LATEST = 946_684_800.0, 7_258_118_400.0  # 2000 and 2200 in seconds since 1970
ENOUGH = 30  # rows from which a clock that always shows the same minute is told
_LABELS = {"Z": 0, "UTC": 0, "GMT": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "MEST": 2}
_WHOLE = re.compile(
    r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{1,2}/\d{1,2}/\d{4}|\d{8})"
    r"(?:[T ,]\s*|\s+(?:um|at)\s+)(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"(?:\s*Uhr)?\s*(?P<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{3,4})?(?:\s*\([A-Za-z][^()]{2,40}\))?"
)
# A month by its name: '17 Jun 2026 14:07', 'Jun 17, 2026 at 2:07 PM', 'Wed Jun 17 14:08:10 CEST 2026'.
_MONTH_NAMED = re.compile(
    r"(?:[A-Z][a-z]{1,9}\.?,? )?(?:(?P<d1>\d{1,2})\.? (?P<m1>[A-Za-zä]{3,9})\.?,? (?P<y1>\d{4})|"
    r"(?P<m2>[A-Z][a-z]{2,8})\.? (?P<d2>\d{1,2}),? (?P<y2>\d{4}))(?:,? (?:at|um)|,)? (?P<rest>\d.*)"
    r"|(?:[A-Z][a-z]{2} )?(?P<m3>[A-Z][a-z]{2}) +(?P<d3>\d{1,2}) (?P<c3>[\d:.]+)(?P<z3> [A-Z]{3,4})? (?P<y3>\d{4})"
)
_EPOCH = re.compile(r"\d{9,10}(?:[.,]\d{1,9})?|\d{13}|\d{16}|\d{19}")
_BEHIND = {13: 3, 16: 6, 19: 9}  # digits behind the second of a whole number since 1970
_TO_SECOND = re.compile(r"(.*\d:\d\d:)([0-5]\d)([^\d.,:].{0,9})?")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4}")
_SECONDS = re.compile(r":\d{2}:\d{2}")


def instant(seconds: float) -> datetime | None:
    """An instant from seconds since 1970; None where it lies outside 2000 to 2200 or is no number."""
    return datetime.fromtimestamp(seconds, UTC) if EARLIEST <= seconds < LATEST else None


class Moment(NamedTuple):
    """A moment in UTC, known within [at, at + width] seconds; `zoned` where the file says its offset, else `wall` is
    what the clock showed; `twice` where it shows that twice, `skipped` where no clock of the zone ever does."""

    at: datetime
    width: float
    zoned: bool
    twice: bool = False
    wall: datetime | None = None
    skipped: bool = False


def stamp(raw: str, zone: ZoneInfo) -> Moment | None:
    """The moment that a cell says: seconds or milliseconds since 1970, ISO 8601, German or English writing."""
    said = raw.strip().strip("[]")
    hit = _TO_SECOND.fullmatch(said)
    if hit is None or "24:" in hit[1]:
        return _stamp(said, zone)
    minute = _minute(f"{hit[1]}00{hit[3] or ''}", zone)
    return minute and _later(minute, int(hit[2]))


@lru_cache(maxsize=4096)
def _minute(said: str, zone: ZoneInfo) -> Moment | None:
    """The moment of a whole minute: a log writes many times of each, and no clock is set within one."""
    return _stamp(said, zone)


def _later(minute: Moment, seconds: int) -> Moment:
    """So many seconds of its minute later."""
    more = timedelta(seconds=seconds)
    return (
        minute._replace(at=minute.at + more, wall=minute.wall and minute.wall + more) if seconds else minute
    )


def _stamp(said: str, zone: ZoneInfo) -> Moment | None:
    if _EPOCH.fullmatch(said):
        seconds = float(said.replace(",", ".")) / 10 ** (_BEHIND.get(len(said), 0) if said.isdigit() else 0)
        at = instant(seconds)
        return Moment(at, 0.0, zoned=True) if at else None
    hit = _WHOLE.fullmatch(_in_numbers(said) if said[:1].isalpha() or " " in said[:6] else said)
    day = (
        numbers.day(hit["day"].replace("/", "-") if hit and hit["day"][:4].isdigit() else hit["day"])
        if hit
        else None
    )
    clock = _clock(hit["clock"], hit["half"] or "") if hit else None
    if hit is None or day is None or clock is None:
        return None
    width = 0.0 if _SECONDS.search(hit["clock"]) else 60.0
    return _instant_of(day, clock, hit["zone"] or "", width, zone)


def _in_numbers(said: str) -> str:
    """A time whose month has a name, with its day in numbers; every other as it stands."""
    hit = _MONTH_NAMED.fullmatch(said)
    if hit is None:
        return said
    name, day, year = next(
        (m, d, y) for m, d, y in ((hit[f"m{n}"], hit[f"d{n}"], hit[f"y{n}"]) for n in (1, 2, 3)) if m
    )
    month = numbers.MONTHS.get(name[:3].lower())
    rest = hit["rest"] or f"{hit['c3']}{hit['z3'] or ''}"
    return f"{year}-{month:02}-{int(day):02} {rest}" if month else said


def _clock(raw: str, half: str) -> timedelta | None:
    """A time of day with its fraction, on a clock of 24 or of 12 hours."""
    hours, minutes, *rest = re.split(r":", raw.replace(",", "."))
    seconds = float(rest[0]) if rest else 0.0
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    if hour > 24 or int(minutes) > 59 or seconds >= 60 or (hour == 24 and (int(minutes) or seconds)):
        return None
    return timedelta(hours=hour, minutes=int(minutes), seconds=seconds)


def _instant_of(day: date, clock: timedelta, offset: str, width: float, zone: ZoneInfo) -> Moment | None:
    """A wall clock's time as an instant."""
    try:
        wall = datetime(day.year, day.month, day.day) + clock
        if offset:
            away = _away(offset)
            return None if away is None else Moment((wall - away).replace(tzinfo=UTC), width, zoned=True)
        first, twice = to_utc(wall, zone), is_ambiguous(wall, zone)
    except (OverflowError, ValueError):
        return None
    skipped = is_skipped(wall, zone)
    return Moment(first, width + (TWICE if twice else 0.0), False, twice, wall, skipped)


def in_order(moments: Sequence[Moment], zone: ZoneInfo, *, oldest_first: bool = False) -> list[Moment | None]:
    """The moments of rows in the order in which they stand: it tells which of the two hours was meant that a clock
    shows alike, and that a clock had started anew. None where nothing places a row."""
    walls = [moment.wall for moment in moments if moment.wall is not None]
    placed = iter((clocked if oldest_first else place)(walls, zone).moments)
    found: list[Moment | None] = []
    for moment in moments:
        if moment.wall is None:
            found.append(moment)
            continue
        told = next(placed)
        width = moment.width - (TWICE if moment.twice else 0.0)
        twice = moment.twice and told is not None and told[1] == TWICE
        found.append(told and moment._replace(at=told[0], width=width + told[1], twice=twice))
    return found


def _away(offset: str) -> timedelta | None:
    """How far a zone's clock is ahead of UTC; None for a label that nobody knows."""
    if offset in _LABELS:
        return timedelta(hours=_LABELS[offset])
    hit = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", offset)
    if not hit or int(hit[2]) > 14 or int(hit[3] or 0) > 59:
        return None
    found = timedelta(hours=int(hit[2]), minutes=int(hit[3] or 0))
    return -found if hit[1] == "-" else found


def doubts(stamps: Sequence[Moment], zone: ZoneInfo, source: Locator) -> Iterator[Finding]:
    """What is uncertain about the times of a file."""
    local = [one for one in stamps if not one.zoned]
    twice = sum(one.twice for one in stamps)
    if local and len(local) < len(stamps):
        said = text(
            "{n} of {all} times have no offset, the others do; they are taken in {zone}.",
            n=len(local),
            all=len(stamps),
            zone=str(zone.key),
        )
        do = text("Check that both parts come from the same clock, or add them one by one with --tz.")
        yield Finding("time.two_zones", said, do, Weight.WARNING, source)
    elif local:
        said = text("The times have no offset; they are taken in {zone}.", zone=str(zone.key))
        yield Finding("time.no_zone", said, text("Name another zone with --tz."), Weight.NOTE, source)
    if twice:
        said = text("{n} times lie in the hour that the clock showed twice; they are an hour wide.", n=twice)
        yield Finding("time.twice", said, None, Weight.NOTE, source)
    if shown := sum(one.skipped for one in stamps):
        yield clock_doubts.skipped(shown, zone, source)


def two_days(cells: Sequence[str], source: Locator) -> tuple[Finding, ...]:
    """That a day of a row may be read with the day or with the month first, where one of its cells has such a day."""
    for cell in cells:
        hit = _SLASHED.search(cell)
        if hit and hit[1] != hit[2] and max(int(hit[1]), int(hit[2])) <= 12:
            said = text(
                "{day} may be the day {one} or {other}; nothing in the file tells which.",
                day=hit[0],
                one=f"{hit[1]}.{hit[2]}.",
                other=f"{hit[2]}.{hit[1]}.",
            )
            do = text("Export the times as 2026-01-31 09:30:00, or add a longer stretch of the list.")
            return (Finding("time.two_days", said, do, Weight.WARNING, source),)
    return ()


def is_stuck(found: Sequence[Observation]) -> bool:
    """Whether many probes an hour all show the same minute: such a clock tells no time."""
    if len(found) < ENOUGH:
        return False
    minutes = Counter(o.at.minute for o in found)
    hours = {o.at.replace(minute=0, second=0, microsecond=0) for o in found}
    return len(minutes) == 1 and len(found) > 2 * len(hours)


def clock_stands(source: Locator) -> Finding:
    """Why a log whose minute never changes shows nothing."""
    said = text("All times of the log show the same minute; such a clock cannot show an outage.")
    do = text("Look for the log that the program itself writes, with whole times.")
    return Finding("time.stuck", said, do, Weight.REFUSED, source)
