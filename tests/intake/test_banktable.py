"""Tables of banks: each shipped profile on rows in its layout, the running balance, and what is not known.

The rows are made up; the layouts are those that each profile names as its source.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.tables import BERLIN, blob, codes

from heller import intake
from heller.intake import as_plain
from heller.intake.as_plain import Document
from heller.intake.bank import layout, profile
from heller.intake.tables import cells, confirmed
from heller.model.kinds.bank_entry import BankEntry
from heller.model.value import Support

LAYOUTS: dict[str, tuple[str, dict[str, object]]] = {
    "sparkasse": (
        '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";'
        '"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";'
        '"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";'
        '"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"\n'
        '"DE02100500000054540402";"06.02.15";"06.02.15";"LASTSCHRIFT";"RE 17";"";"";"";"";"";"";"Funkladen";'
        '"";"";"-1143,41";"EUR";"Umsatz gebucht"\n'
        '"DE02100500000054540402";"09.02.15";"09.02.15";"GUTSCHRIFT";"Danke";"";"";"";"";"";"";"Kunde";"";"";'
        '"1.000,00";"EUR";"Umsatz vorgemerkt"\n',
        {"account": "DE02100500000054540402", "entries": 1, "pending": 1, "debit": "1143.41", "credit": "0.00"},
    ),
    "volksbank": (
        "Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;"
        "Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;"
        "Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Kategorie;Glaeubiger ID;"
        "Mandatsreferenz\r\n"
        "Giro;DE02120300000000202051;X;VR;09.02.2015;09.02.2015;A;;;;EREF: 1;-39,2;EUR;960,80;;;;\r\n"
        "Giro;DE02120300000000202051;X;VR;06.02.2015;06.02.2015;B;;;;Miete;500;EUR;1.000,00;;;;\r\n",
        {"account": "DE02120300000000202051", "entries": 2, "opening": "500.00", "closing": "960.80"},
    ),
    "fiducia": (
        '"VR Beispielbank";;;;;;;;;;;;\n"BLZ:";"12345678";;"Datum:";"10.02.2015"\n"Konto:";"1234567";;\n\n'
        '"Buchungstag";"Valuta";"Auftraggeber/Zahlungsempfänger";"Empfänger/Zahlungspflichtiger";"Konto-Nr.";'
        '"IBAN";"BLZ";"BIC";"Vorgang/Verwendungszweck";"Kundenreferenz";"Währung";"Umsatz";" "\n'
        '"09.02.2015";"09.02.2015";"Wir";"Funkladen";;;;;"Rechnung\n17";;"EUR";"1.000,00";"S"\n'
        '"06.02.2015";"06.02.2015";"Wir";"Kunde";;;;;"Zahlung";;"EUR";"250,50";"H"\n'
        '"05.02.2015";;;;;;;;;"Anfangssaldo";"EUR";"2.000,00";"H"\n'
        '"09.02.2015";;;;;;;;;"Endsaldo";"EUR";"1.250,50";"H"\n',
        {"account": "1234567", "entries": 2, "debit": "1000.00", "credit": "250.50", "opening": "2000.00",
         "closing": "1250.50"},
    ),
    "deutsche-bank": (
        "Umsätze Girokonto;;;Kundennummer: 100 1234567\n01.02.2015 - 28.02.2015\n"
        "Letzter Kontostand;;;;5.000,00;EUR\n"
        "Vorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.\n"
        "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;"
        "Mandatsreferenz ;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;"
        "Anzahl der Schecks;Soll;Haben;Währung\n"
        "6.2.2015;6.2.2015;Lastschrift;Funkladen;RE 17;;;;;;;;;;;-1.000,00;;EUR\n"
        "9.2.2015;9.2.2015;Gutschrift;Kunde;Danke;;;;;;;;;;;;750;EUR\n"
        "Kontostand;10.02.2015;;;4.750,00;EUR\n",
        {"entries": 2, "debit": "1000.00", "credit": "750.00", "opening": "5000.00", "closing": "4750.00"},
    ),
    "commerzbank": (
        "Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;Auftraggeberkonto;"
        "Bankleitzahl Auftraggeberkonto;IBAN Auftraggeberkonto;Kategorie\n"
        "06.02.2015;06.02.2015;Lastschrift;Funkladen RE 17;-2040;EUR;123;10040000;DE02100400000054540402;x\n"
        "09.02.2015;09.02.2015;Gutschrift;Kunde;3,9;EUR;123;10040000;DE02100400000054540402;x\n",
        {"account": "DE02100400000054540402", "entries": 2, "debit": "2040.00", "credit": "3.90"},
    ),
    "ing": (
        "Umsatzanzeige;Datei erstellt am: 10.02.2015 10:00\n\nIBAN;DE02 5001 0517 5407 3249 31\n"
        "Kontoname;Girokonto\nBank;ING\nKunde;Beispiel\nZeitraum;01.02.2015 - 10.02.2015\nSaldo;2.647,74;EUR\n\n"
        "Sortierung;Datum absteigend\n\nIn der CSV-Datei finden Sie alle bereits gebuchten Umsätze.\n\n"
        "Buchung;Valuta;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung\n"
        "09.02.2015;09.02.2015;Funkladen;Lastschrift;2.647,74;EUR;-352,26;EUR\n"
        "06.02.2015;06.02.2015;Kunde;Gutschrift;Saldo aus Vertrag;3.000,00;EUR;1.000,00;EUR\n",
        {"account": "DE02500105175407324931", "entries": 2, "debit": "352.26", "credit": "1000.00",
         "closing": "2647.74", "opening": "2000.00"},
    ),
    "dkb": (
        '"Girokonto";"DE02120300000000202051"\n\n"Kontostand vom 10.02.2015:";"3.600,00 €"\n""\n'
        '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";'
        '"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"\n'
        '"10.02.15";"";"Vorgemerkt";"Wir";"Karte";"x";"Ausgang";"";"-5";"";"";""\n'
        '"09.02.15";"09.02.15";"Gebucht";"Kunde";"Wir";"x";"Eingang";"";"1.000";"";"";""\n'
        '"06.02.15";"06.02.15";"Gebucht";"Wir";Firma";"x";"Ausgang";"";"-62,3";"";"";""\n',
        {"account": "DE02120300000000202051", "entries": 2, "pending": 1, "credit": "1000.00", "debit": "62.30",
         "closing": "3600.00"},
    ),
    "comdirect": (
        ';\n"Umsätze Girokonto";"Zeitraum: 30 Tage";\n"Neuer Kontostand";"900,00 EUR";\n\n'
        '"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";\n'
        '"offen";"--";"Karte";"x";"-9,99";\n"09.02.2015";"09.02.2015";"Lastschrift";"RE 17";"-1.234,56";\n'
        '"06.02.2015";"06.02.2015";"Gutschrift";"Kunde";"134,56";\n\n"Alter Kontostand";"2.000,00 EUR";\n',
        {"entries": 2, "pending": 1, "debit": "1234.56", "credit": "134.56", "opening": "2000.00",
         "closing": "900.00"},
    ),
    "paypal": (
        '"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto",'
        '"Absender E-Mail-Adresse","Guthaben"\n'
        '"06.02.2015","10:00:00","CET","Kunde","Website-Zahlung","Abgeschlossen","EUR","1.190,00","-35,00",'
        '"1.155,00","x","1.155,00"\n'
        '"09.02.2015","10:00:00","CET","Laden","Allgemeine Autorisierung","Ausstehend","EUR","-20,00","0,00",'
        '"-20,00","x","1.155,00"\n',
        {"currency": "EUR", "entries": 1, "pending": 1, "credit": "1155.00", "debit": "0.00"},
    ),
    "n26": (
        '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name",'
        '"Amount (EUR)","Original Amount","Original Currency","Exchange Rate"\n'
        '2015-02-06,2015-02-06,Funkladen,,"Direct Debit","RE 17",Main,-1143.41,,,\n',
        {"currency": "EUR", "entries": 1, "debit": "1143.41"},
    ),
    "revolut": (
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "TOPUP,Current,2015-02-06 08:00:00,2015-02-06 08:01:00,Kunde,100.00,0.00,EUR,COMPLETED,100.00\n"
        "CARD_PAYMENT,Current,2015-02-09 08:00:00,2015-02-09 08:01:00,Laden,-20.00,0.50,EUR,COMPLETED,79.50\n",
        {"entries": 2, "credit": "100.00", "debit": "20.50", "opening": "0.00", "closing": "79.50"},
    ),
}  # fmt: skip


def document(content: str | bytes, name: str = "umsaetze.csv") -> Document:
    """The one document of a table."""
    (found,) = as_plain.documents(intake.read(blob(content, name), BERLIN))
    return found


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_each_layout_is_read_by_its_own_profile(name: str, encoding: str) -> None:
    """The profile is the surest, all values are those of the rows, and nothing is doubted."""
    content, wanted = LAYOUTS[name]
    match = layout.look(content)
    assert match is not None
    assert match.profile.name == name
    found = document(content.encode(encoding, "replace"))
    assert {key: found.values[key].value for key in wanted} == wanted
    assert found.warnings == ()


def test_every_profile_names_its_source_and_is_found_by_its_head() -> None:
    """A profile says where its layout is from; two profiles do not claim the same headings."""
    known = profile.built_in()
    assert len({p.name for p in known}) == len(known) > 10
    assert all(p.source and p.title and (p.head or p.places) for p in known)
    assert all(set(p.columns) | set(p.places) <= set(profile.ROLES) for p in known)
    for name, (content, _) in LAYOUTS.items():
        sure = {m.profile.name for d in ";," for m in layout.candidates(_rows(content, d), d) if m.known}
        assert sure == {name}


def _rows(content: str, delimiter: str) -> list[cells.CellRow]:

    return list(cells.lines(content, delimiter))


def test_a_running_balance_proves_the_rows_and_a_missing_row_is_seen() -> None:
    """With all rows the balances are proven; without the middle one the balance jumps, and that is said."""
    content, _ = LAYOUTS["volksbank"]
    more = content.replace(
        "Giro;DE02120300000000202051;X;VR;06.02",
        "Giro;DE02120300000000202051;X;VR;07.02.2015;07.02.2015;C;;;;x;-1,00;EUR;1.000,00;;;;\r\n"
        "Giro;DE02120300000000202051;X;VR;06.02",
    ).replace(";500;EUR;1.000,00", ";500;EUR;1.001,00")
    whole = document(more)
    assert whole.values["closing"].grade is Support.PROVEN
    assert whole.values["closing"].by == ("balances",)
    gap = document("\r\n".join(line for line in more.split("\r\n") if "07.02" not in line))
    assert [f.code for f in gap.warnings] == ["balance-jumps"]
    assert gap.values["closing"].value is None


def test_one_bad_row_is_rejected_loudly_and_the_rest_is_read() -> None:
    """Rows read and rows rejected are the rows of the file; a table of bad rows only is refused."""
    content, _ = LAYOUTS["commerzbank"]
    bad = content.replace(";3,9;", ";x3,9;")
    found = intake.read(blob(bad, "x.csv"), BERLIN)
    assert (found.rows, found.rows_rejected, len(found.records)) == (2, 1, 1)
    assert "entry-unreadable" in codes(found)
    worse = bad.replace(";-2040;", ";-20a0;")
    assert as_plain.documents(intake.read(blob(worse, "x.csv"), BERLIN)) == ()


def test_a_quotation_mark_that_is_never_closed_swallows_no_row() -> None:
    """The row with the open mark is rejected or read for itself; the rows below it are all there."""
    content, _ = LAYOUTS["commerzbank"]
    rows = content.splitlines(keepends=True)
    more = "".join([rows[0], rows[1].replace("Funkladen", '"Funkladen', 1), *rows[2:], *rows[2:]])
    found = intake.read(blob(more, "x.csv"), BERLIN)
    assert found.rows == 3
    assert [r.amount.cents for r in found.records if isinstance(r, BankEntry)][-2:] == [390, 390]


def test_a_day_in_another_form_than_the_profile_is_rejected() -> None:
    """A table of which one cell was changed by another program is not read as if it were whole."""
    content, _ = LAYOUTS["volksbank"]
    found = intake.read(
        blob(content.replace("09.02.2015;09.02.2015", "2015-02-09;09.02.2015"), "x.csv"), BERLIN
    )
    assert found.rows_rejected == 1


def test_references_spoilt_by_a_spreadsheet_are_said() -> None:
    """'6,17E+025' was a reference of 26 digits; nobody can bring it back."""
    content, _ = LAYOUTS["commerzbank"]
    found = document(content.replace("Funkladen RE 17", "6,17E+025"))
    assert [f.code for f in found.warnings] == ["excel-damaged"]


UNKNOWN = "Datum;Wert;Empfänger;Zahlungszweck;Betrag EUR;Kontostand\n06.02.2015;06.02.2015;A;x;-1,50;98,50\n"


def test_an_unknown_layout_is_read_by_its_headings_and_said_to_be() -> None:
    """A layout that no profile has is read where the columns prove marks and days, with a warning."""
    content = (
        "Buchungsdatum;Wertstellung;Empfänger;Verwendungszweck;Betrag;Währung;Saldo\n"
        "06.02.2015;06.02.2015;A;x;-1,50;EUR;98,50\n09.02.2015;09.02.2015;B;y;1.000,00;EUR;1.098,50\n"
    )
    found = document(content)
    assert (found.values["debit"].value, found.values["credit"].value) == ("1.50", "1000.00")
    assert [f.code for f in found.warnings] == ["profile-unconfirmed"]


def test_nothing_is_guessed_where_marks_or_days_can_be_read_in_two_ways() -> None:
    """'1.000' alone proves no decimal mark, '01/07/2026' no order of day and month: the rows are rejected."""
    head = "Buchungsdatum;Empfänger;Verwendungszweck;Betrag;Währung\n"
    assert as_plain.documents(intake.read(blob(head + "06.02.2015;A;x;1.000;EUR\n"), BERLIN)) == ()
    assert as_plain.documents(intake.read(blob(head + "01/07/2026;A;x;1,50;EUR\n"), BERLIN)) == ()
    assert document(head + "21/07/2026;A;x;1,50;EUR\n").values["credit"].value == "1.50"


@pytest.mark.parametrize("mark", [",", "."])
def test_a_table_without_headings_is_read_where_its_columns_prove_themselves(mark: str) -> None:
    """Debit and credit stand in columns of their own, one filled in each row, only one with minus signs."""
    rows = f"06.02.2015;Funkladen;RE 17;-5{mark}00;;'DE02120300000000202051'\n09.02.2015;Kunde;Danke;;7{mark}50;''\n"
    found = document(rows + f"10.02.2015;Kunde;Danke;;2{mark}50;''\n")
    assert (found.values["debit"].value, found.values["credit"].value) == ("5.00", "10.00")
    assert [f.code for f in found.warnings] == ["profile-unconfirmed"]


def test_a_currency_that_nothing_names_is_none() -> None:
    """The sums are read, the currency is absent, and no such amount equals one in euro."""
    content = "Buchungsdatum;Empfänger;Verwendungszweck;Betrag\n06.02.2015;A;x;-1,50\n09.02.2015;B;y;2,00\n"
    found = document(content)
    assert (found.values["currency"].value, found.values["debit"].value) == (None, "1.50")
    assert "no-currency" in {finding.code for finding in found.findings}


def test_a_confirmed_profile_is_recalled_by_the_headings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person confirmed once is read without a doubt the next time, whatever the file is called."""
    monkeypatch.setenv("HELLER_PROFILES", str(tmp_path))
    head = ("Wann", "Wer", "Wieviel")
    own = profile.Profile(
        name="own",
        title="Own",
        source="a person",
        head=head,
        decimal=",",
        dates=("dd.mm.yyyy",),
        currency="EUR",
        columns={"booked": ("Wann",), "partner": ("Wer",), "amount": ("Wieviel",)},
    )
    (tmp_path / f"{confirmed.fingerprint(head)}.yaml").write_text(profile.dump(own))
    with profile.using(profile.of_user()):
        found = intake.read(blob("Wann;Wer;Wieviel\n06.02.2015;A;-1,50\n", "irgendwas.csv"), BERLIN)
    assert [record.amount.cents for record in found.records if isinstance(record, BankEntry)] == [-150]
    assert found.findings == ()
    assert found.score == layout.CONFIRMED
