"""`heller logs` says how to get a log, and what not to do before."""

from __future__ import annotations

import json

import pytest

from heller.cli import app
from heller.intake.log_sources import SOURCES


@pytest.mark.parametrize("asked", ["fritz", "AVM", "Uptime Kuma", "windows"])
def test_a_device_is_found_by_its_name_or_its_makers(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One row, the path, the trap, and first of all what not to press."""
    assert app.run(["logs", asked, "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("! Save the log before anything else") and len(said) > 150


def test_all_that_are_known_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name, every row, in German too."""
    assert app.run(["logs", "--json", "--lang", "de"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told] == [one.name for one in SOURCES]
    assert all(one["get"] and one["mind"] for one in told)


def test_an_unknown_device_is_told_what_to_look_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Refused with what to do, never with nothing."""
    assert app.run(["logs", "Toaster", "--lang", "en"]) == 3
    assert "system messages" in " ".join(capsys.readouterr().err.split())
