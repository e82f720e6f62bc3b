"""Honest ranges of sums: 10,000 seeded draws, one for each risk. It knows no heads and no law."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from statistics import NormalDist

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from heller.damage.ledger import damage, plain
from heller.model.amount import Range
from heller.model.damage import Flow
from heller.model.money import Money

SEED = 249  # any fixed number would do, it is printed with the result
DRAWS = 10_000
MANY = 64  # risks: beyond them their draws are picked, not permuted
SLICES = 12  # bits
EDGE = NormalDist().inv_cdf(0.95)  # low and high are the 5 % and the 95 % quantile

Floats = NDArray[np.float64]


class _Risk(Struct, frozen=True):
    """What moves together, in cents for one step of the edge: upwards where it goes well, downwards else."""

    up: int = 0
    down: int = 0

    def plus(self, amount: Range, against: bool) -> _Risk:
        up, down = (amount.high - amount.likely).cents, (amount.likely - amount.low).cents
        # What moves against the others falls when they rise.
        return _Risk(self.up - down, self.down - up) if against else _Risk(self.up + up, self.down + down)


def combine(flows: Iterable[Flow], seed: int = SEED) -> Range:
    """The damage of all flows: `likely` is the exact sum, low and high are the 5 % and 95 % quantiles.

    Flows with the same `risk` move together; `-name` moves against `name` (saved cost falls when the
    takings fall); an uncertain flow without a risk stands alone. Each flow is a two-piece normal
    through its three figures. Never wider than the plain sum of the ranges.
    """
    flows = tuple(flows)
    widest = plain(damage(flow) for flow in flows)
    risks = _moving(flows)
    if not risks:
        return Range.exact(widest.likely)
    if len(risks) == 1:  # nothing to draw: the edges of the one risk are the edges of the sum
        ends = (-risks[0][1].down, risks[0][1].up)
        low, high = min(ends), max(ends)
    else:
        drawn = _sum(risks, seed)
        low, high = (round(float(q)) for q in np.quantile(drawn, (0.05, 0.95)))
    return _between(widest, low, high)


def spread(flows: Iterable[Flow], seed: int = SEED, n: int = 100) -> tuple[Money, ...]:
    """`n` equally likely damages, ascending: the middles of as many slices of the draws of `combine`,
    held within the plain sum of the ranges. Without uncertainty all of them are the likely figure."""
    flows = tuple(flows)
    widest, risks = plain(damage(flow) for flow in flows), _moving(flows)
    if not risks:
        return (widest.likely,) * n
    middles = (np.arange(n) + 0.5) / n
    offsets = (round(float(q)) for q in np.quantile(_sum(risks, seed), middles))
    cents = (min(max(widest.likely.cents + o, widest.low.cents), widest.high.cents) for o in offsets)
    return tuple(Money(one, widest.likely.currency) for one in cents)


def _moving(flows: Iterable[Flow]) -> list[tuple[str, _Risk]]:
    return [(name, risk) for name, risk in sorted(_risks(flows).items()) if risk != _Risk()]


def _sum(risks: Iterable[tuple[str, _Risk]], seed: int) -> Floats:
    """All risks drawn and added, in cents from the likely figure."""
    risks = tuple(risks)
    draw = _drawn if len(risks) <= MANY else _picked
    drawn = np.zeros(DRAWS)
    for name, risk in risks:
        drawn += draw(name, risk, seed)
    return drawn


def _between(widest: Range, low: int, high: int) -> Range:
    """Low and high as distances from the likely figure, held within the plain sum and in order."""
    middle = widest.likely.cents
    return Range(
        Money(min(max(middle + low, widest.low.cents), middle), widest.likely.currency),
        widest.likely,
        Money(max(min(middle + high, widest.high.cents), middle), widest.likely.currency),
    )


def _risks(flows: Iterable[Flow]) -> dict[str, _Risk]:
    risks: dict[str, _Risk] = {}
    for flow in flows:
        amount = damage(flow)
        if amount.low == amount.likely == amount.high:
            continue
        name = flow.risk.removeprefix("-") or f"flow {flow.id}"
        risks[name] = risks.get(name, _Risk()).plus(amount, flow.risk.startswith("-"))
    return risks


@cache
def _normal() -> Floats:
    """The middles of 10,000 equally likely slices of the standard normal: no sampling noise per risk."""
    return _slices(DRAWS)


@cache
def _fine() -> Floats:
    """The same in a power of two, so that some bits of a random number pick one."""
    return _slices(1 << SLICES)


def _slices(count: int) -> Floats:
    return np.array([NormalDist().inv_cdf((i + 0.5) / count) for i in range(count)]) / EDGE


def _drawn(name: str, risk: _Risk, seed: int) -> Floats:
    """The draws of one risk, in cents from the likely figure; they hang on its name and the seed only."""
    return _scaled(_source(name, seed).permutation(_normal()), risk)


def _picked(name: str, risk: _Risk, seed: int) -> Floats:
    """The same where there are many risks: picked out of the slices with putting back, at a quarter of the
    time; the noise of each is lost among the others."""
    index = np.frombuffer(_source(name, seed).bytes(2 * DRAWS), dtype=np.uint16) >> 16 - SLICES
    return _scaled(_fine(), risk).take(index)


def _source(name: str, seed: int) -> np.random.Generator:
    key = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    return np.random.Generator(np.random.PCG64([seed, key]))


def _scaled(z: Floats, risk: _Risk) -> Floats:
    return np.asarray(np.where(z > 0, z * risk.up, z * risk.down), dtype=np.float64)
