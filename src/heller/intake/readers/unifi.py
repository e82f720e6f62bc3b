"""Reads events of a UniFi controller as its API and its backups give them: a list of objects with `key`, `msg` and the
time in milliseconds or as ISO 8601. What a message means is told by `heller.intake.devices`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.devices import events as device_events
from heller.intake.devices import unknown
from heller.intake.devices.events import DeviceLine
from heller.intake.devices.families import sign_of
from heller.intake.devices.ubiquiti import UNIFI
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.servers.syslog import SyslogLine, Timed
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.model.finding import Locator
from heller.model.kinds.device_log import DeviceLog
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "unifi-events"
_KEY = re.compile(rb'"key"\s*:\s*"EVT_[A-Z]{2}_')


def identify(head: bytes, name: str) -> Confidence:
    """92 for JSON with the keys of its events."""
    begins = head[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begins in (b"{", b"[") and _KEY.search(head):
        return Confidence(92, text("It has events of a UniFi controller."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One device log; the times are instants, `zone` is not needed for them."""
    documents = json_documents.documents(blob)
    entries = [entry for _, value in documents.found for entry in _entries(value)]
    lines, rejected = [], 0
    for row, entry in enumerate(entries, 1):
        at, said = _moment(entry, zone), str(entry.get("msg", ""))
        if at is None:
            rejected += 1
            continue
        key = str(entry.get("key", ""))
        raw = f"{key} {said}"
        one = SyslogLine(row, raw, at, None, "", "", str(entry.get("gw", "")), key, "", said)
        lines.append(DeviceLine(Timed(one, at, None, 0.0), sign_of(one)))
    lines.sort(key=lambda line: line.timed.server or datetime.max)
    clock = device_events.clocks(lines, zone)
    events = device_events.events(lines, clock.offset)
    source = Locator(blob.digest, f"row {events[0].row if events else 1}")
    strange = [
        (line.timed.line.row, line.timed.line.raw)
        for line in lines
        if not (line.told and line.told.sign) and unknown.about_line(line.timed.line.raw)
    ]
    findings = [
        *documents.rejected(blob),
        *unknown.doubts(UNIFI, strange, blob.digest, any_known=bool(events)),
    ]
    if not events and not strange:
        findings.append(unknown.nothing_known(UNIFI, len(lines), source))
    log = DeviceLog(UNIFI, events, source, clock.uncertainty)
    return Reading(NAME, UNIFI, (log,) if events else (), tuple(findings), len(entries), rejected)


def _entries(value: Any) -> Iterator[dict[str, Any]]:
    """The events, alone or inside `data`."""
    inner = value.get("data", value.get("events")) if isinstance(value, dict) else value
    for one in json_documents.as_list(inner) or ([value] if isinstance(value, dict) else []):
        if isinstance(one, dict) and str(one.get("key", "")).startswith("EVT_"):
            yield one


def _moment(entry: dict[str, Any], zone: ZoneInfo) -> datetime | None:
    seconds = json_documents.number(entry.get("time"))
    if seconds is not None:
        return wall_time.instant(seconds / 1000 if seconds > wall_time.LATEST else seconds)
    found = wall_time.stamp(str(entry.get("datetime", "")), zone)
    return found.at if found else None
