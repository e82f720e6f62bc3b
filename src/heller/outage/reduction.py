"""Samples of one chunk reduced to what decides: the runs of answers and losses, the lost probes, the late answers.

One pass that compares each row with the one before; what is made of the runs' first answers is made of all chunks
at once, so that a chunk costs little beside reading it. It knows no targets, only their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from heller.model.sample import Outcome
from heller.outage.rule import LATE_BY, SLOW

if TYPE_CHECKING:
    from polars import DataFrame, Series

RTTS = 5_000  # answers of one chunk from which the usual round trip is learnt
_SECOND = 1_000_000


class Reduced(NamedTuple):
    """What is left of a chunk, or of all of them; `target` is the number in the table, and counts the tracks once
    it is `numbered`. The runs of a chunk have the width and the round trip of their first probe; what is made of
    those is made of all at once (`finished`). `other` has a row for each answer of another, `local` for each probe
    that the own host could not send."""

    runs: DataFrame
    lost: DataFrame
    slow: DataFrame
    rtts: DataFrame
    other: DataFrame
    local: DataFrame


def reduced_chunk(frame: DataFrame, limit: int) -> Reduced:
    """The runs in one chunk: a run ends where the target or the outcome turns, or a gap is too wide."""
    import polars as pl

    outcome, local, other = frame["outcome"], frame.clear(), frame.clear()
    worst = outcome.max()
    if isinstance(worst, int) and worst >= Outcome.DNS_ERROR:
        local = frame.filter(outcome.is_between(Outcome.LOCAL, Outcome.NOT_SENT))
        other = frame.filter(outcome == Outcome.OTHER)
        frame = frame.filter(outcome < Outcome.DNS_ERROR)
        outcome = frame["outcome"]
    at, target, width, rtt = frame["at"], frame["target"], frame["width"], frame["rtt"]
    lost = outcome >= Outcome.TIMEOUT  # or unreachable: nothing worse is left
    some = max(len(at) - 1, 0)
    own = frame["limit"] if "limit" in frame.columns else None
    gaps = at.slice(1) - at.slice(0, some) > (limit if own is None else own.slice(0, some))
    turns = (lost.slice(1) != lost.slice(0, some)) | gaps
    if len(at) and target[0] != target[-1]:
        turns |= target.slice(1) != target.slice(0, some)
    starts = pl.concat([pl.Series([0][: len(at)], dtype=pl.UInt32), turns.arg_true() + 1])
    n = pl.concat([starts.slice(1), pl.Series([len(at)][: len(at)], dtype=pl.UInt32)]) - starts
    ends = starts + n - 1
    runs = pl.DataFrame(
        [
            target.gather(starts),
            lost.gather(starts).alias("lost"),
            at.gather(starts).alias("first"),
            at.gather(ends).alias("last"),
            n.alias("n"),
            width.gather(starts).cast(pl.Int64),
            rtt.gather(starts),
            *([] if own is None else [own.gather(ends)]),
        ]
    )
    apart = max(1, len(frame) // RTTS)
    rtts = pl.DataFrame([target.gather_every(apart), rtt.gather_every(apart)])
    return Reduced(
        runs,
        pl.DataFrame([target.filter(lost), at.filter(lost), width.filter(lost).cast(pl.Int64)]),
        _slow(frame, rtts["rtt"]),
        rtts,
        other[["target", "at"]],
        local[["target"]],
    )


def joined(parts: Sequence[Reduced]) -> Reduced:
    """Many as one."""
    import polars as pl

    return Reduced(*(pl.concat(column) for column in zip(*parts, strict=True)))


def finished(found: Reduced, limit: int) -> Reduced:
    """With what each run's first answer tells, the time that is no gap, and round trips that are some."""
    import polars as pl

    rtt = pl.col("rtt").cast(pl.Float64)
    came = (rtt.fill_nan(0.0) * _SECOND).round().cast(pl.Int64)
    runs = found.runs.select(
        *("target", "lost", "first", "last"),
        n=pl.col("n").cast(pl.Int64),
        reply=pl.col("first") + pl.col("width") + came,
        limit=pl.col("limit") if "limit" in found.runs.columns else pl.lit(limit, pl.Int64),
    )
    rtts = found.rtts.select("target", rtt=rtt).filter((pl.col("rtt") > 0) & pl.col("rtt").is_not_nan())
    return found._replace(runs=runs, rtts=rtts)


def numbered(found: Reduced, ids: Mapping[int, int]) -> Reduced:
    """With the numbers of the tracks; rows of targets that are not asked for are left out."""
    import polars as pl

    most = max((int(part["target"].max()) for part in found if len(part)), default=0)  # type: ignore[arg-type]
    tracks = pl.Series("target", [ids.get(number) for number in range(most + 1)], dtype=pl.Int64)
    named = (
        pl.DataFrame([tracks.gather(part["target"]), *part.get_columns()[1:]]) if len(part) else part
        for part in found
    )
    return Reduced(*(part.cast({"target": pl.Int64}).drop_nulls("target") for part in named))


def _slow(frame: DataFrame, sampled: Series) -> DataFrame:
    """When answers may have come late: after a deadline, or far over what is usual in the chunk; most chunks have
    none. `rtt` is endless where the answer came after its deadline."""
    import polars as pl

    late, rtt = frame["outcome"] == Outcome.LATE, frame["rtt"]
    usual = sampled.filter(
        sampled > 0
    ).min()  # the quickest target's: what is not slow even for it is slow for none
    bar = 2 * usual + LATE_BY if isinstance(usual, float) else SLOW
    slowest = rtt.max()  # NaN, where there was no answer, is left out
    if not late.any() and not (isinstance(slowest, float) and slowest > bar):
        return pl.DataFrame(schema={"target": pl.UInt16, "at": pl.Int64, "rtt": pl.Float64})
    found = frame.select("target", "at", rtt=pl.when(late).then(float("inf")).otherwise(pl.col("rtt")))
    return found.filter((found["rtt"] > bar) & found["rtt"].is_not_nan()).cast({"rtt": pl.Float64})
