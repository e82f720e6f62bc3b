"""Lists of own vouchers and logs of journeys, as an office keeps them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.model.kinds.own_voucher import OwnVoucher
from heller.model.money import Money
from heller.model.record import Blob, Reading

BERLIN = ZoneInfo("Europe/Berlin")


def read(content: str, name: str = "liste.csv") -> Reading:
    """The table as a case reads it."""
    return intake.read(Blob(name, content.encode(), "0" * 64), BERLIN)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "Datum;Zweck;km;EUR je km\n16.03.2026;Fahrt zur Baustelle mit Plänen;48;0,30\n",
            ("own_costs", Money(1440), 48, Decimal(0)),
        ),
        ("Tag;Ziel;Kilometer;Satz\n16.03.2026;Labor;12;0,38\n", ("own_costs", Money(456), 12, Decimal(0))),
        (
            "Datum;Wofür;Schadensart;Betrag;USt-Satz\n16.03.2026;Fisch;Verdorbene Ware;86,00;\n",
            ("spoilt_goods", Money(8600), None, Decimal(0)),
        ),
        (
            "Date;Purpose;Head of loss;Amount;VAT rate;Guest\n2026-03-16;Room 12;Unpaid bill;107.00;7 %;A. Example\n",
            ("unpaid_bills", Money(10700), None, Decimal("0.07")),
        ),
    ],
)
def test_a_list_of_own_vouchers_is_read(content: str, expected: tuple[object, ...]) -> None:
    """Each row is one voucher under the head that it names."""
    found = read(content)
    (one,) = found.records
    assert isinstance(one, OwnVoucher) and found.reader == "own_vouchers"
    assert (one.head, one.gross, one.km, one.vat, one.at) == (*expected, date(2026, 3, 16))


def test_a_word_that_is_no_head_is_kept_and_asked() -> None:
    """The amount is not dropped for it."""
    found = read("Datum;Wofür;Schadensart;Betrag\n16.03.2026;Eis;Kühlkettenbruch;40,00\n")
    (one,) = found.records
    assert isinstance(one, OwnVoucher) and one.head == "own_costs"
    assert [finding.code for finding in found.findings] == ["own_voucher.head"]


def test_a_journey_without_kilometres_is_refused_with_its_row() -> None:
    """The other rows stay."""
    found = read("Datum;Zweck;km\n16.03.2026;A;viele\n17.03.2026;B;3\n")
    assert len(found.records) == 1 and any("viele" in str(finding) for finding in found.findings)
