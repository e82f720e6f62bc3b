"""Samples of any targets, each probe as a function of its target and time says: for what `linelab` has no words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
from tests.outage.linelab import SECOND, us

from heller.model.outage import Detection
from heller.model.sample import COLUMNS, ECHO, PAGE, QUESTION, Depth, Outcome, SampleHeader, Target
from heller.outage import detect

NAN = float("nan")
Told = tuple[Outcome, float]


def target(number: int, address: str, protocol: str = ECHO, depth: Depth = Depth.OUTSIDE) -> Target:
    """A target of the main line in a network of its own."""
    return Target(number, "main", depth, f"{protocol} {address}", address, f"net {number % 5}", protocol)


ROUTER = target(0, "192.168.178.1", depth=Depth.GATEWAY)
FOUR = tuple(target(n, f"203.0.{n}.10") for n in range(1, 5))
SIX = tuple(target(n, f"2001:db8:{n}::10") for n in range(5, 9))
NAMES = tuple(target(n, f"198.51.{n}.53", QUESTION) for n in (9, 10))
PAGES = (target(11, "203.0.1.10", PAGE),)
PACE = {ECHO: 1.0, QUESTION: 2.0, PAGE: 3.0}


def told(seconds: float, targets: Sequence[Target], say: Callable[[Target, float], Told]) -> Detection:
    """What is told of a world in which the probes end as `say` has it."""
    rows = []
    for one in targets:
        every = PACE[one.protocol]
        for n in range(int(seconds / every)):
            t = n * every + one.number / len(targets) * every
            outcome, rtt = say(one, t)
            rows.append((one.number, us(t), int(outcome), rtt, 0, n + 1))
    schema = {name: getattr(pl, kind) for name, kind in COLUMNS.items()}
    frame = pl.DataFrame(sorted(rows), schema=schema, orient="row")
    watched = ((us(0), us(seconds)),)
    header = SampleHeader(
        "heller-samples/2", "boot/1/1", tuple(targets), watched, SECOND, clock=0, sync="ntp"
    )
    return detect((), (), (), samples=[(header, frame)])


def ok(rtt: float = 0.02) -> Told:
    """An answer."""
    return Outcome.OK, rtt


LOST: Told = (Outcome.TIMEOUT, NAN)
ANOTHER: Told = (Outcome.OTHER, 0.01)
