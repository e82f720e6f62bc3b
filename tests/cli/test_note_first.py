"""A note is written and said before anything is worked out; what it moves comes after."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.cli import app
from heller.cli.app import INTERRUPTED

NOTE = ["contact", "Promised a call", "--at", "20.02.2015 10:00", "--who", "Hotline", "--lang", "en"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A small case of files."""
    casefile.open_case(tmp_path / "case")
    casefile.add(tmp_path / "case", web_sample.write(tmp_path / "files"))
    return tmp_path / "case"


def test_a_note_is_said_before_the_case_is_loaded(
    case: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever interrupts the working out has written all the same, and has been told so first."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    entries = len(casefile.entries(case).entries)
    monkeypatch.setattr("heller.casefile.folder._case", interrupted)
    monkeypatch.setattr("heller.casefile.derived.claims.Claims.claim", interrupted)
    assert app.run(["note", str(case), *NOTE]) == INTERRUPTED
    assert capsys.readouterr().out == f"Written as entry {entries}.\n"
    assert len(casefile.entries(case).entries) == entries + 1


def test_the_sums_before_are_those_of_the_journal_before_the_entry(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an entry moves is told against the case without it, though it is written when that is worked out."""
    moved = []
    for exhibit in ("K2", "K3"):  # contacts, then hours
        assert app.run(["note", str(case), "correct", exhibit, "wrong case", "--lang", "en"]) == 0
        moved += re.findall(r"due today ([\d.,]+)\s€ → ([\d.,]+)\s€", capsys.readouterr().out)
    (_, between), (same, after) = moved
    assert between == same != after
