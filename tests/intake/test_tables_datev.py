"""DATEV's postings: a real export, days without a year, both sides, lines that are damaged."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller import intake
from heller.intake.readers import customer_claims, datev
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.kinds.posting import Posting
from heller.model.money import Money
from heller.model.record import Blob, Reading

SAMPLE = Path(__file__).parent / "data" / "tables" / "EXTF_Buchungsstapel.csv"
BERLIN = ZoneInfo("Europe/Berlin")
HEAD = (
    '"EXTF";700;21;"Buchungsstapel";9;20150306102500000;;"";"";"";1001;456;{year};{length};{first};{last};'
    '"";"";1;;0;"{money}";"";"";"";"";"{chart}";;;"";""\r\n'
)
NAMES = "Umsatz;S/H;WKZ;Kurs;Basis;WKZ Basis;Konto;Gegenkonto;BU;Belegdatum;Belegfeld 1;Belegfeld 2;Skonto;Text\r\n"


def blob(content: str, name: str = "EXTF.csv") -> Blob:
    """A file in the characters of Windows."""
    data = content.encode("cp1252")
    return Blob(name, data, sha256(data).hexdigest())


def read(
    *lines: str,
    first: str = "20140101",
    last: str = "20141231",
    year: str = "20140101",
    length: str = "4",
    money: str = "EUR",
    chart: str = "03",
) -> Reading:
    """A batch of some lines."""
    head = HEAD.format(year=year, length=length, first=first, last=last, money=money, chart=chart)
    return datev.read(blob(head + NAMES + "".join(f"{line}\r\n" for line in lines)), BERLIN)


def postings(reading: Reading) -> list[Posting]:
    """The postings of a reading."""
    return [record for record in reading.records if isinstance(record, Posting)]


def test_a_real_export() -> None:
    """The sample of ledermann/datev: two bookings of February 2018, beside the summary of the batch."""
    data = SAMPLE.read_bytes()
    found = intake.read(Blob(SAMPLE.name, data, sha256(data).hexdigest()), BERLIN)
    assert found.reader == "datev"
    book, fee = postings(found)
    assert (book.day, book.amount, book.debit, book.credit) == (
        date(2018, 2, 21),
        Money(2495),
        "4940",
        "1200",
    )
    assert (book.tax_key, book.text) == ("8", "Fachbuch: Controlling für Dummies")
    assert (fee.day, fee.amount, fee.debit, fee.credit) == (date(2018, 2, 22), Money(595000), "10000", "8400")
    assert fee.voucher == "RE201802-135"
    assert (found.rows, found.rows_rejected, found.findings) == (2, 0, ())


def test_days_get_their_year_from_the_batch() -> None:
    """TTMM in a batch over New Year; three figures are the first nine days."""
    found = postings(
        read("1,00;S;;;;;3400;70000;;2812", "1,00;S;;;;;3400;70000;;501", first="20141201", last="20150131")
    )
    assert [p.day for p in found] == [date(2014, 12, 28), date(2015, 1, 5)]


def test_accounts_are_cut_to_four_figures() -> None:
    """Six figures of the ledger are four and two; debtors and creditors have one more and stay."""
    (one,) = postings(read("1,00;H;;;;;840000;1000000;;101", length="6"))
    assert (one.debit, one.credit, one.chart) == ("1000000", "8400", "SKR03")


def test_an_amount_below_zero_changes_the_sides() -> None:
    """What is turned round is the same booking the other way."""
    (one,) = postings(read("-1,00;S;;;;;3400;70000;;101"))
    assert (one.amount, one.debit, one.credit) == (Money(100), "70000", "3400")


def test_currency_key_and_chart() -> None:
    """A line may name its currency; a leading zero of the key goes; a chart that is not known is none."""
    first, second = postings(
        read("1,00;S;USD;;;;3400;70000;09;101", "1,00;S;;;;;3400;70000;;102", money="CHF", chart="49")
    )
    assert (first.amount.currency, first.tax_key, first.chart) == ("USD", "9", "")
    assert second.amount.currency == "CHF"


@pytest.mark.parametrize(
    "line",
    [
        "x;S;;;;;3400;70000;;101",
        "1,234;S;;;;;3400;70000;;101",
        "1,00;Q;;;;;3400;70000;;101",
        "1,00;S;;;;;34a0;70000;;101",
        "1,00;S;;;;;3400;70000;;3202",
        "1,00",
    ],
)
def test_a_damaged_line_is_named(line: str) -> None:
    """The other lines are read; this one costs a finding with its number."""
    found = read("1,00;S;;;;;3400;70000;;101", line)
    assert (len(postings(found)), found.rows, found.rows_rejected) == (1, 2, 1)
    (finding,) = found.findings
    assert finding.text.args["row"] == 4


@given(st.text(max_size=300))
def test_whatever_stands_in_it_nothing_is_thrown(tail: str) -> None:
    """Any text behind the header gives postings or findings."""
    head = HEAD.format(
        year="20140101", length="4", first="20140101", last="20141231", money="EUR", chart="03"
    )
    data = (head + NAMES + tail).encode("utf-8", "replace")
    found = intake.read(Blob("x", data, "0" * 64), BERLIN)
    assert found.records or found.findings
    assert len(postings(found)) <= found.rows


CLAIMS = "Kunde;Gefordert am;Forderung;Grund;Bezahlt am\n"


def claims(*rows: str) -> Reading:
    """A table of customers' claims."""
    return customer_claims.read(
        blob(CLAIMS + "".join(f"{row}\n" for row in rows), "kundenforderungen.csv"), BERLIN
    )


def test_claims_of_customers() -> None:
    """Paid or open, in any order of the columns; the table is known by its headings."""
    found = claims("Muster GmbH;16.02.2015;500,00;Vertragsstrafe;02.03.2015", "B;17.02.2015;80,00;;offen")
    paid, open_ = found.records
    assert isinstance(paid, CustomerClaim) and isinstance(open_, CustomerClaim)
    assert (paid.customer, paid.amount, paid.paid) == ("Muster GmbH", Money(50000), date(2015, 3, 2))
    assert open_.paid is None
    content = (CLAIMS + "A;16.02.2015;5,00;;\n").encode()
    assert intake.read(Blob("x.csv", content, "0" * 64), BERLIN).reader == "customer_claims"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A;16.02.2015;0,00;;", "row.unreadable"),
        ("A;16.02.2015;5,00;;gestern", "row.unreadable"),
        (";16.02.2015;5,00;;", "row.empty"),
        ("B;16.02.2015;5,00;;", "customer_claim.twice"),
    ],
)
def test_a_claim_that_cannot_be_read(row: str, code: str) -> None:
    """It is rejected with its reason; the other row stays."""
    found = claims("B;16.02.2015;5,00;;", row)
    assert len(found.records) == 1
    assert [f.code for f in found.findings] == [code]
