"""What the watcher saw: probes of all outside targets in one line of time, and when nobody watched.

It gives no verdict. A probe that the own host could not send is no observation of the line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from operator import attrgetter
from typing import NamedTuple

from heller.model.record import Failure, Observation, ProbeLog
from heller.model.span import Span, union, without
from heller.outage.rule import AFTER_GAP, BEFORE_GAP, GAP_STEPS, LATE_ANSWER

# Private use, link-local, loopback, unique local (RFC 1918, 3927, 4193, 4291). Documentation addresses
# (RFC 5737) and shared address space of providers (RFC 6598) lie outside the house.
_INSIDE = [
    ip_network(net)
    for net in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8",
        "fc00::/7", "fe80::/10", "::1/128",
    )
]  # fmt: skip


class Sample(NamedTuple):
    """One probe of one outside target: time of sending, whether it was answered, seconds until then."""

    at: datetime
    ok: bool
    rtt: float
    log: int


class Watch(NamedTuple):
    """All probes that say something about the line, in order; `holes` is when nobody watched.

    `covered` holds the watched time of each log; `late` how long a loss may have been on its way.
    """

    logs: tuple[ProbeLog, ...]
    samples: list[Sample]
    span: Span
    covered: tuple[tuple[Span, ...], ...]
    holes: tuple[Span, ...]
    late: timedelta
    local: int

    @property
    def uncertainty(self) -> timedelta:
        """What the watcher's clock may be off."""
        return timedelta(seconds=max(log.uncertainty for log in self.logs))

    def between(self, start: datetime, end: datetime) -> list[Sample]:
        """The probes sent from `start` on, up to and without `end`."""
        low = bisect_left(self.samples, start, key=attrgetter("at"))
        return self.samples[low : bisect_left(self.samples, end, key=attrgetter("at"))]


def address(target: str) -> IPv4Address | IPv6Address | None:
    """The address of a target that is one, or that has one in brackets."""
    inner = re.search(r"\(([^)]+)\)", target)
    try:
        return ip_address((inner[1] if inner else target).split("%")[0])
    except ValueError:
        return None


def is_inside(log: ProbeLog) -> bool:
    """Whether a target stands in the own house: a gateway, a server; it tells of the cause only."""
    found = address(log.target)
    if found is None:
        return "." not in log.target or log.target.endswith((".box", ".local", ".lan", ".home.arpa"))
    return any(found in net for net in _INSIDE)


def watch(logs: Sequence[ProbeLog]) -> Watch | None:
    """The probes of all outside targets as one; None if there are none."""
    every = [o.at for log in logs for o in (log.observations[:1] + log.observations[-1:])]
    if not every:
        return None
    span = Span(min(every), max(every))
    covered = tuple(_covered(log) for log in logs)
    samples = [
        Sample(o.at, o.failure is None, o.rtt, i)
        for i, log in enumerate(logs)
        for o in log.observations
        if o.failure is not Failure.LOCAL
    ]
    local = sum(len(log.observations) for log in logs) - len(samples)
    samples.sort(key=attrgetter("at"))
    holes = without(span, (c for spans in covered for c in spans))
    rtts = sorted(s.rtt for s in samples if s.ok)
    late = timedelta(seconds=rtts[int(len(rtts) * LATE_ANSWER)] if rtts else 0.0)
    samples, holes = _quarantined(samples, holes, span)
    return Watch(tuple(logs), samples, span, covered, holes, late, local)


def _covered(log: ProbeLog) -> tuple[Span, ...]:
    """The time in which a log's probes follow each other without a gap."""
    limit = timedelta(seconds=GAP_STEPS * log.step)
    spans: list[Span] = []
    start: datetime | None = None
    last: datetime | None = None
    for o in log.observations:
        if o.failure is Failure.LOCAL:
            continue
        if last is None or start is None or o.at - last > limit:
            if start is not None and last is not None and last > start:
                spans.append(Span(start, last))
            start = o.at
        last = o.at
    if start is not None and last is not None and last > start:
        spans.append(Span(start, last))
    return tuple(spans)


def _quarantined(
    samples: list[Sample], holes: Sequence[Span], span: Span
) -> tuple[list[Sample], tuple[Span, ...]]:
    """Leave out the losses at the edges of a gap: a computer that falls asleep or wakes up loses probes
    by itself. The gap grows by them, so that they count neither as up nor as down."""
    times = [s.at for s in samples]
    drop: set[int] = set()
    grown = []
    for hole in holes:
        start, end = hole.start, hole.end
        i = bisect_right(times, start) - 1
        while i >= 0 and not samples[i].ok and start - times[i] <= BEFORE_GAP and times[i] > span.start:
            drop.add(i)
            i -= 1
        start = times[i + 1] if i + 1 in drop else start
        j = bisect_left(times, end)
        while j < len(samples) and not samples[j].ok and times[j] < hole.end + AFTER_GAP:
            drop.add(j)
            j += 1
        if j in drop or j - 1 in drop:
            end = times[j] if j < len(samples) else span.end
        grown.append(Span(min(start, hole.start), max(end, hole.end)))
    if not drop:
        return samples, tuple(holes)
    return [s for i, s in enumerate(samples) if i not in drop], union(grown)


def answered(logs: Sequence[ProbeLog], span: Span) -> list[tuple[ProbeLog, int, int]]:
    """Of each log: how many of its probes were sent in a span, and how many of them were answered."""
    out = []
    for log in logs:
        sent = [o for o in _within(log, span) if o.failure is not Failure.LOCAL]
        if sent:
            out.append((log, len(sent), sum(o.failure is None for o in sent)))
    return out


def _within(log: ProbeLog, span: Span) -> Sequence[Observation]:
    low = bisect_left(log.observations, span.start, key=attrgetter("at"))
    return log.observations[low : bisect_right(log.observations, span.end, key=attrgetter("at"))]
