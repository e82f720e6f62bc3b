"""When the VAT of an invoice cannot be deducted in Germany, by what stands on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from heller.law.de.vat import VAT
from heller.model.finding import Locator
from heller.model.kinds.invoice import Invoice, NoDeduction
from heller.model.money import Money

BILL = Invoice(
    "R-1", date(2015, 2, 6), "Funkladen Beispiel GmbH", Money(10000), Money(1900), Money(11900), Locator("d")
)
BIG = {"gross": Money(25_001), "number": ""}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"taxes": ("VAT",)}, None),
        ({"taxes": ("IPT",)}, NoDeduction.NOT_VAT),
        ({"untaxed": True}, NoDeduction.WITHOUT_RIGHT),
        ({"tax_ids": ("ATU12345678",)}, NoDeduction.FOREIGN),
        ({"tax_ids": ("ATU12345678", "DE123456789")}, None),
        (BIG, NoDeduction.NO_NUMBER),
        ({**BIG, "gross": Money(25_000)}, None),
        ({"seller": ""}, NoDeduction.NO_SELLER),
    ],
)
def test_what_stands_on_an_invoice_decides(change: dict[str, Any], why: NoDeduction | None) -> None:
    """§ 15 UStG with § 14 and, up to 250 euros, § 33 UStDV; each German refusal has its words or the common ones."""
    assert VAT.refusal(replace(BILL, **change)) is why


def test_the_usual_rate_is_that_of_its_day() -> None:
    """§§ 12, 28 UStG: 16 % in the second half of 2020; on a day before the book begins the lower amount, none."""
    days = (date(2020, 6, 30), date(2020, 7, 1), date(2021, 1, 1), date(1990, 1, 1))
    assert [str(VAT.rate(day)) for day in days] == ["0.19", "0.16", "0.19", "0"]
