"""Reads how a probe of RIPE Atlas was connected to its controllers: events `connect` and `disconnect`, or a
list with `connected` and `disconnected`.

A connection that is lost is noticed by the controller minutes late, and may be the controller's own: a monitor's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "ripe-atlas-history"
UNSURE = 180.0  # seconds until a controller gives a connection up, or a probe finds its way back
_EVENT = re.compile(rb'"event"\s*:\s*"(?:dis)?connect(?:ed)?"')
_PAIR = re.compile(rb'"disconnected"\s*:')


def identify(head: bytes, name: str) -> Confidence:
    """94 for the number of a probe beside its connections."""
    if (
        b'"prb_id"' not in head[:16384]
        and b'"probe_id"' not in head[:16384]
        and b'"controller"' not in head[:16384]
    ):
        return NOT_MINE
    if _EVENT.search(head[:16384]) or (_PAIR.search(head[:16384]) and b'"connected"' in head[:16384]):
        return Confidence(94, text("It is the history of connections of a RIPE Atlas probe."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One log per probe; times without an offset are UTC."""
    documents = json_documents.documents(blob)
    rows = [row for _, value in documents.found for row in _rows(value)]
    found = [event for n, row in enumerate(rows, 1) for event in _events(n, row)]
    logs = tuple(
        _log(blob, who, [event for name, event in found if name == who])
        for who in dict.fromkeys(name for name, _ in found)
    )
    findings = list(documents.rejected(blob))
    if logs:
        said = text("Changes of state are a monitor's word; when nobody watched does not stand in them.")
        findings.append(Finding("states.stated", said, None, Weight.NOTE, Locator(blob.digest)))
    else:
        said = text("The history names no connection with its time.")
        findings.append(Finding("states.nothing", said, None, Weight.REFUSED, Locator(blob.digest)))
    return Reading(NAME, "RIPE Atlas", logs, tuple(findings), len(rows))


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    """The objects that name a connection, wherever they stand."""
    if isinstance(value, list):
        for one in value:
            yield from _rows(one)
    elif isinstance(value, dict):
        if "event" in value or "connected" in value:
            yield value
        else:
            for one in value.values():
                yield from _rows(one)


def _events(n: int, row: dict[str, Any]) -> Iterator[tuple[str, DeviceEvent]]:
    who = str(row.get("prb_id", row.get("probe_id", row.get("id", ""))))
    told = (
        [(row.get("timestamp", row.get("time")), str(row["event"]).startswith("connect"))]
        if "event" in row
        else [(row.get("connected"), True), (row.get("disconnected"), False)]
    )
    for raw, up in told:
        at = _at(raw)
        if at is not None:
            sign = DeviceSign.LINE_UP if up else DeviceSign.LINE_DOWN
            yield (
                who,
                DeviceEvent(at, sign, f"{'connected' if up else 'disconnected'} {at:%Y-%m-%d %H:%M:%S}Z", n),
            )


def _at(raw: Any) -> datetime | None:
    seconds = json_documents.number(raw)
    if seconds is not None:
        return wall_time.instant(seconds)
    found = wall_time.stamp(str(raw or ""), ZoneInfo("UTC"))
    return found.at if found else None


def _log(blob: Blob, who: str, events: list[DeviceEvent]) -> DeviceLog:
    events.sort(key=lambda event: event.at)
    return DeviceLog(f"RIPE Atlas {who}".strip(), tuple(events), Locator(blob.digest), UNSURE, stated=True)
