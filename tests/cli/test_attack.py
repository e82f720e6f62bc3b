"""heller attack: the objections to a case on the screen and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from heller import casefile
from heller.cli import app, screen
from heller.model.kinds.fact import Fact


@pytest.fixture(autouse=True)
def doors() -> None:
    """What was printed elsewhere is not kept."""
    for door in (screen.out, screen.err):
        door.cache_clear()


def test_a_case_without_an_outage_has_nothing_to_attack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is said and nothing survives; the same as JSON."""
    case = tmp_path / "case"
    casefile.open_case(case)
    casefile.note(case, Fact("line.country", "DE"))
    assert app.run(["attack", str(case), "--lang", "en"]) == 0
    assert "Nothing is known here" in capsys.readouterr().out
    assert app.run(["attack", str(case), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["objections"] == [] and said["floor"]["likely"]["cents"] == 0
