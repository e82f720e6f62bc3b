"""The long case is what its README worked out by hand: eight days, each debtor to the cent, each event to the day."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from heller import casefile
from heller.cli import app
from heller.model.claim import Claim
from heller.model.event import EventKind

EXAMPLE = Path(__file__).parents[2] / "examples" / "long-case"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The case as its story tells it."""
    folder = tmp_path_factory.mktemp("long") / "case"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(EXAMPLE)
        assert app.run(["open", str(folder)]) == 0
        for line in (EXAMPLE / "story.txt").read_text("utf-8").splitlines():
            words = [str(folder) if word == "CASE" else word for word in shlex.split(line)]
            assert app.run(words) == 0, line
    yield folder


def golden() -> dict[str, dict[tuple[str, str], Decimal]]:
    """What each debtor owes each creditor, by day; '' is the firm."""
    found: dict[str, dict[tuple[str, str], Decimal]] = {}
    with (EXAMPLE / "golden.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["day"], {})[row["debtor"], row["creditor"]] = Decimal(row["due"])
    return found


def on(case: Path, day: str) -> Claim:
    """The claim on a day."""
    return casefile.claim(case, date.fromisoformat(day))


@pytest.mark.parametrize("day", golden())
def test_each_debtor_owes_to_the_cent(case: Path, day: str) -> None:
    """What is not there yet owes nothing."""
    accounts = on(case, day).waterfall.accounts
    owed = {(one.debtor, one.creditor): one.due for one in accounts}
    found = {key: Decimal(due.cents) / 100 for key, due in owed.items() if due}
    assert found == {key: due for key, due in golden()[day].items() if due}


def test_each_event_is_barred_on_its_own_day(case: Path) -> None:
    """Two pauses about the first event move it by 51 days, and no other."""
    claimed = on(case, "2026-10-05")
    barred = {debt.event[:-6]: debt.barred for debtor in claimed.debts for debt in debtor.events}
    assert barred == {
        "main 2025-02-10": date(2029, 2, 20),
        "main 2025-09-02": date(2028, 12, 31),
        "mobile 2025-09-04": date(2028, 12, 31),
        "branch 2025-11-03": date(2028, 12, 31),
    }


def test_what_moves_nothing_is_listed(case: Path) -> None:
    """The announced work of January and the five minutes of June."""
    listed = [(e.kind, e.began) for e in on(case, "2026-10-05").events if e.kind is not EventKind.OUTAGE]
    assert listed == [(EventKind.WORK, date(2025, 1, 12)), (EventKind.MICRO, date(2025, 6, 20))]


def test_each_event_has_its_own_damage_and_default(case: Path) -> None:
    """A, B, C and D as the README has them."""
    claimed = on(case, "2025-12-31")
    found = [
        (one.assessment.total.likely.cents, one.assessment.apart.likely.cents) for one in claimed.by_event
    ]
    assert sorted(found) == [(0, 200), (97520, 2480), (185500, 6000), (235800, 4200)]
    defaults = {debt.arose: debt.default for debtor in claimed.debts for debt in debtor.events}
    assert defaults == {
        date(2025, 2, 10): date(2025, 3, 18),
        date(2025, 9, 2): date(2025, 10, 7),
        date(2025, 9, 4): None,
        date(2025, 11, 3): date(2025, 12, 9),
    }
