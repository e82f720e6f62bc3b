"""Reads logs in the form of syslog: of routers, firewalls and switches, and of mail servers.

The carrier is read once for all makers (`heller.intake.servers.syslog`), what a message means is told by families of
devices (`heller.intake.devices`). A file may hold the lines of several devices: each is a log of its own.
A year is never guessed (`heller.intake.written.log_years`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.devices import events as device_events
from heller.intake.devices import in_bulk, quiet, unknown
from heller.intake.devices.events import DeviceLine
from heller.intake.devices.families import sign_of
from heller.intake.devices.linux import ANYWHERE
from heller.intake.devices.sign import LineSign
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.servers import postfix, syslog
from heller.intake.servers.syslog import SyslogLine, Timed
from heller.intake.written import clock_doubts, log_years
from heller.intake.written.log_lines import unread
from heller.intake.written.numbers import head_text
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceEvents, DeviceLog
from heller.model.record import Blob, Reading, Record
from heller.model.text import text

NAME = "syslog"

_QUICK = re.compile(
    r"(?m)^(?:<\d{1,3}>"
    r"|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d "
    r"|\d{4} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d"
    r"|\[?\d{4}[-:]\d\d[-:]\d\d[T _-]\d\d:\d\d:\d\d(?:[.,]\d+)? ?(?:Z|[+-]\d\d:?\d\d)?\]?[ \t]"
    r"|[A-Z][a-z]{2} {1,2}\d{1,2} \d{4} \d\d:\d\d:\d\d[+-]"
    r"|\[.{0,300}day, ?[A-Z][a-z]{2,8} \d{1,2}, ?\d{4} \d\d:\d\d:\d\d)"
    r"|%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+ ?:"
    r"|\bdate=\"?\d{4}-\d\d-\d\d\"? +time=\"?\d\d:\d\d|\btime(?:stamp)?=\"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d"
)
_LOOKED_AT = 200  # lines of the head that are looked at
_DEVICES = 30  # devices of one file; beyond them stands a central server's log, which is cut first


class _Device(NamedTuple):
    """One device of a file: its log, its maker and name, the doubts about it."""

    log: DeviceLog
    title: str
    doubts: tuple[Finding, ...]


def identify(head: bytes, name: str) -> Confidence:
    """90 for messages about a line, 85 for a mail server's, 60 for a known maker's, 40 for any syslog."""
    if head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")  # what a power cut leaves behind
    said = head_text(head)
    if not _QUICK.search(said):
        return NOT_MINE
    rows = [row for row in said.splitlines() if row.strip()][:_LOOKED_AT]
    found = [line for n, row in enumerate(rows, 1) if (line := syslog.line(n, row))]
    if not found or len(found) * 2 < len(rows):
        return NOT_MINE
    known = [meant for line in found if (meant := sign_of(line))]
    if any(meant.sign or meant.own_host for meant in known):
        return Confidence(90, text("It has messages of a router or firewall about its line."))
    if any(postfix.is_mail(line) for line in found):
        return Confidence(85, text("It has lines of a mail server."))
    if known:
        return Confidence(60, text("It has messages of a router, firewall or switch."))
    return Confidence(40, text("Its lines are in the form of syslog."))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """A device log per device, and what a mail server says of its clients and its queue."""
    return _in_bulk(blob, zone) or _one_by_one(blob, zone)


def _in_bulk(blob: Blob, zone: ZoneInfo) -> Reading | None:
    """The same of a long log whose lines differ in little but their times; None for any other."""
    bulk = in_bulk.read(blob, zone)
    first = in_bulk.first(bulk) if bulk else None
    if bulk is None or first is None:
        return None
    logs = []
    for host in bulk.hosts()[:_DEVICES]:
        told = in_bulk.events(bulk, host)
        if told is None:
            return None
        logs.append(_device(blob, host, bulk.said_by(host), told[0], zone, told[1]))
    logs = [one for one in logs if len(one.log.events)] or logs
    any_known = any(len(one.log.events) for one in logs)
    rejected, bad = bulk.rejected()
    doubts = log_years.doubts(blob, bulk.years, first.row, first.raw)
    doubts += clock_doubts.findings(bulk.doubts, zone, Locator(blob.digest, f"row {first.row}"))
    doubts += unread(blob, rejected, bad)
    doubts += [doubt for one in logs for doubt in one.doubts]
    pairs = [(line, told) for line, told in zip(bulk.lines, bulk.signs, strict=True) if line]
    strange = _unknown([line for line, _ in pairs], [told for _, told in pairs], any_known=any_known)
    times = {one.row: n for one, n in zip(bulk.found.wordings, bulk.times, strict=True)}
    name = logs[0].log.device if logs else blob.name
    many = sum(times[row] for row, _ in strange)
    doubts += unknown.doubts(name, sorted(strange), blob.digest, any_known=any_known, of=many)
    if not any_known and not strange:
        doubts.append(unknown.nothing_known(blob.name, bulk.found.rows - bad, Locator(blob.digest, "row 1")))
    title = "; ".join(dict.fromkeys(one.title for one in logs)) or blob.name
    return Reading(NAME, title, tuple(one.log for one in logs), tuple(doubts), bulk.found.rows, bad)


def _one_by_one(blob: Blob, zone: ZoneInfo) -> Reading:
    """Line by line."""
    n, kept = quiet.rows(blob)
    found, rejected = _lines(kept)
    timed, years, clock = syslog.with_times(found, blob, zone)
    first = found[0] if found else None
    doubts = log_years.doubts(blob, years, first.row if first else 1, first.raw if first else "")
    doubts += clock_doubts.doubts(clock, zone, Locator(blob.digest, f"row {first.row if first else 1}"))
    doubts += unread(blob, rejected)
    if not any(one.server or one.device for one in timed):
        if found and not years.missing and not years.impossible:
            doubts.append(_no_times(blob, found[0]))
        return Reading(NAME, blob.name, (), tuple(doubts), n, len(rejected))
    signs = [sign_of(one) for one in found]
    logs = [_log(blob, host, said, zone) for host, said in _by_device(timed, signs)]
    if any(one.log.events for one in logs):
        logs = [one for one in logs if one.log.events]
    records: list[Record] = [one.log for one in logs]
    doubts += [doubt for one in logs for doubt in one.doubts]
    mail, more = postfix.read(blob, timed, zone)
    records += mail
    doubts += more
    any_known = any(one.log.events for one in logs)
    strange = _unknown(found, signs, any_known=any_known)
    if not mail or any_known:
        name = logs[0].log.device if logs else blob.name
        doubts += unknown.doubts(name, strange, blob.digest, any_known=any_known)
    if not any_known and not mail and not strange:
        doubts.append(unknown.nothing_known(blob.name, n - len(rejected), Locator(blob.digest, "row 1")))
    title = "; ".join(dict.fromkeys(one.title for one in logs)) or blob.name
    return Reading(NAME, title, tuple(records), tuple(doubts), n, len(rejected))


def _lines(rows: Iterable[tuple[int, str]]) -> tuple[list[SyslogLine], list[tuple[int, str]]]:
    """The lines of syslog; the rest is rejected, where it is not empty."""
    found, rejected = [], []
    for row, raw in rows:
        one = syslog.line(row, raw)
        if one:
            found.append(one)
        elif raw.strip():
            rejected.append((row, raw))
    return found, rejected


def _unknown(
    found: Sequence[SyslogLine], signs: Sequence[LineSign | None], *, any_known: bool
) -> list[tuple[int, str]]:
    """The messages about the line that no family of devices knows; where none has a sign, those too that a family
    knows without one."""
    strange = []
    for line, told in zip(found, signs, strict=True):
        if told is not None and (any_known or told.sign or told.own_host):
            continue
        if not postfix.is_mail(line) and unknown.about_line(f"{line.program} {line.said}"):
            strange.append((line.row, line.raw))
    return strange


def _by_device(
    timed: Sequence[Timed], signs: Sequence[LineSign | None]
) -> list[tuple[str, list[DeviceLine]]]:
    """The lines that some family knows, by the host that wrote them; each host's in the order of the file."""
    found: dict[str, list[DeviceLine]] = {}
    for one, said in zip(timed, signs, strict=True):
        if said is not None:
            found.setdefault(one.line.host, []).append(DeviceLine(one, said))
    return list(found.items())[:_DEVICES]


def _log(blob: Blob, host: str, said: Sequence[DeviceLine], zone: ZoneInfo) -> _Device:
    """One device's log."""
    found = device_events.events(said, device_events.clocks(said, zone).offset)
    return _device(blob, host, said, found, zone)


def _device(
    blob: Blob,
    host: str,
    said: Sequence[DeviceLine],
    found: tuple[DeviceEvent, ...] | DeviceEvents,
    zone: ZoneInfo,
    beside: Collection[str] | None = None,
) -> _Device:
    """A device's log with its doubts; its title names the maker whose messages count."""
    clock = device_events.clocks(said, zone)
    names: Counter[str] = Counter()
    for one in said:
        if one.told and (one.told.sign or not len(found)):
            names[one.told.maker] += one.times
    maker = next(
        (name for name, _ in names.most_common() if name not in ANYWHERE), names.most_common(1)[0][0]
    )
    device = host or maker or blob.name
    source = Locator(blob.digest, f"row {found[0].row if len(found) else said[0].timed.line.row}")
    doubts = (
        *device_events.without_time(said, source),
        *device_events.doubts(device, source, said, clock, beside),
    )
    title = ", ".join(filter(None, (maker, host))) or blob.name
    return _Device(DeviceLog(device, found, source, clock.uncertainty), title, doubts)


def _no_times(blob: Blob, first: SyslogLine) -> Finding:
    return Finding(
        "log.no_times",
        text("The lines have no times that can be placed; nothing is taken from them."),
        text("Add a copy whose lines begin with date, year and offset, as a syslog server keeps it."),
        Weight.REFUSED,
        Locator(blob.digest, f"row {first.row}", first.raw[:200]),
    )
