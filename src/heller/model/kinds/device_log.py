"""Logs of devices: what every room needs to know of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.record_field import prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class DeviceSign(Enum):
    """What a device's log line says about the line."""

    LINE_DOWN = "line_down"
    LINE_UP = "line_up"
    SESSION_DOWN = "session_down"
    SESSION_UP = "session_up"
    RESTART = "restart"
    OWN_ACT = "own_act"  # 'administratively down': the customer's own act
    DETOUR_UP = "detour_up"  # another way stands ready or carries: the mobile network, a second line
    DETOUR_DOWN = "detour_down"


class DeviceEvent(Struct, frozen=True):
    """One line of a router's log that says something about the line. `width`: it happened within
    [at, at + width] seconds, where the wall clock showed its time twice and nothing tells which it was. `source`:
    the file, where it is not that of its log."""

    at: datetime
    sign: DeviceSign
    message: str
    row: int
    port: str = ""  # the interface, where the device has several
    width: float = 0.0
    source: Locator | None = None


class DeviceLog(RecordNoun, frozen=True, tag="device_log"):
    """A router's log in order of time. `stated`: it is no device's own log but another's word for when the line was
    down, a list that somebody or another monitor kept; it proves nothing by itself."""

    device: str
    events: tuple[DeviceEvent, ...]
    source: Locator
    uncertainty: float = 1.0
    stated: bool = False


def _line(record: DeviceLog) -> tuple[object, ...]:
    return (record.device, text("{n} events", "one event", n=len(record.events)))


FIELDS = (words("device", text("Device")), prose("events", text("Events")))


def _before(record: DeviceLog, end: datetime, last: date) -> DeviceLog:
    if not record.events or record.events[-1].at < end:
        return record
    return replace(record, events=tuple(event for event in record.events if event.at < end))


KIND = RecordKind(
    DeviceLog, text("Logs of devices"), "device_log", FIELDS, alone=True, line_of=_line, cut_of=_before
)
