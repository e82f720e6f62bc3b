"""Where a case names somebody: fields for a name, and free text, of notes and of originals."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from heller import casefile
from heller.cli import app
from heller.model.errors import InputRefused
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.measure import Measure
from heller.model.money import Money

NOW = datetime(2015, 2, 4, 9, tzinfo=UTC)
HOURS = "Mitarbeiter;Datum;Beginn;Ende;Art\nErika Muster;04.02.2015;09:00;12:00;Leerlauf\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A call with somebody, a measure that names her, her hours, and a call with another one."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    casefile.note(folder, Contact(NOW, ContactKind.PROMISE, "Telefon", "Erika Muster", "Bis Montag"))
    casefile.note(folder, Measure("LTE", Money(100), Money(0), Decimal(1), why="Frau Muster war dagegen"))
    casefile.note(folder, Contact(NOW, ContactKind.PROMISE, "Telefon", "Max Probe", "Bis Dienstag"))
    (tmp_path / "stunden.csv").write_text(HOURS)
    casefile.add(folder, [tmp_path / "stunden.csv"])
    return folder


def test_every_field_that_names_somebody_is_found(case: Path) -> None:
    """By the whole name and by a word of it, in a field for it and in free text, in notes and in originals."""
    found = casefile.mentions(casefile.load(case), "Erika Muster")
    entries = casefile.entries(case).entries
    exhibit = next(entry.seq for entry in entries if entry.kind == "exhibit")
    assert [(one.entry, one.own) for one in found] == [(1, True), (2, False), (exhibit, True)]


def test_what_an_entry_says_of_persons_is_said_before_it_is_erased(case: Path) -> None:
    """The fields for a name of that entry, and of no other."""
    assert [name for _, name in casefile.persons_in(casefile.load(case), 3)] == ["Max Probe"]


def test_a_name_that_says_nothing_is_refused(case: Path) -> None:
    """Nothing is looked for by a full stop."""
    with pytest.raises(InputRefused):
        casefile.mentions(casefile.load(case), " . ")


def test_the_list_erases_nothing(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verb lists the entries and leaves the journal as it is."""
    before = len(casefile.entries(case).entries)
    assert app.run(["erase", str(case), "--person", "Muster", "--lang", "en"]) == 0
    assert "free text" in capsys.readouterr().out
    assert len(casefile.entries(case).entries) == before
