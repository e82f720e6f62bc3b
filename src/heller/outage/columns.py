"""Samples as columns become tracks: of each target the runs of answers and losses, the lost probes and the
time it was watched. One pass over bounded chunks, comparing each row with the one before; nothing is sorted.

Polars is imported inside: who reads no outage does not pay for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from heller.model.finding import Locator
from heller.model.sample import ECHO, PATH, Carrier, Depth, Outcome
from heller.outage.micros import Edge
from heller.outage.rule import GAP_STEPS, LATE_BY, SLOW

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame, Series

Frame: TypeAlias = "DataFrame | LazyFrame"

CHUNK = 500_000  # rows read at once: what bounds the memory
TOGETHER = 12  # hours of a watch that are read together
RTTS = 5_000  # answers of one chunk from which the usual round trip is learnt
_SECOND = 1_000_000


class Probed(NamedTuple):
    """A target over one uplink: who it is, how often it is asked, where its samples stand."""

    uplink: str
    depth: Depth
    name: str
    network: str
    step: float  # seconds
    unsure: float  # seconds that the clock may be off
    source: Locator
    address: str = ""
    protocol: str = ECHO

    @property
    def witness(self) -> bool:
        """Whether it stands outside and is asked for nothing but an answer."""
        return self.depth is Depth.OUTSIDE and self.protocol in PATH


class Block(NamedTuple):
    """A table of samples and which target each number in it is; sorted by target, then time.

    In `holes` the watch was disturbed: losses in them and beside them count for nothing. `offline` are those
    of them in which the own host had no link. `carriers` are the looks at who carried, `address` the public
    address that the line has, where it was said.
    """

    frame: Frame
    targets: Mapping[int, Probed]
    holes: tuple[Edge, ...] = ()
    offline: tuple[Edge, ...] = ()
    edge: Edge = (0, 2**62)  # the time that it spans at most
    carriers: tuple[Carrier, ...] = ()
    address: str = ""


class SampleRange(NamedTuple):
    """Where samples of a target stand: its number in a table, the time they span."""

    number: int
    block: Block
    edge: Edge
    rows: DataFrame | None  # its rows themselves, where the table is in memory


class Track(NamedTuple):
    """One target, reduced to what decides.

    `runs` has a row for each run of answers or losses without a gap: lost, first, last (sending, microseconds),
    n, reply (when the answer to the first had come at the latest), limit (how long after the last is no gap yet).
    `lost` has a row for each lost probe: at, width; `late` for each answer that may be late: at, rtt. `rtts` is a
    sample of round trips in seconds.
    `pieces` are the stretches from the first to the last probe in which none is missing.
    """

    probed: Probed
    runs: DataFrame
    lost: DataFrame
    late: DataFrame
    rtts: Series
    pieces: tuple[Edge, ...]
    local: int
    places: tuple[SampleRange, ...]  # where its samples stand
    other: tuple[int, ...] = ()  # when somebody else answered in its name

    @property
    def slow(self) -> Series:
        """The times of answers that came after more than a second, or after their deadline."""
        return self.late["at"].filter(self.late["rtt"] > SLOW)


def tracks(blocks: Sequence[Block]) -> list[Track]:
    """All targets of one uplink, in the order in which the tables name them."""
    if not blocks:
        return []
    made: dict[tuple[str, Depth, str, str, str], tuple[int, Probed, list[SampleRange]]] = {}
    reduced: dict[tuple[tuple[int, int], ...], list[_Reduced]] = {}
    for batch in _batches(blocks):
        ids = {}
        for block in batch:
            for number, probed in block.targets.items():
                key = (probed.name, probed.depth, probed.protocol, probed.address, probed.source.object)
                ids[number], _, places = made.setdefault(key, (len(made), probed, []))
                places.append(SampleRange(number, block, block.edge, None))
        limit = round(GAP_STEPS * next(iter(batch[0].targets.values())).step * _SECOND)
        found = reduced.setdefault(tuple(ids.items()), [])
        found += [_reduced(chunk, limit) for chunk in _chunks([block.frame for block in batch])]
    named = [_named(_whole(found), dict(ids)) for ids, found in reduced.items() if found]
    if not named:
        return []
    whole = _whole(named)
    return [_track(number, probed, whole, places) for number, probed, places in made.values()]


class _Reduced(NamedTuple):
    """What is left of a chunk, or of all of them; `target` counts the tracks. `other` has a row for each
    answer of another, `local` for each probe that the own host could not send."""

    runs: DataFrame
    lost: DataFrame
    slow: DataFrame
    rtts: DataFrame
    other: DataFrame
    local: DataFrame


def _batches(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Lazy tables of the same targets a dozen at a time, hours of a watch; every other table by itself, and in
    parts where its targets are not asked equally often."""
    import polars as pl

    batch: list[Block] = []
    for block in blocks:
        if batch and (len(batch) == TOGETHER or batch[-1].targets != block.targets):
            yield batch
            batch = []
        if len({probed.step for probed in block.targets.values()}) > 1:
            lazy = block.frame.lazy()
            for number, probed in block.targets.items():
                mine = lazy.filter(pl.col("target") == number)
                yield [block._replace(frame=mine.collect(), targets={number: probed})]
        elif isinstance(block.frame, pl.DataFrame):
            yield [block]
        elif block.targets:
            batch.append(block)
    if batch:
        yield batch


def _chunks(frames: Sequence[Frame]) -> Iterator[DataFrame]:
    """The tables one after the other, in chunks that bound the memory."""
    import polars as pl

    names = ["target", "at", "outcome", "rtt", "width"]
    if isinstance(frames[0], pl.DataFrame) and "limit" in frames[0].columns:
        names.append("limit")  # a log whose step changes
    wanted = pl.concat([f.lazy().select(names) for f in frames])
    start = 0
    while len(chunk := wanted.slice(start, CHUNK).collect()):
        yield chunk
        if len(chunk) < CHUNK:
            return
        start += CHUNK


def _reduced(frame: DataFrame, limit: int) -> _Reduced:
    """The runs in one chunk: a run ends where the target or the outcome turns, or a gap is too wide."""
    import polars as pl

    outcome, local, other = frame["outcome"], frame.clear(), frame.clear()
    if outcome.max() >= Outcome.DNS_ERROR:  # type: ignore[operator]
        local = frame.filter(outcome.is_between(Outcome.LOCAL, Outcome.NOT_SENT))
        other = frame.filter(outcome == Outcome.OTHER)
        frame = frame.filter(outcome < Outcome.DNS_ERROR)
        outcome = frame["outcome"]
    at, target = frame["at"], frame["target"]
    lost = (outcome == Outcome.TIMEOUT) | (outcome == Outcome.UNREACHABLE)
    some = max(len(at) - 1, 0)
    own = frame["limit"] if "limit" in frame.columns else None
    gaps = at.slice(1) - at.slice(0, some) > (limit if own is None else own.slice(0, some))
    turns = (lost.slice(1) != lost.slice(0, some)) | gaps
    if len(at) and target[0] != target[-1]:
        turns |= target.slice(1) != target.slice(0, some)
    starts = pl.concat([pl.Series([0][: len(at)], dtype=pl.UInt32), turns.arg_true() + 1])
    n = pl.concat([starts, pl.Series([len(frame)], dtype=pl.UInt32)]).diff().drop_nulls()
    begins = frame[starts]
    came = (begins["rtt"].cast(pl.Float64).fill_nan(0.0) * _SECOND).round().cast(pl.Int64)
    runs = begins.select(
        "target",
        lost=lost.gather(starts),
        first="at",
        last=at.gather(starts + n - 1),
        n=n.cast(pl.Int64),
        reply=pl.col("at") + pl.col("width") + came,
        limit=pl.lit(limit, pl.Int64) if own is None else own.gather(starts + n - 1),
    )
    apart = max(1, len(frame) // RTTS)
    rtts = pl.DataFrame([column.gather_every(apart) for column in (target, frame["rtt"])])
    rtts = rtts.filter(rtts["rtt"].is_not_nan() & (rtts["rtt"] > 0)).cast({"rtt": pl.Float64})
    return _Reduced(
        runs,
        pl.DataFrame([column.filter(lost) for column in (target, at, frame["width"])]),
        _slow(frame, rtts),
        rtts,
        other.select("target", "at"),
        local.select("target"),
    )


def _whole(parts: Sequence[_Reduced]) -> _Reduced:
    """Many as one."""
    import polars as pl

    return _Reduced(*(pl.concat(column) for column in zip(*parts, strict=True)))


def _named(found: _Reduced, ids: Mapping[int, int]) -> _Reduced:
    """With the numbers of the tracks; rows of targets that are not asked for are left out."""
    import polars as pl

    numbers = pl.DataFrame(
        {"target": list(ids), "track": list(ids.values())}, schema={"target": pl.UInt16, "track": pl.Int64}
    )
    joined = (part.join(numbers, on="target", how="inner", maintain_order="left") for part in found)
    return _Reduced(
        *(part.select(pl.col("track").alias("target"), pl.exclude("target", "track")) for part in joined)
    )


def _slow(frame: DataFrame, rtts: DataFrame) -> DataFrame:
    """When answers may have come late: after a deadline, or far over what is usual in the chunk; most chunks have
    none. `rtt` is endless where the answer came after its deadline."""
    import polars as pl

    late, rtt = frame["outcome"] == Outcome.LATE, frame["rtt"]
    usual = rtts["rtt"].min()  # the quickest target's: what is not slow even for it is slow for none
    bar = 2 * usual + LATE_BY if isinstance(usual, float) else SLOW
    slowest = rtt.max()  # NaN, where there was no answer, is left out
    if not late.any() and not (isinstance(slowest, float) and slowest > bar):
        return frame.clear().select("target", "at", rtt=pl.col("rtt").cast(pl.Float64))
    found = frame.select("target", "at", rtt=pl.when(late).then(float("inf")).otherwise(pl.col("rtt")))
    return found.filter((found["rtt"] > bar) & found["rtt"].is_not_nan()).cast({"rtt": pl.Float64})


def _track(number: int, probed: Probed, whole: _Reduced, places: Sequence[SampleRange]) -> Track:
    """One target out of all, runs joined where a chunk or a file ended inside them."""
    mine = _Reduced(*(part.filter(part["target"] == number).drop("target") for part in whole))
    runs, lost = mine.runs, mine.lost
    if not runs["first"].is_sorted():
        runs, lost = runs.sort("first"), lost.sort("at")
    runs = _merged(runs)
    return Track(
        probed,
        runs,
        lost,
        mine.slow.sort("at"),
        mine.rtts["rtt"],
        tuple(_pieces(runs)),
        len(whole.local.filter(whole.local["target"] == number)),
        tuple(_rows(place) for place in places),
        tuple(mine.other["at"]),
    )


def _rows(place: SampleRange) -> SampleRange:
    """A place with its rows, where the table is in memory."""
    import polars as pl

    frame = place.block.frame
    if not isinstance(frame, pl.DataFrame):
        return place
    numbers = frame["target"]
    low, high = bisect_left(numbers, place.number), bisect_right(numbers, place.number)
    return place._replace(rows=frame.slice(low, high - low))


def _merged(runs: DataFrame) -> DataFrame:
    import polars as pl

    new = (runs["lost"] != runs["lost"].shift(1)) | _gaps(runs)
    starts = new.fill_null(value=True).arg_true()
    if len(starts) == len(runs):
        return runs
    ends = pl.concat([starts.slice(1), pl.Series([len(runs)], dtype=starts.dtype)]) - 1
    total = runs["n"].cum_sum()
    n = total.gather(ends)
    return runs[starts].with_columns(
        last=runs["last"].cum_max().gather(ends),
        n=n - n.shift(1, fill_value=0),
        limit=runs["limit"].gather(ends),
    )


def _gaps(runs: DataFrame) -> Series:
    """Whether more time lies before a run than a probe or two may leave out there."""
    return runs["first"] - runs["last"].shift(1) > runs["limit"].shift(1)


def _pieces(runs: DataFrame) -> Iterator[Edge]:
    """Stretches of runs that follow each other without a gap."""
    gap = _gaps(runs).arg_true()
    starts = [0, *gap, len(runs)] if len(runs) else []
    for start, end in pairwise(starts):
        yield runs["first"][start], runs["last"][end - 1]
