"""Costs, offers, other readings of the law and what lifts the cap, on a small case of February 2015."""

from __future__ import annotations

from datetime import date

import pytest
from tests.law import law_world as world
from tests.law.law_world import AS_OF, run

from heller import law
from heller.model.money import Money
from heller.model.record import ContactKind


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
    """p x 12,649.95 - (1 - p) x 3,861.00 = 3,000 at p = 6,861.00 / 16,510.95, by hand 41.55 %."""
    offer = world.contact(ContactKind.OFFER, date(2015, 6, 17), amount="3000")
    fall = run(world.demand(), offer)
    assert fall.settlement is not None
    assert fall.settlement.break_even == pytest.approx(0.41554, abs=1e-5)
    assert fall.settlement.table[1] == (0.5, Money.of("4394.48"))


def test_an_offer_of_everything_cannot_be_beaten() -> None:
    """Then there is no chance from which suing is better."""
    offer = world.contact(ContactKind.OFFER, date(2015, 6, 17), amount="12649.95")
    fall = run(world.demand(), offer)
    assert fall.settlement is not None
    assert fall.settlement.break_even is None


def test_other_readings_are_shown_and_never_added() -> None:
    """Earlier interest, the fee outside the cap and intent each have a worth; the sum stays."""
    found = world.assessment(
        world.position("lost_sales", world.exact("24750")), world.position("line_fee", world.exact("250"))
    )
    fall = law.waterfall(world.case([world.demand()]), world.outage(), found, AS_OF)
    worth = {one.key: one.worth for one in fall.alternatives}
    assert worth["fee_outside_cap"] == world.exact("250")
    assert worth["cap_lifted"] == world.exact("12500")
    assert worth["interest_from_damage"] == world.exact("38.56")  # 27 days at 4.17 %, by hand
    assert fall.due == world.exact("12649.95")
    marks = {one.key: one.norm.mark for one in fall.alternatives}
    assert marks["fee_outside_cap"] == marks["interest_from_damage"] == "UNVERIFIED"


def test_before_2021_gross_negligence_is_shown_as_no_lift() -> None:
    """It is worth nothing in 2015 and the whole excess since December 2021."""
    old = run()
    assert [lift.met for lift in old.lifts] == [None, None, False]
    new = run(detection=world.outage(date(2022, 2, 2), date(2022, 2, 16)), as_of=date(2022, 6, 30))
    assert new.law == "TKG 2021"
    assert [lift.met for lift in new.lifts] == [None, None, None]
    assert all(lift.worth == world.exact("12500") for lift in new.lifts)


def test_promises_before_the_end_speak_for_knowledge() -> None:
    """The lift names the contacts that show what the provider knew, with their places."""
    early = world.contact(ContactKind.PROMISE, date(2015, 1, 20))
    late = world.contact(ContactKind.PROMISE, date(2015, 3, 20))
    assert run(early, late).lifts[0].sources == (world.SAID,)
    assert run(late).lifts[0].sources == ()


def test_lump_sums_since_2021_stand_beside_the_chain() -> None:
    """§ 58 and § 59 are shown with their sums; damage above them leaves them worth nothing more."""
    report = world.contact(ContactKind.FAULT_REPORT, date(2022, 2, 2), incoming=False)
    facts = {"line__monthly_fee": "500", "line__provider_change": "yes", "firm__staff": "12"}
    detection = world.outage(date(2022, 2, 2), date(2022, 2, 16))
    poor = run(report, detection=detection, damage="100", as_of=date(2022, 6, 30), **facts)
    worth = {one.key: one.worth for one in poor.alternatives}
    assert worth["lump_sum_outage"] == world.exact("900")  # 1,000 less the damage of 100
    assert worth["lump_sum_change"] == world.exact("700")  # 800 less the damage of 100
    assert poor.due == world.exact("100")
    big = run(report, detection=detection, as_of=date(2022, 6, 30), **{**facts, "firm__staff": "80"})
    assert {one.key for one in big.alternatives} & {"lump_sum_outage", "lump_sum_change"} == set()
