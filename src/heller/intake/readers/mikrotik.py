"""Reads the log of a MikroTik router as RouterOS prints or saves it: date or none, time, topics, message.

RouterOS leaves out the date of the day on which the log was printed, and the year of the current year. The
head of a saved log (`# feb/18/2015 11:02:03 by RouterOS 6.27`) tells that day; without it the times of the
last day cannot be placed, and are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.devices import unknown
from heller.intake.devices.routeros import MIKROTIK, sign_of
from heller.intake.devices.sign import LineSign
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.written import clock_doubts, log_years
from heller.intake.written.log_lines import lines, unread
from heller.intake.written.log_years import WrittenTime, month
from heller.intake.written.numbers import head_text
from heller.intake.written.wall_clock import Hints, Moment, place
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "mikrotik"

_DAY = (
    r"(?:(?P<month>[a-z]{3})/(?P<day>\d\d)(?:/(?P<year>(?:19|20)\d\d))?"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<short>\d\d-\d\d))"
)
_CLOCK = r"(?P<clock>\d\d:\d\d:\d\d)(?:\.\d+)?"
_HEAD = re.compile(rf"# {_DAY} {_CLOCK} by RouterOS (?P<version>\S+)")
_ENTRY = re.compile(
    rf" {{0,40}}(?:\d{{1,9}} {{1,40}})?(?:{_DAY} {{1,40}})?{_CLOCK}(?P<zone>Z|[+-]\d\d:\d\d)? {{1,40}}"
    r"(?P<topics>(?:[a-z0-9-]{1,40},){1,20}[a-z0-9-]{1,40}) {1,40}(?P<said>.*)$"
)
UNCERTAINTY = 2.0  # seconds: whole seconds, and a clock that NTP or the cloud sets only while the line works


class _Entry(NamedTuple):
    """One line: its stamp, whether that has a date, what it says."""

    row: int
    raw: str
    stamp: WrittenTime
    dated: bool
    told: LineSign


def identify(head: bytes, name: str) -> Confidence:
    """92 for a saved log of RouterOS, 80 for its lines."""
    if not re.search(
        rb"(?m)^(# \S+ \S+ by RouterOS| *(\S+ +){0,2}\d\d:\d\d:\d\d\S* +[a-z0-9-]+,[a-z0-9,-]+ )", head
    ):
        return NOT_MINE
    rows = [row for row in head_text(head).splitlines() if row.strip()][:50]
    if any(_HEAD.match(row) for row in rows[:3]) and any(_ENTRY.match(row) for row in rows):
        return Confidence(92, text("It is a log that RouterOS saved."))
    known = sum(_ENTRY.match(row) is not None for row in rows)
    if known * 2 >= len(rows) > 0:
        return Confidence(80, text("It has lines of a log of RouterOS."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One device log; the router's wall clock is taken in `zone`."""
    rows = lines(blob)
    head = next((hit for raw in rows[:5] if (hit := _HEAD.match(raw))), None)
    today = _day(head) if head else None
    entries, rejected = _entries(rows, today)
    findings = list(unread(blob, rejected))
    undated = [e for e in entries if not e.dated]
    if undated:
        findings.insert(0, _no_date(blob, undated))
    entries = [e for e in entries if e.dated]
    stamps = blob if today is None else Blob(blob.name, b"", blob.digest, today)
    years = log_years.years_of([e.stamp for e in entries], stamps)
    if entries and (years.missing or years.impossible or today is None):
        findings += log_years.doubts(blob, years, entries[0].row, entries[0].raw)
    timed = [(e, at) for e, at in zip(entries, years.times, strict=True) if at]
    if not timed:
        return Reading(NAME, MIKROTIK, (), tuple(findings), len(rows), len(rejected) + len(undated))
    clock = place([at for _, at in timed], zone, _hints([e for e, _ in timed]))
    events = tuple(sorted(_events([e for e, _ in timed], clock.moments), key=lambda e: e.at))
    findings += clock_doubts.doubts(clock, zone, Locator(blob.digest, f"row {timed[0][0].row}"))
    source = Locator(blob.digest, f"row {events[0].row if events else timed[0][0].row}")
    strange = [(e.row, e.raw) for e in entries if not e.told.sign and unknown.about_line(e.raw)]
    findings += unknown.doubts(MIKROTIK, strange, blob.digest, any_known=bool(events))
    if not events and not strange:
        findings.append(unknown.nothing_known(MIKROTIK, len(entries), source))
    log = DeviceLog(MIKROTIK, events, source, UNCERTAINTY)
    return Reading(NAME, MIKROTIK, (log,), tuple(findings), len(rows), len(rejected) + len(undated))


def _entries(rows: Sequence[str], today: date | None) -> tuple[list[_Entry], list[tuple[int, str]]]:
    """The lines with what they say; a time alone is of the day on which the log was saved."""
    found, rejected = [], []
    for row, raw in enumerate(rows, 1):
        hit = _ENTRY.match(raw)
        stamp = _stamp(hit, today) if hit else None
        if hit is None or stamp is None:
            if raw.strip() and not raw.startswith("#"):
                rejected.append((row, raw))
            continue
        dated = bool(hit["month"] or hit["iso"] or hit["short"] or today)
        found.append(_Entry(row, raw, stamp, dated, sign_of(hit["topics"], hit["said"])))
    return found, rejected


def _stamp(hit: re.Match[str], today: date | None) -> WrittenTime | None:
    hour, minute, second = (int(part) for part in hit["clock"].split(":"))
    if hit["iso"]:
        year, number, day = (int(part) for part in hit["iso"].split("-"))
    elif hit["short"]:
        year, (number, day) = 0, (int(part) for part in hit["short"].split("-"))
    elif hit["month"]:
        year, number, day = int(hit["year"] or 0), month(hit["month"]), int(hit["day"])
    elif today:
        year, number, day = today.year, today.month, today.day
    else:
        year, number, day = 2000, 1, 1  # left out: only its clock is known
    stamp = WrittenTime(year, number, day, hour, minute, min(second, 59))
    return stamp if stamp.of(year or 2000) else None


def _day(hit: re.Match[str]) -> date | None:
    """The day of a saved log's head."""
    stamp = _stamp(hit, None) if hit["iso"] or hit["year"] else None
    at = stamp.of(stamp.year) if stamp else None
    return at.date() if at else None


def _hints(entries: Sequence[_Entry]) -> Hints:
    return Hints([n for n, e in enumerate(entries) if e.told.sign is DeviceSign.RESTART])


def _events(entries: Sequence[_Entry], moments: Sequence[Moment | None]) -> list[DeviceEvent]:
    return [
        DeviceEvent(
            *(moment[0], e.told.sign, f"{e.told.port}: {e.raw}" if e.told.port else e.raw),
            *(e.row, e.told.port, moment[1]),
        )
        for e, moment in zip(entries, moments, strict=True)
        if e.told.sign and moment
    ]


def _no_date(blob: Blob, undated: Sequence[_Entry]) -> Finding:
    first = undated[0]
    return Finding(
        "mikrotik.no_date",
        text(
            "{n} lines have a time without a day; they are left out.",
            "One line has a time without a day; it is left out.",
            n=len(undated),
        ),
        text("Save the log on the router with /log print file=log: its head then tells the day."),
        Weight.REFUSED,
        Locator(blob.digest, f"row {first.row}", first.raw[:200]),
    )
