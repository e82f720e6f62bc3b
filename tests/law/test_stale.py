"""Rules that were read long before the day of a claim are never used in silence; what nobody knows is said by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.law import law_world as world
from tests.law.law_world import run

from heller import law
from heller.dossier.names import beside_the_sum, nothing_to_weigh, stale
from heller.law.country import country

READ = {
    code: country(code).book.rule(country(code).interest.norm.id).known_until for code in ("de", "at", "ch")
}


@pytest.mark.parametrize("code", ["de", "at", "ch"])
@pytest.mark.parametrize(("days", "said"), [(0, False), (60, False), (61, True), (400, True)])
def test_a_claim_sixty_days_after_the_rules_were_read_says_so(code: str, days: int, said: bool) -> None:
    """Beside the sum, with the verb that lists what a person must check on that day."""
    day = READ[code] + timedelta(days)
    first = READ[code] - timedelta(100)
    dead = world.outage(first, first + timedelta(14))
    fall = run(as_of=day, detection=dead, line__country=code.upper())
    old = stale(fall)
    assert (old is not None) is said
    assert [one.code for one in beside_the_sum(fall)] == (["law.known_until"] if said else [])
    if old is not None:
        assert old.do is not None and old.do.args == {"on": day.isoformat()}


def test_where_nobody_knows_the_costs_it_is_said_and_not_that_nothing_is_due() -> None:
    """Switzerland leaves costs open; Germany without a damage has nothing to weigh."""
    swiss = run(line__country="CH")
    assert swiss.decision is None and "Costs are left open" not in nothing_to_weigh(swiss).id
    assert "costs are left open" in nothing_to_weigh(swiss).id
    assert "nothing to weigh" in nothing_to_weigh(run(damage="0", line__country="DE")).id


def test_where_no_law_is_known_the_fee_stands_beside_the_damage() -> None:
    """A claim of its own under any law: 400.00 of damage and 100.00 of fee; nothing is taken off either."""
    found = world.assessment(world.position("hardware", world.exact("400")), world.refund("100"))
    case = world.case(line__country="PL")
    fall = law.waterfall(case, world.outage(), found, world.AS_OF)
    assert fall.due == world.exact("500")
    assert [one.key for one in fall.steps][-1] == "own_claims"
