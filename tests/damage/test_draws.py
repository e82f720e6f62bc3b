"""Ranges of sums: worked by hand where that can be done."""

from __future__ import annotations

from tests.damage.damage_world import exact, flow

from heller.damage.draws import combine
from heller.model.amount import Range
from heller.model.money import Money


def wide(low: int, likely: int, high: int) -> Range:
    """A range in euros."""
    return Range(Money(low * 100), Money(likely * 100), Money(high * 100))


def test_one_risk_alone_keeps_its_edges() -> None:
    """Nothing is drawn where there is nothing to combine."""
    assert combine([flow("a", wide(80, 100, 150), Range())]) == wide(80, 100, 150)
    assert combine([]) == Range()


def test_the_same_risk_moves_together() -> None:
    """Two flows of one risk are as wide as their plain sum."""
    flows = [flow(i, wide(80, 100, 150), Range(), risk="sales") for i in "ab"]
    assert combine(flows) == wide(160, 200, 300)


def test_independent_risks_even_out() -> None:
    """Four independent halves of 10.00 either way: sqrt(4) x 10 = 20, not 40 (within the noise of draws)."""
    flows = [flow(f"f{i}", wide(90, 100, 110), Range()) for i in range(4)]
    drawn = combine(flows)
    assert drawn.likely == Money(40000)
    assert abs(drawn.low.cents - 38000) < 60
    assert abs(drawn.high.cents - 42000) < 60


def test_saved_cost_moves_against_the_takings() -> None:
    """Takings 80-100-150 and variable cost of 62 % leave 38 % of each figure."""
    takings = flow("takings", wide(80, 100, 150), Range(), risk="sales")
    cost = flow("cost", -Range(Money(4960), Money(6200), Money(9300)), Range(), risk="-sales")
    assert combine([takings, cost]) == Range(Money(3040), Money(3800), Money(5700))


def test_the_seed_fixes_the_figures() -> None:
    """The same seed gives the same cents, another seed nearly the same."""
    flows = [flow(f"f{i}", wide(0, 100 + i, 400), Range()) for i in range(30)]
    assert combine(flows, seed=1) == combine(flows, seed=1)
    one, other = combine(flows, seed=1), combine(flows, seed=2)
    assert one != other
    assert abs(one.low.cents - other.low.cents) < 0.02 * one.low.cents


def test_many_flows_are_drawn_by_risk() -> None:
    """Five hundred flows of three risks cost three draws: their edges are those of three sums."""
    flows = [flow(f"f{i}", wide(9, 10, 12), Range(), risk=f"r{i % 3}") for i in range(500)]
    drawn = combine(flows)
    assert drawn.likely == Money(500_000)
    assert Money(450_000) < drawn.low < drawn.likely < drawn.high < Money(600_000)
    assert combine([*flows, flow("sure", exact("1.00"), Range())]).low == drawn.low + Money(100)
