"""Runs of lost probes: which of them are an outage, and between which probes it began and ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from heller.model.span import Bounds, Span
from heller.outage.rule import LASTS, LOSSES, MOST_NOISE
from heller.outage.watch import Sample, Watch


class Silence(NamedTuple):
    """Lost probes without an answer between them. `parts` are its runs: no run goes on across a gap."""

    before: Sample | None
    parts: tuple[tuple[Sample, ...], ...]
    after: Sample | None


class Cut(NamedTuple):
    """An outage as the probes alone show it. `lost` counts the outside probes lost in it."""

    start: Bounds
    end: Bounds
    logs: frozenset[int]
    lost: int
    open_start: bool
    open_end: bool
    unobserved: tuple[Span, ...]


class Found(NamedTuple):
    """The cuts; `noise` is the longest run lost while the line was up, `alone` counts the silences of
    one target that another target did not share, by log."""

    cuts: tuple[Cut, ...]
    noise: int
    alone: dict[int, int]


def find(watch: Watch) -> Found:
    """All outages that the outside probes show."""
    real: list[tuple[Silence, list[tuple[Sample, ...]]]] = []
    noise, alone = 0, dict[int, int]()
    for silence in _silences(watch):
        long = [part for part in silence.parts if _is_long(part)]
        shared = [part for part in long if _is_shared(watch, part)]
        if shared:
            real.append((silence, shared))
        elif long:
            for i in {s.log for part in long for s in part}:
                alone[i] = alone.get(i, 0) + 1
        elif len(silence.parts) == 1 and silence.before and silence.after:
            noise = max(noise, len(silence.parts[0]))
    noise = min(noise, MOST_NOISE)
    return Found(tuple(_cut(watch, s, parts, noise) for s, parts in real), noise, alone)


def _silences(watch: Watch) -> Iterator[Silence]:
    """Everything between two answers."""
    before: Sample | None = None
    lost: list[Sample] = []
    for sample in watch.samples:
        if not sample.ok:
            lost.append(sample)
            continue
        if lost:
            yield Silence(before, tuple(_parts(watch, lost)), sample)
            lost = []
        before = sample
    if lost:
        yield Silence(before, tuple(_parts(watch, lost)), None)


def _parts(watch: Watch, lost: Sequence[Sample]) -> Iterator[tuple[Sample, ...]]:
    """Runs of losses, split where nobody watched."""
    first, last = lost[0].at, lost[-1].at
    holes = [h.start for h in watch.holes if first <= h.start < last]
    run: list[Sample] = []
    for sample in lost:
        while holes and holes[0] < sample.at:
            holes.pop(0)
            if run:
                yield tuple(run)
                run = []
        run.append(sample)
    yield tuple(run)


def _is_long(part: Sequence[Sample]) -> bool:
    return len(part) >= LOSSES and part[-1].at - part[0].at >= LASTS


def _is_shared(watch: Watch, part: Sequence[Sample]) -> bool:
    """Whether every target that was watched at the time lost a probe in it: one silent target proves
    nothing against the line as long as another one was watched and lost none."""
    lost, span = {s.log for s in part}, Span(part[0].at, part[-1].at)
    return all(
        i in lost or not any(c.overlaps(span) for c in covered) for i, covered in enumerate(watch.covered)
    )


def _cut(watch: Watch, silence: Silence, parts: Sequence[Sequence[Sample]], noise: int) -> Cut:
    """The bounds: the start lies between the last answered probe and the first lost one, the end between
    the last lost probe and the first answer. Losses that may be noise prove neither."""
    first, last = parts[0], parts[-1]
    begin, finish = first[min(noise, len(first) - 1)], last[-1 - min(noise, len(last) - 1)]
    unsure = watch.uncertainty
    opened = silence.before.at if silence.before else first[0].at
    after = silence.after
    closed = after.at + timedelta(seconds=after.rtt) if after else last[-1].at
    start = Bounds(opened - unsure, begin.at + watch.late + unsure)
    end = Bounds(finish.at - unsure, closed + unsure)
    inside = Span(start.latest, max(start.latest, end.earliest))
    return Cut(
        start=start,
        end=end,
        logs=frozenset(s.log for part in parts for s in part),
        lost=sum(len(part) for part in silence.parts),
        open_start=silence.before is None,
        open_end=silence.after is None,
        unobserved=tuple(both for hole in watch.holes if (both := hole.meet(inside))),
    )
