"""How many probes of a target were sent and answered in a stretch of time, from the samples themselves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from heller.model.sample import TTL, Outcome
from heller.outage.columns import Track
from heller.outage.micros import Edge

if TYPE_CHECKING:
    from polars import DataFrame, Series


def count(track: Track, edge: Edge) -> tuple[int, int]:
    """How many probes of a target were sent within [start, end], and how many of them were answered; those
    that say nothing are left out."""
    sent = good = 0
    for outcome in _outcomes(track, edge):
        sent += int((outcome < Outcome.DNS_ERROR).sum())
        good += int((outcome < Outcome.TIMEOUT).sum())
    return sent, good


def rows(track: Track, edge: Edge) -> Iterator[DataFrame]:
    """The answered probes within [start, end] with their round trips, from the samples themselves: at, rtt."""
    import polars as pl

    for frame in _frames(track, edge):
        alive = frame.filter(pl.col("outcome") < Outcome.TIMEOUT)
        yield alive.select("at", rtt=pl.col("rtt").cast(pl.Float64))


def samples(track: Track, edge: Edge) -> DataFrame:
    """All probes within [start, end], in order of time: at, outcome, rtt, and the time to live of the answer, 0 where
    it is not known."""
    import polars as pl

    kinds = {"at": pl.Int64, "outcome": pl.UInt8, "rtt": pl.Float64, TTL: pl.Int64}
    found = [pl.DataFrame(schema=kinds)]
    for frame in _frames(track, edge):
        left = pl.col(TTL) if TTL in frame.columns else pl.lit(0).alias(TTL)
        found.append(frame.select("at", "outcome", "rtt", left).cast(kinds))  # type: ignore[arg-type]
    return pl.concat(found).sort("at")


def times_of(track: Track, outcome: Outcome, edge: Edge = (0, 2**62)) -> list[int]:
    """When the probes were due that ended so, microseconds."""
    import polars as pl

    found = [frame.filter(pl.col("outcome") == outcome)["at"] for frame in _frames(track, edge)]
    return sorted(at for part in found for at in part.to_list())


def _outcomes(track: Track, edge: Edge) -> Iterator[Series]:
    """How the probes within [start, end] ended."""
    return (frame["outcome"] for frame in _frames(track, edge))


def _frames(track: Track, edge: Edge) -> Iterator[DataFrame]:
    """The samples within [start, end]."""
    import polars as pl

    for place in track.places:
        if place.edge[0] > edge[1] or edge[0] > place.edge[1]:
            continue
        if place.rows is not None:
            at = place.rows["at"]
            low, high = bisect_left(at, edge[0]), bisect_right(at, edge[1])
            yield place.rows.slice(low, high - low)
        else:
            mine = (pl.col("target") == place.number) & pl.col("at").is_between(*edge)
            known = [
                name for name in ("at", "outcome", "rtt", TTL) if name in place.block.frame.collect_schema()
            ]
            yield place.block.frame.lazy().filter(mine).select(known).collect()
