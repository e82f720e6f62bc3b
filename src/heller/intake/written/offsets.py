"""Offsets from UTC that a file itself writes beside its times: what its clock was set to. Nothing is read with them.

Known are RFC 3339 (`2015-02-03T08:00:00+09:00`), the log format of web servers (`[03/Feb/2015:08:00:00 +0900]`) and
the `Date` of a mail (RFC 5322, 3.3), but not those of the computers on its way. An offset of nought says nothing: so
writes whoever writes in UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from heller.model.record import StatedOffset

LOOKED = 1 << 20  # bytes of a file
MOST = 24  # different months and offsets of one file that are kept
MONTHS = {name: n for n, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
ISO = re.compile(
    rb"\b(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d)?(?:[.,]\d{1,9})? ?([+-])(\d\d):?(\d\d)\b"
)
SERVER = re.compile(rb"\b(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):\d\d ([+-])(\d\d)(\d\d)\b")
MAIL = re.compile(
    rb"^Date:[^\n]{0,9}? (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::\d\d)? ([+-])(\d\d)(\d\d)\b",
    re.MULTILINE,
)


def stated_offsets(data: bytes) -> tuple[StatedOffset, ...]:
    """The offsets that a file states, one for each month and offset, in order; none for most files."""
    found: dict[tuple[int, int, int], StatedOffset] = {}
    for at, minutes in _stated(data[:LOOKED]):
        if minutes and len(found) < MOST:
            found.setdefault((at.year, at.month, minutes), StatedOffset(at, minutes))
    return tuple(found.values())


Written = tuple[
    int, int, int, int, int, bytes, bytes, bytes
]  # a time to the minute, sign, hours and minutes away


def _stated(head: bytes) -> Iterator[tuple[datetime, int]]:
    for year, month, day, hour, minute, sign, hours, minutes in _times_with_offset(head):
        away = (int(hours) * 60 + int(minutes)) * (-1 if sign == b"-" else 1)
        try:
            yield datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(minutes=away), away
        except (ValueError, OverflowError):
            continue


def _times_with_offset(head: bytes) -> Iterator[Written]:
    """The times with an offset: of a mail its dates, else those of logs."""
    dates = [_by_name(one) for one in MAIL.finditer(head)]
    yield from dates
    if not dates:
        for one in ISO.finditer(head):
            year, month, day, hour, minute = map(int, one.groups()[:5])
            yield year, month, day, hour, minute, one[6], one[7], one[8]
        yield from map(_by_name, SERVER.finditer(head))


def _by_name(found: re.Match[bytes]) -> Written:
    day, month, year, hour, minute, *away = found.groups()
    return (
        int(year),
        MONTHS.get(month.lower(), 0),
        int(day),
        int(hour),
        int(minute),
        away[0],
        away[1],
        away[2],
    )
