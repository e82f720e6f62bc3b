"""The degree of fault that is pleaded: the chain runs at it; what is left without it is claimed in the alternative."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from tests.law import law_world as world
from tests.law.law_world import contact, run, step

from heller import law
from heller.model.claim import Waterfall
from heller.model.event import EventKind, LineEvent
from heller.model.kinds.contact import Admission, ContactKind
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.pleading import FaultDegree, Pleading
from heller.model.money import Money
from heller.model.pleaded_fault import PleadedFault
from heller.model.record import Record
from heller.model.worked_out import EventPart

BEGAN, BACK, DAY = date(2026, 2, 4), date(2026, 2, 18), date(2026, 6, 30)
NEW = world.outage(BEGAN, BACK)


def pleads(degree: FaultDegree, on: date = date(2026, 3, 1)) -> Pleading:
    """A decision with its reasons."""
    return Pleading(on, degree, "Der Auftrag war gelöscht.")


def fall(*records: Record, **facts: Any) -> Waterfall:
    """A damage of 25,000 in 2026, where gross negligence lifts the cap of 12,500."""
    return run(*records, detection=NEW, as_of=DAY, **facts)


def pleaded(made: Waterfall) -> PleadedFault:
    """What is pleaded in it."""
    assert made.pleaded is not None
    return made.pleaded


def claimed(made: Waterfall) -> list[str]:
    """The columns that the waterfall stands on."""
    return [one.key for one in made.scenarios if one.claimed]


def test_nobody_pleads_by_himself() -> None:
    """An admission alone changes no sum; the column of simple negligence is claimed."""
    said = replace(contact(ContactKind.CONTACT, date(2026, 2, 10)), admits=Admission.ORDER_LOST)
    made = fall(said)
    assert made.pleaded is None and made.due == world.exact("12500") and claimed(made) == ["simple"]


def test_gross_negligence_lifts_the_cap_and_leaves_the_capped_sum_in_the_alternative() -> None:
    """The chain runs at it: 25,000 due, 12,500 in the alternative; reasons first, then the admission."""
    said = replace(contact(ContactKind.CONTACT, date(2026, 3, 20)), admits=Admission.ORDER_LOST)
    made = fall(pleads(FaultDegree.GROSS), said)
    found = pleaded(made)
    assert made.due == world.exact("25000") and claimed(made) == ["gross"]
    assert found.auxiliary is not None and found.auxiliary.due == world.exact("12500")
    assert [one.text.id.partition(",")[0] for one in found.grounds] == ["{reasons}", "Admitted"]
    worth = {one.key: one.worth for one in made.lifts}
    assert worth["gross_negligence"] == world.exact("12500")  # what it lifts is still told


def test_in_2015_gross_negligence_changes_nothing_and_says_why() -> None:
    """§ 44a TKG 2004: only intent breaks the cap."""
    made = run(pleads(FaultDegree.GROSS, date(2015, 3, 1)))
    assert made.due == world.exact("12500") and pleaded(made).auxiliary is None
    assert "Gross negligence does not lift" in step(made, "cap").reason.id and claimed(made) == ["gross"]
    intent = run(pleads(FaultDegree.INTENT, date(2015, 3, 1)))
    assert intent.due == world.exact("25000") and claimed(intent) == ["intent"]


def test_an_agreed_cap_stands_at_gross_negligence_and_falls_at_intent() -> None:
    """What lifts an agreed cap the agreement says; intent cannot be excluded beforehand."""
    gross, intent = (
        fall(pleads(d), line__agreed_cap="20000") for d in (FaultDegree.GROSS, FaultDegree.INTENT)
    )
    assert gross.due == world.exact("20000") and claimed(gross) == ["clause"]
    other = pleaded(intent).auxiliary
    assert intent.due == world.exact("25000") and other is not None and other.due == world.exact("20000")


def test_the_last_decision_up_to_the_day_counts() -> None:
    """A later one takes the place of an earlier one; one of a later day is not known yet."""
    both = (pleads(FaultDegree.GROSS), pleads(FaultDegree.SIMPLE, date(2026, 4, 1)))
    assert fall(*both).due == world.exact("12500")
    assert run(*both, detection=NEW, as_of=date(2026, 3, 31)).due == world.exact("25000")


@pytest.mark.parametrize("country", ["AT", "CH"])
def test_an_agreed_cap_abroad_falls_at_gross_negligence(country: str) -> None:
    """Where no statute caps, the agreed cap is what the degree lifts."""
    made = fall(pleads(FaultDegree.GROSS), line__country=country, line__agreed_cap="5000")
    other = pleaded(made).auxiliary
    assert made.due == world.exact("25000") and other is not None and other.due == world.exact("5000")


def test_interest_and_lawyer_stand_in_both_claims_on_their_own_sums() -> None:
    """Each claim bears interest on its own principal, and the fee on its own value; the parts add up."""
    demand = world.demand(date(2026, 3, 17))
    made = fall(demand, pleads(FaultDegree.GROSS), lawyer__mandate="2026-04-01")
    other = pleaded(made).auxiliary
    assert other is not None and other.principal == world.exact("12500")
    assert other.principal + other.interest + other.costs == other.due
    assert made.interest.likely - other.interest.likely - other.interest.likely in (
        Money(-1),
        Money(0),
        Money(1),
    )
    assert step(made, "pre_trial").effect.likely > other.costs.likely > Money(0)


def test_a_payment_counts_on_both_claims() -> None:
    """5,000 paid leave 20,000, in the alternative 7,500."""
    paid = Movement(MovementKind.PAYMENT, date(2026, 3, 2), Money.of("5000"))
    case = world.case([pleads(FaultDegree.GROSS), paid], provider__name="Netz AG")
    found = world.assessment(world.position("lost_sales", world.exact("25000")))
    event = LineEvent("main 2026-02-04", "main", EventKind.OUTAGE, BEGAN, NEW.outages)
    (one,) = law.claim_of(
        [EventPart(event, case, NEW, found)], DAY, records=law.account_records(case, DAY)
    ).by_debtor
    other = pleaded(one.waterfall).auxiliary
    assert (
        one.waterfall.due == world.exact("20000") and other is not None and other.due == world.exact("7500")
    )
