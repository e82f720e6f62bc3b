"""The router's log as second witness: when it saw the line down, how its clock stands to the watcher's,
and what of an outage it bears out. The offset of the clocks is found first, then events are matched.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from msgspec.structs import replace

from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.span import Bounds, Span, union
from heller.outage.rule import AFTER_START, CLOCKS, GOOD_CLOCK, IN_STEP, NOTICES, RETRIES, SAME_TIME
from heller.outage.silence import Cut

DOWNS = (DeviceSign.LINE_DOWN, DeviceSign.SESSION_DOWN)
UPS = (DeviceSign.LINE_UP, DeviceSign.SESSION_UP)
_LINE = (DeviceSign.LINE_DOWN, DeviceSign.LINE_UP)
AT_ONCE = timedelta(seconds=5)  # ports of one device that go down together do so within this
ENOUGH = 50  # outages from which the offset of the clocks is estimated


class Down(NamedTuple):
    """A time in which a port, or the session over it, was down; `last` is None where no end stands. `again` is the
    next 'down' where an 'up' must have been lost before it: down is proven to `end`, and possible until then."""

    port: str
    line: bool  # the line itself, not the session or protocol over it
    first: DeviceEvent
    last: DeviceEvent | None
    end: datetime
    again: DeviceEvent | None = None

    @property
    def span(self) -> Span:
        """From the first sign of being down to the first of being up, or to the last of being down, or to the log's
        last line."""
        return Span(self.first.at, self.end)

    @property
    def longest(self) -> Span:
        """As long as it may have been down."""
        return Span(self.first.at, self.again.at if self.again else self.end)


class Clock(NamedTuple):
    """How a router's clock stands to the watcher's. `offset` is added to the router's times; `agree`
    edges of outages fit to it, `apart` is their median distance. `good`: it may narrow bounds. `usual` is what
    the router's times are behind on the whole, slowness included, with its sign."""

    offset: timedelta
    agree: int
    apart: timedelta
    good: bool
    usual: timedelta = timedelta()


class Match(NamedTuple):
    """What a router's log says about one outage, in the watcher's time."""

    log: DeviceLog
    downs: tuple[Down, ...]
    start: datetime | None  # when it noticed the beginning
    end: datetime | None  # when it saw the line back
    share: float  # of the outage in which it saw the line down
    ups: tuple[Down, ...]  # times down that ended before the outage did
    restarts: tuple[datetime, ...]
    own_acts: tuple[DeviceEvent, ...]
    offset: timedelta

    @property
    def agrees(self) -> bool:
        """Whether it saw the beginning, and the end or at least half of what lies between."""
        return self.start is not None and (self.end is not None or self.share >= 0.5)


def downs(log: DeviceLog) -> tuple[Down, ...]:
    """The times in which each port was down, line and session apart."""
    open_at: dict[tuple[str, bool], list[DeviceEvent]] = {}
    found = []
    ports = {event.port for event in log.events if event.sign in _LINE}
    started: datetime | None = None
    for event in log.events:
        key = (event.port, event.sign in _LINE)
        if event.sign is DeviceSign.RESTART:
            started = event.at
        elif event.sign in DOWNS:
            if _was_up(open_at.get(key, ()), event, started):
                both = [one for one in open_at if one == key or (key[1] and one[0] == key[0])]
                found += [_unended(one, open_at.pop(one), event) for one in both]
            open_at.setdefault(key, []).append(event)
        elif event.sign in UPS:
            for ended in _ended(key, open_at, one_line=len(ports) == 1):
                found.append(Down(*ended, open_at.pop(ended)[0], event, event.at))
    last = log.events[-1].at if log.events else None
    found += [Down(*key, said[0], None, max(said[0].at, last)) for key, said in open_at.items() if last]
    return tuple(sorted(found, key=lambda d: d.first.at))


def _was_up(said: Sequence[DeviceEvent], again: DeviceEvent, started: datetime | None) -> bool:
    """Whether a port that goes down though it is down must have been up meanwhile: a device that tries again says so
    soon, and one that has just started says it anew."""
    if not said or again.at - said[-1].at <= RETRIES:
        return False
    return started is None or not said[-1].at < started <= again.at <= started + AFTER_START


def _unended(key: tuple[str, bool], said: Sequence[DeviceEvent], again: DeviceEvent) -> Down:
    """A time down whose 'up' was lost: nothing proves it beyond its own last word."""
    return Down(*key, said[0], None, said[-1].at, again)


def _ended(
    key: tuple[str, bool], open_at: Iterable[tuple[str, bool]], *, one_line: bool
) -> list[tuple[str, bool]]:
    """What an 'up' ends: its own port's time down; and a session that comes up proves the line under it, which is
    that of its port, or the only one that the device has."""
    port, line = key
    return [
        down for down in open_at if down == key or (not line and down[1] and (down[0] == port or one_line))
    ]


def shift(log: DeviceLog, offset: timedelta) -> DeviceLog:
    """The log in the watcher's time."""
    return replace(log, events=tuple(replace(event, at=event.at + offset) for event in log.events))


def clock(log: DeviceLog, cuts: Sequence[Cut], seen: Sequence[Down]) -> Clock:
    """The offset on which most beginnings and ends agree, the smallest of those that tie.

    An offset other than none needs two edges that agree; a small one is the router's slowness and stays.
    """
    edges = list(_edges(cuts[:ENOUGH], seen))
    best: tuple[int, timedelta] = (0, timedelta())
    fits: list[timedelta] = []
    for candidate in {timedelta(), *(_coarse(d) for _, diffs in edges for d in diffs)}:
        near = [_nearest(diffs, candidate) for _, diffs in edges]
        fit = [
            d for d, (width, _) in zip(near, edges, strict=True) if abs(d - candidate) <= SAME_TIME + width
        ]
        if (len(fit), -abs(candidate)) > (best[0], -abs(best[1])):
            best, fits = (len(fit), candidate), fit
    if not fits:
        return Clock(timedelta(), 0, timedelta(), good=False)
    middle = timedelta(seconds=median(d.total_seconds() for d in fits))
    in_step = abs(middle) <= IN_STEP
    if not in_step and len(fits) < 2:
        return Clock(timedelta(), 0, timedelta(), good=False)
    good = in_step and len(fits) >= 2 and log.uncertainty <= GOOD_CLOCK
    return Clock(timedelta() if in_step else middle, len(fits), abs(middle), good, middle)


def _coarse(offset: timedelta) -> timedelta:
    """Rounded to a third of what still counts as the same: fewer candidates, none lost."""
    return offset // (SAME_TIME / 3) * (SAME_TIME / 3)


def _nearest(diffs: Sequence[timedelta], to: timedelta) -> timedelta:
    """The nearest of sorted values."""
    i = bisect_left(diffs, to)
    return min(diffs[max(i - 1, 0) : i + 1], key=lambda d: abs(d - to))


def _edges(cuts: Sequence[Cut], seen: Sequence[Down]) -> Iterator[tuple[timedelta, list[timedelta]]]:
    """For each beginning and end of an outage: half its width, and how far the router's events lie."""
    for cut in cuts:
        starts = [] if cut.open_start else [d.first.at for d in seen]
        ends = [] if cut.open_end else [d.last.at for d in seen if d.last]
        for bounds, events in ((cut.start, starts), (cut.end, ends)):
            middle = bounds.earliest + bounds.width / 2
            diffs = sorted(middle - at for at in events if abs(middle - at) <= CLOCKS + bounds.width / 2)
            if diffs:
                yield bounds.width / 2, diffs


def match(log: DeviceLog, cut: Cut, seen: Sequence[Down], clock: Clock) -> Match:
    """What the log says about one outage. Ports that went down with it are taken as the line; a port that
    was down before or goes down later is another matter, a computer that somebody switched off."""
    unsure = timedelta(seconds=log.uncertainty)
    near = Span(cut.start.earliest - unsure - NOTICES, cut.start.latest + unsure + NOTICES)
    ports = {d.port for d in seen if _began(d, cut, near, clock)}
    mine = [d for d in seen if d.port in ports and _on_true_clock(d.longest, clock).overlaps(_longest(cut))]
    starts = [d.first.at + clock.offset for d in mine if _began(d, cut, near, clock)]
    late = Span(cut.end.earliest - unsure - NOTICES, cut.end.latest + unsure + NOTICES)
    ends = [d.end + clock.offset for d in mine if d.last and late.contains(d.end + clock.offset)]
    certain = Span(cut.start.latest, max(cut.start.latest, cut.end.earliest))
    both = [m for d in union(_on_true_clock(d.span, clock) for d in mine) if (m := d.meet(certain))]
    share = sum(m.length / certain.length for m in both) if certain.length else 0.0
    around = Span(near.start, cut.end.latest)
    by = min(starts, default=near.end) + AT_ONCE  # what was switched off later was not the beginning
    return Match(
        log=log,
        downs=tuple(mine),
        start=min(starts, default=None),
        end=max(ends, default=None),
        share=share,
        ups=tuple(d for d in mine if d.last and d.end + clock.offset < late.start),
        restarts=tuple(
            e.at + clock.offset
            for e in _of(log, DeviceSign.RESTART, around, clock)
            if e.width <= NOTICES.seconds
        ),
        own_acts=tuple(e for e in _of(log, DeviceSign.OWN_ACT, near, clock) if e.at + clock.offset <= by),
        offset=clock.offset,
    )


def _began(down: Down, cut: Cut, near: Span, clock: Clock) -> bool:
    """Whether a port went down with the outage; one that begins with the log was down before it."""
    at = down.first.at + clock.offset
    return near.contains(at) or (cut.open_start and at <= cut.start.latest < down.longest.end + clock.offset)


def narrow(cut: Cut, found: Match, clock: Clock) -> Cut:
    """The bounds narrowed by a router whose clock is in step with the watcher's.

    A line that is down carries nothing: the service was dead from the router's 'down' on, at the latest,
    and not back before its 'up'. The other two bounds stay with the probes. A router that contradicts a
    probe (down before the last answer, up after the first) narrows nothing.
    """
    unsure = timedelta(seconds=found.log.uncertainty)
    start, end = cut.start, cut.end
    wide = any(event.width for down in found.downs for event in (down.first, down.last) if event)
    if not clock.good or not found.agrees or wide:
        return cut
    if found.start and not cut.open_start and start.earliest - unsure <= found.start:
        still = any(d.first.at + clock.offset == found.start and d.end >= start.latest for d in found.downs)
        latest = max(start.earliest, found.start + unsure)
        start = Bounds(start.earliest, min(start.latest, latest)) if still else start
    if found.end and not cut.open_end and found.end <= end.latest + unsure:
        whole = any(d.end + clock.offset == found.end and d.first.at <= end.earliest for d in found.downs)
        earliest = min(end.latest, found.end - unsure)
        end = Bounds(max(end.earliest, earliest), end.latest) if whole else end
    return cut._replace(start=start, end=end)


def _longest(cut: Cut) -> Span:
    return Span(cut.start.earliest, cut.end.latest)


def _on_true_clock(span: Span, clock: Clock) -> Span:
    return Span(span.start + clock.offset, span.end + clock.offset)


def _of(log: DeviceLog, sign: DeviceSign, span: Span, clock: Clock) -> tuple[DeviceEvent, ...]:
    return tuple(e for e in log.events if e.sign is sign and span.contains(e.at + clock.offset))
