"""Silences between two answers: which of them are an outage, and between which probes it began and ended.

All works on the ends of runs and on the lost probes; the answered ones are not looked at again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from heller.model.span import Bounds, Span
from heller.outage.belief import Learnt, learn, odds
from heller.outage.columns import Track
from heller.outage.line import Line
from heller.outage.micros import ONE, Edge, instant, meets, micros, span
from heller.outage.rule import LASTS, LOSSES

if TYPE_CHECKING:
    from polars import DataFrame

LONG = LASTS // ONE
ALONE = 300.0  # seconds between probes from which a single loss is worth a thought
LONG_ALONE = 120 * 1_000_000  # microseconds without an answer, likewise
EACH = 60  # losses from the first on among which the one is looked for that proves the beginning


class Loss(NamedTuple):
    """A lost probe: sent within [at, at + width], of the outer target `track`."""

    at: int
    width: int
    track: int


class Losses:
    """Lost probes in order of sending, as columns: at, width, track. Each can be had as a noun."""

    def __init__(self, rows: DataFrame) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, n: int) -> Loss:
        return Loss(*self.rows.row(n))

    def part(self, begin: int, end: int) -> Losses:
        """Those from one to before another."""
        return Losses(self.rows.slice(begin, end - begin))

    def by_track(self) -> Counter[int]:
        """How many of each outer target, in order of their first: sums of floats hang on it."""
        import numpy as np

        tracks = self.rows["track"].to_numpy()
        counts = np.bincount(tracks)
        first = sorted(np.flatnonzero(counts).tolist(), key=lambda track: int((tracks == track).argmax()))
        return Counter({track: int(counts[track]) for track in first})


class Silence(NamedTuple):
    """Lost probes without an answer between them. `before` is when the last answered probe was sent, `after`
    when the first answered one was, `reply` when its answer had come. `parts` are its runs: no run goes on
    across a gap."""

    before: int | None
    parts: tuple[Losses, ...]
    after: int | None
    reply: int | None


class Cut(NamedTuple):
    """An outage as the probes alone show it. `lost` counts the outside probes lost in it, `belief` is the
    log odds that it is one, `tracks` are the outer targets that lost probes."""

    start: Bounds
    end: Bounds
    tracks: frozenset[int]
    lost: int
    open_start: bool
    open_end: bool
    unobserved: tuple[Span, ...]
    belief: float = 0.0
    losses: Span | None = None  # from its first lost probe to its last

    @property
    def certain(self) -> Span:
        """The shortest span."""
        return Span(self.start.latest, max(self.start.latest, self.end.earliest))


def doubtful(line: Line, cuts: Sequence[Cut]) -> tuple[Span, ...]:
    """Times without an answer in which probes were lost, too few of them to tell: neither up nor down. One loss among
    answers that come every minute is noise; who asks every hour knows nothing of the hour of a loss."""
    out = [(micros(cut.start.earliest), micros(cut.end.latest)) for cut in cuts]
    coarse = min(line.steps) >= ALONE
    found = []
    for before, after, _ in _free(line):
        if before is not None and after is not None and meets((before, after), out):
            continue  # an outage; what was lost in it need not be looked for
        lost = _losses(line, before, after)
        if not lost or len(lost) < (1 if coarse else 2):
            continue
        edge = (lost[0].at if before is None else before, lost[-1].at if after is None else after)
        if edge[1] - edge[0] >= LONG_ALONE and not meets(edge, out):
            found.append(span(edge))
    return tuple(found)


class Silences(NamedTuple):
    """The cuts; `learnt` is what the rest of the line's time teaches, `alone` counts the silences of one
    target that another target did not share, by outer target."""

    cuts: tuple[Cut, ...]
    learnt: Learnt
    alone: dict[int, int]
    silences: tuple[Silence, ...] = ()


def find(line: Line, learnt: Learnt | None = None) -> Silences:
    """All outages that the outer targets show. What was learnt before may be handed in."""
    real = [(s, shared) for s in _silences(line) if (shared := _shared(line, s))]
    out = [_edge(s) for s, _ in real]
    learnt = learnt or learn(line, out)
    cuts = tuple(_bounds_of(line, s, parts, learnt) for s, parts in real)
    return Silences(cuts, learnt, _alone(line, out), tuple(s for s, _ in real))


def _edge(silence: Silence) -> Edge:
    """From the last answer, or the first loss, to the first answer, or the last loss."""
    first, last = silence.parts[0][0], silence.parts[-1][-1]
    before = first.at if silence.before is None else silence.before
    return before, last.at if silence.after is None else silence.after


def _silences(line: Line) -> Iterator[Silence]:
    """Every time without an answer that is long enough; the runs of answers of all targets are laid over each
    other, and what they leave free is looked at."""
    for before, after, reply in _free(line):
        lost = _losses(line, before, after)
        if len(lost) and lost[-1].at - lost[0].at >= LONG:
            yield Silence(before, tuple(_parts(line, lost)), after, reply)


def _free(line: Line) -> Iterator[tuple[int | None, int | None, int | None]]:
    """The times between two answers: last sending before, first sending after, its reply."""
    import polars as pl

    wanted = [t.runs.filter(~t.runs["lost"]).select("first", "last", "reply") for t in line.outer]
    alive = pl.concat(wanted).sort("first")
    if not len(alive):
        yield None, None, None
        return
    reached = alive["last"].cum_max()
    yield None, alive["first"][0], alive["reply"][0]
    for i in (alive["first"] - reached.shift(1) >= LONG).arg_true():
        yield reached[i - 1], alive["first"][i], alive["reply"][i]
    yield reached[-1], None, None


def _losses(line: Line, before: int | None, after: int | None) -> Losses:
    """All lost probes sent between two answers, in order."""
    import polars as pl

    found = []
    for i, track in enumerate(line.outer):
        at = track.lost["at"]
        low = 0 if before is None else bisect_right(at, before)
        high = len(at) if after is None else bisect_left(at, after)
        rows = track.lost.slice(low, max(high - low, 0))
        found.append(rows.select("at", "width", track=pl.lit(i, pl.UInt32)))
    rows, *others = found
    for other in others:  # of one instant in the order of the targets
        rows = rows.merge_sorted(other, key="at")
    return Losses(rows)


def _parts(line: Line, lost: Losses) -> Iterator[Losses]:
    """Runs of losses, split where nobody watched."""
    first, last = instant(lost[0].at), instant(lost[-1].at)
    holes = [micros(h.start) for h in line.holes if first <= h.start < last]
    cuts = {bisect_right(lost.rows["at"], hole) for hole in holes} | {0, len(lost)}
    for begin, end in pairwise(sorted(cuts)):
        yield lost.part(begin, end)


def _shared(line: Line, silence: Silence) -> list[Losses]:
    """The runs that are long enough and in which every target that was watched at the time lost a probe: one
    silent target proves nothing against the line as long as another one was watched and lost none."""
    return [part for part in silence.parts if _is_long(part) and _is_shared(line, part)]


def _is_long(part: Losses) -> bool:
    return len(part) >= LOSSES and part[-1].at - part[0].at >= LONG


def _is_shared(line: Line, part: Losses) -> bool:
    lost, edge = part.by_track().keys(), (part[0].at, part[-1].at)
    return all(i in lost or not meets(edge, covered) for i, covered in enumerate(line.covered))


def _alone(line: Line, out: Sequence[Edge]) -> dict[int, int]:
    """How often each target was silent for long while the line was not."""
    found = {}
    for i, track in enumerate(line.outer):
        runs = _long_runs(track)
        alone = sum(1 for edge in runs if not meets(edge, out))
        if alone:
            found[i] = alone
    return found


def _long_runs(track: Track) -> list[Edge]:
    """The times in which a target answered nothing for long."""
    runs = track.runs
    long = runs.filter(runs["lost"] & (runs["n"] >= LOSSES) & (runs["last"] - runs["first"] >= LONG))
    return list(zip(long["first"], long["last"], strict=True))


def _bounds_of(line: Line, silence: Silence, parts: Sequence[Losses], learnt: Learnt) -> Cut:
    """The bounds: the start lies between the last answered probe and the first lost one, the end between
    the last lost probe and the first answer. Losses that may be chance prove neither."""
    first, last = parts[0], parts[-1]
    after_chance = min(learnt.chance, len(first) - 1)
    begun = (first[n] for n in range(after_chance, min(after_chance + EACH, len(first))))
    dead = min(instant(loss.at + loss.width) + learnt.late[loss.track] for loss in begun)
    finish = last[-1 - min(learnt.chance, len(last) - 1)]
    opened = first[0].at if silence.before is None else silence.before
    closed = last[-1].at + last[-1].width if silence.reply is None else silence.reply
    start = Bounds(instant(opened) - line.unsure, dead + line.unsure)
    end = Bounds(instant(finish.at) - line.unsure, instant(closed) + line.unsure)
    cut = Cut(
        start=start,
        end=end,
        tracks=frozenset(track for part in parts for track in part.by_track()),
        lost=sum(len(part) for part in silence.parts),
        open_start=silence.before is None,
        open_end=silence.after is None,
        unobserved=(),
        losses=Span(instant(first[0].at), instant(last[-1].at)),
        belief=max(odds(learnt, part.by_track()) for part in parts),
    )
    return cut._replace(unobserved=tuple(m for hole in line.holes if (m := hole.meet(cut.certain))))
