"""Settle or sue: the oracles of over-claiming to the cent, break-even odds, counter-offers, properties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.law import law_world as world
from tests.law.law_world import AS_OF, decided, offer, run

from heller.law.de import court
from heller.law.suing.suit import (
    Bearing,
    Suit,
    best_value,
    between,
    exposure,
    if_lost,
    if_won,
    mean,
    net,
    outcomes,
    quantile,
    worth,
)
from heller.model.decision import Decision, SuitSize
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.money import ZERO, Money
from heller.model.terms import Terms, Waiver

E = Money.of


def risk_of(day: date) -> Callable[[Money], Money]:
    """Both lawyers and the court in one instance, on the tables of a day."""
    fees = world.facts(world.case(), day).fees
    return lambda value: court.risk(fees, value)


def plain(day: date, *owed: str) -> Suit:
    """A suit without interest, on the tables of a day."""
    return Suit(tuple((E(one), 1) for one in owed), lambda award: award, risk_of(day))


@pytest.mark.parametrize(
    ("day", "risk", "borne", "left"),
    [
        (date(2015, 6, 30), "5093.00", "2546.50", "9953.50"),  # computed from RVG and GKG of 2013
        (date(2025, 6, 30), "5981.50", "2990.75", "9509.25"),  # of 2025
    ],
)
def test_over_claiming_to_the_cent(day: date, risk: str, borne: str, left: str) -> None:
    """Suing 25,000 and getting 12,500: half of the costs of both sides stay with the claimant (§ 92 ZPO)."""
    suit = plain(day, "12500")
    assert suit.risk(E(25000)) == E(risk)
    assert net(suit, E(25000), E(12500)) == E(left) == E(12500) - E(borne)
    assert net(suit, E(12500), E(12500)) == E(12500)


def test_two_instances_to_the_cent() -> None:
    """12,500 with the tables of 2013, net: 3,861.00 and in the appeal 2 x 1,711.20 + 1,068.00."""
    fees = world.facts(world.case(), AS_OF).fees
    assert court.risk(fees, E(12500), 2) == E("3861.00") + 2 * E("1711.20") + E("1068.00")
    assert court.risk(fees, ZERO) == ZERO


def test_a_lawyers_vat_counts_for_who_does_not_deduct_it() -> None:
    """The risk of 12,500 in 2013 with VAT is 4,442.40 (table of fees)."""
    assert court.risk(world.facts(world.case(firm__deducts_input_vat="no"), AS_OF).fees, E(12500)) == E(
        "4442.40"
    )


def test_the_sum_that_leaves_most_is_what_is_owed() -> None:
    """Of all sums up to 25,000 the one that is owed leaves most; a cent more costs more."""
    suit = plain(AS_OF, "12500")
    tops = court.tops(world.facts(world.case(), AS_OF).fees, E(25000))
    assert best_value(suit, {E(12500), E(25000), *tops}, Fraction(1)) == E(12500)
    assert E(13000) in tops and E(12500) not in tops and max(tops) < E(25000)
    assert court.tops(world.facts(world.case(), AS_OF).fees, E(2_000_000))[-1] == E(1_950_000)


def test_a_doubtful_rest_is_left_out_of_the_suit() -> None:
    """Owed are 5,000 in nine draws of ten and 25,000 in one: suing for little leaves more than for all."""
    suit = Suit(((E(5000), 9), (E(25000), 1)), lambda award: award, risk_of(AS_OF))
    best = best_value(suit, (E(5000), E(10000), E(25000)), Fraction(1))
    assert best == E(5000)
    assert worth(suit, E(5000), Fraction(1)) > worth(suit, E(25000), Fraction(1))


def sizes(found: Decision) -> dict[str, SuitSize]:
    """The sums of a decision by key."""
    return {size.key: size for size in found.sizes}


def test_a_decision_shows_what_over_claiming_costs() -> None:
    """The whole damage of 25,000 against the 12,500 that are due: 2,546.50 are lost to costs."""
    found = sizes(decided())
    assert found["whole"].lost_to_costs == E("2546.50")
    assert found["whole"].won == E("9953.50")
    assert found["due"].lost_to_costs == ZERO
    assert found["best"].value == E(12500)


def test_without_odds_there_are_break_even_odds_only() -> None:
    """No probability is invented: no expectation, no counter-offer, no swings, and a note asks for odds."""
    found = decided(world.demand(), offer("3000"))
    assert (found.odds, found.expected, found.counter, found.swings) == (None, None, None, ())
    assert found.offers[0].break_even == Decimal("0.4156")
    assert any("Heller invents none" in note.id for note in found.notes)
    assert not any(chance.asked for chance in found.chances)


ODDS: dict[str, Any] = {"suit__odds_low": "0.4", "suit__odds_high": "0.6"}


def test_odds_give_expectation_counter_offer_and_swings() -> None:
    """0.4 x 12,649.95 - 0.6 x 3,861.00 = 2,743.38; the other side loses 0.6 x (12,649.95 + 3,861.00)."""
    found = decided(world.demand(), offer("3000"), **ODDS)
    assert found.expected == (E("2743.38"), E("6045.57"))
    assert found.counter == (E("2743.38"), E("9906.57"))
    assert [chance.odds for chance in found.chances if chance.asked] == [Decimal("0.4"), Decimal("0.6")]
    widths = [swing.width for swing in found.swings]
    assert widths == sorted(widths, reverse=True) and all(widths)
    assert "Your odds" in {swing.label.id for swing in found.swings}


def test_one_end_of_the_odds_is_the_other_too() -> None:
    """Who states one figure means it."""
    assert decided(suit__odds_low="0.5").odds == (Decimal("0.5"), Decimal("0.5"))


def test_a_range_of_damage_finds_two_best_sums() -> None:
    """Where draws differ, cautious and hopeful odds may choose different sums; both rows are shown."""
    draws = (E(500),) * 3 + (E(2000),) * 2
    low = decided_with(draws, damage="2000", suit__odds_low="0.05", suit__odds_high="1")
    assert set(sizes(low)) >= {"due", "best_low", "best_high"}


def decided_with(draws: tuple[Money, ...], damage: str = "25000", **facts: Any) -> Decision:
    """A decision over draws."""
    found = run(damage=damage, draws=draws, **facts).decision
    assert found is not None
    return found


def test_draws_go_through_the_same_chain() -> None:
    """Half fault and the cap: a draw of 10,000 leaves 5,000, one of 40,000 the cap."""
    found = decided_with((E(10000), E(40000)), fault__share="0.5")
    assert (found.won.low, found.won.high) == (E(5000) - lost_part("12500", "5000"), E(12500))


def lost_part(value: str, award: str) -> Money:
    """The costs of the part that was lost, by the table of 2013."""
    return risk_of(AS_OF)(E(value)) * (1 - Fraction(E(award).cents, E(value).cents))


def test_duration_brings_interest_and_discount() -> None:
    """A year more of interest raises the award; money that costs 12 % a year is divided by 1.12."""
    now = decided(world.demand())
    year = decided(world.demand(), suit__months="12")
    dear = decided(world.demand(), suit__months="12", suit__money_rate="0.12")
    assert year.won.likely > now.won.likely
    assert dear.won.likely == Money(1) * (Fraction(year.won.likely.cents) / Fraction("1.12"))


def test_interest_needs_no_demand_in_a_lawsuit_that_lasts() -> None:
    """Without default it runs from the day after: a suit of no months has none."""
    assert decided().won.likely == E(12500)
    assert decided(suit__months="12").won.likely > E(12500)


def test_the_fee_before_the_suit_comes_with_the_award() -> None:
    """After default the 1.3 fee on 12,500 (805.20) is due too, so winning brings it."""
    assert decided(world.demand(), lawyer__mandate="2015-03-20").won.likely == E("13455.15")


def test_legal_expenses_insurance_bears_the_costs() -> None:
    """With a deductible of 250 and no limit losing costs 250; a limit of 3,000 leaves 861 more."""
    cover = Policy(PolicyKind.LEGAL_EXPENSES, "Muster", E(250), covers=True)
    assert decided(cover).lost == E(-250)
    limited = Policy(PolicyKind.LEGAL_EXPENSES, "Muster", E(250), limit=E(3000), covers=True)
    assert decided(limited).lost == E(-1111)
    assert decided(limited, **ODDS).swings


@pytest.mark.parametrize("covers", [None, False])
def test_an_insurance_that_may_not_cover_bears_nothing(covers: bool | None) -> None:
    """Only a policy that is said to cover the dispute counts."""
    assert decided(Policy(PolicyKind.LEGAL_EXPENSES, covers=covers)).lost == E(-3861)


def test_a_funder_takes_his_share_and_bears_the_loss() -> None:
    """30 % of 12,500 for the funder; losing costs nothing; an insurer beside him is not counted."""
    both = decided(Policy(PolicyKind.LEGAL_EXPENSES, covers=True), suit__funding_share="0.3", **ODDS)
    assert (both.won.likely, both.lost) == (E(8750), ZERO)
    assert any("funder and an insurer" in note.id for note in both.notes)
    assert "Whether the legal-expenses insurance pays" not in {swing.label.id for swing in both.swings}


def test_an_offer_is_cash_and_what_a_credit_is_worth() -> None:
    """500 in cash and half of a credit of 2,000; a credit whose worth nobody stated counts nothing."""
    half = decided(offer("500", terms=Terms(E(2000), Decimal("0.5"), Waiver.OUTAGE))).offers[0]
    assert (half.cash, half.credit, half.worth) == (E(500), E(2000), E(1500))
    assert half.warnings == ()
    unsaid = decided(offer("500", terms=Terms(E(2000), None, Waiver.OUTAGE))).offers[0]
    assert unsaid.worth == E(500)
    assert any("counts nothing" in warning.id for warning in unsaid.warnings)


def test_a_credit_alone_is_an_offer() -> None:
    """An offer without cash is weighed too; a contact that offers nothing is none."""
    credit = world.offer("0", terms=Terms(E(900), Decimal(1), Waiver.OUTAGE))
    assert decided(credit).offers[0].worth == E(900)
    assert decided(world.offer("0", terms=Terms(waiver=Waiver.ALL))).offers == ()


def test_what_an_offer_gives_up_is_said() -> None:
    """Unstated, everything, nothing: each has its own words, and cautious odds show what is given away."""
    unstated, everything, nothing = (
        decided(world.demand(), offer("100", terms=Terms(waiver=waiver)), **ODDS).offers[0]
        for waiver in (Waiver.UNSTATED, Waiver.ALL, Waiver.NONE)
    )
    assert any("have it in writing" in warning.id for warning in unstated.warnings)
    assert any("limited to this outage" in warning.id for warning in everything.warnings)
    assert "gives nothing up" in nothing.words.id
    given_away = [w for w in unstated.warnings if "worth more than what it pays" in w.id]
    assert given_away[0].args["more"] == E("2743.38") - E(100)
    assert not any("worth more than what it pays" in warning.id for warning in nothing.warnings)


def test_an_expired_offer_and_ours_are_not_the_best_one() -> None:
    """Only an open offer of the other side can be taken."""
    found = decided(offer("5000", until=date(2015, 6, 29)), offer("9000", ours=True), offer("3000"))
    assert [one.expired for one in found.offers] == [True, False, False]
    assert any("expired" in warning.id for warning in found.offers[0].warnings)
    assert found.best is not None and found.best.worth == E(3000)


def test_an_offer_bears_the_day_of_the_site() -> None:
    """Half an hour after midnight in Berlin is the day before in UTC; the site's day counts."""
    late = replace(offer("3000"), at=datetime(2015, 6, 16, 22, 30, tzinfo=UTC))
    assert decided(late).offers[0].on == date(2015, 6, 17)


def test_an_offer_below_the_costs_of_losing() -> None:
    """An insured loss of nothing beats an offer of less than nothing at any odds."""
    assert between(E(100), E(50), E(20)) == 0
    free = decided(offer("0.01"), suit__funding_share="0.3")
    assert free.offers[0].break_even == Decimal("0.0001")


def test_words_where_suing_always_wins() -> None:
    """Where even a lost suit leaves more than the offer, the words say so."""
    from heller.law.suing.offers import _words

    assert "sure to fail" in _words(E(1), Decimal(0), E(10), E(2), Waiver.ALL).id


def test_nothing_due_and_unknown_tables_give_no_decision() -> None:
    """Neither is an error: there is nothing to weigh."""
    assert run(damage="0").decision is None
    assert run(as_of=date(2015, 6, 30), lawyer__mandate="1999-01-01").decision is None


def test_the_last_steps_follow_what_is_due() -> None:
    """Costs, worth and offer stand behind the sum, and the sum does not change by them."""
    fall = run(world.demand(), offer("3000"), **ODDS)
    assert [step.key for step in fall.beyond] == ["costs", "worth", "offer"]
    assert fall.beyond[-1].running == world.exact("3000")
    assert fall.steps[-1].running == fall.due
    assert [step.key for step in run().beyond] == ["costs"]


def test_where_suing_is_worth_less_than_nothing_it_says_so() -> None:
    """At odds of 10 % the costs eat the hope: the best sum is none."""
    found = sizes(decided(suit__odds_low="0.1", suit__odds_high="0.9"))
    assert found["best_low"].value == ZERO
    assert "not to sue" in found["best_low"].label.id
    assert found["best_low"].expected == (ZERO, ZERO)
    assert found["best_high"].value == E(12500)


def test_a_range_of_fault_moves_the_worth() -> None:
    """Half of the fault more or less is one of the swings, where the cap does not swallow it."""
    labels = {
        swing.label.id
        for swing in decided_with(
            (E(8000), E(9000)), damage="8500", fault__share_low="0", fault__share_high="0.5", **ODDS
        ).swings
    }
    assert "The firm's own share of the fault" in labels


CENTS = st.integers(0, 5_000_000)
SHARES = st.fractions(0, 1, max_denominator=100)


@st.composite
def suits(draw: st.DrawFn) -> Suit:
    """Any few draws, any bearing, fees that rise with the value."""
    owed = draw(st.lists(st.tuples(CENTS.map(Money), st.integers(1, 5)), min_size=1, max_size=5))
    bearing = draw(
        st.sampled_from(
            [
                Bearing(),
                Bearing(deductible=Money(25000)),
                Bearing(deductible=Money(25000), limit=Money(100000)),
                Bearing(funding_share=Fraction(3, 10)),
            ]
        )
    )
    rate = draw(st.fractions(0, 1, max_denominator=20))
    return Suit(
        tuple(sorted(owed)), lambda award: award * (1 + rate), lambda value: value * Fraction(1, 4), bearing
    )


@given(suits(), CENTS.map(Money), SHARES, SHARES)
@settings(max_examples=150, deadline=None)
def test_the_worth_never_falls_as_the_odds_rise(
    suit: Suit, value: Money, one: Fraction, other: Fraction
) -> None:
    """Whoever is surer of winning never values suing less, but for the cent to which each end is rounded."""
    low, high = sorted((one, other))
    assert worth(suit, value, low).cents <= worth(suit, value, high).cents + 1
    assert exposure(suit, value, low).cents <= exposure(suit, value, high).cents + 1


@given(suits(), CENTS.map(Money), CENTS.map(Money))
@settings(max_examples=150, deadline=None)
def test_break_even_lies_where_both_are_equal(suit: Suit, value: Money, held: Money) -> None:
    """At the break-even odds suing is worth the offer to the cent; beyond one there is none."""
    even = between(mean(if_won(suit, value)), if_lost(suit, value), held)
    if even is None:
        assert mean(if_won(suit, value)) <= held
    elif even:
        assert abs(worth(suit, value, even).cents - held.cents) <= 1


@given(suits(), CENTS.map(Money), SHARES)
@settings(max_examples=100, deadline=None)
def test_a_settlement_that_both_like_exists(suit: Suit, value: Money, odds: Fraction) -> None:
    """What suing is worth to one is never more than what it costs the other: costs are saved."""
    assert worth(suit, value, odds).cents <= exposure(suit, value, odds).cents + 2


@given(suits(), CENTS.map(Money), SHARES)
@settings(max_examples=100, deadline=None)
def test_quantiles_are_outcomes_in_order(suit: Suit, value: Money, odds: Fraction) -> None:
    """A quantile is one of the outcomes, and a higher one is never lower."""
    spread = outcomes(suit, value, odds)
    shares = [Fraction(1, 20), Fraction(1, 2), Fraction(19, 20)]
    figures = [quantile(spread, share) for share in shares]
    assert figures == sorted(figures)
    assert set(figures) <= {amount for amount, _ in spread}


def test_nothing_has_no_quantile_and_no_mean() -> None:
    """Empty inputs give nothing, not an error."""
    assert (quantile([], Fraction(1, 2)), mean([])) == (ZERO, ZERO)
    assert exposure(plain(AS_OF, "1"), ZERO, Fraction(1)) == ZERO
