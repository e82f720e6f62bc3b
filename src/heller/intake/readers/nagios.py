"""Reads the log of Nagios and of what took it over (Icinga 1, Checkmk): `[seconds] HOST ALERT: host;DOWN;HARD;...`.

A soft state is a check that failed once and is asked again: when it may have begun. Services other than those of the
way to a host say nothing of a line and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.written import wall_time
from heller.intake.written.log_lines import lines
from heller.intake.written.numbers import head_text
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "nagios"
UNSURE = 60.0  # seconds: it notices a change with its next check
_LINE = re.compile(r"\[(?P<at>\d{10})\] (?P<kind>[A-Z][A-Z ]+): (?P<said>.*)$")
_STATES = ("HOST ALERT", "SERVICE ALERT")
_OF_THE_WAY = re.compile(r"ping|icmp|internet|wan\b|uplink|gateway|dsl", re.IGNORECASE)
_UP, _DOWN = ("UP", "OK"), ("DOWN", "UNREACHABLE", "CRITICAL")


class _Alert(NamedTuple):
    """A change of state: when, of what, whether it is up, whether it is asked again first."""

    row: int
    raw: str
    at: datetime
    target: str
    up: bool
    soft: bool


def identify(head: bytes, name: str) -> Confidence:
    """90 for lines that begin with seconds in brackets and name alerts."""
    rows = [row for row in head_text(head).splitlines() if row.strip()][:200]
    hits = [hit for row in rows if (hit := _LINE.match(row))]
    if len(hits) * 2 >= len(rows) > 0 and any(hit["kind"] in _STATES for hit in hits):
        return Confidence(90, text("It has alerts of Nagios or a program like it."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One log per host; the times are instants, `zone` is not needed."""
    rows = lines(blob)
    alerts = [one for n, row in enumerate(rows, 1) if (one := _alert(n, row))]
    logs = tuple(
        _log(blob, target, [one for one in alerts if one.target == target])
        for target in dict.fromkeys(one.target for one in alerts)
    )
    if not logs:
        said = text("The log names no alert of a host or of the way to it.")
        refused = Finding("states.nothing", said, None, Weight.REFUSED, Locator(blob.digest))
        return Reading(NAME, blob.name, (), (refused,), len(rows), 0)
    said = text("Changes of state are a monitor's word; when nobody watched does not stand in them.")
    note = Finding("states.stated", said, None, Weight.NOTE, Locator(blob.digest))
    return Reading(NAME, blob.name, logs, (note,), len(rows), 0)


def _alert(row: int, raw: str) -> _Alert | None:
    hit = _LINE.match(raw)
    if hit is None or hit["kind"] not in _STATES:
        return None
    host, *rest = hit["said"].split(";")
    service = rest.pop(0) if hit["kind"] == "SERVICE ALERT" and rest else ""
    at = wall_time.instant(float(hit["at"]))
    if (
        at is None
        or len(rest) < 2
        or rest[0] not in (*_UP, *_DOWN)
        or (service and not _OF_THE_WAY.search(service))
    ):
        return None
    target = f"{host}: {service}" if service else host
    return _Alert(row, raw, at, target, rest[0] in _UP, rest[1] == "SOFT")


def _log(blob: Blob, target: str, alerts: Sequence[_Alert]) -> DeviceLog:
    """The changes of one host; soft states before a hard 'down' are when it may have begun, others change nothing."""
    events: list[DeviceEvent] = []
    maybe: datetime | None = None
    for one in sorted(alerts, key=lambda alert: (alert.at, alert.row)):
        if one.soft and not one.up:
            maybe = maybe or one.at
            continue
        begin = maybe if maybe and not one.up else one.at
        width = (one.at - begin).total_seconds()
        sign = DeviceSign.LINE_UP if one.up else DeviceSign.LINE_DOWN
        events.append(DeviceEvent(begin, sign, one.raw[:200], one.row, width=width))
        maybe = None
    source = Locator(blob.digest, f"row {alerts[0].row}")
    return DeviceLog(target, tuple(events), source, UNSURE, stated=True)
