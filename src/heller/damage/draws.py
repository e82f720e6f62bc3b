"""Honest ranges of sums: one draw for each risk. It knows no heads and no law."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from heller.damage.ledger import damage, plain
from heller.model.amount import Range
from heller.model.damage import Flow
from heller.model.money import Money

SEED = 249  # any fixed number would do, it is printed with the result


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
        low, high = _quantiles(risks, seed, (0.05, 0.95))
    return _between(widest, low, high)


def spread(flows: Iterable[Flow], seed: int = SEED, n: int = 100) -> tuple[Money, ...]:
    """`n` equally likely damages, ascending: the middles of as many slices of the draws of `combine`,
    held within the plain sum of the ranges. Without uncertainty all of them are the likely figure."""
    flows = tuple(flows)
    widest, risks = plain(damage(flow) for flow in flows), _moving(flows)
    if not risks:
        return (widest.likely,) * n
    offsets = _quantiles(risks, seed, [(i + 0.5) / n for i in range(n)])
    cents = (min(max(widest.likely.cents + o, widest.low.cents), widest.high.cents) for o in offsets)
    return tuple(Money(one, widest.likely.currency) for one in cents)


def _moving(flows: Iterable[Flow]) -> list[tuple[str, _Risk]]:
    return [(name, risk) for name, risk in sorted(_risks(flows).items()) if risk != _Risk()]


def _quantiles(risks: Iterable[tuple[str, _Risk]], seed: int, at: Iterable[float]) -> list[int]:
    """All risks drawn and added, at these quantiles, in cents from the likely figure."""
    from heller.damage.quantiles import Moving, quantiles  # without uncertainty numpy is not loaded

    return quantiles([Moving(name, risk.up, risk.down) for name, risk in risks], seed, at)


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
