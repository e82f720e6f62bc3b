"""Kinds of account statements: which way money went, sums among the rows, other marks, other formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.documents import BERLIN, codes, read
from tests.intake.test_chains import given

from heller import intake
from heller.intake import as_plain
from heller.intake.bank import directions, layout
from heller.model.kinds.bank_entry import BankEntry
from heller.model.record import Blob, Reading

HEAD = "Datum;Typ;Name;Verwendungszweck;Betrag;Währung\n"


def table(content: str, name: str = "umsaetze.csv") -> Reading:
    """A table as it is read."""
    return read(content.encode(), name)


def moved(reading: Reading) -> list[str]:
    """The amounts of the entries with sign and currency."""
    return [
        f"{entry.amount.decimal} {entry.amount.currency}"
        for entry in reading.records
        if isinstance(entry, BankEntry)
    ]


GIVEN = {
    "bank_in_out_word.csv": ["-119.00 EUR", "5950.00 EUR"],
    "bank_sum_row_dated.csv": ["-119.00 EUR", "5950.00 EUR"],
    "bank_qonto.csv": ["-119.00 EUR", "5950.00 EUR"],
    "bank_swiss.csv": ["-1119.00 CHF", "5950.00 CHF"],
    "bank.ofx": ["-119.00 EUR"],
    "mt_point_amount.sta": ["-119.00 EUR"],
    "r21-dkb-business-bom.csv": ["-119.00 EUR", "1200.00 EUR"],
}


@pytest.mark.parametrize("name", GIVEN)
def test_the_given_statements(name: str) -> None:
    """Each with the amounts that it states."""
    assert moved(read(given(name), name)) == GIVEN[name]


@pytest.mark.parametrize(
    ("out", "into"),
    [("Ausgang", "Eingang"), ("Soll", "Haben"), ("S", "H"), ("Belastung", "Gutschrift"), ("Debit", "Credit"),
     ("OUT", "IN"), ("-", "+"), ("DBIT", "CRDT"), ("Auszahlung", "Einzahlung"), ("Ausgabe", "Einnahme")],
)  # fmt: skip
def test_words_of_direction(out: str, into: str) -> None:
    """Whatever the column is called, and without a heading too."""
    rows = f"05.02.2026;{out};A;R-1;119,00;EUR\n06.02.2026;{into};B;AR 17;5950,00;EUR\n"
    for head in (HEAD, HEAD.replace("Typ", ""), HEAD.replace("Typ", "Kennz."), HEAD.replace("Typ", "S/H")):
        assert moved(table(head + rows)) == ["-119.00 EUR", "5950.00 EUR"], head


def test_a_letter_behind_the_amount() -> None:
    """'119,00 S', '119,00-' and '5.950,00 H' say it in the cell."""
    rows = (
        "05.02.2026;x;A;R-1;119,00 S;EUR\n06.02.2026;y;B;AR 17;5.950,00 H;EUR\n07.02.2026;x;C;K;10,00-;EUR\n"
    )
    assert moved(table(HEAD + rows)) == ["-119.00 EUR", "5950.00 EUR", "-10.00 EUR"]


def test_two_unknown_words_are_a_question() -> None:
    """No amount enters before a person has said which of them is money out."""
    rows = "05.02.2026;rot;A;R-1;119,00;EUR\n06.02.2026;blau;B;AR;5950,00;EUR\n07.02.2026;rot;C;K;1,00;EUR\n"
    found = table(HEAD + rows)
    assert moved(found) == []
    assert (found.rows, found.rows_rejected) == (3, 3)
    assert "direction-unknown" in codes(found)
    content = HEAD + rows
    told = layout.from_words(content, {"letter": "Typ"}, out=("rot",))
    assert told is not None
    assert [e.amount.cents for e in layout.preview(content, told, "d").entries] == [-11900, 595000, -100]


def test_a_balance_proves_the_signs() -> None:
    """Amounts without signs, whatever the words, whichever row stands first."""
    head = "Datum;Art;Text;Betrag;Saldo;Währung\n"
    rows = [
        "05.02.2026;rot;R-1;119,00;881,00;EUR\n",
        "06.02.2026;blau;AR;5950,00;6831,00;EUR\n",
        "07.02.2026;rot;K;1,00;6830,00;EUR\n",
    ]
    assert moved(table(head + "".join(rows))) == ["-119.00 EUR", "5950.00 EUR", "-1.00 EUR"]
    assert moved(table(head + "".join(rows[::-1]))) == ["-1.00 EUR", "5950.00 EUR", "-119.00 EUR"]
    unnamed = [row.replace("rot", "").replace("blau", "") for row in rows]
    found = table(head + "".join(unnamed))
    assert moved(found) == ["5950.00 EUR", "-1.00 EUR"]
    assert "direction-unproven" in codes(found)


@pytest.mark.parametrize("label", ["Summe", "Summe:", "Gesamt", "TOTAL", "Gesamtsumme", "Zwischensumme"])
def test_sums_are_no_entries(label: str) -> None:
    """With a day or without one, by their label, and left out with a word."""
    rows = "05.02.2026;Funkladen;-119,00;EUR\n06.02.2026;Kunde;5.950,00;EUR\n"
    for day in ("06.02.2026", ""):
        found = table(f"Datum;Text;Betrag;Währung\n{rows}{day};{label};5.831,00;EUR\n")
        assert moved(found) == ["-119.00 EUR", "5950.00 EUR"]
        assert "row.sum" in codes(found)


def test_an_entry_of_the_sum_of_two_is_an_entry() -> None:
    """A payment that happens to equal two others above it has words of its own; so has 'Summe Rechnung 17'."""
    rows = "05.02.2026;A;-50,00;EUR\n06.02.2026;B;-70,00;EUR\n07.02.2026;Summe Rechnung 17;-120,00;EUR\n"
    assert len(moved(table(f"Datum;Text;Betrag;Währung\n{rows.replace('Summe ', '')}"))) == 3
    rows = rows.replace("-120,00", "-99,00")
    assert len(moved(table(f"Datum;Text;Betrag;Währung\n{rows}"))) == 3


def test_the_payer_of_money_in() -> None:
    """Where payer and payee have columns of their own, the other side depends on the sign."""
    found = read(given("r21-dkb-business-bom.csv"), "dkb.csv")
    sides = {e.amount.cents > 0: e.counterparty for e in found.records if isinstance(e, BankEntry)}
    assert sides == {True: "Kunde", False: "Netz AG"}


def test_currencies_stand_apart() -> None:
    """PayPal's conversion: what moved in each currency is said, no sum goes over them."""
    found = read(given("r04-paypal-conversion.csv"), "paypal.csv")
    said = next(f for f in found.findings if f.code == "currencies-mixed")
    assert "USD 100.00 / 100.00" in str(said.text.args["sides"])
    assert "EUR 189.40 / 92.40" in str(said.text.args["sides"])


@pytest.mark.parametrize(
    ("cell", "code"), [("8x1,00", "balance-unreadable"), ("Taler", "currency-unreadable")]
)
def test_what_is_there_and_cannot_be_read_is_a_doubt(cell: str, code: str) -> None:
    """A balance or a currency is never left blank without a word."""
    balance, unit = (cell, "EUR") if code.startswith("balance") else ("881,00", cell)
    rows = f"05.02.2026;R-1;-119,00;{balance};{unit}\n06.02.2026;AR;5950,00;6831,00;EUR\n"
    assert code in codes(table("Datum;Text;Betrag;Saldo;Währung\n" + rows))
    mt940 = given("mt_point_amount.sta").replace(b":62F:C260205EUR881.00", b":62F:C260205EURx")
    assert "balance-unreadable" in codes(read(mt940, "x.sta"))


@pytest.mark.parametrize(
    ("raw", "cents"),
    [
        ("119.00", -11900),
        ("119,00", -11900),
        ("119,", -11900),
        ("1.119,00", -111900),
        ("1,119.00", -111900),
        ("0.5", -50),
        ("119", -11900),
    ],
)
def test_marks_in_mt940(raw: str, cents: int) -> None:
    """A point or a comma before the cents, thousands parted or not."""
    found = read(given("mt_point_amount.sta").replace(b"D119.00", f"D{raw}".encode()), "x.sta")
    assert [e.amount.cents for e in found.records if isinstance(e, BankEntry)] == [cents]


TABLES = {
    "qonto": (
        "Status;Settlement date (local);Operation date (local);Amount (incl. VAT);Counterparty name;Currency;Reference;"
        "Balance\nsettled;06-02-2026 10:00:00;06-02-2026 10:00:00;5950.00;Kunde;EUR;AR;6831.00\n"
        "declined;05-02-2026 10:00:00;05-02-2026 10:00:00;-9.00;X;EUR;Y;\n"
        "settled;05-02-2026 10:00:00;05-02-2026 10:00:00;-119.00;Funkladen;EUR;R-1;881.00\n",
        ["5950.00 EUR", "-119.00 EUR"],
    ),
    "stripe": (
        "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description\n"
        "txn_1,charge,ch_1,119.00,3.50,115.50,eur,2026-02-05 09:12,2026-02-12 00:00,Order 1\n"
        "txn_2,payout,po_1,-115.50,0.00,-115.50,eur,2026-02-12 00:00,2026-02-12 00:00,PAYOUT\n",
        ["115.50 EUR", "-115.50 EUR"],
    ),
    "wise": (
        "TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance,Exchange From,Exchange To,"
        "Payer Name,Payee Name\nTRANSFER-2,06-02-2026,5950.00,EUR,Received,AR,6831.00,,,Kunde AG,\n"
        "TRANSFER-1,05-02-2026,-119.00,EUR,Sent,R-1,881.00,,,,Funkladen\n",
        ["5950.00 EUR", "-119.00 EUR"],
    ),
    "ubs": (
        "Kontonummer:;0240 00123456.01;\nSaldo:;6831.00;\n\nAbschlussdatum;"
        "Abschlusszeit;Buchungsdatum;Valutadatum;Währung;"
        "Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten\n"
        "2026-02-06;;2026-02-06;2026-02-06;CHF;;5'950.00;;6'831.00;1;Kunde;;AR;\n"
        "2026-02-05;;2026-02-05;2026-02-05;CHF;-1'119.00;;;881.00;2;Funkladen;;R-1;\n",
        ["5950.00 CHF", "-1119.00 CHF"],
    ),
    "postfinance": (
        'Datum von:;="01.02.2026"\nKonto:;="CH93 0076 2011 6238 5295 7"\n\nDatum;Bewegungstyp;Avisierungstext;'
        "Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF\n05.02.2026;Buchung;R-1;;-119.00;05.02.2026;881.00\n"
        "06.02.2026;Buchung;AR;5950.00;;06.02.2026;6831.00\n\nDisclaimer:\n",
        ["-119.00 CHF", "5950.00 CHF"],
    ),
    "apostrophe": (
        "Buchungsdatum;Buchungstext;Betrag (CHF);Saldo (CHF)\n05.02.2026;R-1;-1’119.00;881.00\n"
        "06.02.2026;AR;5’950.00;6’831.00\n",
        ["-1119.00 CHF", "5950.00 CHF"],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_more_houses(name: str) -> None:
    """Each in its own layout, newest first or last."""
    content, expected = TABLES[name]
    assert moved(table(content)) == expected


OFX = (
    "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><BANKID>10020030</BANKID>"
    "<ACCTID>1234567</ACCTID></BANKACCTFROM><BANKTRANLIST>"
    "<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260205120000[+1:CET]</DTPOSTED><TRNAMT>-119,00</TRNAMT>"
    "<NAME>Funkladen &amp; Co</NAME><MEMO>R-1</MEMO></STMTTRN>"
    "<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20260206</DTPOSTED><TRNAMT>5950,00</TRNAMT></STMTTRN>"
    "<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>2026</DTPOSTED><TRNAMT>1</TRNAMT></STMTTRN>"
    "</BANKTRANLIST><LEDGERBAL><BALAMT>6831,00</BALAMT></LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
)


def test_ofx_as_xml() -> None:
    """Closing tags, a comma, entities; an entry without a day is counted as not read."""
    found = read(f'<?xml version="1.0"?><?OFX OFXHEADER="200"?>{OFX}'.encode(), "x.ofx")
    assert moved(found) == ["-119.00 EUR", "5950.00 EUR"]
    first = next(entry for entry in found.records if isinstance(entry, BankEntry))
    assert (first.counterparty, first.account) == ("Funkladen & Co", "10020030/1234567")
    assert (found.rows, found.rows_rejected) == (3, 1)


def test_qif() -> None:
    """Days as the file proves them; where it does not, it is a question."""
    german = b"!Type:Bank\nD05.02.2026\nT-119,00\nPFunkladen\nMR-1\n^\nD16.02.2026\nT5.950,00\nPKunde\n^\n"
    assert [a.split()[0] for a in moved(read(german, "x.qif"))] == ["-119.00", "5950.00"]
    quicken = b"!Type:Bank\nD2/ 5'26\nT-119.00\n^\nD2/16'26\nT5,950.00\n^\n"
    days = [e.booked.isoformat() for e in read(quicken, "x.qif").records if isinstance(e, BankEntry)]
    assert days == ["2026-02-05", "2026-02-16"]
    unsure = read(b"!Type:Bank\nD02/05/2026\nT-119.00\n^\n", "x.qif")
    assert (moved(unsure), unsure.rows_rejected) == ([], 1)


def test_camt_in_an_archive() -> None:
    """One file for each day in a ZIP, as banks hand them out."""
    import io
    import zipfile

    sample = Path(__file__).parent / "data" / "documents"
    camt = next(path for path in sorted(sample.rglob("*.xml")) if b"camt.053" in path.read_bytes()[:400])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", camt.read_bytes())
    inside = intake.read(Blob("camt.zip", out.getvalue(), "d"), BERLIN)
    assert len(moved(inside)) == len(moved(read(camt.read_bytes(), camt.name))) > 0


def test_words_without_a_direction_say_none() -> None:
    """An unknown word is neither."""
    assert [directions.direction(word) for word in ("Karte", "", "Überweisung")] == [0, 0, 0]


def test_all_without_signs_is_a_doubt() -> None:
    """A table whose amounts are all without a sign says so: each may be money out."""
    found = table("Datum;Text;Betrag;Währung\n05.02.2026;A;1,00;EUR\n06.02.2026;B;2,00;EUR\n")
    assert "no-signs" in codes(found)
    assert as_plain.documents(found)
