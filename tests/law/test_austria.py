"""Austria: the worked figures of its rules, a whole claim under it, and that it is one folder.

Figures marked CALC were worked out from the statutes and rates named in the rules; the others are published: ARD
6556/2017 (8.58 %), solidbau.at (100,000 for a year), finanzrechner.at (13.08 % on 1 January 2024).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import holidays
import pytest
from tests.law import law_world as world
from tests.law.law_world import AS_OF, contact, step

from heller import law
from heller.law.at import court, interest, periods
from heller.law.at.queries import court as ask_court
from heller.law.at.queries import interest as ask_interest
from heller.law.at.queries import limitation as ask_limitation
from heller.law.at.rules import book
from heller.law.book.refusals import BeyondTheData
from heller.law.claims.of_event import chain_of
from heller.law.country import country
from heller.model.claim import Waterfall
from heller.model.event import EventKind, LineEvent
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.money import ZERO, Money
from heller.model.record import Record
from heller.model.worked_out import EventPart

E = Money.of
FIRST = date(2015, 2, 19)


def run(*records: Record, damage: str = "25000", as_of: date = AS_OF, **facts: str) -> Waterfall:
    """The waterfall of a case in Austria."""
    case = world.case(records, line__country="AT", **facts)
    found = world.assessment(
        world.position("lost_sales", world.exact(damage), norm=law.head_norm("AT", "lost_sales")),
        world.position("removal_hours", world.exact("1000"), norm=law.head_norm("AT", "removal_hours")),
    )
    return law.waterfall(case, world.outage(), found, as_of)


@pytest.mark.parametrize(
    ("last", "days", "amount"), [(date(2015, 12, 31), 316, "432.88"), (date(2018, 2, 18), 1096, "1501.37")]
)
def test_statutory_interest_to_the_cent(last: date, days: int, amount: str) -> None:
    """4 % on 12,500 (CALC): 12,500 x 0.04 x 316 / 365 = 432.88 in one piece."""
    made = interest.statutory(E(12500), FIRST, last)
    assert (made.days, made.amount) == (days, E(amount))


@pytest.mark.parametrize(
    ("principal", "last", "amount"),
    [("12500", date(2015, 12, 31), "982.63"), ("25000", date(2018, 2, 18), "6611.42")],
)
def test_interest_between_businesses_to_the_cent(principal: str, last: date, amount: str) -> None:
    """9.2 points above the base rate of each half-year (CALC from the published rates), rounded once at the end; the
    second is 6,611.43 where each half-year is rounded."""
    assert interest.of_business(E(principal), FIRST, last).amount == E(amount)


@pytest.mark.parametrize(
    ("first", "last", "rate"),
    [
        (date(2017, 7, 1), date(2017, 7, 1), "8.58"),
        (date(2024, 1, 1), date(2024, 1, 1), "13.08"),
        (date(2025, 1, 1), date(2025, 1, 1), "11.73"),
    ],
)
def test_published_rates_between_businesses(first: date, last: date, rate: str) -> None:
    """As the notes of the years say them; that of 2025 from the notice of 16 December 2024."""
    assert interest.of_business(E(100), first, last).segments[0].rate == Decimal(rate)


def test_a_year_at_two_published_rates() -> None:
    """100,000 for a year are 8,580.00 (worked example, solidbau.at)."""
    assert interest.of_business(E(100000), date(2017, 1, 1), date(2017, 12, 31)).amount == E(8580)


@pytest.mark.parametrize("day", [date(2023, 8, 1), date(2024, 9, 1), date(2025, 7, 1)])
def test_a_base_rate_that_was_not_read_is_refused(day: date) -> None:
    """Nothing is extrapolated."""
    with pytest.raises(BeyondTheData):
        interest.of_business(E(100), day, day)


def test_interest_stops_at_the_principal() -> None:
    """§ 1335 ABGB: after 25 years at 4 % it is as high as the sum and stays there."""
    assert interest.statutory(E(1000), date(2003, 1, 1), date(2040, 12, 31)).amount == E(1000)


def test_three_years_to_the_day() -> None:
    """Known on 18 February 2015: barred from 19 February 2018 on; in Germany it would be 31 December 2018."""
    assert periods.limitation(date(2015, 2, 18)) == (date(2018, 2, 18), None)
    assert periods.limitation(date(2015, 2, 18), (date(2016, 3, 1),)) == (date(2019, 3, 1), date(2016, 3, 1))
    assert periods.limitation(date(2015, 2, 18), (date(2019, 3, 1),)) == (date(2018, 2, 18), None)


@pytest.mark.parametrize(
    ("value", "fee", "district", "lawyer", "order"),
    [
        ("12500", "974", True, True, True),
        ("25000", "974", False, True, True),
        ("5000", "412", True, False, True),
        ("75000.01", "3829", False, True, False),
    ],
)
def test_court_lawyer_and_fee(value: str, fee: str, district: bool, lawyer: bool, order: bool) -> None:
    """By JN § 49, ZPO §§ 27, 244 and TP 1 GGG since April 2025."""
    day = date(2025, 5, 1)
    assert court.fee(E(value), day) == E(fee)
    assert (court.district(E(value), day), court.lawyer(E(value), day)) == (district, lawyer)
    assert court.payment_order(E(value), day) is order


def test_fees_outside_the_table_are_refused() -> None:
    """Before April 2025, and above 350,000."""
    with pytest.raises(BeyondTheData):
        court.fee(E(100), date(2024, 5, 1))
    with pytest.raises(BeyondTheData):
        court.fee(E(350001), date(2025, 5, 1))


def test_a_whole_claim_between_businesses() -> None:
    """No cap; 4 % from the day after 17 March, 105 days on 26,000: 299.18; the cap of another country is nowhere."""
    fall = run(world.demand())
    assert [one.key for one in fall.steps] == [
        "gross",
        "not_recoverable",
        "profit",
        "fault",
        "cap",
        "insurers",
        "own_claims",
        "interest",
    ]
    assert fall.interest == world.exact("299.18")
    assert fall.due == world.exact("26299.18")
    assert step(fall, "cap").effect == world.exact("0")
    assert all("BGB" not in one.norm.cite or "ABGB" in one.norm.cite for one in fall.steps if one.norm)


def test_a_consumer_has_lost_profit_for_gross_negligence_only() -> None:
    """Slight: 1,000 of removal are left; gross: all."""
    fall = run(firm__consumer="yes")
    assert step(fall, "profit").running == world.exact("1000")
    assert {one.key: one.due for one in fall.scenarios} == {
        "slight": world.exact("1000"),
        "gross": world.exact("26000"),
    }


def test_an_agreed_cap_is_the_only_one() -> None:
    """What the terms limit counts, unless the negligence was gross."""
    fall = run(line__agreed_cap="5000.00")
    assert step(fall, "cap").running == world.exact("5000")
    assert {one.key: one.due for one in fall.scenarios}["gross"] == world.exact("26000")


def test_the_higher_rate_is_shown_and_not_added() -> None:
    """§ 456 UGB, if it covers damages: 9.08 % instead of 4 % for 105 days on 26,000: 679.13 less 299.18."""
    fall = run(world.demand())
    [reading] = fall.alternatives
    assert (reading.key, reading.norm.mark, reading.worth.likely) == (
        "business_rate",
        "UNVERIFIED",
        E("379.95"),
    )
    assert run(world.demand(), firm__consumer="yes").alternatives == ()
    assert run().alternatives == ()
    assert run(world.demand(), as_of=date(2023, 9, 1)).alternatives == ()


def test_costs_are_left_open_and_said_so() -> None:
    """Without the lawyers' tariff nothing is said of a lawsuit's cost, nor is it decided."""
    fall = run(world.demand())
    assert fall.costs is None and fall.decision is None
    assert "law.costs_unknown" in {one.code for one in fall.findings}


def test_time_is_over_to_the_day() -> None:
    """The outage began on 4 February 2015: 4 February 2018 is the last day, talks or not."""
    talks = (
        contact(ContactKind.INVITATION, date(2015, 2, 11)),
        contact(ContactKind.CONTACT, date(2015, 3, 1), incoming=False),
    )
    for day, barred in ((date(2018, 2, 4), False), (date(2018, 2, 5), True)):
        fall = run(*talks, as_of=day)
        assert ("law.time_barred" in {one.code for one in fall.findings}) is barred
    [last] = [one for one in fall.deadlines if one.on == date(2018, 2, 4)]
    assert "Talks do not stop" in str(last.computation)


def test_a_payment_that_acknowledges_begins_it_anew() -> None:
    """§ 1497 ABGB."""
    paid = Movement(MovementKind.PAYMENT, date(2016, 3, 1), E(100), acknowledges=True)
    assert date(2019, 3, 1) in {one.on for one in run(paid, as_of=date(2018, 6, 1)).deadlines}


def test_days_on_which_nobody_works() -> None:
    """Public holidays are those of the library; a demand for Whit Monday is in time on Tuesday."""
    for year in (1991, 2015, 2026):
        assert periods.public_holidays("", year) == set(holidays.country_holidays("AT", years=year))
    assert periods.default_begins(date(2015, 5, 25), "") == date(2015, 5, 27)
    with pytest.raises(BeyondTheData):
        periods.public_holidays("", 1990)
    assert law.region("Wien") == "AT-9" and law.region("AT-9") == "AT-9"


def test_questions_without_a_case() -> None:
    """The verbs answer with the same figures, and say what is open."""
    asked = ask_interest.ask(amount=E(12500), first=FIRST, last=date(2015, 12, 31))
    assert asked.figures["amount"] == E("432.88") and asked.figures["between_businesses"] == E("982.63")
    unread = ask_interest.ask(amount=E(100), first=date(2023, 8, 1), last=date(2023, 8, 31))
    assert "between_businesses" not in unread.figures
    assert ask_limitation.ask(knew=date(2015, 2, 18)).figures["end"] == date(2018, 2, 18)
    anew = ask_limitation.ask(knew=date(2015, 2, 18), acknowledged=(date(2016, 3, 1),))
    assert anew.figures["acknowledged"] == date(2016, 3, 1)
    found = ask_court.ask(value=E(12500), on=date(2025, 5, 1))
    assert (found.figures["fee"], found.figures["district_court"]) == (E(974), True)
    high = ask_court.ask(value=E(400000), on=date(2025, 5, 1))
    assert "fee" not in high.figures and high.figures["payment_order"] is False


def test_what_is_not_verified_is_summed_nowhere() -> None:
    """Each rule that is from memory says what is open; no step that adds or lifts rests on one."""
    for one in book().rules.values():
        if one.mark.value == "UNVERIFIED":
            assert one.open, one.id
    fall = run(world.demand())
    rests = {one.norm.id: one for one in fall.steps if one.norm and one.norm.mark == "UNVERIFIED"}
    assert all(one.effect.likely <= ZERO for one in rests.values())


def test_a_day_before_there_is_a_case_has_no_cap_either() -> None:
    """The figure that runs meanwhile meets none, in either country."""
    for code in ("AT", "CH"):
        ahead = law.cap_ahead(code, date(2026, 2, 4), E(500), date(2026, 2, 5))
        assert ahead.amount is None


def test_a_claim_without_lost_profit_loses_none() -> None:
    """A consumer whose damage is removal alone keeps all of it."""
    case = world.case((), line__country="AT", firm__consumer="yes")
    found = world.assessment(
        world.position("removal_hours", world.exact("1000"), norm=law.head_norm("AT", "damage"))
    )
    assert law.waterfall(case, world.outage(), found, AS_OF).due == world.exact("1000")


def test_a_single_draw_loses_its_profit_too() -> None:
    """Of 20,000 drawn 25,000 of lost profit come off: nothing is left; of 40,000 a consumer keeps 15,000."""
    case = world.case((), line__country="AT", firm__consumer="yes")
    found = world.assessment(
        world.position("lost_sales", world.exact("25000"), norm=law.head_norm("AT", "damage"))
    )
    made = chain_of(country("AT"), case, world.outage(), found, AS_OF)
    assert made is not None
    assert (made.principal_of(E(20000)), made.principal_of(E(40000))) == (ZERO, E(15000))


@pytest.mark.parametrize("code", ["AT", "CH"])
def test_a_part_payment_takes_interest_first(code: str) -> None:
    """25,000 with interest, 1,000 paid on the last day: what is left is the rest of both."""
    paid = Movement(MovementKind.PAYMENT, date(2015, 6, 30), E(1000))
    case = world.case((world.demand(), paid), line__country=code)
    found = world.assessment(
        world.position("lost_sales", world.exact("25000"), norm=law.head_norm(code, "damage"))
    )
    event = LineEvent("x", "", EventKind.OUTAGE, date(2015, 2, 4), world.outage().outages)
    part = EventPart(event, case, world.outage(), found)
    open_ = law.due_of((part,), AS_OF, law.account_records(case, AS_OF))
    rate = {"AT": "287.67", "CH": "359.59"}[code]
    assert open_.likely == E(25000) + E(rate) - E(1000)
