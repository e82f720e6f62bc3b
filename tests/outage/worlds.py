"""Small worlds with a line that is up, dead or unwatched at known times; no test touches a network."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta

from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation, Observations
from heller.model.outage import Detection
from heller.model.span import Span

BEGIN = datetime(2015, 2, 4, 6, tzinfo=UTC)
NEAR, FAR, GATEWAY = "203.0.113.53", "198.51.100.7", "192.168.178.1"
Times = Sequence[tuple[float, float]]


def at(seconds: float) -> datetime:
    """An instant, in seconds since the world began."""
    return BEGIN + timedelta(seconds=seconds)


def span(start: float, end: float) -> Span:
    """A span in seconds since the world began."""
    return Span(at(start), at(end))


def probes(
    target: str,
    seconds: float,
    *,
    step: float = 1.0,
    phase: float = 0.0,
    dead: Times = (),
    asleep: Times = (),
    offline: Times = (),
    lost: Container[int] = (),
    rtt: float = 0.02,
) -> ProbeLog:
    """Probes of one target. An answer needs a line that is up when the probe leaves and when the answer
    comes; `asleep`: the watcher sends nothing, `offline`: it cannot, `lost`: numbers lost by chance."""
    seen = []
    for n in range(int((seconds - phase) / step)):
        t = phase + n * step
        if _in(t, asleep):
            continue
        failure = Failure.TIMEOUT if n in lost or _in(t, dead) or _in(t + rtt, dead) else None
        failure = Failure.LOCAL if _in(t, offline) else failure
        seen.append(Observation(at(t), n + 1, failure, 0.0 if failure else rtt))
    return ProbeLog(target, Observations.of(seen), step, Locator(f"ping {target}", "row 1"))


def _in(t: float, times: Times) -> bool:
    return any(start <= t < end for start, end in times)


def router(*events: tuple[float, DeviceSign], port: str = "", uncertainty: float = 1.0) -> DeviceLog:
    """A router's log of events in seconds since the world began, by its own clock."""
    said = tuple(
        DeviceEvent(at(t), sign, f"{port} {sign.value}", i, port) for i, (t, sign) in enumerate(events, 1)
    )
    return DeviceLog("gw1", said, Locator("router", "row 1"), uncertainty)


def said(seconds: float, kind: ContactKind = ContactKind.ONLINE_CLAIM) -> Contact:
    """A contact in seconds since the world began."""
    return Contact(at(seconds), kind, "phone", "technician", "You can go online now.")


def codes(detection: Detection) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in detection.findings}
