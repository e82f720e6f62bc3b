"""Switzerland: the worked figures of its rules and a whole claim under it; costs are left open and said so."""

from __future__ import annotations

from datetime import date

import pytest
from tests.law import law_world as world
from tests.law.law_world import AS_OF, contact, step

from heller import law
from heller.law.ch import interest, periods
from heller.law.ch.queries import interest as ask_interest
from heller.law.ch.queries import limitation as ask_limitation
from heller.law.ch.rules import book
from heller.model.claim import Waterfall
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.money import ZERO, Money
from heller.model.record import Record

E = Money.of
FIRST = date(2015, 2, 19)


def run(*records: Record, damage: str = "25000", as_of: date = AS_OF, **facts: str) -> Waterfall:
    """The waterfall of a case in Switzerland."""
    case = world.case(records, line__country="CH", **facts)
    found = world.assessment(
        world.position("lost_sales", world.exact(damage), norm=law.head_norm("CH", "lost_sales")),
    )
    return law.waterfall(case, world.outage(), found, as_of)


@pytest.mark.parametrize(
    ("principal", "last", "amount"),
    [
        ("12500", date(2015, 12, 31), "541.10"),  # 12,500 x 0.05 x 316 / 365
        ("12500", date(2018, 12, 31), "2417.81"),  # 1,412 days
        ("25000", date(2018, 12, 31), "4835.62"),
    ],
)
def test_flat_interest_to_the_cent(principal: str, last: date, amount: str) -> None:
    """5 % over 365 days, by hand."""
    assert interest.flat(E(principal), FIRST, last).amount == E(amount)


def test_ten_years() -> None:
    """Due on 4 February 2015: 4 February 2025 is the last day; an acknowledgement begins it anew."""
    assert periods.limitation(date(2015, 2, 4)) == (date(2025, 2, 4), None)
    assert periods.limitation(date(2015, 2, 4), (date(2016, 3, 1),)) == (date(2026, 3, 1), date(2016, 3, 1))
    assert periods.limitation(date(2015, 2, 4), (date(2026, 3, 1),)) == (date(2025, 2, 4), None)


def test_the_conciliation_body_takes_what_is_a_year_old() -> None:
    """Last contact on 1 March 2025: 2 March 2026 is too late."""
    assert periods.conciliation_until(date(2025, 3, 1)) == date(2026, 3, 1)
    fall = run(contact(ContactKind.FAULT_REPORT, date(2015, 2, 4)), as_of=date(2016, 2, 5))
    [last] = [one for one in fall.deadlines if one.norm.id == "CH-FMG-12c-time"]
    assert (last.on, last.passed) == (date(2016, 2, 4), True)
    assert not [one for one in run().deadlines if one.norm.id == "CH-FMG-12c-time"]


def test_a_whole_claim() -> None:
    """No cap; 5 % from the day after 17 March, 105 days on 25,000: 359.59; costs open, francs said."""
    fall = run(world.demand())
    assert [one.key for one in fall.steps] == [
        "gross",
        "not_recoverable",
        "fault",
        "cap",
        "insurers",
        "own_claims",
        "interest",
    ]
    assert (fall.interest, fall.due) == (world.exact("359.59"), world.exact("25359.59"))
    assert fall.costs is None and fall.decision is None
    assert {"law.costs_unknown", "law.francs"} <= {one.code for one in fall.findings}


def test_an_agreed_cap_falls_for_gross_negligence() -> None:
    """Art. 100 (1) OR."""
    fall = run(line__agreed_cap="5000.00")
    assert step(fall, "cap").running == world.exact("5000")
    assert {one.key: one.due for one in fall.scenarios} == {
        "slight": world.exact("5000"),
        "gross": world.exact("25000"),
    }


def test_interest_from_the_damage_is_shown_and_not_added() -> None:
    """From memory only: 132 days from 19 February at 5 % on 25,000 are 452.05, 92.46 more than from default."""
    [reading] = run(world.demand()).alternatives
    assert (reading.norm.mark, reading.worth.likely) == ("UNVERIFIED", E("92.46"))
    assert run(as_of=date(2015, 2, 10)).alternatives == ()


def test_a_payment_that_acknowledges_begins_it_anew() -> None:
    """Art. 135 OR."""
    paid = Movement(MovementKind.PAYMENT, date(2016, 3, 1), E(100), acknowledges=True)
    found = [one for one in run(paid, as_of=date(2018, 6, 1)).deadlines if one.on == date(2026, 3, 1)]
    assert "begun anew" in str(found[0].computation)


def test_questions_without_a_case() -> None:
    """The verbs answer with the same figures."""
    asked = ask_interest.ask(amount=E(12500), first=FIRST, last=date(2015, 12, 31))
    assert asked.figures["amount"] == E("541.10")
    plain = ask_limitation.ask(due=date(2015, 2, 4))
    assert plain.figures == {"end": date(2025, 2, 4), "acknowledged": None}
    full = ask_limitation.ask(
        due=date(2015, 2, 4), acknowledged=(date(2016, 3, 1),), contact=date(2025, 3, 1)
    )
    assert full.figures["conciliation_until"] == date(2026, 3, 1)


def test_what_is_not_verified_is_summed_nowhere() -> None:
    """Each rule that is from memory says what is open; no step that adds rests on one."""
    for one in book().rules.values():
        if one.mark.value == "UNVERIFIED":
            assert one.open, one.id
    fall = run(world.demand())
    assert all(one.effect.likely <= ZERO for one in fall.steps if one.norm and one.norm.mark == "UNVERIFIED")
