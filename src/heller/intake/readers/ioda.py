"""Reads outage events of a region or a provider as IODA's API gives them (`outages.events`): start in seconds since
1970, duration, whose, by which source of data. That others were cut off too is a word beside the own measurement, no
proof of the own line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "ioda"
BIN = 600.0  # seconds: active probing sees a round of ten minutes


class _Event(NamedTuple):
    """One event: its row, whose, when it began and ended, by which source."""

    row: int
    place: str
    start: datetime
    end: datetime
    source: str


def identify(head: bytes, name: str) -> Confidence:
    """92 for the type of its answer."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"outages.events"' in head[:4096]:
        return Confidence(92, text("It has outage events of IODA."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """A log of going down and up for each place; all times are instants, `zone` is not needed."""
    documents = json_documents.documents(blob)
    told = [
        one
        for _, value in documents.found
        for one in json_documents.as_list(json_documents.mapping(value).get("data"))
    ]
    events = list(_events(told))
    findings = list(documents.rejected(blob))
    source = Locator(blob.digest, "row 1")
    if events:
        said = text("It speaks of a whole network, {place}, not of one line.", place=events[0].place)
        do = text("It bears out what was measured on the line; alone it proves nothing of it.")
        findings.append(Finding("ioda.whole_network", said, do, Weight.NOTE, source))
    else:
        findings.append(
            Finding("ioda.nothing", text("It holds no event that can be read."), None, Weight.REFUSED, source)
        )
    logs = tuple(_log(blob, place, events) for place in dict.fromkeys(event.place for event in events))
    return Reading(NAME, "IODA", logs, tuple(findings), len(told), len(told) - len(events))


def _events(told: list[Any]) -> Iterator[_Event]:
    for row, one in enumerate(told, 1):
        cell = json_documents.mapping(one)
        start, lasted = json_documents.number(cell.get("start")), json_documents.number(cell.get("duration"))
        begun = wall_time.instant(start) if start is not None else None
        if begun is not None and lasted is not None and 0 <= lasted < 1e8:
            place = str(cell.get("location") or json_documents.mapping(cell.get("entity")).get("code") or "?")
            yield _Event(
                row, place, begun, begun + timedelta(seconds=lasted), str(cell.get("datasource") or "")
            )


def _log(blob: Blob, place: str, events: list[_Event]) -> DeviceLog:
    """The events of one place, those of several sources side by side."""
    found = []
    for event in (one for one in events if one.place == place):
        said = f"{event.place} {event.source}"
        for at, sign in ((event.start, DeviceSign.LINE_DOWN), (event.end, DeviceSign.LINE_UP)):
            found.append(DeviceEvent(at, sign, said, event.row, event.source))
    found.sort(key=lambda one: one.at)
    return DeviceLog(f"IODA {place}", tuple(found), Locator(blob.digest, "row 1"), BIN, stated=True)
