"""Minutes in which a line answered slowly, by its own usual level: late answers and jitter, never mixed with outage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from heller.model.outage import SlowMinute, Slowness
from heller.model.sample import ALIVE
from heller.model.span import Span
from heller.outage.columns import Track
from heller.outage.line import Line
from heller.outage.micros import instant
from heller.outage.probe_counts import rows
from heller.outage.rule import FEWEST_LATE, FEWEST_USUAL, LATE_FACTOR, LATE_SHARE, LEAST_LATE

if TYPE_CHECKING:
    from polars import DataFrame

MINUTE, ONE_MINUTE = 60_000_000, timedelta(minutes=1)
PERCENTILE = 0.95


class Level(NamedTuple):
    """What is usual of a target, in seconds: its 95th percentile, and from where on an answer is late."""

    usual: float
    limit: float


def slow(line: Line) -> tuple[Slowness, ...]:
    """All runs of slow minutes, in order."""
    tracks = [track for track in line.outer if track.probed.witness]
    doubted = _candidates(tracks)
    odd: frozenset[int] = (
        frozenset() if 2 * len(doubted) > line.span.length / ONE_MINUTE else frozenset(doubted)
    )
    levels = {i: level for i, track in enumerate(tracks) if (level := _level(track, odd))}
    mine = {i: track for i, track in enumerate(tracks) if i in levels}
    networks = {track.probed.network for track in mine.values()}
    if len(networks) < 2:
        return ()
    wanted = max(2, ceil(len(networks) / 2))
    found = []
    for first, last in _runs(doubted):
        minutes = tuple(_minutes(mine, levels, first, last, wanted))
        found += list(_together(line, minutes, levels))
    return tuple(found)


def _level(track: Track, without: frozenset[int]) -> Level | None:
    """The line's own level at one target but for some minutes, None where too few answers tell it."""
    import polars as pl

    if track.rtts_at is None:
        return None
    found = pl.DataFrame({"minute": track.rtts_at // MINUTE, "rtt": track.rtts})
    rtts = found.filter(~pl.col("minute").is_in(sorted(without)))["rtt"]
    if len(rtts) < FEWEST_USUAL:
        return None
    usual = _of(rtts.quantile(PERCENTILE, "linear"))
    return Level(usual, max(usual * LATE_FACTOR, usual + LEAST_LATE))


def _candidates(tracks: Sequence[Track]) -> list[int]:
    """Minutes in which enough answers took clearly longer than the quickest, which all late ones did."""
    import polars as pl

    tall = [pl.DataFrame({"at": track.tall}) for track in tracks if track.tall is not None]
    if not tall:
        return []
    counted = pl.concat(tall).group_by(minute=pl.col("at") // MINUTE).len().sort("minute")
    expected = sum(60 / track.probed.step for track in tracks)
    return list(counted.filter(pl.col("len") >= max(FEWEST_LATE, LATE_SHARE * expected))["minute"])


def _runs(minutes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of minutes that follow each other."""
    start: int | None = None
    last = 0
    for minute in minutes:
        if start is None:
            start = minute
        elif minute != last + 1:
            yield start, last
            start = minute
        last = minute
    if start is not None:
        yield start, last


def _minutes(
    tracks: Mapping[int, Track], levels: Mapping[int, Level], first: int, last: int, networks: int
) -> Iterator[tuple[int, SlowMinute]]:
    """The minutes of a run that are slow indeed."""
    import polars as pl

    edge = (first * MINUTE, (last + 1) * MINUTE - 1)
    whole = pl.concat([_answers(track, levels[i].limit, edge) for i, track in tracks.items()])
    for (minute,), mine in sorted(whole.group_by("minute"), key=lambda one: one[0]):
        late = mine.filter(pl.col("late"))
        if len(late) < max(FEWEST_LATE, LATE_SHARE * len(mine)) or late["network"].n_unique() < networks:
            continue
        yield (
            int(minute),
            SlowMinute(
                instant(int(minute) * MINUTE),
                len(mine),
                len(late),
                _of(mine["rtt"].quantile(PERCENTILE, "linear")),
                _of(mine["apart"].mean()),
            ),
        )


def _of(value: object) -> float:
    """A figure of a column, 0 where it has none."""
    return float(value) if isinstance(value, int | float) else 0.0


def _answers(track: Track, limit: float, edge: tuple[int, int]) -> DataFrame:
    """The answers of one target: minute, round trip, whether it was late, how far from the one before."""
    import polars as pl

    alive = rows(track, edge).filter(pl.col("outcome").is_in([int(one) for one in ALIVE]))
    return alive.filter(pl.col("rtt").is_not_nan()).select(
        minute=pl.col("at") // MINUTE,
        rtt="rtt",
        late=pl.col("rtt") > limit,
        apart=(pl.col("rtt") - pl.col("rtt").shift(1)).abs(),
        network=pl.lit(track.probed.network),
    )


def _together(
    line: Line, minutes: Sequence[tuple[int, SlowMinute]], levels: Mapping[int, Level]
) -> Iterator[Slowness]:
    by = dict(minutes)
    usual = sorted(level.usual for level in levels.values())
    limit = sorted(level.limit for level in levels.values())
    middle = len(usual) // 2
    for first, last in _runs([minute for minute, _ in minutes]):
        span = Span(instant(first * MINUTE), instant((last + 1) * MINUTE))
        told = tuple(by[minute] for minute in range(first, last + 1))
        yield Slowness(span, told, usual[middle], limit[middle], line.name)
