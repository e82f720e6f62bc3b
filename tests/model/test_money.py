"""Money keeps every cent."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.model.amount import Range
from heller.model.money import NO_CURRENCY, ZERO, Money, half_up, total

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


def test_no_currency_is_the_code_that_is_kept_for_it() -> None:
    """ISO 4217 keeps XXX for amounts in which no currency is involved; it mixes with none."""
    assert NO_CURRENCY == "XXX"
    with pytest.raises(ValueError, match="mix"):
        Money(1) + Money(1, NO_CURRENCY)


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


@given(cents, st.integers(-1, 1))
def test_amounts_stand_in_one_order(one: int, apart: int) -> None:
    """All four comparisons are those of the cents, at equality too."""
    left, right = Money(one), Money(one + apart)
    assert (left < right, left <= right) == (apart > 0, apart >= 0)
    assert (left > right, left >= right) == (apart < 0, apart <= 0)
    assert (left == right) == (apart == 0)


@pytest.mark.parametrize(
    "mix",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
        lambda a, b: a > b,
        lambda a, b: a >= b,
    ],
)
def test_no_operation_mixes_currencies(mix: Callable[[Money, Money], object]) -> None:
    """A pound is neither more nor less than a euro, and no sum holds both; but the two are not equal."""
    with pytest.raises(ValueError, match="cannot mix"):
        mix(Money(1), Money(1, "GBP"))
    assert Money(1) != Money(1, "GBP")


@pytest.mark.parametrize(
    ("amount", "factor", "product"),
    [
        (1000, 3, 3000),
        (1000, -2, -2000),
        (1000, 0, 0),
        (333, Decimal("0.5"), 167),
        (-333, Decimal("0.5"), -167),
        (100, Decimal("0.19"), 19),
        (100, Fraction(1, 3), 33),
        (100, Fraction(2, 3), 67),
        (-1, Fraction(1, 2), -1),
        (0, Fraction(-1, 3), 0),
    ],
)
def test_a_product_is_rounded_once(amount: int, factor: int | Decimal | Fraction, product: int) -> None:
    """Whole numbers, decimals and fractions, from either side; halves go away from zero."""
    assert Money(amount) * factor == Money(product) == factor * Money(amount)
    assert (Money(amount, "GBP") * factor).currency == "GBP"


@pytest.mark.parametrize("weights", [[], [0], [0, 0, 0], [2, -1], [-1, 1], [-1]])
def test_nothing_is_shared_out_by_no_weights(weights: list[int]) -> None:
    """Weights that are all zero, or below it, share nothing out: they are refused, not divided by."""
    with pytest.raises(ValueError, match="weights"):
        Money(100).split(weights)


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (100, [1], [100]),
        (100, [0, 1], [0, 100]),
        (5, [1, 2], [2, 3]),
        (10, [1, 5], [2, 8]),
        (10, [5, 1], [8, 2]),
        (7, [3, 3, 3, 1], [2, 2, 2, 1]),
        (-100, [1, 1, 1], [-33, -33, -34]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_what_is_left_over_goes_to_the_largest_remainder(
    whole: int, weights: list[int], parts: list[int]
) -> None:
    """Worked by hand; of equal remainders the first is served first."""
    assert [part.cents for part in Money(whole, "CHF").split(weights)] == parts
    assert {part.currency for part in Money(whole, "CHF").split(weights)} == {"CHF"}


def test_nothing_is_false() -> None:
    """A cent is something, either way; no amount is nothing, and the empty sum is no amount in its currency."""
    assert Money(1) and Money(-1) and not Money(0)
    assert total([]) == ZERO == Money(0) and total([], "CHF") == Money(0, "CHF")
    assert -Money(5, "GBP") == Money(-5, "GBP")


@pytest.mark.parametrize("value", [True, 1.0, "1", Decimal(1)])
def test_cents_are_whole_numbers(value: object) -> None:
    """Neither a truth value nor text nor a decimal becomes cents by itself."""
    with pytest.raises(TypeError, match="cents must be int"):
        Money(value)  # type: ignore[arg-type]


def test_whole_units_are_read_to_the_cent() -> None:
    """From text, whole numbers and decimals, half cents away from zero; text that is no number is refused."""
    assert [Money.of(v).cents for v in ("12.34", 12, Decimal("0.005"), "-0.005")] == [1234, 1200, 1, -1]
    assert Money.of(1, "GBP") == Money(100, "GBP")
    assert str(Money(-5).decimal) == "-0.05" and str(Money(120000).decimal) == "1200.00"
    with pytest.raises(InvalidOperation):
        Money.of("twelve")
