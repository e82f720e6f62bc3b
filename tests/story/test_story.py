"""The story in its order: each of its sentences a scripted case that ends in the right euro or the right refusal.

A script is a file `NN_name.toml`: what the story says, what is shown, the verbs that show it. The case is that of
`examples/2015-companyconnect`, which is taken in once; each script has a copy of its own.
"""

from __future__ import annotations

import json
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from heller import casefile
from heller.cli import app, demo, screen

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCRIPTS = sorted(HERE.glob("*.toml"))
PAGE = ROOT / "docs" / "story.md"


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case with all its files."""
    case = tmp_path_factory.mktemp("story") / "case"
    assert app.run(["open", str(case), "--zone", "Europe/Berlin"]) == 0
    casefile.add(case, demo.inputs(ROOT / "examples" / "2015-companyconnect"))
    return case


@pytest.fixture(autouse=True)
def doors() -> None:
    """What was printed elsewhere is not kept."""
    for door in (screen.out, screen.err):
        door.cache_clear()


def at(found: Any, path: str) -> Any:
    """A value of JSON by its path: 'decision.offers.0.worth.cents'; 'key=whole' picks the row of a list."""
    for part in path.split("."):
        if isinstance(found, list):
            name, _, value = part.partition("=")
            found = next(row for row in found if str(row[name]) == value) if value else found[int(part)]
        else:
            found = found[part]
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_story_says_it_and_the_script_shows_it(
    script: Path, taken_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each verb ends as the script says; each figure stands there or lies in its range, each sentence is printed."""
    told = tomllib.loads(script.read_text("utf-8"))
    case = Path(shutil.copytree(taken_in, tmp_path / "case")) if told.get("case", True) else tmp_path / "case"
    for step in told["step"]:
        words = [
            one.replace("CASE", str(case)).replace("HERE", str(tmp_path)).replace("SCRIPTS", str(HERE))
            for one in shlex.split(step["do"])
        ]
        capsys.readouterr()
        ended = app.run([*words, "--lang", "de"])
        printed = capsys.readouterr()
        assert (ended != 0) is step.get("refused", False), (step["do"], printed.err)
        for path, value in step.get("figures", {}).items():
            assert at(json.loads(printed.out), path) == value, path
        for path, cents in step.get("holds", {}).items():
            found = at(json.loads(printed.out), path)
            assert found["low"]["cents"] <= cents <= found["high"]["cents"], (path, found)
        shown = " ".join((printed.out + printed.err).replace("\N{NO-BREAK SPACE}", " ").split())
        for sentence in step.get("prints", ()):
            assert sentence in shown, (step["do"], sentence)
        for sentence in step.get("prints_not", ()):
            assert sentence not in shown, (step["do"], sentence)


def test_every_sentence_has_a_script_or_a_reason() -> None:
    """27 sentences in their order; the page of the docs shows them all, those without a script with what is missing."""
    page = PAGE.read_text("utf-8")
    numbers = [int(script.stem[:2]) for script in SCRIPTS]
    assert numbers == sorted(set(numbers))
    for number in range(1, 28):
        assert f"| {number} |" in page, number
        assert (number in numbers) or f"| {number} | not scripted" in page, number
    for script in SCRIPTS:
        told = tomllib.loads(script.read_text("utf-8"))
        assert told["says"] and told["shows"] and script.name in page, script.name
