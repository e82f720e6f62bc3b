"""Costs, offers, other readings of the law and what lifts the cap, on a small case of February 2015."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.law import law_world as world
from tests.law.law_world import AS_OF, run

from heller import law
from heller.model.amount import Range
from heller.model.kinds.contact import ContactKind
from heller.model.money import Money


def test_over_claiming_costs_its_share() -> None:
    """25,000 sued, 12,500 won: 5,093.00 of costs, half of them 2,546.50, 9,953.50 left."""
    fall = run(world.demand(), firm__deducts_input_vat="yes")
    assert fall.costs is not None
    assert fall.overclaim is not None
    assert (fall.costs.value, fall.costs.risk) == (Money.of(12500), Money.of("3861.00"))
    assert fall.overclaim.risk == Money.of("5093.00")
    assert [line.amount for line in fall.overclaim.working[-2:]] == [
        world.exact("-2546.50"),
        world.exact("9953.50"),
    ]
    assert (fall.costs.lawyer_mandatory, fall.costs.law) == (True, "RVG 2013, GKG 2013")


def test_a_small_claim_goes_to_the_local_court_without_over_claiming() -> None:
    """Below the cap there is nothing to over-claim."""
    fall = run(damage="4000")
    assert fall.costs is not None
    assert fall.overclaim is None
    assert not fall.costs.lawyer_mandatory


def test_an_offer_is_weighed_against_suing() -> None:
    """p x 12,649.95 - (1 - p) x 3,861.00 = 3,000 at p = 6,861.00 / 16,510.95, by hand 41.554 %."""
    offer = world.contact(ContactKind.OFFER, date(2015, 6, 17), amount="3000")
    decided = run(world.demand(), offer).decision
    assert decided is not None
    assert decided.offers[0].break_even == Decimal("0.4156")  # rounded up: from there on certainly
    half = next(one for one in decided.chances if one.odds == Decimal("0.5"))
    assert half.expected == Money.of("4394.48")


def test_an_offer_of_everything_cannot_be_beaten() -> None:
    """Then there is no chance from which suing is better."""
    offer = world.contact(ContactKind.OFFER, date(2015, 6, 17), amount="12649.95")
    decided = run(world.demand(), offer).decision
    assert decided is not None
    assert decided.offers[0].break_even is None


def test_other_readings_are_shown_and_never_added() -> None:
    """Earlier interest, the fee inside the cap and intent each have a worth; the sum stays: 12,500 and the fee of 250
    bear interest for 105 days at 4.17 %, 152.95."""
    found = world.assessment(world.position("lost_sales", world.exact("25000")), world.refund("250"))
    fall = law.waterfall(world.case([world.demand()]), world.outage(), found, AS_OF)
    worth = {one.key: one.worth for one in fall.alternatives}
    assert worth["fee_inside_cap"] == world.exact("-250")
    assert worth["cap_lifted"] == world.exact("12500")
    assert worth["interest_from_damage"] == world.exact("39.33")  # 27 days at 4.17 % on 12,750, by hand
    assert fall.due == world.exact("12902.95")
    marks = {one.key: one.norm.mark for one in fall.alternatives}
    assert marks["fee_inside_cap"] == marks["interest_from_damage"] == "UNVERIFIED"


def test_nothing_that_cuts_damages_cuts_the_fee() -> None:
    """Own fault of half and a cap leave the fee whole: 10,000 x 0.5 + 250; as damages it would be 125 less."""
    found = world.assessment(world.position("lost_sales", world.exact("10000")), world.refund("250"))
    fall = law.waterfall(world.case(fault__share="0.5"), world.outage(), found, AS_OF)
    assert fall.due == world.exact("5250")
    assert {one.key: one.worth for one in fall.alternatives}["fee_inside_cap"] == world.exact("-125")


def test_the_fee_is_not_set_off_against_a_lump_sum() -> None:
    """A lump sum of 1,000 takes the damage of 100 into itself, and leaves the fee of 250 beside it."""
    small = {"firm__small": "yes", "line__rights_waived": "no", "line__all_dead": "yes", "firm__state": "NW"}
    report = world.contact(ContactKind.FAULT_REPORT, date(2022, 2, 2), incoming=False)
    found = world.assessment(world.position("lost_sales", world.exact("100")), world.refund("250"))
    case = world.case([report], line__monthly_fee="500", **small)
    fall = law.waterfall(case, world.outage(date(2022, 2, 2), date(2022, 2, 16)), found, date(2022, 6, 30))
    assert fall.due == world.exact("1250")


def test_before_2021_gross_negligence_is_shown_as_no_lift() -> None:
    """It is worth nothing in 2015 and the whole excess since December 2021."""
    old = run()
    assert {lift.key: lift.met for lift in old.lifts} == {
        "intent": None,
        "agreement": None,
        "gross_negligence": False,
        "not_public": None,
        "late_payment": None,
    }
    new = run(detection=world.outage(date(2022, 2, 2), date(2022, 2, 16)), as_of=date(2022, 6, 30))
    assert new.law == "TKG 2021"
    assert {lift.key: lift.worth for lift in new.lifts} == {
        "intent": world.exact("12500"),
        "gross_negligence": world.exact("12500"),
        "agreement": world.exact("12500"),
        "late_payment": Range(),
    }


def test_promises_before_the_end_speak_for_knowledge() -> None:
    """The lift names the contacts that show what the provider knew, with their places."""
    early = world.contact(ContactKind.PROMISE, date(2015, 1, 20))
    late = world.contact(ContactKind.PROMISE, date(2015, 3, 20))
    assert run(early, late).lifts[0].sources == (world.SAID,)
    assert run(late).lifts[0].sources == ()
