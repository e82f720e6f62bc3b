"""Objections: what the other side may say against the shipped case, what it costs, what answers it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.law.attack_world import FIRST, attacked
from tests.law.attack_world import part as attack_part
from tests.law.law_world import SAID, at
from tests.law.law_world import case as law_case

from heller import casefile, dossier, pipeline
from heller.dossier.blocks import Part
from heller.law.business import share_lost
from heller.model.claim import Claim
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import Money
from heller.model.objection import Answered, Objection
from heller.model.span import Span

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
        set(lowered)
        == {
            "own_network",
            "one_target",
            "not_stamped",
            "no_deadline",
            "emergency_line",
            "catch_up",
            "margin_typed",
            "fee_refund",
            "saved_fee",
        }
        and lowered[0] == claimed.objections[0].key
    )


def test_each_has_its_figure(claimed: Claim) -> None:
    """Overtime and own hours are their positions. A warning on 6 February, 10:30, costs the takings that stayed away on
    the two days before it and in 10.5 of 24 hours; an end on 16 February, 14:21:05, those of the time after it."""
    assert str(found(claimed, "emergency_line").due.likely.decimal) == "9747.54"
    off = {one.key: one.off.likely.cents for one in claimed.objections if one.off is not None}
    assert (off["overtime"], off["own_staff"], off["counted_twice"]) == (278113, 134750, 0)
    lost = {day.day: day.expected - day.observed for day in claimed.assessment.sales[0].path}
    dead = {day.day: max(gone, 0) for day, gone in lost.items() if day.month == 2 and 4 <= day.day <= 18}
    (business,) = (
        one.amount.likely.cents for one in claimed.assessment.positions if one.head == "lost_sales"
    )
    warned = dead[4] + dead[5] + dead[6] * 10.5 / 24
    after = dead[16] * (24 - 14.3514) / 24 + dead[17] + dead[18]
    assert off["late_warning"] == pytest.approx(business * warned / sum(dead.values()), abs=1)
    assert off["line_ready"] == pytest.approx(business * after / sum(dead.values()), abs=1)


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


UNITS = [
    (Unit(UnitKind.APPOINTMENT, at(date(2015, 2, 5)), Money(6000), fate=Fate.LOST), "0.6"),
    (Unit(UnitKind.APPOINTMENT, at(date(2015, 2, 10)), Money(4000), fate=Fate.CANCELLED), "0.4"),
    (Unit(UnitKind.APPOINTMENT, at(date(2015, 2, 6)), Money(9000), fate=Fate.HELD), "0"),
    (Unit(UnitKind.APPOINTMENT, at(date(2015, 3, 6)), Money(9000), fate=Fate.LOST), "0"),
]


@pytest.mark.parametrize(("unit", "share"), UNITS)
def test_counted_units_have_the_days_on_which_they_were_lost(unit: Unit, share: str) -> None:
    """Of 60.00 and 40.00 that did not take place each day has its own; what took place, or lay outside, has none."""
    part = replace(attack_part({"shop": True}, FIRST), case=law_case([one for one, _ in UNITS]))
    day = unit.at.date()
    window = Span(at(day, 0), at(day + timedelta(1), 0))
    assert share_lost(part, "lost_units", [window]) == Fraction(share)


def test_units_without_a_worth_or_an_hour_count_by_their_number_and_day() -> None:
    """Three of one day and one of another: three quarters on the first, whatever the other is worth."""
    three = Unit(UnitKind.APPOINTMENT, at(date(2015, 2, 5)), fate=Fate.LOST, count=3, timed=False)
    part = replace(attack_part({}, FIRST), case=law_case([three, UNITS[1][0]]))
    assert share_lost(part, "lost_units", [Span(at(FIRST, 0), at(date(2015, 2, 6), 0))]) == Fraction(3, 4)


def test_without_days_the_hours_of_the_outage_share_it() -> None:
    """No forecast and no list: half of the hours lost half; overlapping windows count once."""
    part = attack_part({}, FIRST)
    span = part.event.span
    half = Span(span.start, span.start + span.length / 2)
    assert share_lost(part, "lost_sales", [half, half]) == Fraction(1, 2)
    assert share_lost(part, "lost_sales", []) == 0


def test_units_that_were_caught_up_answer_for_the_others() -> None:
    """What was caught up is in the list with its number; a list alone is an answer by record."""
    later = Unit(UnitKind.APPOINTMENT, at(FIRST), Money(100), fate=Fate.CAUGHT_UP, source=SAID, count=2)
    said = attacked({"positions": [["lost_units", "90.00/100.00/100.00"]]}, (later, UNITS[0][0]))
    one = next(o for o in said.found if o.key == "catch_up")
    assert one.answered is Answered.RECORD and one.answers[0].text.args["n"] == 2
    assert next(o for o in said.found if o.key == "season").answered is Answered.RECORD


def test_no_law_no_objections() -> None:
    """Where nobody here knows the law nothing is said, and all of it survives."""
    found = attacked({"facts": {"line.country": "PL"}})
    assert (found.found, found.floor.likely) == ((), Money.of("5000"))


def test_the_floor_is_what_survives_all_that_nothing_answers() -> None:
    """Of 5,000.00 with 300.00 and 400.00 that nobody answers 5,000.00 survive; two on one position take it once."""
    found = attacked({"positions": [["hardware", "300.00"], ["overtime", "400.00"]]})
    assert found.floor.likely == Money.of("5000")
    twice = attacked({"shop": True, "drop": ["damage_warning", "fault_report"]})
    assert twice.floor.likely == Money.of("5000")
    barred = attacked({"as_of": date(2019, 1, 1)})
    assert barred.floor.likely == Money(0)
