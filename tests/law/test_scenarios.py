"""Scenario columns, lump sums in the chain, ranges of fault, the board, duties, other readings."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.law import law_world as world
from tests.law.law_world import AS_OF, cents, run, step

from heller import law
from heller.law.facts_of_case.gather import first_day_of
from heller.model.amount import Range
from heller.model.claim import Lift, Waterfall
from heller.model.damage import PathDay, SalesEstimate
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.money import Money
from heller.model.outage import Detection
from heller.model.record import Record

NEW = world.outage(date(2022, 2, 2), date(2022, 2, 16))
NEW_DAY = date(2022, 6, 30)
REPORT = world.contact(ContactKind.FAULT_REPORT, date(2022, 2, 2), incoming=False)
SMALL = {
    "line__monthly_fee": "500",
    "firm__small": "yes",
    "line__rights_waived": "no",
    "line__all_dead": "yes",
    "firm__state": "NW",
}


def new(*records: Contact, damage: str = "100", **facts: Any) -> Waterfall:
    """A case of February 2022, whose law knows lump sums."""
    return run(*records, detection=NEW, as_of=NEW_DAY, damage=damage, **facts)


def lift(fall: Waterfall, key: str) -> Lift:
    """One fact of the board."""
    return next(one for one in fall.lifts if one.key == key)


def test_degrees_of_fault_stand_side_by_side() -> None:
    """2015: gross negligence changes nothing, intent lifts the cap; since December 2021 both lift it."""
    assert [(s.key, cents(s.due)) for s in run().scenarios] == [
        ("simple", 1_250_000),
        ("gross", 1_250_000),
        ("intent", 2_500_000),
    ]
    assert [cents(s.due) for s in new(damage="25000").scenarios] == [1_250_000, 2_500_000, 2_500_000]


def test_an_agreed_clause_has_its_own_column_and_is_what_is_claimed() -> None:
    """The columns of the law stay what they are; the clause is the sum that is demanded."""
    fall = run(line__agreed_cap="20000")
    assert [s.key for s in fall.scenarios] == ["simple", "gross", "intent", "clause"]
    assert fall.scenarios[-1].due == fall.due == world.exact("20000")
    assert fall.scenarios[0].due == world.exact("12500")


@given(
    st.lists(st.integers(0, 5_000_000), min_size=3, max_size=3),
    st.integers(0, 99),
    st.booleans(),
    st.integers(0, 2_000_000),
)
@settings(max_examples=40, deadline=None)
def test_more_fault_never_gives_less(figures: list[int], fault: int, old: bool, paid: int) -> None:
    """Simple <= gross <= intent, step by step and figure by figure; a column has a figure for each step."""
    found = world.assessment(world.position("lost_sales", Range(*(Money(c) for c in sorted(figures)))))
    facts = {
        "fault__share": f"0.{fault:02}",
        "insurance__paid": f"{paid / 100:.2f}",
        "line__provider_change": "yes",
        "line__monthly_fee": "500",
    }
    detection, day = (world.outage(), AS_OF) if old else (NEW, NEW_DAY)
    fall = law.waterfall(world.case([world.demand()], **facts), detection, found, day)
    columns = [one for one in fall.scenarios if one.key != "clause"]
    assert [len(one.running) for one in columns] == [len(fall.steps)] * 3
    for less, more in pairwise(columns):
        for a, b in zip(less.running, more.running, strict=True):
            assert a.low <= b.low and a.likely <= b.likely and a.high <= b.high


def test_a_lump_sum_is_really_set_off() -> None:
    """§ 58 (3): 2 x 50 + 9 x 100 = 1,000 for the 14 days of February 2022; a damage of 100 gives 1,000."""
    fall = new(REPORT, **SMALL)
    assert step(fall, "lump_sums").running == world.exact("1000")
    assert fall.due == world.exact("1000")
    assert sum(line.amount.likely.cents for line in step(fall, "lump_sums").working if line.amount) == 100_000


def test_the_higher_of_damage_and_lump_sum_counts() -> None:
    """Both ways: 9,000 of damage leave a lump sum of 1,000 without effect."""
    fall = new(REPORT, damage="9000", **SMALL)
    assert step(fall, "lump_sums").effect == Range()
    assert fall.due == world.exact("9000")


def test_a_change_of_provider_gives_its_lump_sum_to_every_firm() -> None:
    """§ 59 (4): 3 Feb is free, 4, 7-11, 14 and 15 Feb 2022 are 8 working days at 100."""
    fall = new(line__provider_change="yes", line__monthly_fee="500", firm__state="NW")
    assert fall.due == world.exact("800")
    unknown_state = new(line__provider_change="yes", line__monthly_fee="500")
    assert unknown_state.due == world.exact("800")


@pytest.mark.parametrize(
    "missing", ["firm__small", "line__rights_waived", "line__all_dead", "line__monthly_fee"]
)
def test_no_lump_sum_without_its_facts(missing: str) -> None:
    """A fact that nobody stated is not assumed: the damage alone is due, the lump sum stands beside."""
    facts = {key: value for key, value in SMALL.items() if key != missing}
    assert new(REPORT, **facts).due == world.exact("100")


def test_no_lump_sum_without_a_report_and_none_for_a_large_firm() -> None:
    """The days run from the report; a large firm has no § 58, and no reading of it either."""
    assert new(**SMALL).due == world.exact("100")
    large = new(REPORT, **{**SMALL, "firm__small": "no"})
    assert large.due == world.exact("100")
    assert "lump_sum_outage" not in {one.key for one in large.alternatives}
    many = new(REPORT, **{**SMALL, "firm__small": "no", "firm__staff": "80"})
    assert "lump_sum_outage" not in {one.key for one in many.alternatives}


def test_a_consumer_has_the_lump_sum_and_the_cap_of_the_law() -> None:
    """§ 58 is his without asking for size or waiver."""
    facts = {"firm__consumer": "yes", "line__all_dead": "yes", "line__monthly_fee": "500"}
    assert new(REPORT, **facts).due == world.exact("1000")


def test_the_widest_count_of_days_stands_beside() -> None:
    """Day of the report and day of repair counted: 12 days give 1,200, which is 200 more."""
    worth = {one.key: one.worth for one in new(REPORT, **SMALL).alternatives}
    assert worth["lump_sum_outage"] == world.exact("200")
    change = {
        one.key: one.norm.mark for one in new(REPORT, **SMALL, line__provider_change="yes").alternatives
    }
    assert change["lump_sum_outage"] == "UNVERIFIED"


def test_missed_appointments_have_their_lump_sum() -> None:
    """§ 58 (4), § 59 (4) sentence 2: 20 % of 500 each, beside the days, and without a complete outage too."""
    assert new(REPORT, **SMALL, line__missed_appointments="2").due == world.exact("1200")
    alone = {**SMALL, "line__all_dead": "no"}
    assert new(REPORT, **alone, line__missed_appointments="2").due == world.exact("200")
    change = {"line__provider_change": "yes", "line__monthly_fee": "500", "firm__state": "NW"}
    assert new(**change, line__missed_appointments="1").due == world.exact("900")
    no_fee = {"firm__small": "yes", "line__rights_waived": "no"}
    assert new(**no_fee, line__missed_appointments="1").due == world.exact("100")
    odd = new(REPORT, **SMALL, line__missed_appointments="-1")
    assert odd.due == world.exact("1000")
    assert world.case(line__missed_appointments="-1").facts.findings


def test_fault_as_a_range_widens_the_sum() -> None:
    """10 % to 30 %, likely 20 %, of 10,000: 7,000, 8,000, 9,000."""
    fall = run(damage="10000", fault__share="0.2", fault__share_low="0.1", fault__share_high="0.3")
    assert fall.due == Range(Money.of(7000), Money.of(8000), Money.of(9000))
    only_ends = run(damage="10000", fault__share_low="0.1", fault__share_high="0.3")
    assert only_ends.due == Range(Money.of(7000), Money.of(9000), Money.of(9000))
    assert run(damage="10000", fault__share_high="0.3").due.high == Money.of(10000)


def promise(day: date, until: date | None = None) -> Contact:
    """A promise of the hotline."""
    return world.contact(ContactKind.PROMISE, day, until=until)


def test_the_board_names_what_speaks_for_and_against() -> None:
    """Broken promise and ignored warning for it, the report alone not; a technician and an open promise against it."""
    fall = run(
        promise(date(2015, 1, 12)),
        world.contact(ContactKind.FAULT_REPORT, date(2015, 2, 4), incoming=False),
        promise(date(2015, 2, 5), date(2015, 2, 6)),
        promise(date(2015, 2, 9)),
        world.contact(ContactKind.DAMAGE_WARNING, date(2015, 2, 6), incoming=False),
        world.contact(ContactKind.ONLINE_CLAIM, date(2015, 2, 16)),
        promise(date(2015, 3, 20)),
        replace(world.contact(ContactKind.CONTACT, date(2015, 2, 7)), source=None),
    )
    intent = lift(fall, "intent")
    assert [ground.on for ground in intent.speaks_for] == [
        date(2015, 1, 12),
        date(2015, 2, 5),
        date(2015, 2, 6),
        date(2015, 2, 16),
    ]
    assert [ground.on for ground in intent.speaks_against] == [date(2015, 2, 9), date(2015, 2, 16)]
    assert intent.sources and intent.stand == "open"
    assert lift(fall, "gross_negligence").stand == "against"


def test_a_ground_without_a_place_still_counts() -> None:
    """A contact noted by hand has no exhibit; it speaks all the same."""
    warned = replace(world.contact(ContactKind.DAMAGE_WARNING, date(2015, 2, 6), incoming=False), source=None)
    intent = lift(run(warned), "intent")
    assert (len(intent.speaks_for), intent.sources, intent.stand) == (1, (), "for")
    assert lift(run(promise(date(2015, 2, 5))), "intent").stand == "against"


def test_facts_settle_what_they_can() -> None:
    """Individual terms, an agreed cap, a service that is not public."""
    assert lift(run(line__individual_terms="no"), "agreement").met is False
    assert lift(run(line__agreed_cap="20000"), "agreement").met is True
    assert lift(run(line__publicly_available="no"), "not_public").met is True
    assert lift(run(line__publicly_available="yes"), "not_public").worth == Range()
    assert "not_public" not in {one.key for one in run(line__agreed_cap="20000").lifts}
    assert "not_public" not in {one.key for one in new().lifts}


def test_what_lies_outside_the_cap_has_amounts() -> None:
    """Interest and the lawyer after default are in the sum; refund of the fee and things are open readings."""
    found = world.assessment(
        world.position("lost_sales", world.exact("24250")),
        world.refund("250"),
        world.position("hardware", world.exact("900")),
    )
    case = world.case([world.demand()], lawyer__mandate="2015-03-20", fault__share="0.5")
    fall = law.waterfall(case, world.outage(), found, AS_OF)
    assert {one.key: (cents(one.amount), one.norm.mark) for one in fall.outside} == {
        "interest": (15295, "VS"),
        "pre_trial": (80520, "VS"),
        "line_fee": (25000, "VS"),
        "things": (90000, "UNVERIFIED"),
    }
    assert lift(fall, "thing").worth == world.exact("75")  # 12,575 after fault, the cap takes 75
    later = law.waterfall(world.case(), NEW, found, NEW_DAY)
    assert lift(later, "thing").norm.mark == "UNVERIFIED"


def test_duties_say_when_they_were_done() -> None:
    """Report, warning, emergency line, backlog: with their days, or that nothing shows them."""
    done = {
        one.key: one
        for one in run(
            world.contact(ContactKind.FAULT_REPORT, date(2015, 2, 5), incoming=False),
            world.contact(ContactKind.DAMAGE_WARNING, date(2015, 2, 6), incoming=False),
            emergency__works_since="2015-02-05T16:00:00+01:00",
        ).duties
    }
    assert (done["report"].on, done["report"].text.args["n"]) == (date(2015, 2, 5), 1)
    assert (done["warning"].done, done["emergency"].on) == (True, date(2015, 2, 5))
    none = {one.key: one for one in run().duties}
    assert [none[key].done for key in ("report", "warning", "emergency", "backlog")] == [None] * 4
    assert none["warning"].worth == Range()  # a tenth of 25,000 stays above the cap
    assert {one.key: one.worth for one in run(damage="10000").duties}["warning"] == world.exact("-1000")


def test_a_warning_on_the_first_day_and_one_too_late() -> None:
    """The first day is best; after the service is back a warning averts nothing."""

    def warned(day: date) -> bool | None:
        said = world.contact(ContactKind.DAMAGE_WARNING, day, incoming=False)
        return {one.key: one.done for one in run(said).duties}["warning"]

    assert [warned(date(2015, 2, 4)), warned(date(2015, 2, 18))] == [True, False]


def test_paid_emergency_lines_overtime_and_the_fall_back_are_duties() -> None:
    """Receipts show an emergency line although its start is not stated; a change of provider falls back."""
    found = world.assessment(
        world.position("emergency_line", world.exact("860")), world.position("overtime", world.exact("100"))
    )
    for detection, day in ((world.outage(), AS_OF), (NEW, NEW_DAY)):
        fall = law.waterfall(world.case(line__provider_change="yes"), detection, found, day)
        done = {one.key: one.done for one in fall.duties}
        assert done["emergency"] is True and done["backlog"] is True and done["fall_back"] is None


def sold(*days: PathDay) -> SalesEstimate:
    """A channel with its days."""
    return SalesEstimate("shop", Range(), Range(), Range(), True, days, (), None, ())


def day(number: int, expected: int, observed: int) -> PathDay:
    """A day of February 2015, in cents."""
    return PathDay(date(2015, 2, number), expected, expected, expected, observed)


def cut(works: str, carries: str | None, *days: PathDay) -> Range | None:
    """What the cut-off at the emergency line is worth in a case of 10,000 of lost sales."""
    facts: dict[str, Any] = {"emergency__works_since": works} | (
        {"emergency__carries_shop": carries} if carries else {}
    )
    found = replace(
        world.assessment(world.position("lost_sales", world.exact("10000"))), sales=(sold(*days),)
    )
    fall = law.waterfall(world.case(**facts), world.outage(), found, AS_OF)
    return {one.key: one.worth for one in fall.alternatives}.get("emergency_cut_off")


WORKS = "2015-02-05T16:00:00+01:00"


def test_the_cut_off_at_an_emergency_line_is_shown_with_its_worth() -> None:
    """OLG Köln 1 W 8/10: three quarters of the shortfall lie after it, so 7,500 may fall away."""
    days = (day(3, 900, 100), day(5, 100, 0), day(6, 300, 0), day(7, 100, 200))
    assert cut(WORKS, "no", *days) == world.exact("-7500")
    assert cut(WORKS, None, *days) == world.exact("-7500")


def test_no_cut_off_where_the_ledger_has_it_or_nothing_lies_after_it() -> None:
    """An emergency line that carries the shop ends the loss in the ledger; no days after it, no reading."""
    assert cut(WORKS, "yes", day(6, 300, 0)) is None
    assert cut(WORKS, "no", day(5, 100, 0)) is None
    assert cut(WORKS, "no") is None
    assert "emergency_cut_off" not in {
        one.key for one in run(damage="0", emergency__works_since=WORKS).alternatives
    }


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_facts_changes_nothing(random: Random) -> None:
    """Facts and contacts of different days may be written down in any order."""
    facts = [Fact(key.replace("__", "."), value) for key, value in SMALL.items()]
    records: list[Record] = [
        *facts,
        REPORT,
        world.demand(date(2022, 3, 17)),
        world.contact(ContactKind.OFFER, date(2022, 4, 1), amount="600"),
        promise(date(2022, 2, 3), date(2022, 2, 4)),
        Fact("suit.odds_low", "0.3"),
        Fact("suit.odds_high", "0.7"),
    ]
    found = world.assessment(world.position("lost_sales", world.exact("5000")))
    usual = law.waterfall(world.case(records), NEW, found, NEW_DAY)
    mixed = list(records)
    random.shuffle(mixed)
    assert law.waterfall(world.case(mixed), NEW, found, NEW_DAY) == usual


def test_due_is_the_last_step_of_the_chain() -> None:
    """The fast way to the sum gives the sum of the whole waterfall, and nothing where there is no chain."""
    found = world.assessment(world.position("lost_sales", world.exact("25000")))
    case = world.case([world.demand()])
    assert law.due(case, world.outage(), found, AS_OF) == run(world.demand()).due
    nothing = world.outage(date(2010, 1, 4), date(2010, 1, 8))
    for empty in (nothing, Detection()):
        assert law.due(case, empty, found, AS_OF) == Range()


def test_the_day_whose_law_counts() -> None:
    """That of the first outage; none where there is none."""
    both = Detection(outages=(*NEW.outages, *world.outage().outages))
    assert first_day_of(world.case(), both) == date(2015, 2, 4)
    assert first_day_of(world.case(), Detection()) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("suit__instances", "3"), ("suit__months", "-1"), ("suit__months", "241"), ("suit__odds_low", "2")],
)
def test_a_senseless_input_of_a_lawsuit_costs_a_finding(key: str, value: str) -> None:
    """Three instances, less than no time, odds above one: left out and named, the rest worked out."""
    odd: dict[str, Any] = {key: value}
    fall = run(**odd)
    assert world.case(**odd).facts.findings
    assert fall.decision is not None and fall.decision.risk == Money.of("3861.00")


def test_two_instances_by_a_fact() -> None:
    """The risk of 12,500 in both instances, tables of 2013, net."""
    found = run(suit__instances="2").decision
    assert found is not None and found.risk == Money.of("3861.00") + Money.of("4490.40")


def test_of_two_outages_the_first_selects_the_law() -> None:
    """Said as a note; the later one would have had another Act."""
    both = Detection(outages=(*NEW.outages, *world.outage().outages))
    fall = run(detection=both)
    assert fall.law == "TKG 2004"
    assert "law.first_outage_counts" in {finding.code for finding in fall.findings}


def test_a_mandate_for_nothing_costs_nothing() -> None:
    """In default with nothing due, the step says so."""
    fall = run(world.demand(), damage="0", lawyer__mandate="2015-03-20")
    assert "no value to charge" in step(fall, "pre_trial").reason.id


def test_next_steps_without_damage_or_law() -> None:
    """No damage asks for no demand; an outage beyond the rules has no time bar; a passed one no lawsuit."""

    def said(detection: Detection, day: date, **facts: Any) -> set[str]:
        case, nothing = world.case(**facts), world.assessment()
        fall = law.waterfall(case, detection, nothing, day)
        return {one.text.id for one in law.next_steps(case, detection, nothing, fall)}

    sue = "Sue or apply for a payment order before the claim is time-barred."
    assert sue in said(world.outage(), AS_OF)
    assert sue not in said(world.outage(), date(2019, 1, 1))
    assert sue not in said(world.outage(date(2010, 1, 4), date(2010, 1, 8)), AS_OF)
    assert not any("demand letter" in one for one in said(world.outage(), AS_OF))


def test_a_takeover_inside_one_provider_has_no_lump_sum_of_a_change() -> None:
    """Stated as no change, not even the reading stands beside; open, it does."""
    keys = [
        {one.key for one in new(line__monthly_fee="500", **facts).alternatives}
        for facts in ({"line__provider_change": "no"}, {})
    ]
    assert "lump_sum_change" not in keys[0] and "lump_sum_change" in keys[1]


def test_an_offer_is_a_next_step_with_its_day() -> None:
    """Decide on it by the day it expires; whether it was a change of provider is not asked where stated."""
    offer = world.offer("3000", until=date(2015, 7, 15))
    case, found = (
        world.case([offer], line__provider_change="no"),
        world.assessment(world.position("lost_sales", world.exact("5000"))),
    )
    fall = law.waterfall(case, world.outage(), found, AS_OF)
    steps = law.next_steps(case, world.outage(), found, fall)
    assert [one.until for one in steps if one.text.id.startswith("Decide on")] == [date(2015, 7, 15)]
    assert not any("change of provider" in one.text.id for one in steps)


def test_a_cap_of_general_terms_replaces_nothing() -> None:
    """Only an individual agreement does: 2,000.00 in general terms leave the cap of the law and have no column."""
    stated: dict[str, Any] = {"line__agreed_cap": "2000.00", "line__individual_terms": "no"}
    assert cents(run(**stated).due) == 1_250_000
    assert "clause" not in {one.key for one in run(**stated).scenarios}
    assert cents(run(line__agreed_cap="2000.00").due) == 200_000
