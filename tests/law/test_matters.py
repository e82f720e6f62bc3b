"""Several events as one matter, by debtor, with what was paid, settled and given up: case files worked by hand."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.law import law_world as world

from heller import law
from heller.model.amount import Range
from heller.model.event import EventKind, LineEvent
from heller.model.kinds.assignment import Assignment
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.instalment import Instalment
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.kinds.settlement import Settlement
from heller.model.kinds.succession import Succession
from heller.model.money import Money
from heller.model.record import Record
from heller.model.terms import Waiver
from heller.model.worked_out import EventPart

CASES = tomllib.loads((Path(__file__).parent / "matters.toml").read_text("utf-8"))["case"]
E = Money.of
MARCH, JULY = date(2025, 3, 4), date(2025, 7, 7)
NAME = {"provider.name": "Netz A (erfunden)", "line.country": "DE"}
SMALL = {
    "firm.small": "yes",
    "firm.state": "NW",
    "line.monthly_fee": "30.00",
    "line.rights_waived": "no",
    "line.all_dead": "yes",
}
# first day, end, damage, the demand's last day, facts of its own
EVENTS: dict[str, tuple[date, date, str, date, dict[str, str]]] = {
    "march": (MARCH, date(2025, 3, 9), "1000.00", date(2025, 4, 3), {}),
    "july": (JULY, date(2025, 7, 10), "400.00", date(2025, 8, 4), {}),
    "branch": (JULY, date(2025, 7, 10), "400.00", date(2025, 8, 4), {"provider.name": "Netz B (erfunden)"}),
    "july_again": (JULY, date(2025, 7, 10), "400.00", date(2025, 8, 4), {}),
    "vienna_again": (JULY, date(2025, 7, 10), "400.00", date(2025, 8, 4), {"line.country": "AT"}),
    "ancient": (date(1999, 3, 4), date(1999, 3, 9), "400.00", date(2025, 8, 4), {}),
    "range": (MARCH, date(2025, 3, 9), "400.00/1000.00/1200.00", date(2025, 4, 3), {}),
    "lump_march": (MARCH, date(2025, 3, 9), "0.00", date(2025, 4, 3), SMALL),
    "lump_july": (JULY, date(2025, 7, 14), "0.00", date(2025, 8, 4), SMALL),
    "old": (date(2021, 3, 4), date(2021, 3, 9), "0.00", date(2025, 4, 3), {}),
    "vienna": (JULY, date(2025, 7, 10), "400.00", date(2025, 8, 4), {"line.country": "AT"}),
    "warsaw": (JULY, date(2025, 7, 10), "400.00", date(2025, 8, 4), {"line.country": "PL"}),
    "high_march": (MARCH, date(2025, 3, 9), "20000.00", date(2025, 4, 3), {}),
    "high_july": (JULY, date(2025, 7, 10), "15000.00", date(2025, 8, 4), {}),
}


def records_of(case: dict[str, Any]) -> tuple[Record, ...]:
    """What was noted in a case file."""

    def rows(key: str) -> list[dict[str, Any]]:
        return [{**one, **_amount(one)} for one in case.get(key, ())]

    contacts = (_contact(dict(one)) for one in case.get("contacts", ()))
    return (
        *(Movement(**{**one, "kind": MovementKind(one["kind"])}) for one in rows("movements")),
        *(Settlement(**{**one, "waives": Waiver(one["waives"])}) for one in rows("settlements")),
        *(Instalment(**one) for one in rows("instalments")),
        *(Assignment(**one) for one in rows("assignments")),
        *(Succession(**one) for one in rows("successions")),
        *contacts,
    )


def _amount(one: dict[str, Any]) -> dict[str, Money]:
    return {"amount": E(one["amount"])} if "amount" in one else {}


def _contact(one: dict[str, Any]) -> Contact:
    return world.contact(ContactKind(one.pop("kind")), one.pop("day"), **one)


def part(name: str, noted: tuple[Record, ...], facts: dict[str, str]) -> EventPart:
    """An event of a matter, each with its demand."""
    first, back, damage, until, own = EVENTS[name]
    dead = world.outage(first, back)
    demand = replace(world.demand(until), said=name)
    report = replace(world.contact(ContactKind.FAULT_REPORT, first, incoming=False), said=name)
    said = {key.replace(".", "__"): value for key, value in {**NAME, **facts, **own}.items()}
    return EventPart(
        LineEvent(name, "", EventKind.OUTAGE, first, dead.outages),
        world.case((report, demand, *noted), **said),
        dead,
        world.assessment(world.position("hardware", _range(damage))),
    )


def _range(damage: str) -> Range:
    low, _, rest = damage.partition("/")
    likely, _, high = rest.partition("/")
    return Range(E(low), E(likely or low), E(high or low))


def sum_of(case: dict[str, Any]) -> law.Sum:
    """The claim of a case file."""
    parts = parts_of(case)
    draws = [(part.assessment.total.likely,) * 3 for part in parts]
    return law.claim_of(parts, case["as_of"], draws, law.account_records(parts[0].case, case["as_of"]))


def parts_of(case: dict[str, Any]) -> list[EventPart]:
    """Its events."""
    noted = records_of(case)
    return [part(name, noted, case.get("facts", {})) for name in case["events"]]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_matter_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    """What is due, its interest, the steps that are named, the accounts and what is left to do are to the cent."""
    assert case["source"]
    fall = sum_of(case).waterfall
    want = {key: E(value) for key, value in case["want"].items()}
    seen = {step.key: step.effect.likely for step in fall.steps}
    seen |= {"due": fall.due.likely, "interest": fall.interest.likely}
    seen |= {f"{step.key} left": step.running.likely for step in fall.steps}
    assert {key: seen[key] for key in want} == want
    low = {step.key: step.effect.low for step in fall.steps}
    assert {key: E(value) for key, value in case.get("low", {}).items()}.items() <= low.items()
    assert [account.state.value for account in fall.accounts] == case["state"]
    if "todo" in case:
        assert [one.text.id for one in law.steps_after(fall)] == case["todo"]
    assert set(case.get("findings", ())) <= {finding.code for finding in fall.findings}
    worths = {one.key: one.worth.likely for one in fall.alternatives}
    assert {key: E(value) for key, value in case.get("alternatives", {}).items()}.items() <= worths.items()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_due_alone_is_what_the_whole_claim_says(case: dict[str, Any]) -> None:
    """The fast way to the sum comes to the same as the claim with all that stands beside it."""
    parts = parts_of(case)
    records = law.account_records(parts[0].case, case["as_of"])
    assert law.due_of(parts, case["as_of"], records) == sum_of(case).waterfall.due


def test_a_decision_on_a_matter_moves_with_all_of_its_events() -> None:
    """Cap and own fault of both events stand in what moves the worth of suing."""
    (case,) = (one for one in CASES if "swings" in one)
    decided = sum_of(case).waterfall.decision
    assert decided is not None
    assert set(case["swings"]) <= {swing.label.id for swing in decided.swings}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_suit_over_certain_damage_awards_what_is_due(case: dict[str, Any]) -> None:
    """Draws that are the likely damage itself, carried through the chain of all events, lose nothing on the way."""
    decided = [one.waterfall.decision for one in sum_of(case).by_debtor]
    assert all(one.won.likely >= one.value for one in decided if one is not None and one.shut is None)
