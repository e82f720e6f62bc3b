"""No event lies after the moment at which its file was taken in: what does was written by a clock that ran ahead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Observations
from heller.model.text import text

SLACK = timedelta(days=1)  # a file may come from another zone
Log = TypeVar("Log", ProbeLog, DeviceLog)


def without_future(logs: Iterable[Log], taken: datetime) -> tuple[list[Log], list[Finding]]:
    """The logs as far as they lie before the taking in, and what was left out."""
    kept: list[Log] = []
    findings: list[Finding] = []
    for log in logs:
        past, n = _past(log, taken + SLACK)
        kept.append(past)
        if n:
            findings.append(_left_out(log.source, n, taken))
    return kept, findings


def _past(log: Log, limit: datetime) -> tuple[Log, int]:
    if isinstance(log, DeviceLog):
        events = tuple(event for event in log.events if event.at <= limit)
        return replace(log, events=events), len(log.events) - len(events)
    n = log.observations.until(limit)
    if n == len(log.observations):
        return log, 0
    seen = Observations.of(log.observations[i] for i in range(n))
    return replace(log, observations=seen), len(log.observations) - n


def _left_out(source: Locator, n: int, taken: datetime) -> Finding:
    said = text(
        "{n} entries carry a time after {taken}, when the file was taken in; they are left out.",
        "One entry carries a time after {taken}, when the file was taken in; it is left out.",
        n=n,
        taken=taken,
    )
    do = text("Say which clock wrote them, and by how much it was wrong.")
    return Finding("outage.future", said, do, Weight.WARNING, source)
