"""Samples as columns become tracks: of each target the runs of answers and losses, the lost probes and the
time it was watched. One pass over bounded chunks, comparing each row with the one before; nothing is sorted.

Polars is imported inside: who reads no outage does not pay for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from heller.model.finding import Locator
from heller.model.record import Failure, ProbeLog
from heller.model.sample import Layer, Outcome
from heller.outage.micros import Edge, joined, micros
from heller.outage.rule import GAP_STEPS, SLOW

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame, Series

Frame: TypeAlias = "DataFrame | LazyFrame"

CHUNK = 500_000  # rows read at once: what bounds the memory
RTTS = 5_000  # answers of one chunk and target from which the usual round trip is learnt
_SECOND = 1_000_000
_FAILURES = {None: Outcome.OK, Failure.TIMEOUT: Outcome.TIMEOUT, Failure.UNREACHABLE: Outcome.UNREACHABLE}


class Probed(NamedTuple):
    """A target over one uplink: who it is, how often it is asked, where its samples stand."""

    uplink: str
    layer: Layer
    name: str
    network: str
    step: float  # seconds
    unsure: float  # seconds that the clock may be off
    source: Locator
    address: str = ""


class Block(NamedTuple):
    """A table of samples and which target each number in it is; sorted by target, then time.

    In `holes` the watch was disturbed: losses in them and beside them count for nothing. `offline` are those
    of them in which the own host had no link.
    """

    frame: Frame
    targets: Mapping[int, Probed]
    holes: tuple[Edge, ...] = ()
    offline: tuple[Edge, ...] = ()


class Place(NamedTuple):
    """Where samples of a target stand: its number in a table, the time they span."""

    number: int
    block: Block
    edge: Edge
    rows: DataFrame | None  # its rows themselves, where the table is in memory


class Track(NamedTuple):
    """One target, reduced to what decides.

    `runs` has a row for each run of answers or losses without a gap: lost, first, last (sending, microseconds),
    n, reply (when the answer to the first had come at the latest). `lost` has a row for each lost probe: at,
    width, row. `slow` are the times of slow answers, `rtts` a sample of round trips in seconds.
    `pieces` are the stretches from the first to the last probe in which none is missing.
    """

    probed: Probed
    runs: DataFrame
    lost: DataFrame
    slow: Series
    rtts: Series
    pieces: tuple[Edge, ...]
    local: int
    places: tuple[Place, ...]  # where its samples stand


def of_log(log: ProbeLog, probed: Probed) -> Block:
    """An imported log as columns."""
    import polars as pl

    seen = log.observations
    frame = pl.DataFrame(
        {
            "target": pl.Series([0] * len(seen), dtype=pl.UInt16),
            "at": pl.Series([micros(o.at) for o in seen], dtype=pl.Int64),
            "outcome": pl.Series([_FAILURES.get(o.failure, Outcome.LOCAL) for o in seen], dtype=pl.UInt8),
            "rtt": pl.Series([o.rtt for o in seen], dtype=pl.Float64),
            "width": pl.Series([round(o.width * _SECOND) for o in seen], dtype=pl.Int64),
            "row": pl.Series([o.row for o in seen], dtype=pl.UInt32),
        }
    )
    return Block(frame if frame["at"].is_sorted() else frame.sort("at", maintain_order=True), {0: probed})


def tracks(blocks: Sequence[Block]) -> list[Track]:
    """All targets of one uplink, in the order in which they first stand in the tables."""
    import polars as pl

    parts: dict[tuple[str, Layer, str, str], _Parts] = {}
    for block in blocks:
        whole = block.frame if isinstance(block.frame, pl.DataFrame) else None
        for number, frame in _slices(block):
            probed = block.targets[number]
            key = (probed.name, probed.layer, probed.address, probed.source.object)
            found = parts.setdefault(key, _Parts(probed, [], []))
            found.reduced.append(_reduced(frame, round(GAP_STEPS * probed.step * _SECOND)))
            edge = (frame["at"][0], frame["at"][-1])
            found.places.append(Place(number, block, edge, None if whole is None else frame))
    return [_track(found) for found in parts.values()]


class _Parts(NamedTuple):
    probed: Probed
    reduced: list[_Reduced]
    places: list[Place]


class _Reduced(NamedTuple):
    runs: DataFrame
    lost: DataFrame
    slow: Series
    rtts: Series
    local: int


def _slices(block: Block) -> Iterator[tuple[int, DataFrame]]:
    """The table in chunks of one target each."""
    for chunk in _chunks(block.frame):
        numbers = chunk["target"]
        if numbers[0] == numbers[-1]:
            if numbers[0] in block.targets:
                yield numbers[0], chunk
            continue
        starts = [0, *(numbers != numbers.shift(1)).arg_true(), len(chunk)]
        for start, end in pairwise(starts):
            if end > start and numbers[start] in block.targets:
                yield numbers[start], chunk.slice(start, end - start)


def _chunks(frame: Frame) -> Iterator[DataFrame]:
    import polars as pl

    if isinstance(frame, pl.DataFrame):
        if len(frame):
            yield frame
        return
    wanted = frame.select("target", "at", "outcome", "rtt", "width")
    start = 0
    while len(chunk := wanted.slice(start, CHUNK).collect()):
        yield chunk
        if len(chunk) < CHUNK:
            return
        start += CHUNK


def _reduced(frame: DataFrame, limit: int) -> _Reduced:
    """The runs of one target in one chunk: a run ends where the outcome turns or a gap is too wide."""
    import polars as pl

    outcome, local = frame["outcome"], 0
    if outcome.max() >= Outcome.DNS_ERROR:  # type: ignore[operator]
        kept = frame.filter(outcome < Outcome.DNS_ERROR)
        local, frame = len(frame.filter(outcome >= Outcome.LOCAL)), kept
        outcome = frame["outcome"]
    at, rtt, width = frame["at"], frame["rtt"], frame["width"]
    lost = (outcome == Outcome.TIMEOUT) | (outcome == Outcome.UNREACHABLE)
    early, later = at.slice(0, max(len(at) - 1, 0)), at.slice(1)
    turns = (lost.slice(1) != lost.slice(0, len(early))) | (later - early > limit)
    starts = pl.concat([pl.Series([0][: len(at)], dtype=pl.UInt32), turns.arg_true() + 1])
    n = pl.concat([starts, pl.Series([len(frame)], dtype=pl.UInt32)]).diff().drop_nulls()
    first = at.gather(starts)
    came = (rtt.gather(starts).fill_nan(0.0) * _SECOND).round().cast(pl.Int64)
    runs = pl.DataFrame(
        {
            "lost": lost.gather(starts),
            "first": first,
            "last": at.gather(starts + n - 1),
            "n": n.cast(pl.Int64),
            "reply": first + width.gather(starts) + came,
        }
    )
    return _Reduced(
        runs,
        pl.DataFrame({"at": at.filter(lost), "width": width.filter(lost)}),
        _slow(at, rtt, outcome),
        rtt.gather_every(max(1, len(rtt) // RTTS)).drop_nans(),
        local,
    )


def _slow(at: Series, rtt: Series, outcome: Series) -> Series:
    """When answers came late, by a deadline or by the rule; most chunks have none."""
    late = outcome == Outcome.LATE
    if not late.any() and not (rtt > SLOW).any():
        return at.clear()
    return at.filter(late | ((rtt > SLOW) & rtt.is_not_nan()))


def _track(parts: _Parts) -> Track:
    """The parts of one target as one track, runs joined where a chunk or a file ended inside them."""
    import polars as pl

    limit = round(GAP_STEPS * parts.probed.step * _SECOND)
    runs = pl.concat([part.runs for part in parts.reduced])
    lost = pl.concat([part.lost for part in parts.reduced])
    if not runs["first"].is_sorted():
        runs, lost = runs.sort("first"), lost.sort("at")
    runs = _merged(runs, limit)
    return Track(
        parts.probed,
        runs,
        lost,
        pl.concat([part.slow for part in parts.reduced]).sort(),
        pl.concat([part.rtts for part in parts.reduced]),
        tuple(_pieces(runs, limit)),
        sum(part.local for part in parts.reduced),
        tuple(_joined(parts.places)),
    )


def _joined(places: Sequence[Place]) -> Iterator[Place]:
    """Chunks of one table as one place."""
    last: Place | None = None
    for place in places:
        if last and last.block is place.block and place.rows is None:
            last = last._replace(edge=(min(last.edge[0], place.edge[0]), max(last.edge[1], place.edge[1])))
            continue
        if last:
            yield last
        last = place
    if last:
        yield last


def _merged(runs: DataFrame, limit: int) -> DataFrame:
    import polars as pl

    new = (runs["lost"] != runs["lost"].shift(1)) | (runs["first"] - runs["last"].shift(1) > limit)
    starts = new.fill_null(value=True).arg_true()
    if len(starts) == len(runs):
        return runs
    ends = pl.concat([starts.slice(1), pl.Series([len(runs)], dtype=starts.dtype)]) - 1
    total = runs["n"].cum_sum()
    n = total.gather(ends)
    return runs[starts].with_columns(last=runs["last"].cum_max().gather(ends), n=n - n.shift(1, fill_value=0))


def _pieces(runs: DataFrame, limit: int) -> Iterator[Edge]:
    """Stretches of runs that follow each other without a gap."""
    gap = (runs["first"] - runs["last"].shift(1) > limit).arg_true()
    starts = [0, *gap, len(runs)] if len(runs) else []
    for start, end in pairwise(starts):
        yield runs["first"][start], runs["last"][end - 1]


def count(track: Track, edge: Edge) -> tuple[int, int]:
    """How many probes of a target were sent within [start, end], and how many of them were answered; those
    that say nothing are left out."""
    sent = good = 0
    for outcome in _outcomes(track, edge):
        sent += int((outcome < Outcome.DNS_ERROR).sum())
        good += int((outcome < Outcome.TIMEOUT).sum())
    return sent, good


def _outcomes(track: Track, edge: Edge) -> Iterator[Series]:
    """How the probes within [start, end] ended, from the samples themselves."""
    import polars as pl

    for place in track.places:
        if place.edge[0] > edge[1] or edge[0] > place.edge[1]:
            continue
        if place.rows is not None:
            at = place.rows["at"]
            low, high = bisect_left(at, edge[0]), bisect_right(at, edge[1])
            yield place.rows["outcome"].slice(low, high - low)
        else:
            mine = (pl.col("target") == place.number) & pl.col("at").is_between(*edge)
            yield place.block.frame.lazy().filter(mine).select("outcome").collect()["outcome"]


def outside(at: Series, windows: Iterable[Edge]) -> Series:
    """Which of the times lie in none of the windows [start, end)."""
    import polars as pl

    free = joined(windows)
    starts = pl.Series([start for start, _ in free], dtype=pl.Int64)
    ends = pl.Series([end for _, end in free], dtype=pl.Int64)
    if not len(at) or not free:
        return pl.Series([True], dtype=pl.Boolean).new_from_index(0, len(at))
    before = starts.search_sorted(at, "right").cast(pl.Int64) - 1
    return (before < 0) | (at >= ends.gather(before.clip(0)))
