"""Logs of devices: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import DeviceLog
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: DeviceLog) -> tuple[object, ...]:
    return (
        record.device,
        text("{n} events", "one event", n=len(record.events)),
    )


KIND = RecordKind(DeviceLog, text("Logs of devices"), "device_log", _line, NOBODY, alone=True)
