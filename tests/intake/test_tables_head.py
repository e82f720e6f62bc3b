"""Tables: which one it is, where its headings are, and that no row is lost."""

from __future__ import annotations

import pytest
from tests.intake.tables import BERLIN, READERS, blob, codes, said

from heller.intake import reading as intake
from heller.intake.readers import contacts, facts, hours, purposes, wages
from heller.intake.tables import headings
from heller.intake.tables.row import currency_of
from heller.model.finding import Weight
from heller.model.kinds.fact import Fact
from heller.model.kinds.wage import Wage
from heller.model.money import Money

HEADINGS = {
    "facts": "Angabe;Wert;Quelle",
    "contacts": "Datum;Uhrzeit;Art;Richtung;Kanal;Gesprächspartner;Von uns;Inhalt;Frist;Betrag",
    "purposes": "Rechnungsnummer;Schadensart;Anteil;Restwert;Grund",
    "hours": "Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung",
    "wages": "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag",
    "orders": "Bestellnummer;Bestelldatum;Kunde;Netto;Währung;Status;Kanal",
}
WAGES = "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag\nAda;31,50;25 %\n"


def scores(head: str, name: str = "x.csv") -> dict[str, int]:
    """What each reader of tables says about a file."""
    return {reader.NAME: reader.identify(head.encode(), name).score for reader in READERS}


@pytest.mark.parametrize("name", HEADINGS)
def test_each_table_is_known_by_its_headings_alone(name: str) -> None:
    """The reader of a table is the only one that claims its headings, and is sure of them."""
    found = {reader: score for reader, score in scores(HEADINGS[name] + "\n").items() if score}
    assert found == {name: headings.SURE}


@pytest.mark.parametrize("name", HEADINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_order_case_and_further_columns_are_free(name: str, delimiter: str) -> None:
    """A table stays what it is with its columns turned round, shouted and with a column more."""
    head = delimiter.join([*reversed(HEADINGS[name].upper().split(";")), "Kürzel"])
    found = scores(head + "\n")
    assert headings.LIKELY < found[name] < headings.SURE
    assert max(found, key=lambda reader: found[reader]) == name


def test_only_the_readers_of_tables_claim_a_table() -> None:
    """Among all readers of the house, the one for the table is chosen, without a tie."""
    for name, head in HEADINGS.items():
        assert [reader.NAME for reader in intake.choose(blob(head + "\n"))] == [name]


@pytest.mark.parametrize(
    "head", ["", "a;b;c\n1;2;3\n", "Datum;Betrag;Verwendungszweck\n", "\x00\x01", "%PDF-1.7"]
)
def test_other_files_are_not_claimed(head: str) -> None:
    """A bank's table, a PDF or nothing at all is nobody's table."""
    assert set(scores(head).values()) == {0}


def test_a_usual_name_is_claimed_weakly_so_that_the_person_learns_what_was_expected() -> None:
    """An empty 'stunden.csv' gives a reading whose finding names the headings."""
    assert scores("", "Stunden.csv")["hours"] == headings.BY_NAME
    found = hours.read(blob(b"", "stunden.csv"), BERLIN)
    assert not found.records
    assert codes(found) == ["table.no_headings"]
    assert "Mitarbeiter;Datum;Beginn;Ende" in said(found)


def test_headings_without_rows_say_what_a_row_needs() -> None:
    """An empty table is no success: it says so."""
    found = wages.read(blob("Mitarbeiter;Kosten je Stunde\n\n;;\n"), BERLIN)
    assert (found.rows, codes(found)) == (0, ["table.empty"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_an_office(encoding: str, newline: str) -> None:
    """The umlaut in a heading and in a name is read in each encoding, with each kind of line end."""
    content = WAGES.replace("Ada", "Jörg").replace("\n", newline).encode(encoding)
    found = wages.read(blob(content), BERLIN)
    assert [(wage.person, wage.per_hour) for wage in found.records if isinstance(wage, Wage)] == [
        ("Jörg", Money(3150))
    ]
    assert found.findings == ()


def test_titles_above_the_headings_are_skipped_and_rows_keep_their_numbers() -> None:
    """With three lines above and a blank row between, the locator names the row of the file."""
    content = f"sep=;\nMusterversand Beispiel GmbH\n\n{WAGES}\nBen;20,00;0 %\n"
    assert wages.identify(content.encode(), "x.csv").score == headings.SURE
    found = wages.read(blob(content), BERLIN)
    assert [wage.source.place for wage in found.records if isinstance(wage, Wage)] == ["row 5", "row 7"]


def test_units_in_headings_are_understood() -> None:
    """'Anteil (%)' makes 1 one per cent; 'Kosten je Stunde (USD)' is refused, not read as euro."""
    share = purposes.read(blob("Rechnungsnummer;Schadensart;Anteil (%)\nR1;Hardware;1\n"), BERLIN)
    assert [str(purpose.share) for purpose in share.records] == ["0.01"]  # type: ignore[attr-defined]
    dollars = wages.read(blob("Mitarbeiter;Kosten je Stunde (USD)\nAda;31,50\n"), BERLIN)
    assert (dollars.records, codes(dollars)) == ((), ["row.currency"])
    assert currency_of("Netto (€)") == "EUR"


def test_a_row_with_too_many_cells_is_rejected_because_values_may_have_moved() -> None:
    """An unquoted separator inside a text costs the row, loudly, and not the next one."""
    found = facts.read(blob("Angabe;Wert;Quelle\nFirma;Muster;GmbH;HRB\nProdukt;P;Vertrag;;\n"), BERLIN)
    assert [fact.key for fact in found.records if isinstance(fact, Fact)] == ["line.product"]
    assert [(finding.code, finding.source and finding.source.place) for finding in found.findings] == [
        ("row.too_wide", "row 2")
    ]
    assert (found.rows, found.rows_rejected) == (2, 1)


def test_missing_cells_at_the_end_are_empty() -> None:
    """A row that stops early is read if what it needs is there."""
    found = facts.read(blob("Angabe;Wert;Quelle\nFirma;Muster GmbH\n"), BERLIN)
    assert (len(found.records), found.findings) == (1, ())


def test_an_open_quotation_mark_costs_its_row_and_no_other() -> None:
    """Nothing below a forgotten quotation mark is swallowed."""
    found = facts.read(blob('Angabe;Wert;Quelle\nFirma;"Muster;x\nProdukt;P;y\nBranche;Handel;z\n'), BERLIN)
    assert [fact.key for fact in found.records if isinstance(fact, Fact)] == ["line.product", "firm.trade"]
    assert (codes(found), found.rows, found.rows_rejected) == (["row.quotes"], 3, 1)


def test_two_open_quotation_marks_do_not_hide_the_rows_between_them() -> None:
    """A mark that closes three rows later is no cell over several lines."""
    lines = ['Firma;"Muster;x', "Produkt;P;y", "Branche;Handel;z", 'Anbieter;N";w']
    found = facts.read(blob("Angabe;Wert;Quelle\n" + "\n".join(lines) + "\n"), BERLIN)
    assert (found.rows, found.rows_rejected, len(found.records)) == (4, 2, 2)


def test_an_address_over_several_lines_is_one_cell() -> None:
    """A line break in quotation marks belongs to the value; the rows below keep the file's numbering."""
    content = 'Angabe,Wert,Quelle\nAnschrift,"Beispielweg 1, Hof\n45127 Essen",x\nFirma,Muster GmbH,y\n'
    found = facts.read(blob(content), BERLIN)
    assert [fact.value for fact in found.records if isinstance(fact, Fact)] == [
        "Beispielweg 1, Hof\n45127 Essen",
        "Muster GmbH",
    ]


def test_a_comma_that_separates_and_a_comma_that_counts_are_not_confused() -> None:
    """'Ada,31,50' could be 31 euro and 50 %, or 31.50 euro: it is rejected."""
    found = wages.read(
        blob("Mitarbeiter,Kosten je Stunde,Überstundenzuschlag\nAda,31,50\nBen,31.50,25 %\n"), BERLIN
    )
    assert [wage.person for wage in found.records if isinstance(wage, Wage)] == ["Ben"]
    assert codes(found) == ["row.unreadable"]


def test_a_column_that_is_there_twice_is_said() -> None:
    """The first of two columns of the same meaning counts, and the reader says so."""
    found = wages.read(blob("Name;Mitarbeiter;Stundensatz;Zuschlag\nAda;Ben;30,00;0 %\n"), BERLIN)
    assert (codes(found), [wage.person for wage in found.records if isinstance(wage, Wage)]) == (
        ["table.twice"],
        ["Ada"],
    )


def test_a_file_of_another_program_is_refused_with_a_reason() -> None:
    """NUL characters give a finding, not an exception."""
    found = contacts.read(blob(b"Datum;Art;Inhalt\n\x00"), BERLIN)
    assert [finding.weight for finding in found.findings] == [Weight.REFUSED]
