"""How sure it is that a line is down: log odds, with the loss that is usual while the line is up.

The loss is learnt inside bursts, not on average: losses come together, and a rule that takes them for
independent calls every burst an outage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from heller.outage.micros import ONE, Edge, outside
from heller.outage.rule import (
    BEFORE,
    BURST,
    CHANCE,
    LEAST_LOSS,
    MOST_CHANCE,
    MOST_LOSS,
    NETWORK_CAP,
)

if TYPE_CHECKING:
    from polars import DataFrame

    from heller.outage.line import Line


class Learnt(NamedTuple):
    """What a line teaches while it is up. `losses` is the share of probes lost inside bursts by outer target;
    `chance` so many losses may stand beside an outage by chance; `late` how long a loss of each outer target
    may be on its way; `longest` the longest run of losses by chance that was seen."""

    losses: tuple[float, ...]
    networks: tuple[str, ...]
    chance: int
    late: tuple[timedelta, ...]
    longest: int = 0


def odds(learnt: Learnt, lost: Counter[int]) -> float:
    """The log odds after so many losses of each target, without an answer between them."""
    weight: dict[str, float] = {}
    for track, n in lost.items():
        network = learnt.networks[track]
        weight[network] = weight.get(network, 0.0) - n * log(learnt.losses[track])
    return BEFORE + sum(min(w, NETWORK_CAP) for w in weight.values())


def learn(line: Line, outages: Sequence[Edge]) -> Learnt:
    """What the line teaches outside its outages."""
    chance, sent = _by_chance(line, outages), sum(int(t.runs["n"].sum()) for t in line.outer)
    places = _places(chance, line)
    skip = 0
    while skip < MOST_CHANCE and _most(places.get(skip + 1, 0)) > CHANCE * sent:
        skip += 1
    return Learnt(
        _in_bursts(chance, line),
        tuple(track.probed.network for track in line.outer),
        skip,
        line.late,
        max(places, default=0),
    )


def _most(counted: int) -> float:
    """What a count may stand for at most: two standard deviations more."""
    return counted + 2 * sqrt(counted)


def _by_chance(line: Line, outages: Sequence[Edge]) -> DataFrame:
    """The probes lost while the line was up, in order: at, track. Long silences of one target are its own
    matter and are left out."""
    import polars as pl

    found = []
    for i, track in enumerate(line.outer):
        runs = track.runs
        long = runs.filter(runs["lost"] & (runs["last"] - runs["first"] >= BURST // ONE * 3))
        own = list(zip(long["first"], long["last"] + 1, strict=True))
        at = track.lost["at"].filter(outside(track.lost["at"], (*own, *outages)))
        found.append(pl.DataFrame({"at": at}).with_columns(track=pl.lit(i, dtype=pl.Int64)))
    return pl.concat(found).sort("at", "track")


def _places(chance: DataFrame, line: Line) -> dict[int, int]:
    """How many losses stand in the first, second, third ... place of a run of losses by chance. Probes that
    follow each other by less than 1.75 usual distances are taken as neighbours."""
    import polars as pl

    if not len(chance):
        return {}
    slot = 1_750_000 / sum(1 / track.probed.step for track in line.outer)
    new = (chance["at"].diff() >= slot).fill_null(value=True)
    start = pl.int_range(len(chance), eager=True)
    place = start - start.zip_with(new, pl.Series([None], dtype=start.dtype)).forward_fill() + 1
    return dict(place.value_counts().iter_rows())


def _in_bursts(chance: DataFrame, line: Line) -> tuple[float, ...]:
    """The share of probes of each target that is lost inside bursts, within the floor and the cap. A burst is
    two losses or more that are no further apart than two seconds, with those two seconds around it."""
    import polars as pl

    least, at = (LEAST_LOSS,) * len(line.outer), chance["at"]
    if len(at) < 2:
        return least
    wide = BURST // ONE
    burst = (at.diff() > wide).fill_null(value=True).cum_sum()
    spans = (
        chance.with_columns(burst=burst)
        .group_by("burst")
        .agg(first=pl.col("at").min(), last=pl.col("at").max(), n=pl.len())
    )
    real = spans.filter(spans["n"] > 1)
    if not len(real):
        return least
    seconds = float((real["last"] - real["first"] + wide).sum()) / 1_000_000
    lost = dict(chance.filter(burst.is_in(real["burst"].implode()))["track"].value_counts().iter_rows())
    shares = (lost.get(i, 0) * track.probed.step / seconds for i, track in enumerate(line.outer))
    return tuple(min(MOST_LOSS, max(LEAST_LOSS, share)) for share in shares)
