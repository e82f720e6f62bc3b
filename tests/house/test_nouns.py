"""Holds the words of the house: a noun of `heller.model` means one thing wherever it is read. Says nothing about
names of functions, and nothing about the tests' own classes."""

import ast
import re
from collections import defaultdict
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "src" / "heller"


def classes() -> dict[str, list[str]]:
    """Every class by its name without underscores in front, nested ones too, with the modules that define it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(path.relative_to(HOUSE).as_posix())
    return found


def test_a_noun_of_model_is_the_name_of_one_class() -> None:
    """Whoever reads `Outcome` or `Order` need not ask which: no other class bears the name, nor with `_` before it."""
    shared = {
        name: places
        for name, places in classes().items()
        if len(places) > 1 and any(place.startswith("model/") for place in places)
    }
    assert shared == {}


def test_the_script_sees_the_nouns_of_model() -> None:
    """The test above would hold for an empty house: it walks over the nouns that everybody knows."""
    assert {"Case", "Money", "Outage", "Position", "Claim"} <= set(classes())


def test_words_that_were_eight_things_are_told_apart() -> None:
    """`Line`, `Row`, `Place` stand for one class each, and no class is called by a participle alone."""
    found = classes()
    assert {name: found[name] for name in ("Line", "Row", "Place") if len(found[name]) > 1} == {}
    assert sorted(set(found) & {"Asked", "Told", "Said", "Given", "Shown", "Seen", "Named", "Known"}) == []


def test_the_page_of_the_house_names_files_that_are_there() -> None:
    """CONTRIBUTING shows two ways through the house; every file on them exists."""
    page = (HOUSE.parents[1] / "CONTRIBUTING.md").read_text()
    named = set(re.findall(r"`((?:\w+/)+\w+\.py)`|`(pipeline\.py)`", page))
    files = {one or other for one, other in named}
    assert len(files) > 20
    missing = [
        name for name in files if not (HOUSE / name).exists() and not (HOUSE.parents[1] / name).exists()
    ]
    assert missing == []
