"""Money keeps every cent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.model.amount import Range
from heller.model.money import Money, half_up, total

cents = st.integers(-(10**12), 10**12)
amounts = st.builds(Money, cents)


@given(st.lists(amounts))
def test_a_sum_is_the_sum_of_its_cents(parts: list[Money]) -> None:
    """No order of adding changes a sum."""
    assert total(parts).cents == sum(p.cents for p in parts) == total(reversed(parts)).cents


@given(st.integers(0, 10**12), st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_splitting_loses_no_cent(whole: int, weights: list[int]) -> None:
    """The parts add up, and none is further than a cent from its exact share."""
    parts = Money(whole).split(weights)
    assert total(parts) == Money(whole)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.cents - Fraction(whole * weight, sum(weights))) < 1


@given(amounts)
def test_text_and_back_is_the_same_amount(amount: Money) -> None:
    """The decimal of an amount makes the same amount."""
    assert Money.of(str(amount.decimal)) == amount


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", 1), ("-0.5", -1), ("1.4999", 1), ("2.5", 3), ("-2.5", -3)]
)
def test_halves_go_away_from_zero(value: str, rounded: int) -> None:
    """Commercial rounding, for decimals and fractions alike."""
    assert half_up(Decimal(value)) == rounded == half_up(Fraction(value))


def test_a_float_is_refused_everywhere() -> None:
    """No float touches money."""
    with pytest.raises(TypeError):
        Money(1.0)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money.of(1.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(1) * 1.5  # type: ignore[operator]


def test_currencies_do_not_mix() -> None:
    """Euros and pounds are never added."""
    with pytest.raises(ValueError, match="mix"):
        Money(1) + Money(1, "GBP")


ranges = st.lists(cents, min_size=3, max_size=3).map(sorted).map(lambda c: Range(*map(Money, c)))


@given(ranges, ranges)
def test_a_difference_of_ranges_holds_every_difference(a: Range, b: Range) -> None:
    """Low and high of a difference are the worst and the best that can be."""
    gap = a - b
    assert gap.low == a.low - b.high
    assert gap.high == a.high - b.low
    assert gap.likely == a.likely - b.likely


@given(ranges, st.integers(0, 10**12).map(Money))
def test_a_cap_holds_for_all_three_figures(amount: Range, cap: Money) -> None:
    """Nothing above the cap is left, nothing below it is touched."""
    capped = amount.capped(cap)
    assert capped.high <= cap
    assert capped.likely == min(amount.likely, cap)


def test_a_range_cannot_stand_on_its_head() -> None:
    """Low above high is refused when it is made."""
    with pytest.raises(ValueError, match="upside down"):
        Range(Money(2), Money(1), Money(3))
