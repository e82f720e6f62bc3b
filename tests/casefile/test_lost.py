"""A file that is lost for good: whatever its kind, its values stay, and nothing that rests on it is better proven than
what somebody says."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from heller import casefile
from heller.casefile.bundle.verify import verify_bundle
from heller.damage.ledger import GRADES
from heller.journal import store
from heller.model.amount import ProofGrade
from heller.model.claim import Claim
from heller.model.kinds.lost_original import LostOriginal
from heller.model.outage import Strength

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
DAY = date(2015, 6, 30)
NAMES = [path.name for path in sorted(EXAMPLE.iterdir()) if path.name != "README.md"]
ORDER = list(Strength)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case."""
    folder = tmp_path_factory.mktemp("made") / "case"
    casefile.open_case(folder)
    casefile.add(folder, [EXAMPLE / name for name in NAMES])
    return folder


@pytest.fixture(scope="module")
def whole(made: Path) -> Claim:
    """Its claim."""
    return casefile.claim(made, DAY)


def without(made: Path, to: Path, name: str) -> tuple[Path, str]:
    """A copy in which a file is lost, and its digest."""
    case = Path(shutil.copytree(made, to / "case"))
    exhibit = next(e for e in casefile.load(case).exhibits if e.name == name)
    store.object_path(case, exhibit.digest).unlink()
    casefile.note(case, LostOriginal(f"K{exhibit.number}", "Platte defekt"))
    return case, exhibit.digest


@pytest.mark.parametrize("name", NAMES)
def test_what_rests_on_a_lost_file_is_only_stated(
    name: str, made: Path, whole: Claim, tmp_path: Path
) -> None:
    """For each file of the shipped case: the damage is the same, every flow that cites it is graded down, and no
    outage is stronger than the witnesses that are left."""
    case, digest = without(made, tmp_path, name)
    claimed = casefile.claim(case, DAY)
    assert claimed.assessment.total == whole.assessment.total
    before = {flow.id: flow.grade for flow in whole.assessment.flows}
    for flow in claimed.assessment.flows:
        rests = any(source.object == digest for source in flow.sources)
        assert flow.grade is (ProofGrade.STATED if rests else flow.grade)
        assert GRADES.index(flow.grade) >= GRADES.index(before[flow.id])
    for one, old in zip(claimed.detection.outages, whole.detection.outages, strict=True):
        saw = [w for w in old.witnesses if w.state == "down"]
        left = [w for w in saw if w.source.object != digest]
        most = old.strength if left == saw else Strength.MEASURED if left else Strength.SUSPECTED
        assert one.strength is min(old.strength, most, key=ORDER.index)


@pytest.mark.parametrize(
    ("name", "head"),
    [("stunden.csv", "removal_hours"), ("loehne.csv", "removal_hours"), ("bestellungen.csv", "lost_sales")],
)
def test_hours_wages_and_orders_are_graded_down(
    name: str, head: str, made: Path, whole: Claim, tmp_path: Path
) -> None:
    """Their head is only stated; the bundle lists the file as lost, and holds."""
    case, _ = without(made, tmp_path, name)
    grades = {
        p.grade for p in casefile.claim(case, DAY).assessment.positions if p.head == head and p.recoverable
    }
    assert grades == {ProofGrade.STATED}
    assert ProofGrade.STATED not in {p.grade for p in whole.assessment.positions if p.head == head}
    if name == "stunden.csv":
        assert verify_bundle(casefile.build(case, DAY, "de").bundle).whole
