"""What must hold for every amount and every day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.law.book.calendar import plus_months
from heller.law.book.fees import fee_for
from heller.law.book.interest import Basis
from heller.law.book.refusals import BeyondTheData
from heller.law.chain.running import RunningSteps, change, each, less
from heller.law.de import costs, liability
from heller.law.de.deadlines import is_working_day, next_working_day, state_code
from heller.law.de.fee import dead_days
from heller.law.de.interest import interest, last_known_day
from heller.law.de.limitation import limitation
from heller.law.facts_of_case import Talks
from heller.model.amount import Range
from heller.model.money import Money
from heller.model.text import text

AMOUNTS = st.integers(0, 100_000_000).map(Money)
KNOWN = st.dates(date(2012, 7, 2), date(2026, 12, 31))
RANGES = st.lists(st.integers(0, 10_000_000), min_size=3, max_size=3).map(
    lambda cents: Range(*(Money(c) for c in sorted(cents)))
)


@given(AMOUNTS, AMOUNTS, KNOWN)
def test_fees_never_fall_as_the_value_grows(one: Money, other: Money, on: date) -> None:
    """Who sues for more never pays less, for lawyer and court alike."""
    low, high = sorted((one, other))
    assert costs.out_of_court(low, on).net <= costs.out_of_court(high, on).net
    assert costs.first_instance(low, on).gross <= costs.first_instance(high, on).gross
    assert costs.court_fee(low, on) <= costs.court_fee(high, on)


@given(AMOUNTS, KNOWN, st.integers(0, 3000), st.integers(0, 3000), st.sampled_from(Basis))
def test_interest_is_additive_over_split_periods(
    sum_: Money, first: date, a: int, b: int, basis: Basis
) -> None:
    """Two periods one after the other bear exactly what the whole bears, before rounding."""
    middle, last = (min(first + timedelta(n), last_known_day()) for n in (a, a + b))
    whole = interest(sum_, first, last, basis=basis)
    parts = [
        interest(sum_, first, middle, basis=basis),
        interest(sum_, middle + timedelta(1), last, basis=basis),
    ]
    assert whole.exact == sum(part.exact for part in parts)
    assert whole.days == sum(part.days for part in parts) == (last - first).days + 1


def test_a_day_whose_rate_is_not_known_is_refused() -> None:
    """The base rate of 2027 is not known yet: nobody extrapolates it."""
    with pytest.raises(BeyondTheData):
        interest(Money(1), date(2026, 12, 31), date(2027, 1, 1))


@given(AMOUNTS, KNOWN, st.none() | AMOUNTS)
def test_nobody_gets_more_than_the_cap(damage: Money, on: date, agreed: Money | None) -> None:
    """Compensation is never above the cap and never above the damage."""
    owed = liability.compensation(damage, on, agreed)
    assert owed <= damage
    assert owed <= liability.cap(on, agreed).amount


@given(st.lists(st.integers(0, 1_250_000).map(Money), max_size=60), st.booleans())
def test_the_shared_cap_is_never_exceeded(claims: list[Money], new: bool) -> None:
    """All end users of one event together get no more than the shared cap, and nobody more than he asked."""
    on = date(2022, 1, 1) if new else date(2015, 1, 1)
    many = claims * 40
    parts = liability.share_out(many, on)
    assert sum(part.cents for part in parts) <= (3_000_000_000 if new else 1_000_000_000)
    assert all(part <= asked for part, asked in zip(parts, many, strict=True))


@given(st.dates(date(2012, 7, 2), date(2025, 12, 31)), st.integers(0, 2000), st.integers(0, 400))
def test_talks_only_ever_help(arose: date, after: int, days: int) -> None:
    """Negotiations never shorten limitation, and the hopeful count never gives less than the safe one."""
    first = arose + timedelta(after)
    talks = [Talks(first, first + timedelta(days))]
    plain, safe = limitation(arose), limitation(arose, talks)
    assert plain.end <= safe.end <= limitation(arose, talks, talks_before_start_count=True).end


@given(AMOUNTS, KNOWN, st.integers(0, 120))
def test_the_fee_comes_back_once_at_most(monthly: Money, first: date, days: int) -> None:
    """The refund of one month never exceeds its fee, and more dead days never give less."""
    back = first + timedelta(days)
    refund, lines = fee_for(monthly, dead_days(first, back))
    assert refund.cents <= monthly.cents * len(lines)
    assert refund <= fee_for(monthly, dead_days(first, back, repair_day_counts=True))[0]


@given(RANGES, RANGES)
def test_a_step_keeps_its_range_upright(before: Range, taken: Range) -> None:
    """The effect is ordered, and the likely figure adds up to the cent."""
    after = less(before, taken)
    effect = change(before, after)
    assert before.likely + effect.likely == after.likely
    assert effect.low <= effect.likely <= effect.high


@given(RANGES, AMOUNTS)
def test_the_chain_adds_up(amount: Range, cap: Money) -> None:
    """What stands after the steps is the sum of their effects in the likely column."""
    chain = RunningSteps()
    chain.to(amount, "a", text("A"), text("Why"))
    chain.to(amount.capped(cap), "b", text("B"), text("Why"))
    chain.to(each(chain.running, lambda m: m * Decimal("0.7")), "c", text("C"), text("Why"))
    assert sum(step.effect.likely.cents for step in chain.steps) == chain.running.likely.cents


@given(st.dates(date(1991, 1, 1), date(2100, 1, 1)), st.sampled_from(["", "NW", "BY", "SN"]))
def test_a_working_day_is_near(day: date, state: str) -> None:
    """The next working day is not before the day and within a week."""
    found = next_working_day(day, state)
    assert is_working_day(found, state)
    assert 0 <= (found - day).days <= 6


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2015, 6, 17), 3, date(2015, 9, 17)),
        (date(2015, 11, 30), 3, date(2016, 2, 29)),
        (date(2015, 12, 31), 12, date(2016, 12, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, then: date) -> None:
    """§ 188 (2), (3) BGB: the day of the same number, or the last of a short month."""
    assert plus_months(day, months) == then


@pytest.mark.parametrize(
    ("said", "code"),
    [("NW", "NW"), ("Nordrhein-Westfalen", "NW"), (" bayern ", "BY"), ("Atlantis", ""), (None, "")],
)
def test_a_state_is_known_by_name_or_code(said: str | None, code: str) -> None:
    """What an office types finds its state; what is unknown gives the holidays of all Germany."""
    assert state_code(said) == code
