"""`heller doctor` says what works on this machine, and what to do where something does not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from heller.cli import app
from heller.cli.doctor import checks
from heller.cli.doctor.checks import State
from heller.machine import locks


def test_each_part_is_looked_at_and_nothing_is_left_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten parts, each with a state, in the reader's language; whatever is not good says what to do."""
    assert app.run(["doctor", str(tmp_path), "--json", "--lang", "de"]) in (0, 11)
    found = json.loads(capsys.readouterr().out)
    assert len(found) == len(checks.CHECKS)
    assert {one["state"] for one in found} <= {state.value for state in State}
    assert all(one["do"] or one["state"] == "good" for one in found if "Messung" not in one["what"])
    assert "Wörter aus Scans und Fotos" in {one["what"] for one in found}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", ["no locks", "no such folder"])
def test_a_folder_that_cannot_hold_a_case_is_missing(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without locks, a folder that is not there: the check says so and what to do."""

    def none(handle: int, **told: object) -> bool:
        raise OSError(95, os.strerror(95))

    if broken == "no locks":
        monkeypatch.setattr(locks, "take", none)
    found = checks._folder(tmp_path if broken == "no locks" else tmp_path / "none")
    assert found.state is State.MISSING and found.do is not None


def test_a_recogniser_that_does_not_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of Heller works on: it says that values are typed by hand."""

    def none() -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr("heller.intake.paper.recogniser.models", none)
    found = checks._words(Path())
    assert found.state is State.MISSING and "libGL" in str(found.said.args)
