"""From gross damage to what is due, on a small case of February 2015."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law import law_world as world
from tests.law.law_world import AS_OF, cents, run, stated, step

from heller import law
from heller.law.de.rules import norm
from heller.model.amount import Range
from heller.model.finding import Weight
from heller.model.kinds.contact import ContactKind
from heller.model.money import ZERO, Money
from heller.model.outage import Detection
from heller.model.record import Record

KEYS = [
    "gross",
    "not_recoverable",
    "fault",
    "lump_sums",
    "cap",
    "insurers",
    "own_claims",
    "interest",
    "pre_trial",
]


def test_the_steps_stand_in_order_and_each_says_why() -> None:
    """All eight steps are there, also those that change nothing, and the last one is what is due."""
    fall = run(world.demand())
    assert [one.key for one in fall.steps] == KEYS
    assert all(one.reason.id and one.norm for one in fall.steps)
    assert fall.steps[-1].running == fall.due
    assert fall.law == "TKG 2004"


def test_the_case_of_2015_is_capped_and_bears_interest() -> None:
    """25,000 -> 12,500 by § 44a TKG 2004; 105 days at 4.17 % from 18 March are 149.95 by hand."""
    fall = run(world.demand())
    assert step(fall, "cap").effect == world.exact("-12500")
    assert step(fall, "lump_sums").effect == Range()
    assert fall.interest == world.exact("149.95")
    assert fall.due == world.exact("12649.95")


def test_what_cannot_be_claimed_is_in_the_gross_damage_and_comes_off() -> None:
    """Pursuit hours are shown and taken off again, line by line."""
    found = world.assessment(
        world.position("hardware", world.exact("900")),
        world.position("pursuit_hours", world.exact("400"), recoverable=False),
    )
    fall = law.waterfall(world.case(), world.outage(), found, AS_OF)
    assert cents(step(fall, "gross").running) == 130_000
    assert step(fall, "not_recoverable").effect == world.exact("-400")
    assert [line.amount for line in step(fall, "not_recoverable").working] == [world.exact("-400")]
    assert cents(fall.due) == 90_000


def test_a_position_on_an_unverified_rule_is_shown_and_not_added() -> None:
    """Even if the schedule counts it, the law does not, and a finding says why."""
    found = world.assessment(
        world.position("hardware", world.exact("900")),
        world.position("overtime", world.exact("1500"), norm=norm("HEAD-06")),
    )
    fall = law.waterfall(world.case(), world.outage(), found, AS_OF)
    assert fall.due == world.exact("900")
    assert "law.unverified" in {finding.code for finding in fall.findings}


def test_contributory_fault_reduces_the_damage_before_the_cap() -> None:
    """30 % of 25,000 come off first; 17,500 still meet the cap."""
    fall = run(fault__share="0.30")
    assert step(fall, "fault").effect == world.exact("-7500")
    assert step(fall, "cap").effect == world.exact("-5000")


def test_the_court_of_bonn_took_thirty_percent() -> None:
    """AG Bonn, 21.11.2014, 105 C 72/12: 919.04 less 30 % are 643.33."""
    assert run(damage="919.04", fault__share="0.30").due == world.exact("643.33")


def test_an_agreed_cap_replaces_that_of_the_law() -> None:
    """§ 44a sentence 5 TKG 2004, in both directions."""
    assert run(line__agreed_cap="20000").due == world.exact("20000")
    assert run(line__agreed_cap="5000").due == world.exact("5000")
    assert any(lift.met is True for lift in run(line__agreed_cap="20000").lifts)


def test_what_the_own_insurer_paid_is_his() -> None:
    """The cap leaves less than is uncovered of the damage, so nothing has passed; more than all leaves nothing."""
    assert run(insurance__paid="4000").due == world.exact("12500")
    assert run(insurance__paid="40000").due == Range()


@pytest.mark.parametrize(
    ("records", "as_of", "interest"),
    [
        ((), AS_OF, "0"),
        ((world.contact(ContactKind.DEMAND, date(2015, 2, 25), incoming=False),), AS_OF, "0"),
        ((world.demand(),), date(2015, 3, 17), "0"),
        ((world.demand(),), date(2015, 3, 18), "1.43"),
        ((world.demand(date(2015, 3, 14)),), date(2015, 3, 17), "1.43"),
    ],
)
def test_interest_needs_a_demand_with_a_date(records: tuple[Record, ...], as_of: date, interest: str) -> None:
    """No date, no default; the first day of default bears interest; a Saturday moves to Monday (§ 193)."""
    fall = run(*records, as_of=as_of)
    assert fall.interest == world.exact(interest)


def test_interest_stops_where_the_base_rate_is_not_known() -> None:
    """A day in 2027 gives the interest up to the end of 2026 and a finding, no error."""
    fall = run(world.demand(), as_of=date(2027, 3, 1))
    assert fall.interest == run(world.demand(), as_of=date(2026, 12, 31)).interest
    assert {"law.base_rate_unknown", "law.known_until"} <= {finding.code for finding in fall.findings}


@pytest.mark.parametrize(
    ("facts", "fee"),
    [
        ({}, "0"),
        ({"lawyer__mandate": "2015-03-10"}, "0"),  # before default
        ({"lawyer__mandate": "2015-07-10"}, "0"),  # after the day asked for
        ({"lawyer__mandate": "2015-03-20"}, "805.20"),
        ({"lawyer__mandate": "2015-03-20", "firm__deducts_input_vat": "yes"}, "805.20"),
        ({"lawyer__mandate": "2015-03-20", "firm__deducts_input_vat": "no"}, "958.19"),
    ],
)
def test_the_lawyers_fee_is_owed_on_the_justified_value(facts: dict[str, str], fee: str) -> None:
    """1.3 on 12,500 and not on 25,000 (BGH), only in default, without VAT for who deducts it."""
    fall = stated(facts, world.demand())
    assert step(fall, "pre_trial").effect == world.exact(fee)


def test_limitation_is_the_safe_day_and_names_the_hopeful_one() -> None:
    """Talks of 2015 ended before the period began; 2 April 2019 is printed as not to be relied on."""
    talks = (
        world.contact(ContactKind.INVITATION, date(2015, 3, 18)),
        world.contact(ContactKind.REFUSAL, date(2015, 6, 17)),
    )
    fall = run(world.demand(), *talks)
    payment, limitation = fall.deadlines[0], fall.deadlines[-1]
    assert (payment.on, payment.passed) == (date(2015, 3, 17), True)
    assert (limitation.on, limitation.passed) == (date(2018, 12, 31), False)
    assert limitation.computation.args["day"] == date(2019, 4, 2)


def test_a_letter_that_offers_and_refuses_ends_the_talks() -> None:
    """Written down in either order, the talks of 18 March end on 17 June and no new ones begin."""
    began = world.contact(ContactKind.INVITATION, date(2015, 3, 18))
    offer = world.contact(ContactKind.OFFER, date(2015, 6, 17), amount="3000")
    refusal = world.contact(ContactKind.REFUSAL, date(2015, 6, 17))
    for letters in ((offer, refusal), (refusal, offer)):
        last = run(began, *letters, as_of=date(2016, 6, 30)).deadlines[-1]
        assert (last.on, last.computation.args["day"]) == (date(2018, 12, 31), date(2019, 4, 2))


def test_a_time_barred_claim_is_named_first() -> None:
    """On New Year's Day 2019 the deadline has passed and a finding says so."""
    fall = run(as_of=date(2019, 1, 1))
    assert fall.deadlines[-1].passed
    assert "law.time_barred" in {finding.code for finding in fall.findings}


@pytest.mark.parametrize(
    ("detection", "code"),
    [(Detection(), "law.no_outage"), (world.outage(date(2010, 1, 4), date(2010, 1, 8)), "law.unknown")],
)
def test_without_an_outage_or_a_known_law_nothing_is_due(detection: Detection, code: str) -> None:
    """The chain ends at zero, says why, and nothing is thrown."""
    fall = run(world.demand(), detection=detection)
    assert fall.due == Range()
    assert fall.steps[-1].key == "no_claim"
    assert code in {finding.code for finding in fall.findings}


def test_no_damage_gives_a_waterfall_that_says_so() -> None:
    """An empty schedule is no error."""
    fall = law.waterfall(world.case(), world.outage(), world.assessment(), AS_OF)
    assert fall.due == Range()
    assert fall.costs is None
    assert "law.no_damage" in {finding.code for finding in fall.findings}


@pytest.mark.parametrize("key", ["fault__share", "line__agreed_cap", "insurance__paid", "lawyer__mandate"])
def test_a_senseless_fact_costs_a_finding(key: str) -> None:
    """'-7' or 'perhaps' is left out and named once, where facts are read; the rest is worked out."""
    for value in ("-7", "perhaps"):
        assert stated({key: value}).due == world.exact("12500")
        doubts = world.case((), **{key: value}).facts.findings
        assert [(f.code, f.weight) for f in doubts] == [("fact.odd", Weight.REFUSED)]


def test_what_was_said_later_is_not_known_yet() -> None:
    """A waterfall as of March does not know the offer of June."""
    offer = world.contact(ContactKind.OFFER, date(2015, 6, 17), amount="3000")
    decided = run(world.demand(), offer, as_of=date(2015, 3, 31)).decision
    assert decided is not None and decided.offers == ()


@given(
    st.lists(st.integers(0, 5_000_000), min_size=3, max_size=3),
    st.integers(0, 100),
    st.integers(0, 2_000_000),
    st.dates(date(2015, 2, 18), date(2026, 12, 31)),
)
def test_never_above_the_cap_but_for_interest(cents_: list[int], fault: int, paid: int, as_of: date) -> None:
    """For every damage, fault, payment and day: the principal stays within cap and damage, and no figure
    turns negative or upside down."""
    damage = Range(*(Money(c) for c in sorted(cents_)))
    found = world.assessment(world.position("lost_sales", damage))
    facts = {"fault__share": f"0.{fault:02}" if fault < 100 else "1", "insurance__paid": f"{paid / 100:.2f}"}
    fall = law.waterfall(world.case([world.demand()], **facts), world.outage(), found, as_of)
    principal = step(fall, "insurers").running
    assert ZERO <= principal.low <= principal.high <= Money.of(12500)
    assert principal.high <= damage.high
    assert fall.due == principal + fall.interest


@pytest.mark.parametrize("until", [date(1915, 6, 17), date(1995, 6, 17), date(2150, 6, 17)])
def test_a_demand_with_an_impossible_date_costs_a_finding(until: date) -> None:
    """A slip of the pen in the year: no default, no interest, and it is said; the chain goes on."""
    letter = world.contact(ContactKind.DEMAND, date(2015, 3, 1), incoming=False, until=until)
    fall = world.run(letter)
    assert fall.interest.likely.cents == 0 and fall.due.likely.cents > 0
    assert "law.odd_date" in {one.code for one in fall.findings}
