"""Every row of the reference is a rule with the same mark, and rules can be looked up."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from heller.law.book import lookup, rules
from heller.law.book.refusals import BeyondTheData, NoSuchCountry, NoSuchRule, NotInForce
from heller.law.book.rules import Mark
from heller.law.country import country, known
from heller.law.de.rules import book, rule
from heller.model.errors import InputRefused

ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text("utf-8"))["row"]
FOLDER = Path(str(files("heller.law.de")))
ACCOUNT = tomllib.loads((FOLDER / "account.toml").read_text("utf-8"))[
    "rule"
]  # read in the statutes for the account
MARKS = re.compile(r"\b(UNVERIFIED|VS|VP|CALC|INF)\b")
STRENGTH = ("VS", "CALC", "VP", "INF", "UNVERIFIED")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_row_of_the_reference_is_a_rule(row: dict[str, str]) -> None:
    """The rule carries the mark of its row; what is only partly verified is weaker, or says what is open."""
    found = rule(row["id"])
    assert found.mark.value == row["mark"]
    said = MARKS.findall(row["status"])
    if row["status"].startswith(("verified", "design")):
        return  # the library or a decision of the house; no mark of a source
    assert found.mark.value in said or (found.mark.value == "UNVERIFIED" and found.open)
    weakest = max(said, key=STRENGTH.index)
    if found.mark.value != weakest and weakest == "UNVERIFIED":
        assert found.open, "what is not verified about it must be said"


def test_the_list_is_whole() -> None:
    """212 rows with an id, none twice; and the few rules without a row are named here."""
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids)) == 212
    since_2025 = {
        "GKG-1216",
        "GKG-1217",
        "ONLINE-COMPANY",
        "ONLINE-COURTS",
        "ZPO-1122",
        "ZPO-1123",
        "ZPO-1126/1127",
    }
    for_letters = {
        "BGB-150",
        "BGB-203-silence",
        "BGB-242",
        "BGB-314",
        "BGB-398",
        "BGB-409",
        "GDPR-15",
        "VVG-128",
        "ZPO-142",
        "ZPO-253",
        "ZPO-421",
        "ZPO-690",
    }
    for_objections = {"BGB-127-2", "BGB-305b", "HGB-354a"}
    for_courts = {"ERVB", "ERVV-2", "XJUSTIZ"}
    for_gates = {"BGB-204-part", "BGB-214", "BGB-215", "GKG-1210-order", "ZPO-281"}
    assert set(book().rules) - set(
        ids
    ) - for_letters - since_2025 - for_gates - for_objections - for_courts == {  # rows without one
        "BGB-209",
        "BGB-247",
        "BGB-254-2",
        "GKG-34",
        "RVG-13",
        "LIABILITY-44-BUSINESS",
        "SEL-10",
        *ACCOUNT,
    }


@pytest.mark.parametrize("one", book().rules.values(), ids=lambda one: one.id)
def test_a_rule_that_is_not_verified_says_what_is_open(one: Any) -> None:
    """UNVERIFIED is explained: in the open point or in the source."""
    if one.mark.value == "UNVERIFIED":
        assert one.open or "memory" in one.source


def test_a_rule_is_found_whatever_its_spelling() -> None:
    """Case and spaces do not matter; the answer has text, versions, source and mark."""
    found = lookup.rule(book(), "rvg-3100/3104")
    assert found.figures["id"] == "RVG-3100 / 3104"
    assert found.figures["verified"] is True
    versions = found.figures["versions"]
    assert isinstance(versions, tuple)
    assert versions[0]["values"]["procedure"] == "1.3"  # type: ignore[index, call-overload]
    assert [norm.id for norm in found.sources] == ["RVG-3100 / 3104"]


def test_a_rule_on_a_day_has_one_version() -> None:
    """The table of 2013 counts in 2015; a day outside is refused."""
    found = lookup.rule(book(), "RVG-13", date(2015, 3, 18))
    versions = found.figures["versions"]
    assert isinstance(versions, tuple) and len(versions) == 1
    assert versions[0]["since"] == date(2013, 8, 1)  # type: ignore[index, call-overload]
    with pytest.raises(NotInForce):
        lookup.rule(book(), "TKG04-44a-1", date(2021, 12, 1))
    with pytest.raises(BeyondTheData):
        lookup.rule(book(), "BGB-247", date(2027, 1, 1))


@pytest.mark.parametrize("id", ["HOL-06", "DAY-05", "KBS-03"])
def test_an_unverified_rule_is_said_to_be_one(id: str) -> None:
    """It is shown with what is open, and with the word that it enters no sum."""
    found = lookup.rule(book(), id)
    assert found.figures["verified"] is False
    assert any("never added" in note.id for note in found.notes)


def test_an_unknown_rule_and_an_unknown_country() -> None:
    """Both are refused by name, with the exit code of the rules."""
    with pytest.raises(NoSuchRule) as unknown:
        lookup.rule(book(), "TKG21-99")
    assert unknown.value.exit_code == 8
    with pytest.raises(NoSuchCountry) as nowhere:
        country("schilda")
    assert nowhere.value.do.args == {"countries": ", ".join(known())}
    assert nowhere.value.exit_code == 8
    assert "de" in known()


def test_rules_of_a_day() -> None:
    """The last day of the old Act has its cap, the next day that of the new one."""
    old, new = (ids(lookup.rules(book(), day)) for day in (date(2021, 11, 30), date(2021, 12, 1)))
    assert "TKG04-44a-1" in old and "TKG04-44a-1" not in new
    assert "TKG21-70-1" in new and "TKG21-70-1" not in old
    assert ids(lookup.rules(book())) == list(book().rules)


def test_rules_are_found_by_a_word() -> None:
    """The id, the citation and the words are searched; nothing found is refused."""
    assert "TKG21-58-3" in ids(lookup.rules(book(), find="§58"))
    assert ids(lookup.rules(book(), find="excavator")) == ["CASE-15"]
    with pytest.raises(InputRefused):
        lookup.rules(book(), find="unicorn")


def ids(found: Any) -> list[str]:
    """The ids of a listing."""
    return [row["id"] for row in found.figures["rules"]]


def test_the_page_for_lawyers_counts_what_is_there() -> None:
    """docs/law.md says how many rules there are of each mark; and each file it names exists."""
    page = (Path(__file__).parents[2] / "docs" / "law.md").read_text("utf-8")
    assert f"There are {len(book().rules)} rules" in page
    for mark in Mark:
        count = sum(one.mark is mark for one in book().rules.values())
        (row,) = (line for line in page.splitlines() if line.startswith(f"| {mark.value} |"))
        assert row.split("|")[3].strip() == str(count), mark
    folder = Path(rules.__file__).parents[1] / "de"
    assert all((folder / name).exists() for name in re.findall(r"`(\w+\.(?:toml|json))`", page))
    assert {path.name for path in folder.glob("*.toml")} <= set(re.findall(r"`(\w+\.toml)`", page))


def test_a_day_names_what_a_person_must_check_and_where() -> None:
    """The sources that were read before the day asked for, each with its day and what rests on it; none for a day that
    was read itself."""
    late = lookup.rules(book(), date(2027, 3, 1))
    assert isinstance(late.figures["to_check"], tuple) and late.figures["to_check"]
    assert all(one["read"] < date(2027, 3, 1) for one in late.figures["to_check"])  # type: ignore[index, call-overload, operator]
    assert sum("See there whether anything changed" in note.id for note in late.notes) == len(
        late.figures["to_check"]
    )
    assert lookup.rules(book(), date(2015, 2, 4)).figures["to_check"] == ()
    assert lookup.rules(book()).figures["to_check"] == ()
