"""Unknown lists of hours and calls: proposed by their cells, shown, kept, and read from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.intake.documents import BERLIN, blob

from heller import intake
from heller.cli import app, screen
from heller.intake.tables import propose
from heller.model.kinds.summary import Summary

HOURS = (
    "Kollegin;Wann;Los;Schluss;Vorhaben\nA. Muster;05.02.2024;08:00;12:30;Umzug\n"
    "B. Beispiel;06.02.2024;09:00;10:00;Umzug\n"
)
SHORT = "Team,Am,Aufwand\nMuster,2024-02-05,7.5\nBeispiel,2024-02-06,0.5\n"
CALLS = (
    "Wer;Anrufart;Zeitpunkt;Sprechzeit\n030 1;eingehend;05.02.2024 09:00:00;00:03:00\n"
    "030 2;verpasst;05.02.2024 09:10:00;\n030 3;ausgehend;05.02.2024 10:00:00;00:01:30\n"
)
BANK = "Tag;Text;Wert\n05.02.2024;Miete;-700,00\n06.02.2024;Eingang;12,50\n"


@pytest.fixture(autouse=True)
def layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Layouts that these tests keep lie in a folder of their own; consoles hold the stream of their first use."""
    for made in (screen.out, screen.err):
        made.cache_clear()
    monkeypatch.setenv("HELLER_PROFILES", str(tmp_path / "profiles"))


@pytest.mark.parametrize(
    ("content", "kind", "roles"),
    [
        (HOURS, "hours", {"person": "Kollegin", "date": "Wann", "begin": "Los", "end": "Schluss"}),
        (SHORT, "hours", {"person": "Team", "date": "Am", "duration": "Aufwand"}),
        (CALLS, "calls", {"direction": "Anrufart", "at": "Zeitpunkt", "length": "Sprechzeit"}),
    ],
)
def test_columns_are_told_by_their_cells(content: str, kind: str, roles: dict[str, str]) -> None:
    """None of these headings is known to any profile."""
    assert propose.kind_of(content, {}) == kind
    found = propose.proposal(content, kind)
    assert found is not None
    named = {role: found.listing.head.cells[at] for role, at in found.listing.places.items()}
    assert {role: named[role] for role in roles} == roles


def test_a_table_of_a_bank_is_neither() -> None:
    """Days and amounts alone are no hours; two columns are too few for anything."""
    assert propose.kind_of(BANK, {}) == ""
    assert propose.kind_of("a;b\n1;2\n", {}) == ""
    assert propose.kind_of(BANK, {"person": "Text"}) == "hours"


@pytest.mark.parametrize(
    ("content", "kind", "key", "value"),
    [(HOURS, "hours", "hours", "5.5000"), (SHORT, "hours", "hours", "8.0000"), (CALLS, "calls", "missed", 1)],
)
def test_what_was_kept_is_read(
    content: str, kind: str, key: str, value: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before, the file is unknown or lacks a column; after `--save`, every table with these headings is read."""
    path = tmp_path / "liste.csv"
    path.write_text(content, encoding="utf-8")
    assert app.run(["profile", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[kind][key] == value
    assert app.run(["profile", str(path), "--save"]) == 0
    (told,) = (
        r for r in intake.read(blob(content.encode(), path.name), BERLIN).records if isinstance(r, Summary)
    )
    assert told.kind == kind and told.values[key].value == value


def test_a_column_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person's word goes before the proposal; what is not there is said."""
    path = tmp_path / "liste.csv"
    path.write_text("Wer;Chef;Wann;Dauer heute\nMuster;Beispiel;05.02.2024;2,5\n", encoding="utf-8")
    assert app.run(["profile", str(path), "--column", "person=Chef", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["columns"]["person"] == "Chef"
    path.write_text("a;b;c\nx;y;z\n", encoding="utf-8")
    assert app.run(["profile", str(path), "--column", "person=a"]) != 0
