"""The year of stamps that have none: `Feb  4 08:12:31`. One rule for all logs, and never a guess.

A year is taken from what is stated: from other lines of the file, from the day in the file's name (as
logrotate writes it), from the archive around it, or from the person who hands it in. Between them the order
of the lines decides: a log is written forwards, so a day that lies before the line above is of the next year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import MAXYEAR, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import Text, text

ROUND = timedelta(days=366)  # the days of the year that has them all
SOON = timedelta(days=60)  # a log that goes on so soon has not lost a year
STARTING = timedelta(days=2)  # how long a clock runs at most before a time server sets it
DISORDER = timedelta(days=1)  # lines of several programs may stand in the wrong order by so much
_DAY = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<![\d])(20\d\d|19\d\d)(?!\d)")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
# Where clocks begin that nobody set: Linux on 1 January (1970, 2000), IOS on 1 March (1993, 2002).
_UNSET = ((1, 1), (3, 1))


class WrittenTime(NamedTuple):
    """A stamp as it stands: year 0 where none is written."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    micro: int = 0

    def of(self, year: int) -> datetime | None:
        """The wall clock's time in a year, None where that year has no such day."""
        try:
            return datetime(year, self.month, self.day, self.hour, self.minute, self.second, self.micro)
        except ValueError:
            return None


class LogTimes(NamedTuple):
    """The wall clock's time of each stamp, None where it cannot be told, long ago where nobody had set the clock;
    `said` tells where the year comes from, `missing` that it is stated nowhere, `impossible` that the stated one
    lacks a day of the log."""

    times: list[datetime | None]
    said: Text | None
    missing: bool
    impossible: bool = False


def month(word: str) -> int:
    """The number of an English month by its first three letters, 0 where it is none."""
    return _MONTHS.get(word.lower(), 0)


def years_of(stamps: Sequence[WrittenTime], blob: Blob) -> LogTimes:
    """The years of all stamps of a file in the order of its lines, or the other way round where it was printed so."""
    turned = _is_newest_first(stamps)
    found = _years_of(stamps[::-1] if turned else stamps, blob)
    return found._replace(times=found.times[::-1]) if turned else found


def _years_of(stamps: Sequence[WrittenTime], blob: Blob) -> LogTimes:
    """The same for the oldest first. A clock that nobody had set wrote in 1970, whatever it showed."""
    times = [stamp.of(stamp.year) if stamp.year else None for stamp in stamps]
    open_ = [n for n, stamp in enumerate(stamps) if not stamp.year]
    if not open_:
        return LogTimes(times, None, missing=False)
    unset = _unset(stamps) | _anew(stamps)
    use = [n for n in range(len(stamps)) if n not in unset]
    if any(times[n] for n in use):
        _between(stamps, times, use)
        said: Text | None = text("The year of lines without one comes from other lines of the file.")
    else:
        until, said = _stated(blob)
        if until is None:
            return LogTimes(times, None, missing=True)
        _back_from(stamps, times, use, datetime(until.year, until.month, until.day) + timedelta(days=1))
        if any(times[n] is None for n in use):
            return LogTimes([None] * len(stamps), said, missing=False, impossible=True)
    for n in unset:
        times[n] = times[n] or stamps[n].of(1972)
    return LogTimes(times, said, missing=False)


def _is_newest_first(stamps: Sequence[WrittenTime]) -> bool:
    """Whether more lines lie a little before the one above than a little after it."""
    days = [_in_year(stamp).replace(year=2000) for stamp in stamps]
    ahead = [_ahead(one, other) for one, other in pairwise(days) if one != other]
    return sum(ROUND - far < SOON for far in ahead) > sum(far < SOON for far in ahead)


def _in_year(stamp: WrittenTime) -> datetime:
    """A stamp without its year, to be compared with its neighbours."""
    return stamp.of(stamp.year or 2000) or datetime(2000, stamp.month, 28)


def _anew(stamps: Sequence[WrittenTime]) -> set[int]:
    """Stamps of a clock that started anew at some day of the year, as that on which its software was built: the lines
    after them go on where those before them stopped."""
    days = [_in_year(stamp).replace(year=2000) for stamp in stamps]
    found: set[int] = set()
    n = 1
    while n < len(stamps):
        if not stamps[n].year and SOON < _ahead(days[n - 1], days[n]) < ROUND - DISORDER:
            end = n
            while end < len(stamps) and _ahead(days[n], days[end]) <= STARTING:
                end += 1
            dense = n > 1 and _ahead(days[n - 2], days[n - 1]) <= STARTING
            dense = dense or (end + 1 < len(days) and _ahead(days[end], days[end + 1]) <= STARTING)
            if dense and end < len(stamps) and _ahead(days[n - 1], days[end]) <= SOON:
                found.update(range(n, end))
                n = end
        n += 1
    return found


def _ahead(one: datetime, other: datetime) -> timedelta:
    """How far a day lies ahead of another in the round of the year."""
    return (other - one) % ROUND


def _unset(stamps: Sequence[WrittenTime]) -> set[int]:
    """Stamps in the first hours of a clock that nobody had set: what follows jumps by more than a day."""
    found: set[int] = set()
    run: list[int] = []
    for n, stamp in enumerate(stamps):
        begins = not stamp.year and (stamp.month, stamp.day) in _UNSET and stamp.hour < 12
        if run and not begins:
            follows = (stamp.month, stamp.day) in ((m, d + 1) for m, d in _UNSET)
            before = stamps[run[0] - 1] if run[0] else None
            new_year = before is not None and (before.month, before.day) in ((12, 31), (2, 28), (2, 29))
            if not (follows or new_year or (stamp.month, stamp.day) in _UNSET):
                found.update(run)
            run = []
        if begins:
            run.append(n)
    return found


def _stated(blob: Blob) -> tuple[date | None, Text | None]:
    """The day after which nothing in the file was written, and who says so."""
    if blob.until:
        said = text("The log writes no year; {year} is what was stated for it.", year=str(blob.until.year))
        return blob.until, said
    if hit := _DAY.search(blob.name):
        day = _valid(*(int(part) for part in hit.groups()))
        if day:
            return day, text("The log writes no year; its file name says {day}.", day=hit[0])
    if hit := _YEAR.search(blob.name):
        return date(int(hit[1]), 12, 31), text(
            "The log writes no year; its file name says {day}.", day=hit[0]
        )
    return None, None


def day_in(name: str) -> date | None:
    """The day in a file's name, as logrotate and careful people write it."""
    hit = _DAY.search(name)
    return _valid(*(int(part) for part in hit.groups())) if hit else None


def _valid(year: int, month_: int, day: int) -> date | None:
    try:
        return date(year, month_, day)
    except ValueError:
        return None


def _between(stamps: Sequence[WrittenTime], times: list[datetime | None], use: Sequence[int]) -> None:
    """Forwards from each line that has a year, backwards before the first of them."""
    first = next(n for n in use if times[n])
    after = times[first]
    for n in reversed([n for n in use if n < first]):
        after = times[n] = _latest(stamps[n], after) or after
    before = times[first]
    for n in (n for n in use if n > first):
        if times[n] is None:
            times[n] = _earliest(stamps[n], before)
        before = times[n] or before


def _back_from(
    stamps: Sequence[WrittenTime], times: list[datetime | None], use: Sequence[int], until: datetime
) -> None:
    """Backwards from a stated end, which nothing lies past."""
    after = until
    for n in reversed(use):
        times[n] = _latest(stamps[n], after, until)
        after = times[n] or after


def _latest(stamp: WrittenTime, after: datetime | None, until: datetime = datetime.max) -> datetime | None:
    """The latest time of a stamp that is not after the line below it; None where that year has no such day."""
    if after is None:
        return None
    limit = min(after + DISORDER, until)
    for year in range(limit.year, after.year - 3, -1):
        # A 29 February in a year without one stands where that day would be.
        at = stamp.of(year) if 0 < year < MAXYEAR else None
        near = at or datetime(min(max(year, 1), MAXYEAR), stamp.month, min(stamp.day, 28), 23, 59, 59)
        if near < limit:
            return at
    return None


def _earliest(stamp: WrittenTime, before: datetime | None) -> datetime | None:
    """The earliest time of a stamp that is not before the line above it."""
    if before is None:
        return None
    least = before - DISORDER if before.year > 1 else before
    found = (stamp.of(year) for year in range(least.year, min(before.year + 9, 9999)))
    return next((at for at in found if at and at >= least), None)


def doubts(blob: Blob, found: LogTimes, row: int, raw: str) -> list[Finding]:
    """Where the years come from; that there are none; that a clock was not set."""
    source, told = Locator(blob.digest, f"row {row}", raw[:200]), []
    if found.missing:
        what = text("The log has no year, so its times cannot be placed; nothing is taken from it.")
        do = text(
            "Say the year: heller add CASE FILE --year 2015, also where the file is in the case already; it "
            "stays as it is. Or add, too, what a syslog server keeps of it, with date, year and offset."
        )
        told.append(Finding("log.no_year", what, do, Weight.REFUSED, source))
    if found.said is not None:
        told.append(Finding("log.year_stated", found.said, None, Weight.NOTE, source))
    if found.impossible:
        what = text(
            "The log has a 29 February, and the year that was stated for it has none; nothing is taken from it."
        )
        do = text("Say the year of its last line with --year.")
        told.append(Finding("log.no_such_day", what, do, Weight.REFUSED, source))
    return told
