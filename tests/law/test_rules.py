"""The engine of rules, tested on Schilda, the town of fools; and what every German rule must have."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from heller.law.book import rules
from heller.law.book.fees import fee_by_steps
from heller.law.book.refusals import (
    BeyondTheData,
    LawRefused,
    NoSuchCountry,
    NoSuchRule,
    NotInForce,
    NotUsable,
    RulesBroken,
)
from heller.law.book.rules import Mark, Rulebook, load
from heller.law.book.versions import choose, in_force
from heller.law.chain.running import RunningSteps
from heller.law.country import country
from heller.law.de.interest import interest
from heller.law.de.rules import book, norm, open_norm, rule
from heller.model.amount import Range
from heller.model.money import Money
from heller.model.text import text

GOOD = """
[act.A]
since = 1598-01-01
source = "{source}"
selected_by = "day"
for_whom = ["citizen"]
known_until = 1698-12-31
[rule.R]
act = "A"
cite = "§ 1"
what = "x"
mark = "{mark}"
version = [{versions}]
"""


@pytest.fixture
def schilda() -> Rulebook:
    """The law of the town of fools."""
    folder = Path(__file__).parent / "schilda" / "xs"
    return load("Schilda", {path.name: path.read_text("utf-8") for path in folder.glob("*.toml")})


def test_each_day_has_its_version(schilda: Rulebook) -> None:
    """The last day of an old version and the first of the new one differ by a coin."""
    assert schilda.in_force("SCH-1", date(1620, 6, 30)).money("each_day") == Money.of("1.00")
    newer = schilda.in_force("SCH-1", date(1620, 7, 1))
    assert (newer.money("each_day"), newer.reference) == (Money.of("2.00"), "the mayor's wife insisted")


def test_a_rule_without_numbers_holds_as_long_as_its_act(schilda: Rulebook) -> None:
    """The days in force come from the act where the rule names none."""
    assert schilda.in_force("SCH-1N", date(1740, 1, 1)).until is None


def test_an_unknown_rule_is_refused_by_name(schilda: Rulebook) -> None:
    """The error names the id and the country and says what to do."""
    with pytest.raises(NoSuchRule) as refused:
        schilda.rule("SCH-99")
    assert refused.value.what.args == {"id": "SCH-99", "country": "Schilda"}
    assert refused.value.do.id and refused.value.exit_code == 8


def test_a_repealed_rule_names_its_successor(schilda: Rulebook) -> None:
    """After its last day a rule is not 'unknown': another one counts."""
    with pytest.raises(NotInForce) as refused:
        schilda.in_force("SCH-1", date(1699, 1, 1))
    assert refused.value.do.args == {"successor": "SCH-1N"}


@pytest.mark.parametrize("day", [date(1599, 12, 31), date(1601, 1, 1)])
def test_nothing_is_extrapolated(schilda: Rulebook, day: date) -> None:
    """Before the first row and after the last one the table gives nothing."""
    with pytest.raises(BeyondTheData):
        schilda.in_force("SCH-2", day)


def test_interest_works_on_another_towns_rates(schilda: Rulebook) -> None:
    """By hand: 100.00 at 3.65 + 5 for 2 days and at -1 + 5 for 3 days of a year of 365 days."""
    found = interest(
        Money.of(1000), date(1600, 6, 29), date(1600, 7, 3), above=Decimal(5), base=schilda.rule("SCH-2")
    )
    assert [(s.days, s.rate) for s in found.segments] == [(2, Decimal("8.65")), (3, Decimal("4.00"))]
    assert found.amount == Money.of("0.80")  # 0.47397 + 0.32877


@pytest.mark.parametrize(
    ("value", "fee"),
    [
        ("0", "1"),
        ("10", "1"),
        ("10.01", "3"),
        ("20", "3"),
        ("20.01", "5"),
        ("30", "5"),
        ("65", "8"),
        ("100", "11"),
        ("100.01", "16"),
        ("201", "21"),
    ],
)
def test_each_started_step_costs(schilda: Rulebook, value: str, fee: str) -> None:
    """By hand from § 3: 1 up to 10; 2 for each started 10 up to 30; 3 for 35 up to 100; 5 for 100 above."""
    table = schilda.in_force("SCH-3", date(1600, 1, 1))
    assert fee_by_steps(Money.of(value), table) == Money.of(fee)


def test_a_negative_value_has_no_fee(schilda: Rulebook) -> None:
    """A negative value is a mistake of the caller."""
    with pytest.raises(ValueError, match="negative"):
        fee_by_steps(Money(-1), schilda.in_force("SCH-3", date(1600, 1, 1)))


@pytest.mark.parametrize("id", ["SCH-4", "SCH-5"])
def test_what_is_not_verified_never_gets_into_a_sum(schilda: Rulebook, id: str) -> None:
    """INF and UNVERIFIED rules can be looked at, not used for an amount."""
    assert schilda.in_force(id, date(1600, 1, 1))
    with pytest.raises(NotUsable):
        schilda.for_sum(id, date(1600, 1, 1))


@pytest.mark.parametrize("id", ["SCH-4", "SCH-5"])
def test_the_chain_refuses_an_unverified_step(schilda: Rulebook, id: str) -> None:
    """A step that changes the sum needs a verified norm; one that changes nothing may show it."""
    chain, unsure = RunningSteps(), schilda.rule(id).norm
    chain.to(Range(), "zero", text("Nothing"), text("Why"), unsure)
    with pytest.raises(NotUsable):
        chain.to(Range.exact(Money(1)), "one", text("A cent"), text("Why"), unsure)
    assert chain.running == Range()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (GOOD.format(source="", mark="VS", versions='{ since = 1598-01-01, x = "1" }'), "no source"),
        (GOOD.format(source="s", mark="SURE", versions='{ since = 1598-01-01, x = "1" }'), "SURE"),
        (GOOD.format(source="s", mark="VS", versions="{ since = 1598-01-01, x = 1.5 }"), "string"),
        (
            GOOD.format(
                source="s",
                mark="VS",
                versions='{ since = 1598-01-01, x = "1" }, { since = 1600-01-01, x = "2" }',
            ),
            "begins before",
        ),
        (GOOD.format(source="s", mark="VS", versions="").replace('act = "A"', 'act = "B"'), "no act"),
        (GOOD.format(source="s", mark="VS", versions="") + 'see = ["Q"]', "points to Q"),
        (GOOD.format(source="s", mark="VS", versions="") + 'colour = "green"', "colour"),
        ("[", "cannot"),
    ],
)
def test_a_broken_file_says_what_is_wrong(content: str, problem: str) -> None:
    """No source, no mark, a float, overlapping versions, a dangling reference: each is refused in words."""
    with pytest.raises(RulesBroken) as refused:
        load("Schilda", {"x.toml": content})
    assert problem in str(refused.value)


def test_a_rule_stands_in_one_place_only() -> None:
    """The same id in two files is a mistake, not an override."""
    content = GOOD.format(source="s", mark="VS", versions="")
    with pytest.raises(RulesBroken, match="two places"):
        load("Schilda", {"a.toml": content, "b.toml": content})


def test_every_german_rule_is_complete() -> None:
    """Each has a source, a citation, a selecting day and somebody it is for; from memory means unverified."""
    for one in book().rules.values():
        assert one.source and one.cite and one.what and one.selected_by and one.for_whom, one.id
        if one.source.startswith("from memory"):
            assert one.mark is Mark.UNVERIFIED, one.id


def test_every_head_says_whether_it_can_be_claimed() -> None:
    """A head of loss is recoverable, not, or only instead of another, and names its norms."""
    heads = [one for one in book().rules.values() if one.id.startswith("HEAD-")]
    assert len(heads) == 21
    for head in heads:
        assert head.versions[0].values["recoverable"] in {"yes", "no", "alternative"}
        assert head.see, head.id


def test_the_base_rate_has_no_gap() -> None:
    """Every half-year follows the one before, from 2002 to 2026, and changes on 1 January and 1 July."""
    versions = rule("BGB-247").versions
    assert (versions[0].since, versions[-1].until) == (date(2002, 1, 1), date(2026, 12, 31))
    for before, after in pairwise(versions):
        assert before.until is not None
        assert (after.since - before.until).days == 1
        assert (after.since.month, after.since.day) in {(1, 1), (7, 1)}


@pytest.mark.parametrize("id", ["RVG-13", "GKG-34"])
def test_the_tables_of_fees_follow_each_other(id: str) -> None:
    """2004, 2013, 2021, 2025, without a gap, open at the end."""
    versions = rule(id).versions
    assert [v.since for v in versions] == [
        date(2004, 7, 1),
        date(2013, 8, 1),
        date(2021, 1, 1),
        date(2025, 6, 1),
    ]
    assert versions[-1].until is None


@pytest.mark.parametrize(
    ("id", "mark"),
    [
        ("HEAD-01", "VP"),
        ("BGB-249", "VS"),
        ("BGB-252", "VS"),
        ("TKG04-44a-1", "VS"),
        ("HEAD-06", "UNVERIFIED"),
    ],
)
def test_a_norm_carries_its_mark(id: str, mark: str) -> None:
    """The heads of loss cite rules by id and show how well they are verified."""
    found = norm(id)
    assert (found.id, found.mark) == (id, mark)
    assert found.cite


def test_an_open_reading_of_a_verified_rule_is_marked() -> None:
    """The wording may be verified while its use here is not: then it is shown as unverified."""
    assert (norm("TKG04-44-2").mark, open_norm("TKG04-44-2").mark) == ("VS", "UNVERIFIED")


@in_force(since="1598-01-01", until="1620-06-30")
def _salt_by_hand(sacks: int) -> int:
    """The old way: what is sown grows back."""
    return sacks


@in_force(since="1620-07-01")
def _salt_by_law(sacks: int) -> int:
    """The new way: salt never grows back."""
    return 0


SALT = (_salt_by_hand, _salt_by_law)


@pytest.mark.parametrize(
    ("on", "grown"), [(date(1620, 6, 30), 7), (date(1620, 7, 1), 0), (date(1999, 1, 1), 0)]
)
def test_a_change_of_law_is_a_second_formula(on: date, grown: int) -> None:
    """The last day of the old formula and the first of the new one give different harvests."""
    assert choose(on, SALT)(7) == grown


def test_before_the_first_formula_there_is_none() -> None:
    """Nobody guesses what held before; the refusal names the formula and its first day."""
    with pytest.raises(BeyondTheData) as refused:
        choose(date(1597, 12, 31), SALT)
    assert refused.value.what.args["id"] == "_salt_by_hand"
    assert refused.value.exit_code == 8


def test_a_formula_that_ended_says_until_when() -> None:
    """After the last day of a formula without a successor the data are said to end."""
    with pytest.raises(BeyondTheData) as refused:
        choose(date(1621, 1, 1), (_salt_by_hand,))
    assert refused.value.why.args == {"first": date(1598, 1, 1), "last": date(1620, 6, 30)}


def test_the_frame_knows_no_country() -> None:
    """Outside the folders of countries nothing of the law imports one, or names a paragraph of one."""
    folder = Path(rules.__file__).parents[1]
    countries = {one.parent.name for one in folder.glob("*/country.py")}
    frame = [path for path in folder.rglob("*.py") if path.relative_to(folder).parts[0] not in countries]
    assert len(frame) > 20
    for path in frame:
        words = path.read_text("utf-8")
        imported = [one for one in countries if re.search(rf"heller\.law\.{one}\b", words)]
        assert not imported and "§" not in words, path


def test_every_refusal_says_what_why_and_what_to_do(schilda: Rulebook) -> None:
    """Each kind of refusal of the engine, in words, with the exit code of the rules."""
    kinds: set[type] = set()
    for ask in (
        lambda: schilda.rule("SCH-99"),
        lambda: schilda.in_force("SCH-1", date(1699, 1, 1)),
        lambda: schilda.in_force("SCH-2", date(1601, 1, 1)),
        lambda: schilda.for_sum("SCH-4", date(1600, 1, 1)),
        lambda: load("Schilda", {"x.toml": "["}),
        lambda: country("schilda"),
    ):
        with pytest.raises(LawRefused) as refused:
            ask()
        kinds.add(type(refused.value))
        assert refused.value.what.id and refused.value.why.id and refused.value.do.id
        assert refused.value.exit_code == 8
    assert kinds == {NoSuchRule, NotInForce, BeyondTheData, NotUsable, RulesBroken, NoSuchCountry}


def test_two_rules_for_one_head_of_loss_are_refused() -> None:
    """Nobody could say which of them grants it."""
    one = GOOD.format(source="s", mark="VS", versions="") + 'heads = ["hardware"]\n'
    two = one.replace("[rule.R]", "[rule.S]")
    with pytest.raises(RulesBroken, match="more than one rule grants hardware"):
        load("Schilda", {"x.toml": one, "y.toml": two})
