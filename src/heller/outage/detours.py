"""Outages and the other ways that carried meanwhile, put together: a line that is dead stays dead though somebody
outside answers, where the answers came another way. It finds neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.outage import Cause, Detour, OpenEnd, OpenStart, Outage, Strength
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text
from heller.outage.evidence.device import place

T = TypeVar("T")

_STRENGTHS = list(Strength)


def bridged(outages: Sequence[Outage], ways: Sequence[Outage]) -> tuple[Outage, ...]:
    """The outages of the probes with the times in which another way carried (`carriage.carried`): what meets is one
    outage. A way that is only suspected stands by itself, so that it takes nothing from what was measured."""
    found = list(outages)
    for way in ways:
        met = [one for one in found if _meet(one, way)]
        if not way.detours and any(_holds(one, way) for one in met):
            continue  # the probes saw it too, and better
        if way.strength is Strength.SUSPECTED:
            found.append(_after(way, met))
            continue
        found = [one for one in found if one not in met]
        found.append(_whole(met, way) if met else way)
    return tuple(sorted(found, key=lambda one: one.start.latest))


def _meet(a: Outage, b: Outage) -> bool:
    return a.widest.start <= b.widest.end and b.widest.start <= a.widest.end


def _holds(one: Outage, other: Outage) -> bool:
    return one.widest.start <= other.span.start and other.span.end <= one.widest.end


def _after(way: Outage, met: Sequence[Outage]) -> Outage:
    """A suspected way, from the end of the silence that came before it."""
    ends = [one.end for one in met if isinstance(one.end, Bounds) and one.end.latest <= way.span.end]
    if not ends:
        return way
    start = max(ends, key=lambda end: end.latest)
    detours = tuple(replace(detour, start=start) for detour in way.detours)
    return replace(way, start=start, detours=detours)


def _whole(met: Sequence[Outage], way: Outage) -> Outage:
    """One outage of the silences and the way that carried beside them."""
    silences = sorted(met, key=lambda one: one.start.latest)
    first, last = silences[0], silences[-1]
    start = _start(first.start, way.start)
    end = _end(last.end, way.end)
    base = max(silences, key=lambda one: one.shortest)
    unknown = base.cause is Cause.UNKNOWN
    return replace(
        base,
        start=start,
        end=end,
        cause=way.cause if unknown else base.cause,
        cause_reason=way.cause_reason if unknown else base.cause_reason,
        strength=max((way, *silences), key=lambda one: _STRENGTHS.index(one.strength)).strength,
        witnesses=distinct(w for one in (*silences, way) for w in one.witnesses),
        ends=distinct(sorted((e for one in silences for e in one.ends), key=lambda e: e.at)),
        unobserved=union(hole for one in silences for hole in one.unobserved),
        detours=tuple(_between(silences, way, start, end)),
    )


def _start(one: Bounds | OpenStart, other: Bounds | OpenStart) -> Bounds | OpenStart:
    """The earlier beginning; where both speak of one moment, what both allow."""
    if isinstance(one, Bounds) and isinstance(other, Bounds):
        low, high = max(one.earliest, other.earliest), min(one.latest, other.latest)
        if low <= high:
            return Bounds(low, high)
    return min(one, other, key=lambda edge: edge.latest)


def _end(one: Bounds | OpenEnd, other: Bounds | OpenEnd) -> Bounds | OpenEnd:
    if isinstance(one, Bounds) and isinstance(other, Bounds):
        low, high = max(one.earliest, other.earliest), min(one.latest, other.latest)
        if low <= high:
            return Bounds(low, high)
    return max(one, other, key=lambda edge: edge.earliest)


def _between(
    silences: Sequence[Outage], way: Outage, start: Bounds | OpenStart, end: Bounds | OpenEnd
) -> Iterator[Detour]:
    """The way's detours without the silences: while nobody answered, nothing carried."""
    begin = start if isinstance(start, Bounds) else Bounds(start.latest, start.latest)
    finish = end if isinstance(end, Bounds) else Bounds(end.earliest, end.earliest)
    for detour in way.detours:
        at = begin
        for silence in silences:
            edge, done = silence.start, silence.end
            if isinstance(edge, Bounds) and at.latest < edge.latest and edge.earliest > begin.latest:
                yield replace(detour, start=at, end=edge)
            if isinstance(done, OpenEnd):
                return
            at = done
        if at.latest < finish.latest and at != finish:
            yield replace(detour, start=at, end=Bounds(max(at.earliest, finish.earliest), finish.latest))


def of_router(log: DeviceLog) -> tuple[Detour, ...]:
    """The times in which a router's log has another way stand ready, from its 'up' to its 'down' or the log's end."""
    found: list[Detour] = []
    since: int | None = None
    for n, event in enumerate(log.events):
        if event.sign is DeviceSign.DETOUR_UP and since is None:
            since = n
        elif event.sign is DeviceSign.DETOUR_DOWN and since is not None:
            found.append(_detour(log, since, n))
            since = None
    if since is not None:
        found.append(_detour(log, since, len(log.events) - 1))
    return tuple(found)


def _detour(log: DeviceLog, first: int, last: int) -> Detour:
    begin, end = log.events[first], log.events[last]
    why = text("The log of {device} says so: {message}", device=log.device, message=begin.message[:200])
    source = place(log, begin)
    start = Bounds(begin.at, begin.at)
    return Detour(start, Bounds(max(begin.at, end.at), max(begin.at, end.at)), why, begin.port, source)


def with_detours(outages: Iterable[Outage], detours: Sequence[Detour]) -> tuple[Outage, ...]:
    """The outages with the parts of these detours that lie in them."""
    return tuple(_with(outage, detours) for outage in outages)


def _with(outage: Outage, detours: Sequence[Detour]) -> Outage:
    whole = outage.widest
    mine = [clipped for detour in detours if (clipped := _clipped(detour, whole))]
    return replace(outage, detours=distinct((*outage.detours, *mine))) if mine else outage


def _clipped(detour: Detour, whole: Span) -> Detour | None:
    if detour.longest.meet(whole) is None:
        return None
    start = Bounds(max(detour.start.earliest, whole.start), max(detour.start.latest, whole.start))
    end = Bounds(min(detour.end.earliest, whole.end), min(detour.end.latest, whole.end))
    return replace(detour, start=start, end=end)


def distinct(each: Iterable[T]) -> tuple[T, ...]:
    """Each once, in order; texts with arguments have no hash."""
    found: list[T] = []
    for one in each:
        if one not in found:
            found.append(one)
    return tuple(found)


def aside(spans: Sequence[Span], outages: Iterable[Outage]) -> list[Span]:
    """Of times in which somebody outside answered, those in which the answers did not come another way."""
    ways = union(detour.longest for outage in outages for detour in outage.detours)
    return [part for span in spans for part in without(span, ways)]
