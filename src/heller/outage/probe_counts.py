"""The probes of a target in a stretch of time, from the samples themselves: how many were sent and answered, or row by
row."""

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


def rows(track: Track, edge: Edge) -> DataFrame:
    """Sending, outcome, round trip and time to live of a target's probes within [start, end]."""
    import polars as pl

    found = []
    for place in track.places:
        if place.edge[0] > edge[1] or edge[0] > place.edge[1]:
            continue
        frame = place.block.frame.lazy()
        known = TTL in frame.collect_schema()
        mine = (pl.col("target") == place.number) & pl.col("at").is_between(*edge)
        left = pl.col(TTL).cast(pl.Int64) if known else pl.lit(0, pl.Int64).alias(TTL)
        found.append(
            frame.filter(mine).select("at", "outcome", pl.col("rtt").cast(pl.Float64), left).collect()
        )
    if not found:
        kinds = {"at": pl.Int64, "outcome": pl.UInt8, "rtt": pl.Float64, TTL: pl.Int64}
        return pl.DataFrame(schema=kinds)
    return pl.concat(found).sort("at")
