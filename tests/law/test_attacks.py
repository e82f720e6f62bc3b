"""The other side's objections, one by one: each case hits exactly its own, with its euros, and a clean case none."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.law.attack_world import attacked

from heller.law.de.country import COUNTRY
from heller.model.amount import Range
from heller.model.money import Money
from heller.model.objection import Answered

E = Money.of
CASES = tomllib.loads((Path(__file__).parent / "attacks.toml").read_text("utf-8"))["case"]
OF_A_SHOP = {"catch_up", "no_backup"}


def test_nothing_is_said_against_a_clean_case() -> None:
    """Reported, warned, a deadline set, a fault admitted, stamped, by receipt: the floor is all of it."""
    found = attacked({})
    assert found.found == () and found.floor == Range.exact(E("5000.00"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['key']}-{n}" for n, case in enumerate(CASES)])
def test_an_attack_hits_exactly_its_objection(case: dict[str, Any]) -> None:
    """What it says applies alone, beside what its case must have; what is off and due if it held is to the cent."""
    found = {one.key: one for one in attacked(case).found}
    beside = {*case.get("also", ()), *(OF_A_SHOP if case.get("shop") else ())} - set(case.get("gone", ()))
    assert set(found) == {case["key"], *beside}
    one = found[case["key"]]
    assert one.due.likely == E(case["due"])
    assert ("off" not in case) or (one.off is not None and one.off.likely == E(case["off"]))
    assert one.answers or one.answered in (Answered.OPEN, Answered.RECORD, Answered.RULE, Answered.WORDS)


def test_every_file_of_the_folder_has_its_case() -> None:
    """40 objections at least, each tried: a file without a case is not done."""
    assert len(COUNTRY.objections) >= 40
    tried = {case["key"] for case in CASES} | OF_A_SHOP
    assert len(tried) == len(COUNTRY.objections)
