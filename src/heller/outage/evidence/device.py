"""The logs of one device as one: files that follow each other, or that hold the same lines.

A log is cut where its memory is full; a line may have gone down in one file and have come back in the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.kinds.device_log import DeviceEvent, DeviceLog


def one_per_device(logs: Sequence[DeviceLog]) -> list[DeviceLog]:
    """The logs, those of one device put together; each line once, and with the file in which it stands."""
    by_device: dict[tuple[str, bool], list[DeviceLog]] = {}
    for log in logs:
        by_device.setdefault((log.device, log.stated), []).append(log)
    return [own[0] if len(own) == 1 else _together(own) for own in by_device.values()]


def _together(logs: Sequence[DeviceLog]) -> DeviceLog:
    found: dict[tuple[object, ...], DeviceEvent] = {}
    for log in logs:
        counts: dict[tuple[object, ...], int] = {}
        for event in log.events:
            said = (event.at, event.sign, event.port, event.message)
            counts[said] = counts.get(said, 0) + 1
            found.setdefault((*said, counts[said]), replace(event, source=log.source))
    events = tuple(sorted(found.values(), key=lambda event: event.at))
    return replace(logs[0], events=events, uncertainty=max(log.uncertainty for log in logs))


def place(log: DeviceLog, event: DeviceEvent) -> Locator:
    """Where a line stands."""
    source = event.source or log.source
    return Locator(source.object, f"row {event.row}", event.message[:200])
