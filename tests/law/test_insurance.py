"""Own policies: what they would pay, until when they must be told, and that no euro is paid twice."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law import law_world as world
from tests.law.law_world import AS_OF, run

from heller import law
from heller.law.de.country import COUNTRY
from heller.law.duties.insurance import covers
from heller.law.facts_of_case.gather import situation
from heller.model.amount import Range
from heller.model.claim import PolicyCover, Waterfall
from heller.model.damage import Assessment
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.money import Money
from heller.model.outage import Detection

E = Money.of
BEGAN = date(2015, 2, 4)


def assessed(lost: Range | None = None) -> Assessment:
    """Lost sales, an emergency line, hardware, and hours that cannot be claimed."""
    return world.assessment(
        world.position("lost_sales", lost or world.exact("10000")),
        world.position("emergency_line", world.exact("860")),
        world.position("hardware", world.exact("345")),
        world.position("pursuit_hours", world.exact("660"), recoverable=False),
    )


def paid(*policies: Policy, found: Assessment | None = None) -> tuple[PolicyCover, ...]:
    """What policies would pay for the fourteen days of February 2015."""
    case = world.case(policies)
    facts = world.facts(case, AS_OF)
    where = situation(case, facts, world.outage().outages[0])
    return covers(facts.insured, COUNTRY.insurance, found or assessed(), where)


def test_a_classic_policy_pays_nothing_without_damage_to_a_thing() -> None:
    """FBUB: an outage of the line alone is none; its words say so."""
    (one,) = paid(Policy(PolicyKind.BUSINESS_INTERRUPTION))
    assert (one.covered, one.pays) == (False, Range())
    assert "damage to a thing" in one.reason.id


def test_terms_decide_where_somebody_read_them() -> None:
    """Stated to cover, stated not to, not stated."""
    kinds = [paid(Policy(PolicyKind.CYBER, covers=covers))[0].covered for covers in (True, False, None)]
    assert kinds == [True, False, None]
    assert paid(Policy(PolicyKind.BUSINESS_INTERRUPTION, covers=True))[0].pays == world.exact("10860")
    assert paid(Policy(PolicyKind.ELECTRONICS, covers=True))[0].pays == world.exact("345")
    assert paid(Policy(PolicyKind.LEGAL_EXPENSES, covers=True))[0].pays == Range()


def test_deductible_and_limit() -> None:
    """10,860 less 1,000, at most 5,000; a deductible above the damage leaves nothing."""
    assert paid(Policy(PolicyKind.CYBER, deductible=E(1000), covers=True))[0].pays == world.exact("9860")
    assert paid(Policy(PolicyKind.CYBER, limit=E(5000), covers=True))[0].pays == world.exact("5000")
    assert paid(Policy(PolicyKind.CYBER, deductible=E(20000), covers=True))[0].pays == Range()


def waits(hours: int, deducted: bool | None) -> Range:
    """What a policy with hours of waiting pays of an outage of 14 days, 1 hour and 59 minutes."""
    policy = Policy(PolicyKind.CYBER, waiting_hours=hours, waiting_deducted=deducted, covers=True)
    return paid(policy)[0].pays


def test_hours_of_waiting_are_deducted_or_not() -> None:
    """337 h 59 min dead: with 12 h deducted 96.45 % of the margin, or all of it; unknown terms give both."""
    deducted, whole = waits(12, True), waits(12, False)
    dead = 14 * 24 * 60 + 119  # minutes: from 8:01 on the first day to 10:00 on the last
    assert deducted == Range.exact(E(10000) * Fraction(dead - 12 * 60, dead) + E(860))
    assert whole == world.exact("10860")
    assert deducted.likely < whole.likely
    assert waits(12, None) == Range(deducted.low, deducted.likely, whole.high)
    assert waits(24 * 15, None) == world.exact("860")  # the outage was shorter than the wait


def test_two_policies_never_pay_the_same_euro() -> None:
    """The second pays what the first left: the deductible of 1,000 here."""
    first = Policy(PolicyKind.CYBER, deductible=E(1000), covers=True)
    second = Policy(PolicyKind.BUSINESS_INTERRUPTION, covers=True)
    assert [one.pays.likely for one in paid(first, second)] == [E(9860), E(1000)]


POLICIES = st.builds(
    Policy,
    kind=st.sampled_from(PolicyKind),
    deductible=st.integers(0, 500_000).map(Money),
    waiting_hours=st.integers(0, 400),
    waiting_deducted=st.sampled_from([None, True, False]),
    limit=st.none() | st.integers(0, 2_000_000).map(Money),
    covers=st.sampled_from([None, True, False]),
)


@given(st.lists(POLICIES, max_size=4), st.lists(st.integers(0, 2_000_000), min_size=3, max_size=3))
@settings(max_examples=80, deadline=None)
def test_insurance_never_pays_more_than_the_damage(policies: list[Policy], figures: list[int]) -> None:
    """All policies together, at the high figure: never more than the damage at its high figure."""
    found = assessed(Range(*(Money(c) for c in sorted(figures))))
    together = sum((one.pays for one in paid(*policies, found=found)), Range())
    assert together.high <= found.total.high


@given(st.integers(0, 3_000_000), st.integers(0, 3_000_000))
@settings(max_examples=40, deadline=None)
def test_what_is_paid_and_what_is_due_stay_within_the_damage(damage: int, passed: int) -> None:
    """What the insurer paid is his: together with what is still due it is never more than the damage."""
    fall = run(damage=str(Money(damage).decimal), insurance__paid=str(Money(passed).decimal))
    assert fall.due.likely.cents + min(passed, damage) <= max(damage, 0)


def days(fall: Waterfall, rule: str) -> list[date]:
    """The deadlines of a rule."""
    return [one.on for one in fall.deadlines if one.norm.id == rule]


def test_notices_are_deadlines_until_they_are_given() -> None:
    """Seven days by the policy, without delay where it names none; after the notice the advance a month on."""
    fall = run(
        Policy(PolicyKind.CYBER, notice_days=7),
        Policy(PolicyKind.ELECTRONICS),
        Policy(PolicyKind.BUSINESS_INTERRUPTION, notified=date(2015, 2, 10)),
    )
    assert days(fall, "VVG-30/31") == [BEGAN, BEGAN + timedelta(7)]
    assert days(fall, "VVG-14") == [date(2015, 3, 10)]
    assert [one.notice_by for one in fall.covers] == [BEGAN + timedelta(7), BEGAN, BEGAN]


def test_without_an_outage_policies_are_shown_and_pay_nothing() -> None:
    """Nobody can say until when: there is no day."""
    (one,) = run(Policy(PolicyKind.CYBER, covers=True), detection=Detection()).covers
    assert (one.pays, one.notice_by) == (Range(), None)


def steps(*policies: Policy, **facts: Any) -> list[tuple[str, bool, date | None]]:
    """The next steps about insurers."""
    case = world.case(policies, **facts)
    fall = law.waterfall(case, world.outage(), assessed(), AS_OF)
    found = law.next_steps(case, world.outage(), assessed(), fall)
    return [(s.text.id, s.done, s.until) for s in found if "insurer" in s.text.id]


def test_insurers_are_told_in_the_next_steps() -> None:
    """Each policy with its day; asked for once where none is known; nothing where there is none."""
    assert steps(insurance__none="yes") == []
    assert steps() == [("Report the loss to your own insurers.", False, AS_OF)]
    assert steps(insurance__paid="100") == [("Report the loss to your own insurers.", True, None)]
    told = steps(Policy(PolicyKind.CYBER, notice_days=7), Policy(PolicyKind.ELECTRONICS, notified=BEGAN))
    assert sorted((done, until) for _, done, until in told if until) == [(False, BEGAN + timedelta(7))]
    assert sum(done for _, done, _ in told) == 1


def test_offers_expire_and_data_are_deleted() -> None:
    """Offers of either side, connection data after 80 days, call lists after three, invoices after 18 months."""
    fall = run(world.offer("3000", until=date(2015, 7, 15)), world.offer("9000"))
    assert days(fall, "OFFER") == [date(2015, 7, 15)]
    assert days(fall, "CARRIER-TELEKOM") == [date(2015, 4, 25), date(2016, 8, 18)]
    assert days(fall, "CARRIER-SIPGATE") == [date(2015, 5, 4)]
    nameless = run(world.contact(ContactKind.OFFER, date(2015, 6, 17), amount="1", until=date(2015, 7, 1)))
    assert days(nameless, "OFFER") == [date(2015, 7, 1)]


@pytest.mark.parametrize(
    ("facts", "reported", "expected"),
    [
        ({"firm__small": "yes"}, date(2022, 2, 2), [date(2022, 2, 4)]),
        ({}, date(2022, 2, 2), [date(2022, 2, 4)]),  # not settled: shown with whom it is for
        ({"firm__small": "no"}, date(2022, 2, 2), []),
        ({"firm__small": "yes"}, date(2022, 2, 15), []),  # mended before
        ({"firm__small": "yes"}, None, []),
    ],
)
def test_the_provider_informs_by_the_day_after_next(
    facts: dict[str, Any], reported: date | None, expected: list[date]
) -> None:
    """§ 58 (2) TKG: reported on Wednesday, not mended on Thursday, informed by Friday."""
    said = [world.contact(ContactKind.FAULT_REPORT, reported, incoming=False)] if reported else []
    fall = run(
        *said, detection=world.outage(date(2022, 2, 2), date(2022, 2, 16)), as_of=date(2022, 6, 30), **facts
    )
    assert days(fall, "TKG21-58-2") == expected


def test_no_information_was_due_under_the_old_act() -> None:
    """TKG 2004 had no such duty."""
    said = world.contact(ContactKind.FAULT_REPORT, BEGAN, incoming=False)
    assert days(run(said), "TKG21-58-2") == []


def test_arbitration_ends_with_limitation_under_the_new_act() -> None:
    """§ 68 TKG: the same day as the time bar; the old Act gives no day to rely on."""
    fall = run(detection=world.outage(date(2022, 2, 2), date(2022, 2, 16)), as_of=date(2022, 6, 30))
    assert days(fall, "TKG21-68") == days(fall, "BGB-199") == [date(2025, 12, 31)]
    assert days(run(), "TKG04-47a") == []


@pytest.mark.parametrize(
    ("lost", "paid", "more", "left"),
    [
        ("17541.63", "4000", {}, "12500.00"),  # the cap leaves less than what is uncovered
        ("17541.63", "6000", {}, "11541.63"),
        ("10000", "4000", {}, "6000.00"),
        ("10000", "4000", {"fault__share": "0.25"}, "6000.00"),  # 7,500 of claim, 6,000 uncovered
        ("10000", "1000", {"fault__share": "0.25"}, "7500.00"),
        ("10000", "4000", {"insurance__same_kind": "no"}, "10000.00"),
        ("10000", "12000", {}, "0.00"),
    ],
)
def test_the_insured_keeps_up_to_what_is_uncovered(
    lost: str, paid: str, more: dict[str, str], left: str
) -> None:
    """§ 86 (1) sentence 2 VVG: min(claim after fault and cap, damage before both less the payment)."""
    found = world.assessment(world.position("lost_sales", world.exact(lost)))
    case = world.case([world.demand()], insurance__paid=paid, **more)
    fall = law.waterfall(case, world.outage(), found, AS_OF)
    assert next(one for one in fall.steps if one.key == "insurers").running == world.exact(left)
