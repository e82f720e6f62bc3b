"""Minutes in which a line answered slowly, by its own usual level: evidence with a measure of its own, neither an
outage nor a part of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from heller.model.outage import SlowMinute, Slowness
from heller.model.sample import ALIVE, SampleHeader
from heller.model.span import Span
from heller.outage.columns import Track
from heller.outage.line import Line
from heller.outage.micros import ONE, instant
from heller.outage.probe_counts import rows
from heller.outage.rule import LATE_BY, LATE_FEWEST, LATE_SHARE, LATE_TIMES, USUAL

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame, Series

MINUTE = timedelta(minutes=1)
_MINUTE = MINUTE // ONE
ANSWERED = [int(outcome) for outcome in ALIVE]


def slowness(line: Line) -> tuple[Slowness, ...]:
    """All such minutes, those in a row together. A single target that is slow while others are not is its own
    matter."""
    tracks, usual = _alike(line)
    if not tracks:
        return ()
    limit = max(LATE_TIMES * usual, usual + LATE_BY)
    found = [minute for at in _candidates(tracks, limit) if (minute := _minute(tracks, at, limit))]
    return tuple(_together(found, usual, limit, line.name))


def usual_level(samples: Iterable[tuple[SampleHeader, LazyFrame]], uplink: str) -> float | None:
    """The 95th percentile of an uplink's answers in an earlier watch, seconds; None where none of its targets outside
    answered. Targets that are usually slower than the quickest say nothing of the line."""
    import polars as pl

    parts: dict[str, list[Series]] = {}
    for head, frame in samples:
        for target in head.targets:
            if target.witness and target.uplink == uplink:
                answered = (pl.col("target") == target.number) & pl.col("outcome").is_in(ANSWERED)
                took = frame.filter(answered & pl.col("rtt").is_finite()).select("rtt").collect()["rtt"]
                parts.setdefault(target.address, []).append(took)
    known = [every for one in parts.values() if len(every := pl.concat(one))]
    if not known:
        return None
    quickest = min(_usual(every) for every in known)
    return _usual(pl.concat([every for every in known if _usual(every) <= 2 * quickest + LATE_BY]))


def _alike(line: Line) -> tuple[list[Track], float]:
    """The targets whose answers take about as long as the quickest's, and their 95th percentile together."""
    import polars as pl

    levels = [(_usual(track.rtts), track) for track in line.outer if len(track.rtts)]
    if not levels:
        return [], 0.0
    quickest = min(level for level, _ in levels)
    chosen = [track for level, track in levels if level <= 2 * quickest + LATE_BY]
    return chosen, _usual(pl.concat([track.rtts for track in chosen]))


def _usual(rtts: Series) -> float:
    """The 95th percentile of the answers that are not themselves far over the middle."""
    middle = float(rtts.median() or 0.0)  # type: ignore[arg-type]
    return float(rtts.filter(rtts <= max(LATE_TIMES * middle, middle + LATE_BY)).quantile(USUAL) or middle)


def _candidates(tracks: Sequence[Track], limit: float) -> list[int]:
    """The minutes that hold enough late answers, of two networks where there are two."""
    import polars as pl

    parts = [
        track.late.filter(pl.col("rtt") > limit).select(
            minute=pl.col("at") // _MINUTE, network=pl.lit(track.probed.network)
        )
        for track in tracks
    ]
    least = min(2, len({track.probed.network for track in tracks}))
    counts = pl.concat(parts).group_by("minute").agg(n=pl.len(), networks=pl.col("network").n_unique())
    enough = counts.filter((pl.col("n") >= LATE_FEWEST) & (pl.col("networks") >= least))
    return sorted(int(minute) for minute in enough["minute"])


def _minute(tracks: Sequence[Track], number: int, limit: float) -> SlowMinute | None:
    """What was answered in one minute, where enough of it was late."""
    import polars as pl

    edge = (number * _MINUTE, (number + 1) * _MINUTE - 1)
    seen = [part for track in tracks for part in rows(track, edge)]
    answers = pl.concat(seen).filter(pl.col("rtt").is_not_nan() & (pl.col("rtt") > 0)) if seen else None
    if answers is None or not len(answers):
        return None
    late = int((answers["rtt"] > limit).sum())
    if late < LATE_SHARE * len(answers):
        return None
    p95 = float(answers["rtt"].quantile(USUAL) or 0.0)
    return SlowMinute(instant(edge[0]), len(answers), late, p95, _jitter(seen))


def _jitter(seen: Sequence[DataFrame]) -> float:
    """The mean distance of a target's successive round trips, over all targets."""
    import polars as pl

    apart = [part["rtt"].filter(part["rtt"].is_not_nan()).diff().abs().drop_nulls() for part in seen]
    every = pl.concat(apart)
    mean = every.mean() if len(every) else None
    return float(mean) if isinstance(mean, float) else 0.0


def _together(found: Sequence[SlowMinute], usual: float, limit: float, name: str) -> Iterator[Slowness]:
    run: list[SlowMinute] = []
    for minute in found:
        if run and minute.at - run[-1].at != MINUTE:
            yield _of(run, usual, limit, name)
            run = []
        run.append(minute)
    if run:
        yield _of(run, usual, limit, name)


def _of(run: Sequence[SlowMinute], usual: float, limit: float, name: str) -> Slowness:
    return Slowness(Span(run[0].at, run[-1].at + MINUTE), tuple(run), usual, limit, name)
