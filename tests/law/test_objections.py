"""Objections: what the other side may say against the shipped case, what it costs, what answers it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from heller import casefile, dossier, pipeline
from heller.dossier.blocks import Part
from heller.model.claim import Claim
from heller.model.objection import Answered, Objection

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
AS_OF = date(2015, 6, 30)


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Claim:
    """The shipped case as it stands in June 2015, with the objections to it."""
    case = tmp_path_factory.mktemp("objections") / "case"
    casefile.open_case(case)
    casefile.add(case, sorted(path for path in EXAMPLE.iterdir() if path.suffix != ".md"))
    return pipeline.objected(casefile.claim(case, AS_OF))


def found(claimed: Claim, key: str) -> Objection:
    """One of them."""
    return next(one for one in claimed.objections if one.key == key)


def test_those_that_apply_are_found_and_the_weightiest_comes_first(claimed: Claim) -> None:
    """The emergency line is the only one that takes anything of what is due: the others stay above the cap."""
    assert claimed.objections[0].key == "emergency_line"
    assert {one.key for one in claimed.objections} >= {"overtime", "late_warning", "line_ready", "own_staff"}
    due = claimed.waterfall.due.likely
    assert [one.key for one in claimed.objections if one.due.likely < due] == ["emergency_line"]


def test_each_has_its_figure(claimed: Claim) -> None:
    """Overtime and own hours are their positions; a warning two days late costs two days and two hours of business."""
    assert str(found(claimed, "emergency_line").due.likely.decimal) == "9701.32"
    off = {one.key: one.off.likely.cents for one in claimed.objections if one.off is not None}
    assert (off["overtime"], off["own_staff"], off["counted_twice"]) == (278113, 134750, 0)
    a_day = claimed.assessment.mitigation.without.likely.cents
    assert 2 * a_day < off["late_warning"] < 2.2 * a_day


def test_an_objection_is_answered_as_well_as_the_case_does(claimed: Claim) -> None:
    """Idle hours are conceded, own hours are answered by the law, overtime that brought back less by nothing."""
    answered = {one.key: one.answered for one in claimed.objections}
    assert answered["counted_twice"] is Answered.CONCEDED and answered["own_staff"] is Answered.RULE
    assert answered["line_ready"] is Answered.RECORD and answered["overtime"] is Answered.OPEN


def test_what_is_open_stays_in_the_house(claimed: Claim) -> None:
    """The dossier for the other side prints what is answered; the advice prints all of it."""

    def rows(*, inner: bool) -> str:
        parts = dossier.compose(claimed, "en", inner=inner).parts
        return str(next(one for one in parts if isinstance(one, Part) and one.key == "objections"))

    assert "Overtime is a cost" in rows(inner=True) and "Overtime is a cost" not in rows(inner=False)
    assert "The line was ready on" in rows(inner=False)
