"""Uptime Kuma's beats and buckets as probes of one monitor. Pure; it knows rows, no database.

Status 0 is down, 1 up, 2 pending (a check failed, and Kuma tries again before it calls it down), 3 maintenance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from heller.intake.monitors.probes import failure_of, spread
from heller.model.observation import Observation

DOWN, UP, PENDING, MAINTENANCE = 0, 1, 2, 3
WATCHED = 0.95  # share of a bucket's checks that must be there for its time to count as watched


class Beat(NamedTuple):
    """One check: its row, its instant, what Kuma made of it and said, milliseconds and the seconds since the
    beat before (filled by version 1 only)."""

    row: int
    at: datetime
    status: int
    said: str
    ping: float | None
    duration: int
    important: bool


class Bucket(NamedTuple):
    """Checks counted over [at, at + width] seconds; `down` counts pending ones too."""

    row: int
    at: datetime
    width: float
    up: int
    down: int
    maintenance: int

    @property
    def end(self) -> datetime:
        """Where the next one begins."""
        return self.at + timedelta(seconds=self.width)


class Beats(NamedTuple):
    """The probes, and how many beats were pending without becoming down, errors that did answer, in
    maintenance, and buckets of which too little was watched to count."""

    probes: list[Observation]
    undecided: int = 0
    answered: int = 0
    maintenance: int = 0
    thin: int = 0


def of_beats(beats: Sequence[Beat]) -> Beats:
    """Each beat as a probe. A run of pending beats counts as lost only where Kuma then called it down: else
    it is no observation, as maintenance is none."""
    probes: list[Observation] = []
    undecided = answered = maintenance = 0
    runs = [(status, list(run)) for status, run in groupby(beats, key=lambda beat: beat.status)]
    for number, (status, run) in enumerate(runs):
        after = runs[number + 1][0] if number + 1 < len(runs) else None
        if status == MAINTENANCE:
            maintenance += len(run)
        elif status == PENDING and after != DOWN:
            undecided += len(run)
        else:
            found = [_probe(beat) for beat in run]
            answered += sum(p.failure is None for p in found) if status != UP else 0
            probes += found
    return Beats(probes, undecided, answered, maintenance)


def _probe(beat: Beat) -> Observation:
    if beat.status == UP:
        return Observation(beat.at, beat.row, None, max(beat.ping or 0.0, 0.0) / 1000)
    return Observation(beat.at, beat.row, failure_of(beat.said))


def before_downs(beats: Sequence[Beat]) -> Iterator[Observation]:
    """The last good beat before a state change to down whose row was deleted: version 1 says in `duration`
    how long before it was. Only where no retry stood between, so that the beat before was up."""
    for earlier, beat in zip([None, *beats], beats, strict=False):
        if not (beat.important and beat.status == DOWN and beat.duration > 0 and earlier is not None):
            continue
        at = beat.at - timedelta(seconds=beat.duration)
        if earlier.status == UP and earlier.at < at - timedelta(seconds=2):
            yield Observation(at - timedelta(seconds=1), beat.row, width=1.0)  # whole seconds, cut off


def of_buckets(buckets: Iterable[Bucket], beats: Sequence[Beat], interval: float) -> Beats:
    """The buckets of which the single beats are gone. The checks of a full one went out in step, each within
    two intervals. One with both ups and downs is cut at the changes of state that were kept; without any it
    only says that something answered in it."""
    times = [beat.at for beat in beats]
    probes: list[Observation] = []
    thin = maintenance = 0
    for bucket in buckets:
        low, high = bisect_left(times, bucket.at), bisect_left(times, bucket.end)
        count = bucket.up + bucket.down
        if high - low >= count:
            continue  # all of its beats are there one by one
        if bucket.maintenance:
            maintenance += bucket.maintenance
        if count * interval < WATCHED * bucket.width:
            thin += 1
            continue
        before = beats[bisect_right(times, bucket.at) - 1].status if low else None
        found = list(_probes_of_bucket(bucket, beats[low:high], before, 2 * interval))
        thin += not found
        probes += found
    return Beats(probes, maintenance=maintenance, thin=thin)


def _probes_of_bucket(
    bucket: Bucket, marks: Sequence[Beat], before: int | None, apart: float
) -> Iterator[Observation]:
    """The probes of one bucket, given the changes of state inside it and the state before it."""
    if not bucket.down:
        yield from spread(bucket.at, bucket.end, bucket.row, apart, up=True)
    elif not bucket.up and not marks:
        if before != UP:  # pending for the whole bucket is not down
            yield from spread(bucket.at, bucket.end, bucket.row, apart, up=False)
    elif not marks:
        yield Observation(bucket.at, bucket.row, width=bucket.width)
    else:
        yield from _pieces(bucket, marks, before, apart)


def _pieces(bucket: Bucket, marks: Sequence[Beat], before: int | None, apart: float) -> Iterator[Observation]:
    """Between two changes of state the state stands."""
    first = before if before is not None else (UP if marks[0].status == DOWN else DOWN)
    edges = [(bucket.at, first), *((mark.at, mark.status) for mark in marks)]
    ends = [*(mark.at for mark in marks), bucket.end]
    for (start, state), end in zip(edges, ends, strict=True):
        if state in (UP, DOWN):
            yield from spread(start, end, bucket.row, apart, up=state == UP)


def state_changes(beats: Sequence[Beat]) -> bool:
    """Whether mostly changes of state are left, a down among them: version 2 deletes all other beats after
    a day."""
    kept = sum(beat.important for beat in beats)
    return kept * 2 > len(beats) and any(beat.status == DOWN for beat in beats)
