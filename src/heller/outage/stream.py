"""The same rules on single observations: what a live view shows and an acceptance test decides by.

Observations may come in any order within `settle` seconds. What is shown at once (suspected, down) rests on
the probes alone; an outage is told for good when it is over and no gap can still change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum
from heapq import heappop, heappush
from itertools import count
from math import isnan
from typing import NamedTuple

from heller.model.sample import ALIVE, LOST, Outcome
from heller.model.span import Bounds
from heller.outage.belief import Learnt, odds
from heller.outage.columns import Probed, Track
from heller.outage.line import AFTER, BEFORE, of_tracks
from heller.outage.micros import ONE, Edge, instant
from heller.outage.rule import GAP_STEPS, LOSSES, SURE, SUSPECTS
from heller.outage.silence import LONG, Cut, find

_SECOND = 1_000_000


class State(Enum):
    """What a line is at this moment, as far as its probes say."""

    UP = "up"
    SUSPECTED = "suspected"
    DOWN = "down"
    UNOBSERVED = "unobserved"


class StateChange(NamedTuple):
    """The line's state from now on; `since` bounds when it began. `cut` is an outage that is over, with the
    bounds that stand; it comes by itself, some seconds after its end."""

    state: State
    since: Bounds
    cut: Cut | None = None


class TrackObservation(NamedTuple):
    """One observation of the target `track`; `at` and `width` in microseconds, `rtt` in seconds."""

    at: int
    track: int
    outcome: Outcome
    rtt: float = float("nan")
    width: int = 0


class _Run:
    """A run of answers or losses of one target, still growing."""

    __slots__ = ("first", "last", "lost", "n", "reply")

    def __init__(self, seen: TrackObservation, *, lost: bool) -> None:
        came = 0 if isnan(seen.rtt) else round(seen.rtt * _SECOND)
        self.lost, self.first, self.last, self.n = lost, seen.at, seen.at, 1
        self.reply = seen.at + seen.width + came


class Stream:
    """One uplink, observation by observation. `targets` are those outside the house; `learnt` is what the line
    taught before (`silence.find` on its past gives it)."""

    def __init__(self, targets: Sequence[Probed], learnt: Learnt, settle: float = 2.0) -> None:
        """Begin with nothing seen."""
        self.targets, self.learnt = tuple(targets), learnt
        self._settle = round(settle * _SECOND)
        self._limits = [round(GAP_STEPS * t.step * _SECOND) for t in targets]
        self._lag = max(self._limits) + BEFORE + AFTER
        self._waiting: list[tuple[int, int, int, TrackObservation]] = []
        self._turn = count()
        self._newest = -1
        self._runs: list[list[_Run]] = [[] for _ in targets]
        self._lost: list[list[Edge]] = [[] for _ in targets]
        self._upsets: list[Edge] = []
        self._last: int | None = None  # any sample
        self._alive: int | None = None  # the last answered one
        self._losses: Counter[int] = Counter()
        self._first: int | None = None  # the first loss since
        self._dead: datetime | None = None  # by then the line was dead, if it is
        self._closed: list[int] = []  # first answers after long silences that are not told yet
        self._told = -1
        self._state = State.UNOBSERVED

    @property
    def state(self) -> State:
        """What the line is now."""
        return self._state

    def upset(self, start: int, end: int) -> None:
        """The watch was disturbed in [start, end], microseconds; to be told before what came after it."""
        self._upsets.append((start, end))
        self._losses.clear()
        self._first = self._dead = None

    def take(self, seen: TrackObservation) -> Iterator[StateChange]:
        """One observation; yields what changes by it and by those that waited for it."""
        heappush(self._waiting, (seen.at, seen.track, next(self._turn), seen))
        self._newest = max(self._newest, seen.at)
        while self._waiting and self._waiting[0][0] <= self._newest - self._settle:
            yield from self._next(heappop(self._waiting)[-1])

    def finish(self) -> Iterator[StateChange]:
        """No more will come: what waits is taken, and an outage that goes on is told with an open end."""
        while self._waiting:
            yield from self._next(heappop(self._waiting)[-1])
        yield from self._over(None)

    def _next(self, seen: TrackObservation) -> Iterator[StateChange]:
        """One observation in the order of sending."""
        if seen.outcome not in ALIVE and seen.outcome not in LOST:
            return
        if self._last is not None and seen.at - self._last > max(self._limits):
            self._losses.clear()
            self._first = self._dead = None
            yield from self._becomes(State.UNOBSERVED, Bounds(instant(self._last), instant(seen.at)))
        self._last = seen.at
        self._grow(seen)
        yield from self._on_answer(seen) if seen.outcome in ALIVE else self._missed(seen)
        if self._closed and self._closed[0] <= seen.at - self._lag:
            yield from self._over(seen.at - self._lag)
        elif not self._closed:
            self._forget()

    def _grow(self, seen: TrackObservation) -> None:
        runs, lost = self._runs[seen.track], seen.outcome in LOST
        if lost:
            self._lost[seen.track].append((seen.at, seen.width))
        if runs and runs[-1].lost == lost and seen.at - runs[-1].last <= self._limits[seen.track]:
            runs[-1].last = seen.at
            runs[-1].n += 1
        else:
            runs.append(_Run(seen, lost=lost))

    def _on_answer(self, seen: TrackObservation) -> Iterator[StateChange]:
        if self._alive is None or seen.at - self._alive >= LONG:
            self._closed.append(seen.at)
        since = Bounds(instant(self._alive or seen.at), instant(seen.at))
        self._alive = seen.at
        self._losses.clear()
        self._first = self._dead = None
        yield from self._becomes(State.UP, since)

    def _missed(self, seen: TrackObservation) -> Iterator[StateChange]:
        """Suspected after two seconds without any answer, down when it is sure and every target is silent."""
        self._losses[seen.track] += 1
        self._first = seen.at if self._first is None else self._first
        length = seen.at - self._first
        dead = instant(seen.at + seen.width) + self.learnt.late[seen.track]
        self._dead = dead if self._dead is None else min(self._dead, dead)
        since = Bounds(instant(self._alive if self._alive is not None else self._first), self._dead)
        sure = length >= LONG and odds(self.learnt, self._losses) >= SURE
        if sure and all(self._losses[i] for i in range(len(self.targets)) if self._is_asked(i, seen.at)):
            yield from self._becomes(State.DOWN, since)
        elif length >= SUSPECTS // ONE and self._losses.total() >= LOSSES and self._state is not State.DOWN:
            yield from self._becomes(State.SUSPECTED, since)

    def _is_asked(self, track: int, now: int) -> bool:
        """Whether a target is still being probed."""
        return bool(self._runs[track]) and now - self._runs[track][-1].last <= self._limits[track]

    def _becomes(self, state: State, since: Bounds) -> Iterator[StateChange]:
        if state is not self._state:
            self._state = state
            yield StateChange(state, since)

    def _over(self, until: int | None) -> Iterator[StateChange]:
        """The outages that ended up to now, by the rules for columns; all that are left where none may come."""
        seen = of_tracks("", self._tracks(), self._upsets)
        self._closed = [] if until is None else [at for at in self._closed if at > until]
        if seen is None:
            return
        found = find(seen, self.learnt)
        for cut, silence in zip(found.cuts, found.silences, strict=True):
            end = silence.parts[-1][-1].at
            over = until is None or (silence.after is not None and silence.after <= until)
            if over and end > self._told:
                self._told = end
                yield StateChange(self._state, cut.start, cut)

    def _tracks(self) -> list[Track]:
        """What is remembered, as columns."""
        import polars as pl

        names = ("first", "last", "n", "reply")
        whole = dict.fromkeys(names, pl.Int64)
        none = pl.Series([], dtype=pl.Float64)
        late = pl.DataFrame(schema={"at": pl.Int64, "rtt": pl.Float64})
        out = []
        for probed, runs, lost in zip(self.targets, self._runs, self._lost, strict=True):
            rows = [(run.lost, run.first, run.last, run.n, run.reply) for run in runs]
            frame = pl.DataFrame(rows, schema={"lost": pl.Boolean, **whole}, orient="row")
            frame = frame.with_columns(limit=pl.lit(round(GAP_STEPS * probed.step * _SECOND), pl.Int64))
            losses = pl.DataFrame(lost, schema={"at": pl.Int64, "width": pl.Int64}, orient="row")
            limit = round(GAP_STEPS * probed.step * _SECOND)
            pieces = tuple(_pieces(runs, limit))
            out.append(Track(probed, frame, losses, late, none, pieces, 0, ()))
        return out

    def _forget(self) -> None:
        """Drop what can decide nothing any more: all before an answer that is old enough."""
        if self._alive is None or self._last is None or self._alive < self._last - LONG:
            return
        old = self._last - 2 * self._lag
        if not any(len(runs) > 64 and runs[32].last < old for runs in self._runs):
            return
        edge = max(
            (r.last for runs in self._runs for r in runs if not r.lost and r.last <= old), default=None
        )
        if edge is None:
            return
        for track, runs in enumerate(self._runs):
            keep = max((i for i, run in enumerate(runs) if run.last < edge), default=0)
            self._runs[track] = runs[keep:]
            self._lost[track] = [loss for loss in self._lost[track] if loss[0] >= edge]
        self._upsets = [upset for upset in self._upsets if upset[1] >= edge - self._lag]


def _pieces(runs: Sequence[_Run], limit: int) -> Iterator[Edge]:
    """Stretches of runs that follow each other without a gap."""
    start: int | None = None
    last = 0
    for run in runs:
        if start is None:
            start = run.first
        elif run.first - last > limit:
            yield start, last
            start = run.first
        last = run.last
    if start is not None:
        yield start, last
