"""A line with router, first hop, six targets in several networks, a name server and a second uplink, whose
probes are samples as the watch keeps them: every fault is a set of layers that are silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import polars as pl

from heller.model.sample import COLUMNS, QUESTION, Depth, Outcome, SampleHeader, Target, Upset

BEGIN = 1_760_000_000_000_000
SECOND = 1_000_000
SLOTS = 7  # probes a second: six targets and the rest in turn
RTT = 0.02

TARGETS = (
    Target(0, "main", Depth.GATEWAY, "router", "192.168.178.1", "own"),
    Target(1, "main", Depth.HOP, "first hop", "100.64.0.1", "provider"),
    *(
        Target(2 + n, "main", Depth.OUTSIDE, f"target {n + 1}", f"203.0.{n}.10", f"net {n % 3}")
        for n in range(6)
    ),
    Target(8, "main", Depth.OUTSIDE, "name server", "198.51.100.53", "net 4", QUESTION),
    *(
        Target(9 + n, "mobile", Depth.OUTSIDE, f"target {n + 1}", f"203.0.{n}.10", f"net {n % 3}")
        for n in range(2)
    ),
)
OUTER = tuple(range(2, 8))
Times = Sequence[tuple[float, float]]


def us(seconds: float) -> int:
    """Seconds since the world began, in microseconds since 1970."""
    return BEGIN + round(seconds * SECOND)


def table(
    seconds: float,
    dead: Mapping[int, Times],
    *,
    asleep: Times = (),
    loss: float = 0.0,
    lossy: Times | None = None,
    late: float = 0.0,
    seed: int = 1,
    numbers: Sequence[int] = tuple(range(9)),
    extra: Mapping[int, Mapping[int, Outcome]] | None = None,
) -> pl.DataFrame:
    """The samples of a world that lasts so many seconds: `dead` names for each target when it cannot be
    reached, `loss` the share lost by chance (within `lossy`, else always), `late` the share answered late."""
    chance, rows = Random(seed), []
    for number in numbers:
        slot = (number - 2) / SLOTS if number in OUTER else 6 / SLOTS
        for n in range(int(seconds)):
            t = n + slot
            if _in(t, asleep):
                continue
            silent = _in(t, dead.get(number, ())) or _in(t + RTT, dead.get(number, ()))
            by_chance = chance.random() < loss and (lossy is None or _in(t, lossy)) and number != 0
            outcome = Outcome.TIMEOUT if silent or by_chance else Outcome.OK
            if outcome is Outcome.OK and late and chance.random() < late:
                outcome = Outcome.LATE
            outcome = (extra or {}).get(number, {}).get(n, outcome)
            rtt = {Outcome.OK: RTT, Outcome.LATE: 1.5}.get(outcome, float("nan"))
            rows.append((number, us(t), int(outcome), rtt, 0, n + 1))
    schema = {name: getattr(pl, kind) for name, kind in COLUMNS.items()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def head(seconds: float, upsets: Sequence[Upset] = (), asleep: Times = ()) -> SampleHeader:
    """The head of such a table."""
    edges = [0.0, *(edge for span in asleep for edge in span), seconds]
    watched = tuple((us(a), us(b)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return SampleHeader(
        "heller-samples/1", "boot/1/1", TARGETS, watched, SECOND, tuple(upsets), 0, "ntp", ("mobile",)
    )


def fault(name: str, start: float, end: float) -> dict[int, Times]:
    """Which targets each of the faults of the lab silences."""
    silent = {
        "lan": range(9),
        "router": range(9),
        "line": range(1, 9),
        "silent": range(1, 9),
        "beyond": range(2, 9),
        "dns": (8,),
        "target": (3,),
        "loss": (),
    }[name]
    return {number: [(start, end)] for number in silent}


def _in(t: float, times: Times) -> bool:
    return any(start <= t < end for start, end in times)
