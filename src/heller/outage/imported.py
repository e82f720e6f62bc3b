"""Logs of other programs as tables: each probe once over all files, with the step that its stretch has.

It gives no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from heller.model.finding import Finding, Locator
from heller.model.kinds.probe_log import ProbeLog
from heller.model.sample import LOST, Outcome
from heller.model.text import text
from heller.outage.columns import Block, Probed
from heller.outage.micros import instant
from heller.outage.rule import GAP_STEPS

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from polars import DataFrame, Series

AROUND = 5  # distances on either side of a long one that tell how often was asked there
FEWEST = 3  # and so many of them tell it
_SECOND = 1_000_000


class Once(NamedTuple):
    """Tables without what another file says too, and what they say against each other."""

    blocks: list[Block]
    findings: tuple[Finding, ...]


def once(logs: Sequence[ProbeLog], probed: Sequence[Probed], offsets: Sequence[int] = ()) -> Once:
    """The logs as tables. A probe of the same target, instant and outcome that stands in several files, or twice in
    one, is one probe; two outcomes for one instant in one file contradict each other, and are said."""
    shifts = offsets or [0] * len(logs)
    frames = [_frame(log, shift) for log, shift in zip(logs, shifts, strict=True)]
    blocks: list[Block] = []
    findings: list[Finding] = []
    order = sorted(range(len(logs)), key=lambda n: (logs[n].target, n))
    for _, group in groupby(order, key=lambda n: logs[n].target):
        seen: DataFrame | None = None
        for n in group:
            frame, twice = _without_doubles(frames[n], seen)
            findings += _contradicting(logs[n], twice)
            said = frames[n].select("at", "outcome")
            seen = said if seen is None else seen.vstack(said)
            if len(frame):
                limits = _limits(frame["at"], logs[n].step)
                whole = frame if limits is None else frame.with_columns(limit=limits)
                blocks.append(Block(whole, {0: probed[n]}))
    return Once(blocks, tuple(findings))


def _frame(log: ProbeLog, offset: int) -> DataFrame:
    """An imported log as a table in order of time; `offset` microseconds are added to its times."""
    import numpy as np
    import polars as pl

    seen = log.observations
    at = np.frombuffer(seen.at.release(), "<i8")
    frame = pl.DataFrame(
        {
            "target": pl.zeros(len(seen), dtype=pl.UInt16, eager=True),
            "at": at + offset if offset else at,
            "outcome": np.frombuffer(seen.outcome.release(), "<u1"),
            "rtt": np.frombuffer(seen.rtt.release(), "<f8"),
            "width": np.frombuffer(seen.width.release(), "<i8")
            if len(seen.width)
            else pl.zeros(len(seen), dtype=pl.UInt8, eager=True),
            "row": np.frombuffer(seen.row.release(), "<u4"),
        }
    )
    return frame if frame["at"].is_sorted() else frame.sort("at", maintain_order=True)


def _without_doubles(frame: DataFrame, seen: DataFrame | None) -> tuple[DataFrame, Series]:
    """Without the probes that were seen before, and the instants for which it says both. A coarse stamp may hold
    several probes of one file, but not more of them in two files than in one."""
    import polars as pl

    known = frame.select("at", "outcome")
    exact, kept = frame["width"] == 0, frame
    again = _repeats(frame["at"])
    if again and exact.any():
        first = pl.struct("at", "outcome").is_first_distinct()
        kept = frame.filter(first | (pl.col("width") > 0))
    if seen is not None:
        kept = _numbered(kept).join(
            _numbered(seen), on=["at", "outcome", "nth"], how="anti", maintain_order="left"
        )
        kept = kept.drop("nth")
    if not again:
        return kept, known["at"].clear()
    said = known.filter(exact & (known["outcome"] < Outcome.DNS_ERROR)).select(
        "at", lost=pl.col("outcome").is_in([int(outcome) for outcome in LOST])
    )
    both = said.group_by("at").agg(n=pl.col("lost").n_unique()).filter(pl.col("n") > 1)
    return kept, both["at"].sort()


def _repeats(at: Series) -> bool:
    """Whether an instant stands twice among instants in order."""
    return bool((at.diff() == 0).any())


def _numbered(frame: DataFrame) -> DataFrame:
    import polars as pl

    return frame.with_columns(nth=pl.col("at").cum_count().over("at", "outcome"))


def _contradicting(log: ProbeLog, both: Series) -> Iterator[Finding]:
    if len(both):
        said = text(
            "{target} was answered and lost at the same instant {n} times, the first time at {at}; no outage is made"
            " of it.",
            "{target} was answered and lost at the same instant, at {at}; no outage is made of it.",
            target=log.target,
            n=len(both),
            at=instant(int(both[0])),
        )
        do = text("Say where the log comes from: two monitors in one table, or two lines?")
        source = Locator(log.source.object, log.source.place, "", log.source.member)
        yield Finding("outage.both_at_once", said, do, source=source)


def _limits(at: Series, step: float) -> NDArray[int64] | None:
    """How long after each probe is no gap yet: some steps, by the distances around it; None where it is as long for
    all. Who asks every ten minutes and, once trouble begins, every twenty seconds was watching all the time."""
    import numpy as np

    usual = round(GAP_STEPS * step * _SECOND)
    apart = np.diff(at.to_numpy())
    wide = np.flatnonzero(apart > usual)
    if len(wide) < FEWEST:
        return None
    limits = np.full(len(at), usual, np.int64)
    sides = []
    for reach in (range(-AROUND, 0), range(1, AROUND + 1)):
        places = wide[:, None] + np.array(reach)
        inside = (places >= 0) & (places < len(apart))
        near = np.where(inside, apart[np.clip(places, 0, len(apart) - 1)], 0)
        enough = inside.sum(axis=1) >= FEWEST
        sides.append(np.where(enough, np.median(near, axis=1), 0))
    limits[wide] = np.maximum(usual, GAP_STEPS * np.maximum(*sides)).astype(np.int64)
    return limits
