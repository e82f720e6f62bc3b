"""The probes of one target around a run of looks that showed another carrier: what of it was the line's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from heller.model.sample import ALIVE, LOST, TTL, Carrier, Depth
from heller.outage.columns import Track
from heller.outage.micros import Edge
from heller.outage.probe_counts import samples
from heller.outage.rule import ANOTHER_RTT, LEAST_ANOTHER_RTT, LOOK, SILENT, USUAL_OVER

if TYPE_CHECKING:
    from polars import DataFrame

_ALIVE, _LOST = [int(one) for one in ALIVE], [int(one) for one in LOST]
FEW_LOST = 4
_USUAL, _LOOK = USUAL_OVER // timedelta(microseconds=1), LOOK // timedelta(microseconds=1)


class OtherWay(NamedTuple):
    """A run of looks that showed another carrier, between the looks that showed the line: the end of the last one
    before, the beginning of the first one after, None where there is none."""

    looks: tuple[Carrier, ...]
    before: int | None
    after: int | None

    @property
    def edge(self) -> Edge:
        """From the first to the last of its looks."""
        return self.looks[0].first, self.looks[-1].last

    @property
    def name(self) -> str:
        """Its public address, or its first router."""
        last = self.looks[-1]
        return last.address or last.hop


class TargetProbes:
    """The probes of one target around a run of looks, and how their answers differ within it."""

    def __init__(self, track: Track, way: OtherWay, edge: Edge) -> None:
        import polars as pl

        self.track, self.edge = track, edge
        usual = (edge[0] - _USUAL, edge[1] + _USUAL)
        self.rows = samples(track, usual)
        inside = pl.col("at").is_between(*way.edge)
        # What surely belongs to the line: before its last look, after its first one.
        beside = (pl.col("at") < (way.before or 0)) | (pl.col("at") > (way.after or 2**62))
        alive = self.rows.filter(pl.col("outcome").is_in(_ALIVE))
        within = alive.filter(inside)
        if not len(within):
            within = alive.filter(pl.col("at").is_between(way.edge[0] - _LOOK, way.edge[1] + _LOOK))
        self.alive, self.own, self.other = alive, _level(alive.filter(beside)), _level(within)
        self.own_rtt, self.other_rtt = alive.filter(beside)["rtt"].median(), within["rtt"].median()

    @property
    def turned(self) -> bool:
        """Whether its answers had another time to live."""
        return bool(self.own and self.other and self.own != self.other)

    def at_another_pace(self) -> bool:
        """Whether its answers took clearly longer, or clearly less long."""
        one, other = self.own_rtt, self.other_rtt
        if not isinstance(one, float) or not isinstance(other, float):
            return False
        return abs(other - one) > max(LEAST_ANOTHER_RTT, ANOTHER_RTT * min(one, other))

    def answers(self) -> tuple[int, int, bool]:
        """Of a hop: probes sent and answered strictly between the proofs of the line, and whether the answers were
        as ever."""
        import polars as pl

        inner = self.rows.filter(pl.col("at").is_between(*self.edge, closed="none"))
        good = inner.filter(pl.col("outcome").is_in(_ALIVE))
        sent = inner.filter(pl.col("outcome").is_in([*_ALIVE, *_LOST]))
        return len(sent), len(good), len(good) > SILENT * len(sent) and not self.turned

    def of_the_line(self, before: int | None = None, after: int | None = None) -> Iterator[tuple[int, int]]:
        """When the line itself surely carried, next to the looks, before or after them: sending, and answer."""
        import polars as pl

        sure = self.alive
        if self.turned:
            sure = sure.filter(pl.col(TTL) == self.own)
        elif self.track.probed.depth is not Depth.HOP:
            return
        beside = sure.filter(pl.col("at") < before).tail(1) if before is not None else sure
        beside = beside.filter(pl.col("at") > after).head(1) if after is not None else beside
        came = beside["at"] + (beside["rtt"].fill_nan(0.0) * 1_000_000).cast(pl.Int64)
        yield from zip(beside["at"], came, strict=True)

    def of_another(self, edge: Edge) -> Iterator[int]:
        """When the line surely did not carry, between two proofs that it did."""
        import polars as pl

        inner = self.rows.filter(pl.col("at").is_between(*edge, closed="none"))
        if self.turned:
            yield from inner.filter(pl.col("outcome").is_in(_ALIVE) & (pl.col(TTL) == self.other))["at"]
        elif self.track.probed.depth is Depth.HOP:
            lost = inner.filter(pl.col("outcome").is_in(_LOST))["at"]
            yield from lost[1:-1] if len(lost) >= FEW_LOST else ()  # the outermost may be lost by chance


def _level(alive: DataFrame) -> int:
    """The time to live that most answers had, 0 where none is known."""
    import polars as pl

    known = alive.filter(pl.col(TTL) > 0)[TTL]
    return int(known.mode().sort()[0]) if len(known) else 0
