"""case = fold(entries): what was written is what is there, and corrections stay visible."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from heller import casefile
from heller.model.errors import InputRefused
from heller.model.facts import line
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.purpose import Purpose
from heller.model.money import Money
from heller.model.record import Record

NOTES: list[Record] = [
    Fact("line.monthly_fee", "500.00", "Auftragsbestätigung"),
    Contact(
        datetime(2015, 6, 17, 13, 5, tzinfo=UTC),
        ContactKind.OFFER,
        "Brief",
        "Versicherer",
        "3.000 EUR aus Kulanz",
        until=date(2015, 7, 17),
        amount=Money(300000),
    ),
    Purpose("R-4711", "hardware", Decimal("0.4286"), "für den Notanschluss", Decimal("0.5")),
]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with three notes."""
    folder = tmp_path / "fall"
    casefile.open_case(folder)
    for record in NOTES:
        casefile.note(folder, record)
    return folder


def test_notes_come_back_as_they_were_written(case: Path) -> None:
    """Dates, decimals and money survive the journal."""
    assert list(casefile.load(case).noted) == NOTES


def test_a_corrected_entry_no_longer_counts_and_stays(case: Path) -> None:
    """The correction names it, with a reason."""
    assert casefile.load(case).facts[line.MONTHLY_FEE] == Money(50000)
    casefile.correct(case, 1, "Das Entgelt war netto falsch.")
    assert casefile.load(case).fact("line.monthly_fee") is None
    assert [e.kind for e in casefile.entries(case).entries] == [
        "opened",
        "note",
        "note",
        "note",
        "correction",
    ]


@pytest.mark.parametrize(("entry", "why"), [(0, "x"), (99, "x"), (1, "  ")])
def test_only_what_a_person_wrote_can_be_corrected(case: Path, entry: int, why: str) -> None:
    """Not the opening, not what is not there, not without a reason."""
    with pytest.raises(InputRefused):
        casefile.correct(case, entry, why)


def test_the_same_file_twice_is_one_exhibit(case: Path, tmp_path: Path) -> None:
    """The second copy is recorded and changes nothing."""
    (tmp_path / "a.txt").write_text("gleich")
    (tmp_path / "b.txt").write_text("gleich")
    first = casefile.add(case, [tmp_path / "a.txt"])
    second = casefile.add(case, [tmp_path / "b.txt"])
    assert (first[0].number, first[0].known, second[0].number, second[0].known) == (1, False, 1, True)
    assert [e.name for e in casefile.load(case).exhibits] == ["a.txt"]
    assert casefile.entries(case).entries[-1].kind == "double"


def test_a_withdrawn_exhibit_keeps_its_number(case: Path, tmp_path: Path) -> None:
    """K 1 stays K 1, but says nothing any more."""
    (tmp_path / "angaben.csv").write_text("Angabe;Wert;Quelle\nFirma;Beispiel GmbH;Handelsregister\n")
    casefile.add(case, [tmp_path / "angaben.csv"])
    assert casefile.load(case).fact("firm.name") == "Beispiel GmbH"
    casefile.correct(case, 4, "falsche Datei")
    folded = casefile.load(case)
    assert folded.fact("firm.name") is None
    assert [e.number for e in folded.exhibits] == [1]
