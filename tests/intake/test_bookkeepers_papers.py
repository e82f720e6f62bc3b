"""What a bookkeeper hands out: monthly evaluation, totals and balances, lists of vouchers; the margin they carry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.intake.documents import codes, only, read
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
