"""What a bookkeeper hands out: monthly evaluation, totals and balances, lists of vouchers; the margin they carry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.intake.documents import codes, only, read
from tests.intake.papers import printed
from tests.intake.test_chains import case, given

from heller.damage.margin import margin
from heller.intake.books.months import month
from heller.model.kinds.fact import Fact
from heller.model.kinds.posting import Posting
from heller.model.kinds.summary import Summary
from heller.model.value import Support

BWA = given("bwa.csv")


def test_the_given_evaluation() -> None:
    """Takings, goods and gross profit of each month; where the three agree they are proven."""
    values = only(read(BWA, "bwa.csv"), Summary).values
    assert (values["gross_profit 2026-02"].value, values["gross_profit 2026-02"].grade) == (
        "13000.00",
        Support.PROVEN,
    )
    assert values["gross_profit 2026-02"].source is not None
    assert values["gross_profit 2026-02"].source.place == "row 4 column 3"
    odd = read(BWA.replace(b"13.000,00", b"13.500,00"), "bwa.csv")
    assert "bwa-open" in codes(odd)


@pytest.mark.parametrize(
    "heading", ["Feb/2026", "Februar 2026", "02/2026", "2026-02", "Feb. 26", "FEB 2026", "02.2026", "Feb 26"]
)
def test_months_of_bookkeepers(heading: str) -> None:
    """As they head their columns."""
    assert month(heading) == date(2026, 2, 1)


def test_the_margin_rests_on_the_evaluation() -> None:
    """Where such a paper lies there, the margin is not only a typed figure: its months, its places, its range."""
    found = margin(case(BWA), date(2026, 3, 10))
    assert found.share == (Decimal(43000) / Decimal(71000)).quantize(Decimal("0.0001"))
    assert (found.low, found.high) == (Decimal("0.6000"), Decimal("0.6190"))
    assert not found.stated
    assert found.sources
    typed = margin(case(BWA, noted=[Fact("shop.margin", "0.9")]), date(2026, 3, 10))
    assert (typed.share, typed.stated) == (found.share, False)
    assert "damage.margin_differs" in {finding.code for finding in typed.findings}


SUSA = (
    "Summen und Saldenliste {month}\nKonto;Bezeichnung;EB-Wert;Soll;Haben;Saldo\n"
    "1200;Bank;1000,00;500,00;300,00;1200,00\n"
    "8400;Erlöse 19 % USt;;;50.000,00;50.000,00 H\n3400;Wareneingang 19 % Vorsteuer;;20.000,00;;20.000,00 S\n"
    "4120;Gehälter;;15.000,00;;15.000,00 S\n10000;Kunde;;1,00;;1,00\n"
)


def test_totals_and_balances_are_postings_of_their_month() -> None:
    """Accounts of profit and loss with what they moved; others are named as not used."""
    found = read(SUSA.format(month="02/2026").encode("cp1252"), "susa.csv")
    booked = {(p.debit, p.credit): p.amount.cents for p in found.records if isinstance(p, Posting)}
    assert booked == {("9000", "8400"): 5000000, ("3400", "9000"): 2000000, ("4120", "9000"): 1500000}
    assert {p.day for p in found.records if isinstance(p, Posting)} == {date(2026, 2, 28)}
    assert "rows-unused" in codes(found)
    assert (found.rows, found.rows_rejected) == (5, 0)


def test_the_margin_rests_on_totals_and_balances() -> None:
    """Three months of them carry a margin with its accounts."""
    files = [SUSA.format(month=f"0{n}/2026").encode() for n in (1, 2, 3)]
    found = margin(case(*files), date(2026, 4, 10))
    assert found.share == Decimal("0.6000")
    assert {one.account[:4] for one in found.books.accounts} >= {"8400", "3400"}


@pytest.mark.parametrize(
    "content",
    [
        "Konto;Bezeichnung;Soll;Haben;Saldo\n8400;Erlöse;;1,00;1,00\n",
        "Liste 02/2026\nKonto;Bezeichnung;Soll;Haben;Saldo\n1200;Bank;1,00;;1,00\n",
    ],
)
def test_balances_without_a_month_or_takings_are_refused(content: str) -> None:
    """No month, no known chart: a question."""
    found = read(content.encode(), "x.csv")
    assert not found.records
    assert codes(found) & {"balances-month", "balances-chart"}


def test_a_list_of_vouchers() -> None:
    """How many, and their sums; a sum row is left out."""
    values = only(read(given("lexoffice.csv"), "x.csv"), Summary).values
    assert (values["receipts"].value, values["gross"].value, values["net"].value) == (1, "119.00", "100.00")
    more = (
        given("lexoffice.csv").decode().rstrip()
        + "\n06.02.2026;R-2;B;x;11,90;10,00;1,90;19;offen\nSumme;;;;130,90;110,00;20,90;;\n"
    )
    found = read(more.encode(), "x.csv")
    assert only(found, Summary).values["gross"].value == "130.90"
    assert "row.sum" in codes(found)


EVALUATION = [
    "Muster Versand GmbH                    Kurzfristige Erfolgsrechnung Februar 2026",
    "BWA-Form: 01                           SKR 03",
    "",
    "Bezeichnung                        Feb/2026   % Ges.-   Jan/2026 - Feb/2026",
    "                                              Leistg.",
    "Umsatzerlöse                      50.000,00    100,00             71.000,00",
    "Best.Verdg. FE/UE                      0,00      0,00                  0,00",
    "Material-/Wareneinkauf            20.000,00     40,00             28.000,00",
    "Rohertrag                         30.000,00     60,00             43.000,00",
    "Personalkosten                    15.000,00     30,00             30.000,00",
]
QUARTER = [
    "Betriebswirtschaftliche Auswertung",
    "Bezeichnung                   Jan 2026       Feb 2026       Mrz 2026",
    "Umsatzerlöse                 50.000,00      21.000,00      52.000,00",
    "Wareneinsatz                 20.000,00       8.000,00      21.000,00",
    "Rohertrag                    30.000,00      13.000,00      31.000,00",
]
BALANCES = [
    "Summen- und Saldenliste {month}            SKR03",
    "",
    "Konto Bezeichnung                        EB-Wert         Soll        Haben            Saldo",
    "1200  Bank                              1.000,00       500,00       300,00         1.200,00 S",
    "8400  Erlöse 19 % USt                                             50.000,00        50.000,00 H",
    "3400  Wareneingang 19 % Vorsteuer                   20.000,00                      20.000,00 S",
    "4120  Gehälter                                      15.000,00                      15.000,00 S",
    "      Summe                              1.000,00   35.500,00     50.300,00",
]


def test_a_printed_evaluation() -> None:
    """As a bookkeeper prints it: the month's column, not its percentages nor the sum of the year."""
    values = only(read(printed(EVALUATION), "bwa.pdf"), Summary).values
    assert {key: value.value for key, value in values.items()} == {
        "revenue 2026-02": "50000.00",
        "goods 2026-02": "20000.00",
        "gross_profit 2026-02": "30000.00",
        "wages 2026-02": "15000.00",
    }
    assert values["gross_profit 2026-02"].grade is Support.PROVEN
    broken = [line.replace("20.000,00", "2o.000,00") for line in EVALUATION]
    assert "goods 2026-02" not in only(read(printed(broken), "bwa.pdf"), Summary).values


def test_the_margin_rests_on_printed_papers() -> None:
    """Three months of an evaluation, or of totals and balances with their accounts, as PDFs."""
    found = margin(case(printed(QUARTER)), date(2026, 3, 10))
    assert found.share == (Decimal(43000) / Decimal(71000)).quantize(Decimal("0.0001"))
    files = [printed([line.replace("{month}", f"0{n}/2026") for line in BALANCES]) for n in (1, 2, 3)]
    found = margin(case(*files), date(2026, 4, 10))
    assert found.share == Decimal("0.6000")
    assert {one.account[:4] for one in found.books.accounts} >= {"8400", "3400"}


def test_an_amount_of_an_evaluation_that_cannot_be_read_is_a_doubt() -> None:
    """It is never taken for nothing."""
    found = read(BWA.replace(b"8.000,00", b"8.0x0,00"), "bwa.csv")
    assert "bwa-unread" in codes(found)
