"""Second witnesses beside the router: another monitor of the same line, and the other uplink.

Another monitor's clock is aligned first, as a router's is; then times are matched by their overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from heller.model.finding import Locator
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Observation
from heller.model.outage import Witness
from heller.model.sample import Outcome
from heller.model.span import Span
from heller.model.text import text
from heller.outage.evidence.router import Clock, Down, Match, clock, downs, match
from heller.outage.line import Line
from heller.outage.micros import micros
from heller.outage.probe_counts import count
from heller.outage.silence import Cut


class Monitor(NamedTuple):
    """Another log of the same line: what it saw, how its clock stands."""

    log: ProbeLog
    told: DeviceLog
    downs: tuple[Down, ...]
    clock: Clock


def monitors(logs: Sequence[ProbeLog], cuts: Sequence[Cut]) -> list[Monitor]:
    """Logs as witnesses of these cuts."""
    out = []
    for log in logs:
        told = _as_device_log(log)
        down = downs(told)
        out.append(Monitor(log, told, down, clock(told, cuts, down)))
    return out


def _as_device_log(log: ProbeLog) -> DeviceLog:
    """A log as the events that it would have written: down with the first loss, back with the first answer."""
    import numpy as np

    seen = log.observations
    outcome = np.frombuffer(seen.outcome.data, "<u1")
    sent = np.flatnonzero(outcome != Outcome.LOCAL)
    dead = outcome[sent] != Outcome.OK
    turns = sent[np.flatnonzero(dead != np.concatenate(([False], dead[:-1])))] if len(sent) else sent
    signs = (DeviceSign.LINE_UP, DeviceSign.LINE_DOWN)
    turning = map(seen.__getitem__, turns.tolist())
    events = tuple(DeviceEvent(one.at, signs[one.failure is not None], "", one.row) for one in turning)
    widest = max(seen.width, default=0) / 1_000_000
    return DeviceLog(log.target, events, log.source, max(log.uncertainty, log.step, widest))


def seen_by(monitor: Monitor, cut: Cut) -> Match:
    """What another monitor says about an outage."""
    return match(monitor.told, cut, monitor.downs, monitor.clock)


def told_by(monitor: Monitor, found: Match) -> Witness | None:
    """The same as a witness; None where it saw nothing of it."""
    if found.start is None or not found.agrees:
        return None
    row = found.downs[0].first.row
    name = text("Monitor of {target}", target=monitor.log.target)
    if found.end is None:
        saw = text("It lost its probes from {start} on.", start=found.start)
        return Witness(name, saw, Locator(monitor.log.source.object, f"row {row}"), None)
    saw = text("It lost its probes from {start} to {end}.", start=found.start, end=found.end)
    span = Span(found.start, max(found.start, found.end))
    return Witness(name, saw, Locator(monitor.log.source.object, f"row {row}"), span)


def against(monitor: Monitor, cut: Cut) -> Observation | None:
    """An answer that another monitor surely got while the line is taken for dead; None where there is none."""
    certain = cut.certain
    seen = monitor.log.observations
    first = seen.until(certain.start - monitor.clock.offset)
    last = seen.before(certain.end - monitor.clock.offset)
    at = first - 1
    while (at := seen.outcome.data.find(Outcome.OK, at + 1, last)) >= first:
        one = seen[at]
        if one.at + monitor.clock.offset + timedelta(seconds=one.width + one.rtt) < certain.end:
            return one
    return None


def monitor_answer(monitor: Monitor, seen: Observation) -> Witness:
    """The monitor as a witness that the line worked."""
    at = seen.at + monitor.clock.offset
    name = text("Monitor of {target}", target=monitor.log.target)
    source = Locator(monitor.log.source.object, f"row {seen.row}", "", monitor.log.source.member)
    return Witness(name, text("It was answered at {at}.", at=at), source, None, "up")


def over(others: Sequence[Line], seen: Line, cut: Cut) -> Iterator[Witness]:
    """The other uplinks that reached the same targets while this one reached none."""
    certain = cut.certain
    edge = (micros(certain.start), micros(certain.end))
    asked = {t.probed.address or t.probed.name for t in seen.outer}
    for other in others:  # rarely asked, so with holes; but an answer is an answer
        for track in other.outer:
            if (track.probed.address or track.probed.name) not in asked:
                continue
            sent, good = count(track, edge)
            if good:
                name = text("Probes of {target} over {line}", target=track.probed.name, line=other.name)
                saw = text("{good} of {sent} probes were answered over the other line.", good=good, sent=sent)
                yield Witness(name, saw, track.probed.source, certain, "up")
