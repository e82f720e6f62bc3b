"""Objections: what the other side may say against the shipped case, what it costs, what answers it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from heller import casefile, dossier, pipeline
from heller.dossier.blocks import Part
from heller.model.claim import Claim
from heller.model.kinds.contact import Contact, ContactKind
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
    """Euros at stake times how badly they are answered; what stays above the cap takes nothing of what is due."""
    assert {one.key for one in claimed.objections} >= {"overtime", "late_warning", "line_ready", "own_staff"}
    due = claimed.waterfall.due.likely
    lowered = [one.key for one in claimed.objections if one.due.likely < due]
    assert (
        set(lowered) == {"own_network", "one_target", "emergency_line", "catch_up", "margin_typed"}
        and lowered[0] == claimed.objections[0].key
    )


def test_each_has_its_figure(claimed: Claim) -> None:
    """Overtime and own hours are their positions. Until the warning of 6 February, 10:30, 7,516.97 of the 28,452.19 of
    takings were lost that did not come on the days of the outage; after 16 February, 14:21, 4,644.98 of them."""
    assert str(found(claimed, "emergency_line").due.likely.decimal) == "9747.54"
    off = {one.key: one.off.likely.cents for one in claimed.objections if one.off is not None}
    assert (off["overtime"], off["own_staff"], off["counted_twice"]) == (278113, 134750, 0)
    assert (off["late_warning"], off["line_ready"]) == (279594, 173019)


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
    assert "(not verified)" in rows(inner=True) and "(not verified)" not in rows(inner=False)


APPLY = {
    "betterment": (Answered.CONCEDED, 0),
    "cap": (Answered.CONCEDED, 0),
    "catch_up": (Answered.RECORD, None),
    "margin_typed": (Answered.WORDS, None),
    "net_amounts": (Answered.CONCEDED, 0),
    "one_target": (Answered.RECORD, None),
    "oral_promise": (Answered.PAPER, 0),
    "own_network": (Answered.RECORD, None),
    "season": (Answered.RECORD, None),
    "unobserved": (Answered.WORDS, None),
    "unsigned_hours": (Answered.RECORD, 134750 + 278113),
}


@pytest.mark.parametrize("key", APPLY)
def test_what_a_provider_says_first_is_met(claimed: Claim, key: str) -> None:
    """Each of the usual objections to the shipped case, how well it is answered, and what it would take off."""
    one, (answered, off) = found(claimed, key), APPLY[key]
    assert one.answered is answered, one.answered
    assert off is None or (one.off is not None and one.off.likely.cents == off)
    assert one.due.likely <= claimed.waterfall.due.likely and (one.answers or one.answered is Answered.OPEN)


def test_what_does_not_apply_is_not_said(claimed: Claim) -> None:
    """Reported within the half hour, nothing barred, nobody paid, nobody pleads force majeure."""
    said = {one.key for one in claimed.objections}
    assert said & {"late_report", "time_barred", "insurer_paid", "force_majeure"} == set()


def test_a_plea_of_force_majeure_and_a_passed_day_are_met(claimed: Claim) -> None:
    """A refusal that pleads it brings the objection with its burden; in 2026 the time bar leaves nothing."""
    plea = Contact(
        datetime(2015, 6, 20, 8, tzinfo=UTC),
        ContactKind.REFUSAL,
        "Brief",
        "Regulierer",
        "Das war höhere Gewalt.",
    )
    case = replace(claimed.case, noted=(*claimed.case.noted, plea))
    later = pipeline.objected(pipeline.claim(case, date(2026, 11, 30)))
    pleaded, barred = found(later, "force_majeure"), found(later, "time_barred")
    assert pleaded.answered is Answered.RULE and pleaded.due.likely.cents == 0
    assert barred.answered is Answered.OPEN and barred.due.likely.cents == 0
