"""Three trades worked by hand: a practice, a house with guests, a project business; each position within 5 % of it."""

from __future__ import annotations

import csv
import shlex
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from heller import casefile
from heller.cli import app
from heller.dossier.wording import Words
from heller.model.amount import Range
from heller.model.claim import Claim

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = ("practice", "guest-house", "projects")
DAY = date(2026, 12, 1)
NEAR = Decimal("0.05")
TITLES = {
    "practice": {"lost_units": ("Ausgefallene Termine", "Lost appointments")},
    "guest-house": {"lost_units": ("Ausgefallene Buchungen", "Lost bookings")},
    "projects": {},
}


@pytest.fixture(scope="module", params=CASES)
def claimed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Claim]:
    """A case as its story tells it, and what is claimed on a day after it."""
    folder = tmp_path_factory.mktemp(request.param) / "case"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(EXAMPLES / request.param)
        assert app.run(["open", str(folder)]) == 0
        for line in Path("story.txt").read_text("utf-8").splitlines():
            assert app.run([str(folder) if word == "CASE" else word for word in shlex.split(line)]) == 0, line
    return request.param, casefile.claim(folder, DAY)


def golden(name: str) -> dict[str, Decimal]:
    """What each position comes to by hand."""
    with (EXAMPLES / name / "golden.csv").open(encoding="utf-8") as file:
        return {row["head"]: Decimal(row["likely"]) for row in csv.DictReader(file, delimiter=";")}


def amounts(claim: Claim) -> dict[str, Range]:
    """What each head comes to, and all of them with the refund of the fee."""
    found: dict[str, Range] = {"total": claim.assessment.total + claim.assessment.apart}
    for one in claim.assessment.positions:
        found[one.head] = found.get(one.head, Range()) + one.amount
    return found


def test_each_position_is_that_of_the_hand(claimed: tuple[str, Claim]) -> None:
    """The likely figure within 5 %, the hand's figure inside the range but for a cent of rounding, and no head more."""
    name, claim = claimed
    found = amounts(claim)
    assert {head for head, amount in found.items() if amount != Range()} <= golden(name).keys()
    for head, hand in golden(name).items():
        assert abs(found[head].likely.decimal - hand) <= NEAR * hand, head
        room = max(Decimal("0.02"), hand / 100) if found[head].is_exact else Decimal("0.02")
        assert found[head].low.decimal - room <= hand <= found[head].high.decimal + room, head


def test_two_witnesses_of_one_time_are_one_outage(claimed: tuple[str, Claim]) -> None:
    """List and router seconds apart are one; the list alone is nobody's router."""
    name, claim = claimed
    (outage,) = claim.outages
    assert len(claim.events) == 1
    assert len(outage.witnesses) == (1 if name == "guest-house" else 2)


def test_positions_are_named_in_the_words_of_the_trade(claimed: tuple[str, Claim]) -> None:
    """In both languages, and no shop is spoken of."""
    name, claim = claimed
    zone = claim.case.tz
    for n, lang in enumerate(("de", "en")):
        words = Words(lang, zone, claim.case.trade)
        said = {one.head: words(one.title) for one in claim.assessment.positions}
        for head, titles in TITLES[name].items():
            assert said[head] == titles[n]
        every = " ".join(words(line.text) for one in claim.assessment.positions for line in one.working)
        assert "shop" not in every.lower() and "{" not in every
