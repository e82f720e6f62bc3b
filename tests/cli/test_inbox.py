"""heller inbox and heller decide-reading, from the command line as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.intake.papers import DATA

from heller import casefile
from heller.cli.app import run
from heller.model.kinds.invoice import Invoice

BILL = "RE-E-974-Hetzner_2016-01-19_R0005532486.pdf"


@pytest.fixture
def case(tmp_path: Path) -> str:
    """A case with one bill on paper."""
    casefile.open_case(tmp_path / "case")
    casefile.add(tmp_path / "case", [DATA / BILL])
    return str(tmp_path / "case")


def test_the_inbox_names_the_command_that_answers(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What it prints can be typed, and then nothing but the purpose waits."""
    assert run(["--lang", "de", "inbox", case, "--as-of", "2016-03-01"]) == 0
    said = capsys.readouterr().out
    assert "R0005532486" in said and f"heller decide-reading {case} 1 confirm" in said
    assert run(["decide-reading", case, "K1", "confirm", "--who", "Frau Muster"]) == 0
    capsys.readouterr()
    assert run(["inbox", case, "--as-of", "2016-03-01", "--json"]) == 0
    assert [task["kind"] for task in json.loads(capsys.readouterr().out)] == ["purpose"]


def test_values_are_changed_by_name(case: str) -> None:
    """Only what is named changes."""
    assert run(["decide-reading", case, "1", "seller=Muster Server GmbH", "--who", "Herr Probe"]) == 0
    (invoice,) = casefile.load(Path(case)).records(Invoice)
    assert (invoice.seller, invoice.number) == ("Muster Server GmbH", "R0005532486")
    assert "net+vat" in invoice.proven_by


@pytest.mark.parametrize(
    "words",
    [
        ["K9", "confirm"],
        ["x", "confirm"],
        ["1", "gross"],
        ["1", "gross=x"],
        ["1", "same"],
        ["1", "same", "1"],
    ],
)
def test_what_cannot_be_decided_is_refused(case: str, words: list[str]) -> None:
    """Exit code 3, nothing written."""
    before = len(casefile.entries(Path(case)).entries)
    assert run(["--lang", "en", "decide-reading", case, *words, "--who", "X"]) == 3
    assert len(casefile.entries(Path(case)).entries) == before


def test_the_inbox_says_what_the_documents_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Class, role, chain and the reason stand below the tasks, also where nothing waits for that paper."""
    case, papers = tmp_path / "case", DATA.parent / "papers"
    casefile.open_case(case)
    casefile.add(case, [papers / "mahnung.pdf", papers / "inv_plain.xml"])
    assert run(["--lang", "de", "inbox", str(case), "--as-of", "2026-04-01"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Mahnung; das Unternehmen kauft" in said
    assert "Eine Mahnung ist kein Aufwand" in said
    assert "Rechnung R-1 (K 2) → Mahnung (K 1)" in said
