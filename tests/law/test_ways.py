"""What must hold for every bill, every quota and every cap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.law.book.refusals import BeyondTheData, NotUsable
from heller.law.book.rules import usable
from heller.law.de import costs, fee, interest, liability, lumpsums, ways
from heller.law.de.answers import compensation
from heller.law.de.answers.lump_extras import Extras
from heller.law.de.costs import Course
from heller.law.de.rules import book, rule
from heller.model.damage import NormRef
from heller.model.money import Money

ON = date(2025, 6, 1)
AMOUNTS = st.integers(1, 10**10).map(Money)


@given(AMOUNTS, st.integers(1, 30), st.booleans())
def test_more_clients_never_cost_less(value: Money, clients: int, early: bool) -> None:
    """Nr. 1008: each further client raises the fee until 2.0 are reached."""
    one, more = (costs.first_instance(value, ON, Course(n, early)).net for n in (clients, clients + 1))
    assert one <= more


@given(AMOUNTS, st.sampled_from(["0.5", "1.3", "1.8", "2.5"]))
def test_credit_never_exceeds_what_it_is_taken_from(value: Money, factor: str) -> None:
    """Vorbem. 3 (4): at most half the fee out of court, so no bill falls below zero."""
    credit = costs.credit(value, ON, Decimal(factor))
    assert credit <= costs.lawyer_fee(value, ON, Decimal(factor))
    assert costs.first_instance(value, ON, Course(before=Decimal(factor))).net.cents > 0


@given(AMOUNTS, st.integers(0, 100), AMOUNTS)
def test_a_quota_leaves_no_cent(asked: Money, percent: int, total: Money) -> None:
    """What is borne and what the other side bears are the whole, and more won never leaves less."""
    won = asked * Fraction(percent, 100)
    found = ways.quota(asked, won, total)
    assert 0 <= found.share <= 1
    assert Money(0) <= found.borne <= total
    assert found.left == won - found.borne


@pytest.mark.parametrize(("asked", "won"), [(0, 0), (100, 101), (100, -1), (-1, -1)])
def test_what_cannot_be_won(asked: int, won: int) -> None:
    """Nothing asked, more won than asked, or less than nothing: a mistake of the caller."""
    with pytest.raises(ValueError, match="cannot be won"):
        ways.quota(Money(asked), Money(won))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: costs.raise_factor(Decimal("1.3"), 0, ON),
        lambda: costs.out_of_court(Money(1), ON, Decimal("0.4")),
        lambda: costs.out_of_court(Money(1), ON, Decimal("2.6")),
        lambda: costs.appeal(Money(1), ON, Course(early=True)),
        lambda: fee.reduce(Money(1), Decimal("1.01")),
        lambda: fee.reduce(Money(1), Decimal("-0.01")),
    ],
)
def test_a_mistake_of_the_caller(ask: object) -> None:
    """Factors, shares and courses that no rule carries."""
    with pytest.raises(ValueError, match=r"client|factor|early|share"):
        ask()  # type: ignore[operator]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ways.payment_order(Money(1), date(2020, 12, 31)),  # the minimum is from memory
        lambda: costs.raise_factor(Decimal("1.3"), 2, date(2013, 7, 31)),
        lambda: fee.owed_after_the_end(Money(1), [date(2012, 7, 1)]),
        lambda: lumpsums.for_appointment(Money(1), date(2012, 7, 1)),
        lambda: lumpsums.for_porting(date(2012, 7, 1), date(2012, 7, 9)),
        lambda: liability.outside(date(2012, 7, 1)),
        lambda: liability.event_cap(date(2012, 7, 1)),
        lambda: interest.from_pendency(date(2012, 7, 1)),
    ],
)
def test_days_without_data_are_refused(ask: object) -> None:
    """Nothing is extrapolated backwards."""
    with pytest.raises(BeyondTheData):
        ask()  # type: ignore[operator]


@given(
    st.integers(0, 10**9).map(Money),
    st.integers(0, 400),
    st.integers(0, 20),
    st.sampled_from(["tkg58", "tkg59"]),
)
def test_lump_sums_never_exceed_the_cap(monthly: Money, days: int, missed: int, of: str) -> None:
    """§ 70 sentence 1 TKG: 12,500 EUR with everything that comes on top, in every reading."""
    back = date.fromordinal(date(2022, 2, 4).toordinal() + days)
    found = compensation.answer(monthly, date(2022, 2, 4), back, "NW", of, extras=Extras(missed=missed))
    sums = [found.figures["amount"], *(row["amount"] for row in found.figures["alternatives"])]  # type: ignore[union-attr, index, call-overload]
    assert all(one <= Money.of(12500) for one in sums)  # type: ignore[operator]


@given(st.lists(st.integers(0, 10**8).map(Money), min_size=1, max_size=40), st.booleans())
def test_the_factor_is_that_of_the_shares(claims: list[Money], new: bool) -> None:
    """What each gets is its claim times the factor, rounded down."""
    on = date(2022, 1, 1) if new else date(2015, 1, 1)
    factor = liability.factor(Money(sum(one.cents for one in claims)), on)
    assert [one.cents for one in liability.share_out(claims, on)] == [
        int(one.cents * factor) for one in claims
    ]
    assert 0 < factor <= 1


def test_a_list_is_no_number() -> None:
    """A row of a table read as a number is a mistake of the caller, not a silent zero."""
    with pytest.raises(TypeError, match="list"):
        rule("RVG-13").versions[0].number("start")


def test_an_unverified_rule_is_not_usable() -> None:
    """§ 352 HGB is shown as a reading; nobody adds it."""
    with pytest.raises(NotUsable):
        usable(book().rule("HGB-352"))
    assert isinstance(rule("HGB-352").norm, NormRef)
