"""Worlds in which the truth is known, and what the engine makes of them. All seeds are fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np
import polars as pl

from heller.model.finding import Locator
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.outage import Cause, Strength
from heller.model.sample import QUESTION, Depth, Outcome, SampleHeader, Target, Upset, UpsetKind
from heller.outage import detect
from heller.outage.acceptance.fingerprint import TargetCount, fingerprint
from heller.outage.columns import Block, Probed
from heller.outage.evidence.router import clock, downs, match
from heller.outage.line import line
from heller.outage.micros import instant, micros
from heller.outage.rule import SURE
from heller.outage.silence import find

BEGIN, SECOND, SLOTS, RTT = 1_760_000_000_000_000, 1_000_000, 7, 0.02
# Targets 0 gateway, 1 first hop, 2-7 six targets in three networks, 8 name server.
OUTER, ALL = range(2, 8), range(9)
TARGETS = (
    Target(0, "line", Depth.GATEWAY, "router", "192.168.178.1", "own"),
    Target(1, "line", Depth.HOP, "first hop", "100.64.0.1", "provider"),
    *(Target(n, "line", Depth.OUTSIDE, f"target {n}", f"203.0.113.{n}", f"net {n % 3}") for n in OUTER),
    Target(8, "line", Depth.OUTSIDE, "name server", "198.51.100.53", "net 4", QUESTION),
)
FAULTS: dict[str, tuple[Sequence[int], Cause | None]] = {
    "lan": (ALL, Cause.OWN_HOST),
    "router": (ALL, Cause.ROUTER),
    "line cut": (range(1, 9), Cause.LINE),
    "silent": (range(1, 9), Cause.LINE),
    "beyond": (range(2, 9), Cause.BEYOND),
    "dns": ((8,), Cause.DNS),
    "target": ((3,), Cause.TARGET),
    "loss 30 %": ((), None),
}
COMPLETE = ("router", "line cut", "silent", "beyond")


def _table(lost: dict[int, np.ndarray], at: dict[int, np.ndarray]) -> pl.DataFrame:
    """Samples of the watch, sorted by target."""
    parts = []
    for n in sorted(lost):
        dead = lost[n]
        parts.append(
            pl.DataFrame(
                {
                    "target": np.full(len(dead), n, np.uint16),
                    "at": at[n],
                    "outcome": np.where(dead, int(Outcome.TIMEOUT), 0).astype(np.uint8),
                    "rtt": np.where(dead, np.nan, RTT).astype(np.float32),
                    "width": np.zeros(len(dead), np.int64),
                    "row": np.arange(1, len(dead) + 1, dtype=np.uint32),
                }
            )
        )
    return pl.concat(parts)


def _sent(seconds: int) -> dict[int, np.ndarray]:
    """When each target is asked: once a second, the six outer ones a seventh apart, the rest in the last slot."""
    whole = np.arange(seconds, dtype=np.int64) * SECOND
    slots = {n: (n - 2 if n in OUTER else 6) * SECOND // SLOTS for n in ALL}
    return {n: BEGIN + whole + slot for n, slot in slots.items()}


def _head(
    seconds: int, upsets: Sequence[Upset] = (), watched: Sequence[tuple[int, int]] = ()
) -> SampleHeader:
    whole = tuple(watched) or ((BEGIN, BEGIN + seconds * SECOND),)
    return SampleHeader("heller-samples/1", "trial", TARGETS, whole, SECOND, tuple(upsets), 0, "ntp")


def cuts(many: int, loss: float, seed: int) -> Iterator[dict[str, float]]:
    """Cuts of 8 to 30 s at random phases, one a minute and a half: how wide the bounds are, whether the truth
    lies inside, whether the cause is right."""
    chance, apart = np.random.default_rng(seed), 90
    seconds, sent = many * apart, _sent(many * apart)
    start = BEGIN + ((np.arange(many) + chance.uniform(0.3, 0.5, many)) * apart * SECOND).astype(np.int64)
    end = start + (chance.uniform(8, 30, many) * SECOND).astype(np.int64)
    names = chance.choice(np.array(COMPLETE), many)
    lost = {}
    for n, at in sent.items():
        dead = chance.random(seconds) < (loss if n else 0)
        for moment in (at, at + round(RTT * SECOND)):
            which = np.searchsorted(start, moment, "right") - 1
            hit = (which >= 0) & (moment < end[which])
            hit &= np.array([n in FAULTS[str(name)][0] for name in names])[which]
            dead |= hit
        lost[n] = dead
    found = detect([], [], [], [(_head(seconds), _table(lost, sent))]).outages
    middle = np.array([micros(o.start.latest) for o in found])
    for i in range(many):
        near = np.flatnonzero((middle > start[i] - 20 * SECOND) & (middle < end[i]))
        if len(near) != 1:
            yield {"found": len(near)}
            continue
        o = found[near[0]]
        yield {
            "found": 1,
            "start": o.start.width.total_seconds(),
            "end": o.end.width.total_seconds(),
            "in_start": micros(o.widest.start) <= start[i] <= micros(o.start.latest),
            "in_end": micros(o.end.earliest) <= end[i] <= micros(o.widest.end),
            "cause": o.cause is FAULTS[str(names[i])][1],
            "provider": o.cause in (Cause.LINE, Cause.BEYOND) and names[i] == "router",
            "short": o.shortest.total_seconds() <= (end[i] - start[i]) / SECOND,
        }


def causes(many: int, seed: int) -> Counter[tuple[str, str]]:
    """The first ten seconds of each fault at a random phase, with 0 to 10 % loss by chance: fault and verdict."""
    chance, out = np.random.default_rng(seed), Counter[tuple[str, str]]()
    for name, (silent, _) in FAULTS.items():
        losses = chance.choice([0.0, 0.002, 0.01, 0.02, 0.05, 0.10], many)
        for loss in losses:
            rate = 0.3 if name == "loss 30 %" else loss
            asked: dict[Depth, list[TargetCount]] = {}
            names: list[TargetCount] = []
            for target in TARGETS:
                n, good = 10, int((chance.random(10) >= (rate if target.number else 0)).sum())
                good = 0 if target.number in silent else good
                group = names if target.protocol == QUESTION else asked.setdefault(target.depth, [])
                group.append(TargetCount(target.network, n, good))
            state, cause = fingerprint(asked, names, own_link=name != "lan")
            out[name, cause.value if cause else state] += 1
    return out


def right(name: str) -> str:
    """The verdict that a fault must get."""
    cause = FAULTS[name][1]
    return cause.value if cause else "degraded"


def years(many: int, seed: int) -> dict[str, float]:
    """Line-years that are never down: three targets at 1 Hz, 0.2 % loss, a shared burst every 30 min (2 s,
    40 %), each target silent alone every 6 h for 60 s, one target dead for 4 h.

    Simulated second by second is all of that, with ten seconds before and after; the seconds between, in
    which nothing but the 0.2 % happens, are left out: that three targets are silent in them for five seconds
    on end has a chance below 1e-37 each second.
    """
    chance, seconds, false, suspected = np.random.default_rng(seed), 0, 0, 0
    for _ in range(many):
        windows, lost = _year(chance)
        seconds += windows
        probed = {n: Probed("", Depth.OUTSIDE, f"t{n}", f"net {n}", 1.0, 0.0, Locator("")) for n in range(3)}
        at = {n: BEGIN + np.arange(windows, dtype=np.int64) * SECOND + n * SECOND // 3 for n in range(3)}
        seen = line("", [Block(_table(lost, at), probed)])
        assert seen is not None
        found = find(seen).cuts
        false += sum(cut.belief >= SURE for cut in found)
        suspected += sum(cut.belief < SURE for cut in found)
    return {"years": many, "seconds": seconds, "false": false, "suspected": suspected}


def _year(chance: np.random.Generator) -> tuple[int, dict[int, np.ndarray]]:
    """The eventful seconds of one year, closed up: how many, and which probes of each target are lost."""
    year, pad = 365 * 86_400, 10
    bursts = np.arange(0, year, 1800) + chance.integers(0, 1700)
    alone = {n: np.arange(0, year, 21_600) + chance.integers(0, 21_500) for n in range(3)}
    down = int(chance.integers(0, year - 14_400))
    edges = [(b - pad, b + 2 + pad) for b in bursts]
    edges += [(s - pad, s + 60 + pad) for starts in alone.values() for s in starts] + [
        (down - pad, down + 14_410)
    ]
    first, last = np.array(sorted(edges)).T
    reach = np.maximum.accumulate(last)
    new = np.concatenate([[True], first[1:] > reach[:-1]])
    starts, ends = first[new], reach[np.concatenate([np.flatnonzero(new)[1:] - 1, [len(first) - 1]])]
    lengths = ends - starts
    offset = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    total = int(lengths.sum())

    def place(moments: np.ndarray, length: int) -> np.ndarray:
        window = np.searchsorted(starts, moments, "right") - 1
        return ((moments - starts[window] + offset[window])[:, None] + np.arange(length)).ravel()

    lost = {n: chance.random(total) < 0.002 for n in range(3)}
    for n in range(3):
        at = place(bursts, 2)
        lost[n][at] |= chance.random(len(at)) < 0.4
        lost[n][place(alone[n], 60)] = True
    lost[0][place(np.array([down]), 14_400)] = True
    return total, lost


def sleeps(many: int, seed: int) -> dict[str, float]:
    """A line that is never down and a watcher that is: suspends, freezes, own cable, each with losses in the
    two seconds before and up to ten after; clock steps of an hour both ways, as at the fold of summer time.
    Every second charged, and every unwatched second taken for up or down, is an error."""
    chance, apart = np.random.default_rng(seed), 180
    seconds, sent = many * apart, _sent(many * apart)
    start = BEGIN + ((np.arange(many) + 0.3) * apart * SECOND + chance.uniform(0, SECOND, many)).astype(
        np.int64
    )
    sorts = (UpsetKind.SUSPEND, UpsetKind.FREEZE, UpsetKind.LINK_DOWN, UpsetKind.STEP)
    kinds = chance.choice([int(kind) for kind in sorts], many)
    step = kinds == int(UpsetKind.STEP)
    end = np.where(step, start, start + (chance.uniform(0.5, 60, many) * SECOND).astype(np.int64))
    before, after = chance.uniform(0, 1.9, many) * SECOND, chance.uniform(0, 9.9, many) * SECOND
    before, after = np.where(step, 0, before), np.where(step, 0, after)
    lost, kept = {}, {}
    for n, at in sent.items():
        dead = chance.random(seconds) < 0.002
        which = np.clip(np.searchsorted(start, at, "right") - 1, 0, None)
        ahead = np.clip(np.searchsorted(start, at, "left"), 0, many - 1)
        during = (at >= start[which]) & (at < end[which])
        dead |= (at >= end[which]) & (at < end[which] + after[which]) & (at > start[which])
        dead |= (at >= start[ahead] - before[ahead]) & (at < start[ahead])
        cable = during & (kinds[which] == int(UpsetKind.LINK_DOWN))
        dead |= cable
        stays = ~during | cable
        lost[n], kept[n] = dead[stays], at[stays]
    upsets = [
        Upset(UpsetKind(int(k)), int(a), int(b), "", int(chance.choice([-1, 1])) * 3_600 * SECOND)
        for k, a, b in zip(kinds, start, end, strict=True)
    ]
    found = detect([], [], [], [(_head(seconds, upsets), _table(lost, kept))])
    charged = sum((o.widest.length for o in found.outages), timedelta()).total_seconds()
    blind = [(instant(int(a)), instant(int(b))) for a, b, s in zip(start, end, step, strict=True) if not s]
    states = [(s.span.start, s.span.end) for s in found.stretches if s.state != "unobserved"]
    wrong = sum(_shared(blind, states), timedelta()).total_seconds()
    return {"upsets": many, "charged": charged, "wrong": wrong, "steps": int(step.sum())}


def _shared(
    some: Sequence[tuple[object, object]], others: Sequence[tuple[object, object]]
) -> Iterator[timedelta]:
    """The time that two sorted lists of stretches share."""
    i = 0
    for start, end in some:
        while i < len(others) and others[i][1] <= start:  # type: ignore[operator]
            i += 1
        j = i
        while j < len(others) and others[j][0] < end:  # type: ignore[operator]
            yield min(end, others[j][1]) - max(start, others[j][0])  # type: ignore[operator,type-var]
            j += 1


def witnesses(many: int, seed: int) -> dict[str, float]:
    """A router whose clock is off by up to two hours, that notices late and writes whole seconds: how far its
    times lie from the own watch's bounds when its clock's offset has been estimated."""
    chance, agree, proven, total = np.random.default_rng(seed), 0, 0, 0
    for _ in range(many // 20):
        start = np.cumsum(chance.uniform(120, 4000, 20)) + 100
        end = start + chance.uniform(8, 100, 20)
        seconds = int(end[-1]) + 100
        sent, lost = _sent(seconds), {}
        for n, at in sent.items():
            t = (at - BEGIN) / SECOND
            which = np.clip(np.searchsorted(start, t, "right") - 1, 0, None)
            dead = (t >= start[which]) & (t < end[which]) & (n > 0)
            lost[n] = dead | ((chance.random(seconds) < 0.01) & (n > 0))
        off = chance.uniform(-7200, 7200) * (chance.random() < 0.5)
        events = []
        for a, b in zip(start, end, strict=True):
            told = (
                (a + chance.uniform(0.2, 1.5), DeviceSign.LINE_DOWN),
                (b - chance.uniform(0, 1.0), DeviceSign.LINE_UP),
            )
            events += [(int(t + off), sign) for t, sign in told]
        log = DeviceLog(
            "router",
            tuple(DeviceEvent(instant(BEGIN + t * SECOND), s, "", i) for i, (t, s) in enumerate(events)),
            Locator(""),
            1.0,
        )
        frame = _table(lost, sent)
        verdict = detect([], [log], [], [(_head(seconds), frame)]).outages
        probed = {
            t.number: Probed("", t.depth, t.name, t.network, 1.0, 0.0, Locator(""), "", t.protocol)
            for t in TARGETS
        }
        seen = line("", [Block(frame, probed)])
        assert seen is not None
        found = find(seen).cuts
        down = downs(log)
        stands = clock(log, found, down)
        total += len(start)
        proven += sum(o.strength is Strength.PROVEN for o in verdict)
        for cut in found:
            m = match(log, cut, down, stands)
            rest = stands.usual - stands.offset
            if m.start and m.end:
                far = [_off(m.start + rest, cut.start), _off(m.end + rest, cut.end)]
                agree += max(far) <= timedelta(seconds=2)
    return {"outages": total, "agree": agree, "proven": proven}


def _off(at: object, bounds: object) -> timedelta:
    """How far an instant lies outside bounds."""
    return max(bounds.earliest - at, at - bounds.latest, timedelta())  # type: ignore[attr-defined,operator,no-any-return]
