"""Line-years with other ways and two families: what a router that goes over, a provider that leads another way, and a
family that dies are told as. Simulated are the eighteen
minutes around each event; the truth is known. All seeds are fixed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from heller.model.outage import Detection, Family, Outage, Strength
from heller.model.sample import TTL, Carrier, Depth, Outcome, SampleHeader, Target
from heller.outage import detect
from heller.outage.micros import micros

BEGIN, SECOND, LONG = 1_760_000_000_000_000, 1_000_000, 1080
GATEWAY, HOP, NEW = 0, 1, 2
FOUR, SIX = (3, 4, 5, 6, 7), (8, 9, 10, 11)
HOPS = {HOP: "100.64.0.1", NEW: "100.96.0.1"}
TARGETS = (
    Target(GATEWAY, "line", Depth.GATEWAY, "router", "192.168.178.1"),
    *(Target(n, "line", Depth.HOP, "hop", address) for n, address in HOPS.items()),
    *(Target(n, "line", Depth.OUTSIDE, f"t{n}", f"203.0.{n}.1", f"net {n}") for n in FOUR),
    *(Target(n, "line", Depth.OUTSIDE, f"t{n}", f"2001:db8:{n}::1", f"net {n % 5}") for n in SIX),
)
EVERY = dict.fromkeys(range(12), 1.0) | {HOP: 1.5, NEW: 1.5} | dict.fromkeys(SIX, 2.0)
FARTHER = 2  # routers by which the line's first one is further off over the other way


class World(NamedTuple):
    """Eighteen minutes: when nobody answers, when another way carries, which targets are dead in it, whether the line's
    first router is `silent`, `far` or `near` (as ever) meanwhile, whether the looks show another carrier, and loss."""

    silent: tuple[float, float] = (0, 0)
    away: tuple[float, float] = (0, 0)
    dead: tuple[int, ...] = ()
    hop: str = "near"
    shown: bool = True
    loss: float = 0.002

    @property
    def down(self) -> tuple[float, float]:
        """When the line is dead indeed."""
        if self.hop == "near" or not self.shown:
            return self.silent
        return min(edge for edge in (self.silent[0] or LONG, self.away[0])), max(self.silent[1], self.away[1])


def told(world: World, chance: np.random.Generator) -> Detection:
    """What the engine makes of it."""
    frame = pl.concat([_samples(n, world, chance) for n in EVERY])
    looks = []
    edges = [edge for span in (world.silent, world.away) for edge in span if edge]
    for t in sorted({*range(1, LONG, 60), *(edge + 2 for edge in edges)}):
        gone = world.shown and world.away[0] <= t < world.away[1]
        if t < LONG and not world.silent[0] <= t < world.silent[1]:
            at = BEGIN + round(t * SECOND)
            looks.append(Carrier("line", at, at, (HOPS[NEW if gone else HOP],)))
    head = SampleHeader(
        "heller-samples/2",
        "trial",
        TARGETS,
        ((BEGIN, BEGIN + LONG * SECOND),),
        SECOND,
        clock=0,
        sync="ntp",
        carriers=tuple(looks),
    )
    return detect((), (), (), samples=[(head, frame)])


def _samples(number: int, world: World, chance: np.random.Generator) -> pl.DataFrame:
    every = EVERY[number]
    t = np.arange(0, LONG, every) + number * every / 13
    lost = (chance.random(len(t)) < world.loss) & (number != GATEWAY)
    gone = (t >= world.away[0]) & (t < world.away[1])
    quiet = (t >= world.silent[0]) & (t < world.silent[1])
    lost |= quiet & (number != GATEWAY)
    if number in world.dead or (number == HOP and world.hop == "silent"):
        lost |= gone
    ttl = np.full(len(t), {GATEWAY: 64, HOP: 63, NEW: 63}.get(number, 57), np.uint8)
    if number == HOP and world.hop == "far":
        ttl[gone] -= FARTHER
    return pl.DataFrame(
        {
            "target": np.full(len(t), number, np.uint16),
            "at": BEGIN + np.round(t * SECOND).astype(np.int64),
            "outcome": np.where(lost, int(Outcome.TIMEOUT), 0).astype(np.uint8),
            "rtt": np.where(lost, np.nan, 0.02 + chance.exponential(0.002, len(t))).astype(np.float32),
            "width": np.zeros(len(t), np.int64),
            "row": np.arange(1, len(t) + 1, dtype=np.uint32),
            TTL: np.where(lost, 0, ttl).astype(np.uint8),
        }
    )


def year(chance: np.random.Generator) -> list[tuple[str, World]]:
    """The events of one year."""
    found: list[tuple[str, World]] = []
    for hop in ("silent", "far", "silent", "far"):
        start = chance.uniform(400, 500)
        pause = 0.0 if chance.random() < 0.5 else chance.uniform(8, 40)
        silent = (start, start + pause) if pause else (0, 0)
        away = (start + pause, start + pause + chance.uniform(60, 450))
        found.append(("failover", World(silent, away, hop=hop)))
    for dead in (FOUR, SIX, SIX, FOUR):
        start = chance.uniform(400, 500)
        found.append(("family", World(away=(start, start + chance.uniform(30, 450)), dead=dead, shown=False)))
    for n in range(12):  # a forced reconnection, after which the provider leads by another router
        start, pause = chance.uniform(400, 500), chance.uniform(6, 30)
        hop = "near" if n % 3 else "silent"
        found.append(("another route", World((start, start + pause), (start + pause, LONG), hop=hop)))
    for _ in range(6):  # the line's first router answers no echo for a while
        start = chance.uniform(400, 500)
        found.append(("mute router", World(away=(start, start + 400), hop="silent", shown=False)))
    for _ in range(6):  # loss in bursts of both families
        found.append(("loss", World(loss=0.03)))
    return found


def ways(many: int, seed: int) -> dict[str, float]:
    """So many line-years: false measured seconds and outages, failovers found with their bounds, halves found."""
    chance = np.random.default_rng(seed)
    count = dict.fromkeys(
        (
            "failovers",
            "found",
            "inside",
            "bridged",
            "halves",
            "half_found",
            "half_as_outage",
            "false",
            "suspected",
        ),
        0,
    )
    for _ in range(many):
        for kind, world in year(chance):
            seen = told(world, chance)
            _count(kind, world, seen, count)
    return {"years": many, **count}


def _count(kind: str, world: World, seen: Detection, count: dict[str, int]) -> None:
    sure = [one for one in seen.outages if one.strength is not Strength.SUSPECTED]
    low, high = world.down if kind == "failover" or world.silent[1] else (0.0, 0.0)
    if kind == "another route":
        low, high = world.silent
    count["false"] += sum(not _within(one.span.start, one.span.end, low, high) for one in sure)
    count["suspected"] += len(seen.outages) - len(sure)
    if kind == "failover":
        count["failovers"] += 1
        mine = [one for one in sure if one.detours]
        count["found"] += bool(mine)
        count["inside"] += any(_is_inside(one, low, high) for one in mine)
        dead = world.silent[1] - world.silent[0]
        count["bridged"] += any(sum(s.length.total_seconds() for s in one.cut_off) <= dead for one in mine)
    if kind == "family":
        count["halves"] += 1
        family = Family.FOUR if world.dead == FOUR else Family.SIX
        count["half_found"] += [half.family for half in seen.halves] == [family]
        count["half_as_outage"] += bool(seen.outages)


def _is_inside(one: Outage, low: float, high: float) -> bool:
    return _holds(one.widest.start, one.span.start, low) and _holds(one.span.end, one.widest.end, high)


def _within(start: object, end: object, low: float, high: float) -> bool:
    first, last = (micros(edge) for edge in (start, end))  # type: ignore[arg-type]
    return BEGIN + low * SECOND <= first and last <= BEGIN + high * SECOND


def _holds(early: object, late: object, truth: float) -> bool:
    first, last = (micros(edge) for edge in (early, late))  # type: ignore[arg-type]
    return first <= BEGIN + truth * SECOND <= last
