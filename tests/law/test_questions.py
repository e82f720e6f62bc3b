"""What is asked once, and that the euros beside a question are what its answers really change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace
from tests.law import law_world as world

from heller import law
from heller.model.advice import Question
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import Money
from heller.model.outage import Contradiction, Detection, Witness
from heller.model.span import Span
from heller.model.text import Text, text

NEW = world.outage(date(2022, 2, 2), date(2022, 2, 16))
DAY = date(2022, 6, 30)
REPORT = world.contact(ContactKind.FAULT_REPORT, date(2022, 2, 2), incoming=False)


def asked(case: Case, damage: str = "100", *, old: bool = False) -> dict[str, Question]:
    """The questions of a case, worked out as the pipeline does."""
    found = world.assessment(world.position("lost_sales", world.exact(damage)))
    detection = world.outage() if old else NEW

    def due(facts: Mapping[str, str]) -> Range:
        more = tuple(Fact(key, value) for key, value in facts.items())
        return law.due(replace(case, noted=(*case.noted, *more)), detection, found, DAY)

    questions = law.questions(case, detection, due)
    return {question.key: question for question in questions}


def case(*records: Contact, **facts: str) -> Case:
    """A case of February 2022 with a fee of 500."""
    return world.case((REPORT, *records), line__monthly_fee="500", **facts)


def test_each_question_is_worth_what_its_answers_change() -> None:
    """A damage of 100: a lump sum of 1,000 for a small firm is worth 900, one of 800 at a change 700."""
    found = asked(case(firm__state="NW"))
    assert found["firm.small"].worth.cents == 90_000
    assert found["line.rights_waived"].worth.cents == 0  # only for a firm that is small
    assert found["line.provider_change"].worth.cents == 70_000
    assert [a.value for a in found["firm.small"].answers] == ["yes", "no"]
    small = asked(case(firm__small="yes"))
    assert small["line.rights_waived"].worth.cents == small["line.all_dead"].worth.cents == 90_000


def test_the_most_valuable_question_comes_first() -> None:
    """The country first, for it decides the law; then by what hangs on them; policies, the trade and odds come last."""
    first, *ranked = asked(case()).values()
    assert first.key == "line.country"
    worths = [question.worth.cents for question in ranked]
    assert worths == sorted(worths, reverse=True)
    last = [
        question.key for question in ranked if question.key != "firm.trade"
    ]  # asked once, it moves no euro
    assert last[-3:] == ["insurance.none", "suit.odds_low", "suit.odds_high"]


def test_individual_terms_are_worth_the_excess_over_the_cap() -> None:
    """25,000 of damage under a cap of 12,500: yes may lift it, no leaves it."""
    assert asked(case(), "25000")["line.individual_terms"].worth.cents == 1_250_000


def test_the_state_moves_the_default() -> None:
    """A date before Corpus Christi: default begins a day later where it is a holiday."""
    demanded = world.demand(date(2022, 6, 16))
    question = asked(case(demanded), "10000")["firm.state"]
    assert question.worth.cents > 0 and len(question.answers) >= 16


@pytest.mark.parametrize(
    ("facts", "gone"),
    [
        ({"firm__small": "no"}, "firm.small"),
        ({"line__agreed_cap": "20000"}, "line.individual_terms"),
        ({"line__individual_terms": "no"}, "line.individual_terms"),
        ({"insurance__none": "yes"}, "insurance.none"),
        ({"suit__odds_low": "0.3"}, "suit.odds_low"),
        ({"firm__deducts_input_vat": "yes"}, "firm.deducts_input_vat"),
    ],
)
def test_what_is_stated_is_not_asked_again(facts: dict[str, str], gone: str) -> None:
    """Each question is asked once."""
    assert gone in asked(case())
    assert gone not in asked(case(**facts))


def test_a_policy_answers_the_question_for_policies() -> None:
    """One policy written down is an answer."""
    with_policy = replace(case(), noted=(*case().noted, Policy(PolicyKind.CYBER)))
    assert "insurance.none" not in asked(with_policy)


def test_the_old_law_does_not_ask_for_what_it_does_not_know() -> None:
    """Before December 2021 there are no lump sums; an unknown outage asks everything."""
    old = asked(world.case(), old=True)
    assert "firm.small" not in old and "line.individual_terms" in old
    assert "firm.small" in {
        question.key for question in law.questions(world.case(), Detection(), lambda facts: Range())
    }


def test_a_contradiction_is_asked_about_before_the_rest() -> None:
    """The one that most euros hang on, once for all of them; an explanation answers it."""
    when = Span(datetime(2022, 2, 2, 8, tzinfo=UTC), datetime(2022, 2, 2, 10, tzinfo=UTC))
    dead, alive = (Witness(Text(name), text("It says so."), Locator(name)) for name in ("monitor", "server"))
    both = (Contradiction(when, dead, alive), Contradiction(when, alive, dead, euros=Money(4200)))

    def keys(case: Case) -> dict[str, Question]:
        return {one.key: one for one in law.questions(case, NEW, lambda facts: Range(), both)}

    found = keys(case())
    assert list(found)[:2] == ["line.country", "outage.contradiction"]
    assert found["outage.contradiction"].worth == Money(4200)
    assert "outage.contradiction" not in keys(case(outage__contradiction="the monitor slept"))
    longest = law.questions(case(), NEW, lambda facts: Range(), both[:1])[1]
    assert (longest.key, longest.worth) == ("outage.contradiction", Money(0))


@pytest.mark.parametrize(("less", "is_asked"), [("110", True), ("100", False), ("90", False)])
def test_what_stands_somewhere_already_is_not_asked(less: str, is_asked: bool) -> None:
    """A margin waits for an answer while each answer only adds; where one adds nothing, it is known from elsewhere."""
    appointment = Unit(UnitKind.APPOINTMENT, datetime(2022, 2, 4, 9, tzinfo=UTC), fate=Fate.LOST)
    sums = {None: "100", "0.3": less, "0.6": "150"}

    def due(facts: Mapping[str, str]) -> Range:
        return world.exact(sums.get(facts.get("shop.margin"), "100"))

    found = law.questions(world.case((appointment,), line__country="DE"), NEW, due)
    assert ("shop.margin" in {one.key for one in found}) is is_asked
