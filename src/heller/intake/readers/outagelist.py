"""Reads tables of outages that somebody or another monitor kept: a start with an end or a duration per row.

Such a list is another's word: it says what its author took for an outage, as exactly as its times are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import kinds, outages_and_probes
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.kinds import Kind
from heller.intake.written import numbers, wall_time
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.slow_time import SlowTime
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "outage-list"

LONGEST = timedelta(days=366)
TIMES = ("start", "end")
SLOW = re.compile(
    r"\b(?:langsam|verlangsamt|gedrosselt|eingeschränkt|stark verzögert|instabil|slow|degraded|throttled|sluggish)",
    re.IGNORECASE,
)
DEAD = re.compile(r"\b(?:tot|totalausfall|offline|down|dead|kein(?:e|en)?)\b", re.IGNORECASE)


class _Entry(NamedTuple):
    """One outage; `end` is None where none stands in the row."""

    row: int
    target: str
    start: Moment
    end: Moment | None
    raw: str


def identify(head: bytes, name: str) -> Confidence:
    """By headings of start and end or duration, surer where they or the name speak of outages."""
    content = numbers.tabular(head)[:32768]
    found = outages_and_probes.outages(content, name)
    if found is None or kinds.kind(content) in (Kind.GRID, Kind.SPEED):
        return NOT_MINE
    if found[1]:
        return Confidence(75, text("Its headings are those of a list of outages."))
    return Confidence(35, text("Its headings name a start and an end or a duration."))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One log per target of the table; times without an offset are taken in `zone`."""
    content = numbers.decode(blob.data)
    found = outages_and_probes.outages(content, blob.name)
    if found is None:
        return nothing(blob, _none(blob), NAME)
    listing = found[0]
    entries: list[_Entry] = []
    bad: list[CellRow] = []
    rows = 0
    for line in listing.rows(content):
        rows += 1
        told = _entry(listing, line, zone)
        if told is None:
            bad.append(line)
        elif isinstance(told, _Entry):
            entries.append(told)
    source = Locator(blob.digest, f"row {listing.head.number}")
    stamps = [s for e in entries for s in (e.start, e.end) if s]
    findings = [*wall_time.doubts(stamps, zone, source), *_doubts(blob, entries, bad)]
    if not entries:
        findings.append(_none(blob))
    slow = [entry for entry in entries if _is_slow(entry) and entry.end]
    dead = [entry for entry in entries if entry not in slow]
    logs = tuple(_log(blob, target, dead) for target in dict.fromkeys(e.target for e in dead))
    times = tuple(_slow_time(blob, entry) for entry in slow)
    return Reading(NAME, blob.name, (*logs, *times), tuple(findings), rows, len(bad))


def _is_slow(entry: _Entry) -> bool:
    """Whether a row speaks of a line that carried badly, and not of a dead one."""
    return bool(SLOW.search(entry.raw)) and not DEAD.search(entry.raw)


def _slow_time(blob: Blob, entry: _Entry) -> SlowTime:
    assert entry.end is not None
    return SlowTime(entry.start.at, entry.end.at, entry.raw, Locator(blob.digest, f"row {entry.row}"))


def _entry(listing: Listing, line: CellRow, zone: ZoneInfo) -> _Entry | bool | None:
    """The outage of a row; True where the row says that all was well, None where it cannot be read."""
    cell = {
        key: listing.stamp(line, key) if key in TIMES else listing.cell(line, key)
        for key in outages_and_probes.OUTAGE
    }
    if cell["state"]:
        try:
            if outages_and_probes.word(cell["state"]) is not False:
                return True
        except ValueError:
            pass  # a word about the outage, not a state
    start = _stamp(cell["start"], cell["day"], zone)
    if start is None:
        return None
    end = _end(listing, cell, start, zone)
    if (
        end is None
        and (cell["end"] or cell["duration"])
        and cell["end"] not in ("-", "–", "?", "offen", "open")
    ):
        return None
    if end is not None:
        start, end = wall_time.in_order([start, end], zone, oldest_first=True)
    if start is None or (end is not None and not timedelta() <= end.at - start.at <= LONGEST):
        return None
    return _Entry(line.number, cell["target"], start, end, ";".join(line.cells)[:200])


def _stamp(raw: str, day: str, zone: ZoneInfo) -> Moment | None:
    """A moment that stands in one cell, or as a time of day beside the day."""
    return wall_time.stamp(raw, zone) or (wall_time.stamp(f"{day} {raw}", zone) if day and raw else None)


def _end(listing: Listing, cell: dict[str, str], start: Moment, zone: ZoneInfo) -> Moment | None:
    """The end as written, on the day after where it would lie before the start, or start plus duration."""
    if cell["end"]:
        found = _stamp(cell["end"], cell["day"], zone)
        own_day = wall_time.stamp(cell["end"], zone) is None
        if found and own_day and found.at < start.at:
            later = found.at + timedelta(days=1)
            wall = found.wall + timedelta(days=1) if found.wall else None
            found = found._replace(at=later, wall=wall) if later - start.at < timedelta(days=1) else None
        if found or not cell["duration"]:
            return found
    lasted = (
        outages_and_probes.duration(cell["duration"], listing.heading("duration"))
        if cell["duration"]
        else None
    )
    return (
        None if lasted is None else Moment(start.at + lasted, max(start.width, 1.0), start.zoned, start.twice)
    )


def _log(blob: Blob, target: str, entries: list[_Entry]) -> DeviceLog:
    """The outages of one target as a log of going down and up."""
    own = [entry for entry in entries if entry.target == target]
    events = [DeviceEvent(e.start.at, DeviceSign.LINE_DOWN, e.raw, e.row, width=e.start.width) for e in own]
    events += [
        DeviceEvent(e.end.at, DeviceSign.LINE_UP, e.raw, e.row, width=e.end.width) for e in own if e.end
    ]
    events.sort(key=lambda event: (event.at, event.row))
    name = f"{blob.name}: {target}" if target else blob.name
    return DeviceLog(name, tuple(events), Locator(blob.digest, f"row {own[0].row}"), stated=True)


def _doubts(blob: Blob, entries: list[_Entry], bad: list[CellRow]) -> Iterator[Finding]:
    if bad:
        said = text(
            "{n} rows of the list of outages could not be read; the first is row {row}.",
            n=len(bad),
            row=bad[0].number,
        )
        do = text("Times are expected with their day, as 2026-01-31 09:30:00 or 31.01.2026 09:30:00.")
        at = Locator(blob.digest, f"row {bad[0].number}")
        two = wall_time.two_days(bad[0].cells, at)
        yield Finding("outages.unread", said, None if two else do, Weight.WARNING, at)
        yield from two
    if entries:
        said = text("A list of outages is its author's word; when nobody watched does not stand in it.")
        yield Finding(
            "outages.stated", said, None, Weight.NOTE, Locator(blob.digest, f"row {entries[0].row}")
        )


def _none(blob: Blob) -> Finding:
    said = text("The table holds no outage that can be read.")
    do = text("It needs a column for the start and one for the end or the duration, with the day.")
    return Finding("outages.nothing", said, do, Weight.REFUSED, Locator(blob.digest))
