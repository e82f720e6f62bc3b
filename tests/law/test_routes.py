"""The ways to the money beside each other, to the cent, and what stops a claim whatever its merits."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.law import law_world as world
from tests.law.law_world import contact, offer, run

from heller.law.chain.limitation import TimeBar
from heller.law.de.forum import forum
from heller.law.facts_of_case.gather import situation
from heller.law.suing.routes import runs_on
from heller.model.decision import ClaimRoute, Decision
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.settlement import Forfeiture, Settlement
from heller.model.money import ZERO, Money
from heller.model.record import Record
from heller.model.terms import Terms, Waiver
from heller.model.text import text

E = Money.of
CASES = tomllib.loads((Path(__file__).parent / "routes.toml").read_text())["case"]
ODDS: dict[str, Any] = {"suit__odds_low": "0.4", "suit__odds_high": "0.6"}
FREE: dict[str, Any] = {"line__agreed_cap": "100000.00", "line__individual_terms": "yes"}
NEW, OLD = date(2026, 2, 4), date(2022, 2, 4)
AS_OF = date(2026, 6, 30)


def decided(*records: Record, began: date = NEW, damage: str = "12649.95", **facts: Any) -> Decision:
    """A decision on 30 June 2026 about an outage of two weeks."""
    dead = world.outage(began, began.replace(day=18))
    found = run(*records, damage=damage, as_of=AS_OF, detection=dead, **{**FREE, **facts}).decision
    assert found is not None
    return found


def ways(found: Decision) -> dict[str, ClaimRoute]:
    """The ways by key."""
    return {route.key: route for route in found.routes}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["due"])
@pytest.mark.parametrize("key", ["whole", "local", "online"])
def test_a_way_through_a_court_to_the_cent(case: dict[str, Any], key: str) -> None:
    """Cost at risk, worth at both ends of the odds and break-even odds are those worked out by hand."""
    way = ways(decided(damage=case["due"], **ODDS))[key]
    want = case[key]
    assert way.value == min(E(case["due"]), E("10000") if key != "whole" else E(case["due"]))
    assert (way.risk, way.lost) == (E(want["risk"]), -E(want["risk"]))
    assert way.expected == (E(want["low"]), E(want["high"]))
    assert str(way.break_even) == want["even"]
    assert (want.get("rest") is None) or E(want["rest"]) in way.limitation.args.values()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["due"])
def test_one_way_is_advised_only_where_it_wins_at_all_odds(case: dict[str, Any]) -> None:
    """The sentence names the way that is worth most at both ends; where two share the odds there is none."""
    found = decided(damage=case["due"], **ODDS)
    if not case["best"]:
        assert found.best_route is None
        return
    assert found.best_route is not None
    assert found.best_route.args["route"] == ways(found)[case["best"]].label


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["due"])
def test_a_payment_order_costs_half_a_fee_and_ends_nothing(case: dict[str, Any]) -> None:
    """Nr. 1100 KV GKG; after an objection it is the lawsuit, so it takes no part in the comparison."""
    way = ways(decided(damage=case["due"], **ODDS))["payment_order"]
    assert way.words.args["fee"] == E(case["order"])
    assert not way.ends


def test_arbitration_costs_nothing_and_has_no_figure() -> None:
    """Its proposal binds nobody, so no worth is invented; the request stops limitation."""
    way = ways(decided(**ODDS))["arbitration"]
    assert (way.risk, way.unpaid, way.expected, way.ends) == (ZERO, ZERO, None, False)


def test_before_the_trial_nothing_is_online() -> None:
    """The online procedure is there since 23 December 2025; for 2015 there is none, nor the new arbitration."""
    assert not {"online", "arbitration"} & set(ways(world.decided(**ODDS)))


def test_an_offer_stands_beside_the_lawsuit() -> None:
    """An offer that gives the outage up ends the matter; one that gives nothing up does not."""
    taken = ways(decided(offer("3000", terms=Terms(waiver=Waiver.OUTAGE)), **ODDS))["accept"]
    kept = ways(decided(offer("3000", terms=Terms(waiver=Waiver.NONE)), **ODDS))["accept"]
    assert taken.expected == (E(3000), E(3000)) and taken.ends
    assert not kept.ends


def test_without_odds_no_way_is_advised() -> None:
    """Nobody's odds are invented: break-even odds only."""
    assert decided(offer("3000", terms=Terms(waiver=Waiver.OUTAGE))).best_route is None
    found = decided()
    assert found.best_route is None
    assert all(way.expected is None for way in found.routes if way.key in {"whole", "local", "online"})
    assert ways(found)["whole"].break_even is not None


def barred(*records: Record, **facts: Any) -> Decision:
    """An outage of 2022 looked at in 2026: the last day was 31 December 2025."""
    return decided(*records, began=OLD, **facts)


def test_a_barred_claim_is_worth_its_costs_at_any_odds() -> None:
    """Raised, the plea leaves the costs of 4,515.50; not raised, suing is worth 4,067.23 in the middle of the odds."""
    found = barred(**ODDS)
    gate = found.shut
    assert gate is not None and gate.key == "limitation"
    assert (gate.raised, gate.open) == (E("-4515.50"), E("4067.23"))
    assert found.expected == (E("-4515.50"), E("-4515.50"))
    assert found.counter is None
    assert ways(found)["whole"].break_even is None


def test_a_barred_claim_is_not_refused_an_offer() -> None:
    """3,000 for a claim that is over: to take it is worth most at all odds, with and without stated ones."""
    for odds in (ODDS, {}):
        found = barred(offer("3000", terms=Terms(waiver=Waiver.OUTAGE)), **odds)
        assert found.best_route is not None
        assert found.best_route.args["route"] == ways(found)["accept"].label
        assert found.offers[0].break_even is None


def test_a_barred_claim_without_an_offer_is_left_alone() -> None:
    """Nothing is worth more than to do nothing, which costs nothing."""
    found = barred(**ODDS)
    assert found.best_route is not None
    assert found.best_route.args["route"] == ways(found)["nothing"].label


def test_limitation_stands_among_what_moves_it_most() -> None:
    """The plea moves the worth from the costs to what the claim would be worth; forum stands there too."""
    moved = {swing.label.id: swing for swing in barred(**ODDS).swings}
    assert moved["{gate}: raised or not"].width == E("4067.23") + E("4515.50")
    assert "Which court, and how much of the claim" in {one.label.id for one in decided(**ODDS).swings}


def test_the_chain_passes_the_gate_before_the_costs() -> None:
    """For the firm alone: the plea takes all that is due, then the costs of suing all the same."""
    dead = world.outage(OLD, OLD.replace(day=18))
    found = run(damage="12649.95", as_of=AS_OF, detection=dead, **FREE, **ODDS)
    assert [step.key for step in found.beyond[:2]] == ["gate", "costs"]
    assert found.beyond[0].running.likely == ZERO
    assert found.beyond[1].running.likely == E("-4515.50")


def test_open_bills_can_be_set_off_after_time_is_over() -> None:
    """§ 215 BGB: limitation doesn't take set-off away; the smaller of claim and bills is kept."""
    way = ways(barred(suit__open_bills="800.00", **ODDS))["set_off"]
    assert (way.value, way.won) == (E(800), E(800))
    assert "set_off" not in ways(barred(**ODDS))


def agreed(**more: Any) -> Settlement:
    """A settlement over 5,000."""
    return Settlement(date(2026, 5, 4), E(5000), **more)


def test_a_settlement_gives_up_what_goes_beyond_it() -> None:
    """With a waiver nothing more is to be had; without one, or for one event only, nothing is gone."""
    shut = decided(agreed(), **ODDS).shut
    assert shut is not None and shut.key == "settled"
    assert decided(agreed(waives=Waiver.NONE), **ODDS).shut is None
    assert decided(agreed(events=("office",)), **ODDS).shut is None


def test_an_accepted_offer_is_a_settlement() -> None:
    """Who takes an offer has given the rest up."""
    said = replace(contact(ContactKind.ACCEPTANCE, date(2026, 5, 5), incoming=False), said="Yes.")
    found = decided(replace(offer("3000"), at=world.at(date(2026, 5, 4))), said, **ODDS)
    assert found.shut is not None and found.shut.key == "settled"


def test_a_settlement_that_may_fall_is_shown_and_not_counted() -> None:
    """Where a late instalment brings the claim back nobody knows what holds: both figures, nothing counted."""
    found = decided(agreed(forfeits=Forfeiture.CLAIM_REVIVES), **ODDS)
    assert found.shut is None
    assert [(gate.key, gate.closes) for gate in found.gates] == [("settled", None)]
    assert found.expected == (E("2350.68"), E("5783.77"))


@pytest.mark.parametrize(
    ("damage", "local", "wrong"),
    [
        ("12649.95", "yes", True),
        ("12649.95", "no", False),
        ("4000.00", "no", True),
        ("4000.00", "yes", False),
    ],
)
def test_the_wrong_court_is_said_with_its_euros(damage: str, local: str, wrong: bool) -> None:
    """§ 281 ZPO: it refers the case on request; without one all costs are lost. Nothing is counted."""
    found = decided(damage=damage, suit__local_court=local, **ODDS)
    assert [gate.key for gate in found.gates] == (["forum"] if wrong else [])
    assert found.shut is None


def test_an_offer_above_all_that_is_due_is_never_beaten() -> None:
    """20,000 offered for 12,649.95: no odds make suing worth more."""
    assert decided(offer("20000", terms=Terms(waiver=Waiver.OUTAGE)), **ODDS).offers[0].break_even is None


def test_where_the_last_day_is_not_known_it_is_said() -> None:
    """A way that stops nothing says that limitation runs on, with its day or without one."""
    assert "not known" in runs_on(None).id
    assert runs_on(TimeBar(date(2029, 12, 31), text("x"))).args["day"] == date(2029, 12, 31)


def test_before_the_tables_no_court_is_called_wrong() -> None:
    """Where the limit of the local court is not known for a day, nothing is said of the court."""
    given = world.facts(world.case(suit__local_court="yes"), AS_OF)
    early = replace(given, fees=replace(given.fees, pending=date(2012, 1, 1)))
    (dead,) = world.outage(NEW, NEW.replace(day=18)).outages
    where = replace(situation(world.case(), given, dead), given=early)
    assert list(forum(where, E(12000))) == []


OWN: dict[str, Any] = {"suit__own_cost": "300.00", "lawyer__above_statute": "500.00"}
# 4,000.00 as in routes.toml, less 500.00 with a lawyer and 300.00 without one, won or lost: (1,959 + 500) of (3,500 +
# 2,459), (1,201.50 + 300) of (3,700 + 1,501.50), (1,053.50 + 300) of (3,700 + 1,353.50)
WITH_OWN = {
    "whole": ("500.00", "-75.40", "1116.40", "0.4127"),
    "local": ("300.00", "579.10", "1619.40", "0.2887"),
    "online": ("300.00", "667.90", "1678.60", "0.2679"),
    "payment_order": ("500.00", "-75.40", "1116.40", "0.4127"),
}


@pytest.mark.parametrize("key", WITH_OWN)
def test_what_nobody_pays_back_is_off_on_its_way(key: str) -> None:
    """Own time on the ways without a lawyer, what an agreed fee exceeds the statutory one by on those with one."""
    way = ways(decided(damage="4000.00", **ODDS, **OWN))[key]
    unpaid, low, high, even = WITH_OWN[key]
    assert way.unpaid == E(unpaid) and way.expected == (E(low), E(high))
    assert str(way.break_even) == even


def test_what_nobody_pays_back_burdens_no_other_way() -> None:
    """Arbitration takes own time and has no figure; set-off, the offer and doing nothing cost nothing of it."""
    found = decided(
        offer("3000", terms=Terms(waiver=Waiver.OUTAGE)), suit__open_bills="800.00", **ODDS, **OWN
    )
    unpaid = {key: way.unpaid for key, way in ways(found).items()}
    assert unpaid["arbitration"] == E(300)
    assert {unpaid[key] for key in ("set_off", "accept", "counter", "nothing")} == {ZERO}
    assert [(value.args["amount"]) for label, value in found.inputs if "paid back by nobody" in value.id] == [
        E(500),
        E(300),
    ]


def test_each_way_takes_as_long_as_is_stated_of_it() -> None:
    """Six months before the local court by a clerk's word, twelve for any other; arbitration by its own figures."""
    clerk = Fact("suit.months_local", "6", basis="Auskunft der Geschäftsstelle (erfunden)")
    found = ways(decided(clerk, damage="4000.00", suit__months="12", **ODDS))
    assert {key: way.months for key, way in found.items() if way.months} == {
        "whole": 12,
        "local": 6,
        "online": 12,
        "payment_order": 12,
        "arbitration": 3,
    }
    said = found["local"].months_from
    assert said is not None and said.args == {"basis": clerk.basis}
    # 130.76 of interest until 30 December 2026 at 6.52 %
    assert found["local"].won == E("4130.76")


def test_a_duration_that_nobody_states_is_none() -> None:
    """Then it is said that nothing is assumed."""
    found = ways(decided(damage="4000.00", **ODDS))
    assert found["whole"].months is None
    assert found["whole"].months_from is not None and "nothing is assumed" in found["whole"].months_from.id


LEFT: dict[str, Any] = {
    "line__monthly_fee": "300.00",
    "line__left": "2026-04-30",
    "line__term_end": "2026-12-31",
}


@pytest.mark.parametrize(
    ("facts", "ends", "worth"),
    [
        (LEFT, date(2026, 6, 30), "4800.00"),  # six months of 300.00
        (LEFT, date(2026, 6, 15), "4950.00"),  # and 15 of 30 days of June
        (LEFT, date(2026, 3, 31), "5400.00"),  # the line was used until 30 April
        (LEFT, date(2027, 3, 31), "3000.00"),  # after the contract ends anyway
        ({**LEFT, "line__left": ""}, date(2026, 6, 30), "3000.00"),  # still used: nothing can be said
        ({**LEFT, "line__term_end": ""}, date(2026, 6, 30), "3000.00"),
    ],
)
def test_an_early_end_of_the_contract_is_part_of_an_offer(
    facts: dict[str, Any], ends: date, worth: str
) -> None:
    """It spares the fees to the end of the term of a line that is used no longer, and no others."""
    stated = {key: value for key, value in facts.items() if value}
    made = offer("3000", terms=Terms(waiver=Waiver.OUTAGE, exit=ends))
    (weighed,) = decided(made, **ODDS, **stated).offers
    assert (weighed.worth, weighed.cash, weighed.exit) == (E(worth), E(3000), ends)
    assert any(ends in said.args.values() for said in weighed.warnings)
