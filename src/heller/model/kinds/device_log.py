"""Logs of devices: what every room needs to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from heller.model.column import Column
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


_SIGNS = tuple(DeviceSign)
NUMBERS = {sign: n for n, sign in enumerate(_SIGNS)}  # as which a sign stands in a column
HOLE = "\0"  # where a message has its own characters: the minutes and seconds of its time
_EPOCH, _MICRO = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


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


class DeviceEvents(Struct, frozen=True):
    """Events of a long log in order of time, as columns; each can be had as a noun.

    `at` are microseconds since 1970 in UTC, `sign` numbers of `NUMBERS`, `row` rows of the file, `width` seconds (empty
    where all are 0), `said` and `port` places in `messages` and `ports`. A message may have a hole: `own` has the
    characters of each event for it, as many for each, padded with zeros.
    """

    at: Column
    sign: Column
    row: Column
    width: Column
    said: Column
    port: Column
    own: Column
    messages: tuple[str, ...]
    ports: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, n: int) -> DeviceEvent:
        place = range(len(self))[n]
        return self._event(
            place,
            self.at[n],
            self.sign[n],
            self.row[n],
            self.width[n] if len(self.width) else 0.0,
            self.said[n],
            self.port[n],
        )

    def __iter__(self) -> Iterator[DeviceEvent]:
        widths = self.width if len(self.width) else [0.0] * len(self)
        columns = zip(self.at, self.sign, self.row, widths, self.said, self.port, strict=True)
        return (self._event(n, *one) for n, one in enumerate(columns))

    def _event(self, n: int, at: int, sign: int, row: int, width: float, said: int, port: int) -> DeviceEvent:
        long = len(self.own) // len(self)
        own = self.own.data[n * long : (n + 1) * long].rstrip(b"\0").decode("ascii", "replace")
        message = self.messages[said].replace(HOLE, own, 1)
        return DeviceEvent(_EPOCH + at * _MICRO, _SIGNS[sign], message, row, self.ports[port], width)


class DeviceLog(RecordNoun, frozen=True, tag="device_log"):
    """A router's log in order of time. `stated`: it is no device's own log but another's word for when the line was
    down, a list that somebody or another monitor kept; it proves nothing by itself."""

    device: str
    events: tuple[DeviceEvent, ...] | DeviceEvents
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
