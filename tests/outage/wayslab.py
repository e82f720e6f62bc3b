"""The line of `linelab` behind a router with a second way out: who carries when, what a look shows of it, and how far
off everybody stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from msgspec.structs import replace
from tests.outage.linelab import SECOND, Times, head, table, us

from heller.model.outage import Detection
from heller.model.sample import TTL, Carrier, SampleHeader
from heller.outage import detect

LINE, MOBILE = "100.64.0.1", "100.96.0.1"
OWN, OTHER = "203.0.113.7", "198.51.100.9"  # public addresses
HOP = 1  # its number


def looks(
    seconds: float, away: Times, *, every: float = 60, addresses: bool = False, other: str = MOBILE
) -> tuple[Carrier, ...]:
    """What looks show that come once a minute, and a second after each turn."""
    times = sorted({*range(1, int(seconds), int(every)), *(edge + 2 for span in away for edge in span)})
    found = []
    for t in times:
        if not 0 <= t < seconds:
            continue
        gone = any(start <= t < end for start, end in away)
        address = (OTHER if gone else OWN) if addresses else ""
        found.append(Carrier("main", us(t), us(t), (other if gone else LINE,), address))
    return tuple(found)


def seen(
    seconds: float,
    dead: Times,
    away: Times,
    *,
    reachable: bool = False,
    further: int = 0,
    addresses: bool = False,
    stated: str = "",
    shown: Sequence[Carrier] | None = None,
    hop_dead: Times | None = None,
    loss: float = 0.0,
    office: Sequence[str] = (),
) -> Detection:
    """What is told of a world: nothing passes in `dead`, another way carries in `away`. `reachable`: the line's first
    router answers over the other way too, from two routers further off; `further`: so is everybody."""
    hop_gone = (*dead, *(() if reachable else away)) if hop_dead is None else hop_dead
    silent: Mapping[int, Times] = dict.fromkeys(range(2, 9), dead) | {HOP: hop_gone}
    frame = table(seconds, silent, loss=loss).with_columns(_ttl(away, further))
    carriers = looks(seconds, away, addresses=addresses) if shown is None else tuple(shown)
    header: SampleHeader = replace(
        head(seconds), carriers=carriers, addresses={"main": stated} if stated else {}
    )
    return detect((), (), (), samples=[(header, frame)], office=office)


def _ttl(away: Times, further: int) -> pl.Expr:
    gone = pl.lit(value=False)
    for start, end in away:
        gone = gone | pl.col("at").is_between(us(start), us(end), closed="left")
    hop = pl.col("target") == HOP
    left = pl.when(gone & hop).then(61).when(gone & (pl.col("target") > HOP)).then(57 - further)
    answered = pl.col("rtt").is_not_nan()
    usual = pl.when(hop).then(63).when(pl.col("target") == 0).then(64).otherwise(57)
    return pl.when(answered).then(left.otherwise(usual)).otherwise(0).cast(pl.UInt8).alias(TTL)


def inside(at: float, edge: object) -> bool:
    """Whether a true instant, in seconds since the world began, lies within bounds."""
    low, high = (getattr(edge, name).timestamp() * SECOND for name in ("earliest", "latest"))
    return bool(low <= us(at) <= high)
