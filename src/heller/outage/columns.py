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
from heller.model.sample import ECHO, PATH, Carrier, Depth
from heller.outage.micros import Edge
from heller.outage.reduction import Reduced, finished, joined, numbered, reduced_chunk
from heller.outage.rule import GAP_STEPS, SLOW

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame, Series

Frame: TypeAlias = "DataFrame | LazyFrame"

CHUNK = 500_000  # rows read at once: what bounds the memory
TOGETHER = 12  # hours of a watch that are read together
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
    reduced: dict[tuple[tuple[int, int], ...], list[Reduced]] = {}
    for batch in _batches(blocks):
        ids = {}
        for block in batch:
            for number, probed in block.targets.items():
                key = (probed.name, probed.depth, probed.protocol, probed.address, probed.source.object)
                ids[number], _, places = made.setdefault(key, (len(made), probed, []))
                places.append(SampleRange(number, block, block.edge, None))
        limit = round(GAP_STEPS * next(iter(batch[0].targets.values())).step * _SECOND)
        found = reduced.setdefault(tuple(ids.items()), [])
        chunks = [reduced_chunk(chunk, limit) for chunk in _chunks([block.frame for block in batch])]
        found += [finished(joined(chunks), limit)] if chunks else []
    named = [numbered(joined(found), dict(ids)) for ids, found in reduced.items() if found]
    if not named:
        return []
    whole = joined(named)
    return [_track(number, probed, whole, places) for number, probed, places in made.values()]


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


def _track(number: int, probed: Probed, whole: Reduced, places: Sequence[SampleRange]) -> Track:
    """One target out of all, runs joined where a chunk or a file ended inside them."""
    mine = Reduced(*(part.filter(part["target"] == number).drop("target") for part in whole))
    runs, lost = mine.runs, mine.lost
    if not runs["first"].is_sorted():
        runs, lost = runs.sort("first"), lost.sort("at")
    runs = _merge_runs(runs)
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


def _merge_runs(runs: DataFrame) -> DataFrame:
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
