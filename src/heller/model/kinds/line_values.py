"""What a router told of its line, look by look: what every room needs to know of it."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.record_field import prose, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class LineLook(Struct, frozen=True):
    """One look. Rates in kbit/s, margins and attenuations in dB, power of cable in dBmV, errors as counted since the
    router began; None for what it does not tell. `up`: whether it takes its line for connected."""

    at: datetime
    up: bool | None = None
    rate_down: float | None = None
    rate_up: float | None = None
    margin_down: float | None = None
    margin_up: float | None = None
    attenuation_down: float | None = None
    attenuation_up: float | None = None
    power_down: float | None = None
    errors: int | None = None
    octets_in: int | None = None
    octets_out: int | None = None


class LineValues(RecordNoun, frozen=True, tag="line_values"):
    """The looks at one router's line in order of time: shown beside an outage, no proof of one."""

    device: str
    looks: tuple[LineLook, ...]
    source: Locator


def _line(record: LineValues) -> tuple[object, ...]:
    return (record.device, text("{n} looks at the line", "one look at the line", n=len(record.looks)))


FIELDS = (words("device", text("Device")), prose("looks", text("Looks at the line")))


def _before(record: LineValues, end: datetime, last: date) -> LineValues:
    if not record.looks or record.looks[-1].at < end:
        return record
    return replace(record, looks=tuple(look for look in record.looks if look.at < end))


KIND = RecordKind(
    LineValues, text("Values of a line"), "line_values", FIELDS, alone=True, line_of=_line, cut_of=_before
)
