"""Reads access logs of nginx and Apache: the common and the combined format, with or without a host in front.

Who of the clients is the office is not known here: all are kept, as columns, and the office is named later.
The stamp is the end of the request as the server wrote it, with its offset, so the DST fold needs no guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.servers.hits import Hits, poor
from heller.intake.written.log_lines import unread
from heller.intake.written.log_years import month
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "accesslog"

_LINE = re.compile(
    rb"(?:[\w.-]+:\d{1,5} )?(?P<client>[\w.:%-]+) \S+ (?P<user>[^\[]{1,200}?) "
    rb"\[(?P<minute>\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d):(?P<second>\d\d) (?P<zone>[+-]\d{4})\] "
    rb'"(?P<asked>[^"\\]*(?:\\.[^"\\]*)*)"(?: \S+ \S+'
    rb'(?: "[^"\\]*(?:\\.[^"\\]*)*" "(?P<agent>[^"\\]*(?:\\.[^"\\]*)*)")?)?'
)
FIRST, LAST = 1990, 2100  # years of which there are access logs
_KEPT = 100  # unread lines of which the wording is kept


def identify(head: bytes, name: str) -> Confidence:
    """92 where at least half of the first lines are of the format."""
    head = head.replace(b"\0", b"")  # what a power cut leaves behind
    rows = [row for row in head.splitlines()[:-1] or [head] if row.strip()][:50]
    known = sum(_LINE.match(row.lstrip(b"\xef\xbb\xbf")) is not None for row in rows)
    if known and known * 2 >= len(rows):
        return Confidence(92, text("Its lines are those of a web server's access log."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The hits of all clients in one log; weekdays and hours of the office are told in `zone`."""
    hits, rows, bad = Hits(), 0, 0
    rejected: list[tuple[int, str]] = []
    for rows, raw in _rows(blob.data):
        hit = _LINE.match(raw)
        at = _instant(hit) if hit else None
        if hit is None or at is None:
            if raw.strip(b"\0 \r\t"):
                bad += 1
                if len(rejected) < _KEPT:
                    rejected.append((rows, raw.decode("utf-8", "replace")))
            continue
        hits.add(at, hit["client"].decode(), _client(hit["user"], hit["agent"] or b"-"), rows)
    findings = list(unread(blob, rejected, bad))
    if not hits.times:
        return Reading(NAME, blob.name, (), tuple(findings), rows, bad)
    log = hits.log(_server(blob.name), blob, zone)
    if log.poor:
        findings.append(poor(log, blob.name))
    return Reading(NAME, blob.name, (log,), tuple(findings), rows, bad)


@lru_cache(maxsize=4096)
def _client(user: bytes, agent: bytes) -> str:
    """What the client called itself: its user and its program, '' where it did not."""
    return "\n".join(part.decode("utf-8", "replace") for part in (user, agent) if part != b"-")


def _rows(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers, one at a time: a log may be large."""
    begin, row, end = 3 if data[:3] == b"\xef\xbb\xbf" else 0, 0, len(data)
    while begin < end:
        at = data.find(b"\n", begin)
        at = end if at < 0 else at
        row += 1
        yield row, data[begin:at].lstrip(b"\0")  # a power cut leaves NUL bytes behind
        begin = at + 1


def _instant(hit: re.Match[bytes]) -> int | None:
    """Seconds since 1970 in UTC."""
    begins = _minute(hit["minute"], hit["zone"])
    return None if begins is None else begins + min(int(hit["second"]), 59)


@lru_cache(maxsize=4096)
def _minute(stamp: bytes, zone: bytes) -> int | None:
    """The start of a minute, seconds since 1970; None where there is no such minute."""
    day, name, rest = stamp.decode().split("/")
    year, hour, minute = (int(part) for part in rest.split(":"))
    if not FIRST <= year <= LAST:  # a broken line; the time of a log is laid out in quarters of an hour
        return None
    try:
        naive = datetime(year, month(name), int(day), hour, minute, tzinfo=UTC)
        away = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    except ValueError:
        return None
    return int(naive.timestamp() - away.total_seconds() * (-1 if zone[:1] == b"-" else 1))


def _server(name: str) -> str:
    """The name without what rotation adds: access.log of access.log.2.gz and access.log-20150218."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    bare = re.sub(r"\.(?:gz|bz2|xz)$", "", bare)
    return re.sub(r"(?:[-_.]\d{8}|\.\d{1,4})$", "", bare) or name
