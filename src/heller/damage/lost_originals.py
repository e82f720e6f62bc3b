"""Flows and positions that rest on a file that is lost for good: its values stay as they were read last, and nobody can
check them any more, so they are as well proven as what somebody says. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from heller.damage.head import HeadLoss
from heller.damage.ledger import GRADES
from heller.model.amount import ProofGrade
from heller.model.case import Case
from heller.model.finding import Locator


def lost_in(case: Case) -> frozenset[str]:
    """The digests of the originals that are lost."""
    return frozenset(exhibit.digest for exhibit in case.exhibits if exhibit.lost)


def graded(found: HeadLoss, lost: Collection[str]) -> HeadLoss:
    """What a head found, each flow and position no better proven than its worst source."""
    if not lost:
        return found
    flows = tuple(replace(f, grade=_grade(f.grade, f.sources, lost)) for f in found.flows)
    weak = {new.id for new, old in zip(flows, found.flows, strict=True) if new.grade is not old.grade}
    positions = tuple(
        replace(p, grade=ProofGrade.STATED if weak & set(p.flows) else _grade(p.grade, p.sources, lost))
        for p in found.positions
    )
    return replace(found, flows=flows, positions=positions)


def _grade(grade: ProofGrade, sources: Iterable[Locator], lost: Collection[str]) -> ProofGrade:
    rests = any(source.object in lost for source in sources)
    return max(grade, ProofGrade.STATED, key=GRADES.index) if rests else grade
