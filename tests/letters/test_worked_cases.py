"""Three cases of 2026 worked by hand to the cent: their claims, letters and dossiers, and each in the middle of it."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from tests.letters import worked
from tests.letters.worked import EXAMPLES, HERE, MIDDLE

from heller.model.claim import Claim

Worked = tuple[str, Claim, Claim]


@pytest.fixture(scope="module", params=MIDDLE)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Worked:
    """A case by its name, its claim in the middle of the outage, its claim after it."""
    folder = tmp_path_factory.mktemp(request.param) / "case"
    worked.told(folder, request.param)
    return (request.param, *worked.claims(folder, request.param))


def by_hand(name: str) -> dict[str, Decimal]:
    """What the README works out, by head of loss or step."""
    with (EXAMPLES / name / "golden.csv").open(encoding="utf-8") as file:
        return {row["what"]: Decimal(row["euro"]) for row in csv.DictReader(file, delimiter=";")}


def sums(claim: Claim) -> dict[str, Decimal]:
    """The same of a claim, exact figures only."""
    assert claim.waterfall.due.is_exact
    found = {one.head: one.amount.likely.decimal for one in claim.assessment.positions}
    found |= {f"step {step.key}": moved.decimal for step, moved in claim.waterfall.cautious}
    found |= {"damage": claim.assessment.total.likely.decimal, "due": claim.waterfall.due.likely.decimal}
    pleaded = claim.waterfall.pleaded
    if pleaded is not None and pleaded.auxiliary is not None:
        found |= {"in the alternative": pleaded.auxiliary.due.likely.decimal}
    return found


def test_the_claim_is_that_of_the_hand_to_the_cent(case: Worked) -> None:
    """Every figure of the README, after the outage and in the middle of it."""
    name, middle, after = case
    hand = by_hand(name)
    found = sums(after) | {f"middle {what}": sum_ for what, sum_ in sums(middle).items()}
    assert {what: found.get(what) for what in hand} == hand
    readme = (EXAMPLES / name / "README.md").read_text("utf-8")
    assert [what for what, sum_ in hand.items() if f"{abs(sum_):,.2f}" not in readme] == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_letters_and_dossier_read_as_they_were_read(case: Worked, lang: str) -> None:
    """Word for word; whoever changes one looks at it: python -m tests.letters.worked."""
    name, middle, after = case
    golden: dict[str, Path] = {
        kind: HERE / "worked" / f"{name}.{kind}.{lang}.txt" for kind in ("letters", "dossier")
    }
    assert worked.letters_text(name, (middle, after), lang) == golden["letters"].read_text("utf-8")
    assert worked.dossier_text(after, lang) == golden["dossier"].read_text("utf-8")


def test_main_claim_cap_and_lump_sum_are_where_the_law_puts_them(case: Worked) -> None:
    """The print shop pleads gross negligence, the tailor has a lump sum above its damage, the carrier an agreed cap."""
    name, _, after = case
    moved = {step.key: amount.cents for step, amount in after.waterfall.cautious}
    kinds = {"print-shop": "pre_trial", "tailor": "lump_sums", "carrier": "cap"}
    assert {key for key in ("pre_trial", "lump_sums", "cap") if moved[key]} == {kinds[name]}
    assert (after.waterfall.pleaded is not None) is (name == "print-shop")
