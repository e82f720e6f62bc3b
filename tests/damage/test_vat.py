"""Net or gross: by the firm's status and the document, with the reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heller.damage import vat
from heller.damage.receipts import amount_borne
from heller.model.case import Case, Exhibit
from heller.model.finding import Locator
from heller.model.kinds.fact import Fact
from heller.model.kinds.invoice import Invoice
from heller.model.money import Money
from heller.model.record import Reading

NOW = datetime(2015, 3, 1, tzinfo=UTC)
BILL = Invoice(
    "R-1", date(2015, 2, 6), "Funkladen Beispiel GmbH", Money(10000), Money(1900), Money(11900), Locator("d")
)


def borne(invoice: Invoice, **facts: str) -> tuple[Money, str]:
    """What the firm bears of an invoice, and why more than the net."""
    noted = tuple(Fact(f"firm.{key}", value) for key, value in facts.items())
    exhibit = Exhibit(1, "d", "r.xml", "", 1, NOW, 2, Reading("x", "x", (invoice,)))
    case = vat.apply(Case("c", NOW, (exhibit,), noted))
    (found,) = case.records(Invoice)
    why = vat.why(case, found.borne_why).id if found.borne_why else ""
    return amount_borne(found, vat.status(case).net), why


@pytest.mark.parametrize(
    ("facts", "want"),
    [
        ({"deducts_input_vat": "yes"}, 10000),
        ({}, 10000),  # nobody said: the lower amount
        ({"deducts_input_vat": "no"}, 11900),
        ({"small_business": "yes"}, 11900),
        ({"small_business": "yes", "deducts_input_vat": "yes"}, 11900),
        ({"deducts_input_vat": "yes", "input_vat_share": "0.4"}, 11140),
        ({"deducts_input_vat": "yes", "input_vat_since": "2015-03-01"}, 11900),
        ({"deducts_input_vat": "yes", "input_vat_since": "2015-02-06"}, 10000),
    ],
)
def test_the_status_of_the_firm_decides(facts: dict[str, str], want: int) -> None:
    """§ 15 UStG: what is deducted is no damage; a share is split to the cent."""
    assert borne(BILL, **facts)[0] == Money(want)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"taxes": ("ZF_INSURANCE_TAX",)}, "not VAT"),
        ({"untaxed": True}, "§ 14c"),
        ({"tax_ids": ("FR12345678901",)}, "foreign"),
        ({"number": "", "gross": Money(25001)}, "number"),
        ({"seller": ""}, "seller"),
    ],
)
def test_a_document_that_does_not_fit_bears_no_input_tax(change: dict[str, object], word: str) -> None:
    """The whole tax is borne, and the reason is said."""
    invoice: Invoice = replace(BILL, **change)
    amount, why = borne(invoice, deducts_input_vat="yes")
    assert amount == Money(11900)
    assert word in why


@pytest.mark.parametrize(
    "change", [{"taxes": ("VAT",)}, {"tax_ids": ("FR12345678901", "DE123456789")}, {"number": ""}]
)
def test_what_fits_counts_net(change: dict[str, object]) -> None:
    """A receipt up to 250 EUR needs no number (§ 33 UStDV); a German tax number makes no foreign tax."""
    assert borne(replace(BILL, **change), deducts_input_vat="yes") == (Money(10000), "")


def test_a_contradiction_is_a_doubt() -> None:
    """A small business deducts nothing."""
    facts = (Fact("firm.small_business", "yes"), Fact("firm.deducts_input_vat", "yes"))
    assert {f.code for f in vat.doubts(Case("c", NOW, (), facts))} == {"damage.vat_status"}
    assert {f.code for f in vat.doubts(Case("c", NOW))} == {"damage.vat"}


@given(st.integers(0, 10**7), st.integers(0, 10**6), st.integers(0, 100))
def test_what_is_borne_lies_between_net_and_gross(net: int, tax: int, share: int) -> None:
    """Whatever the share, the firm bears at least the net and at most the gross."""
    bill = replace(BILL, net=Money(net), vat=Money(tax), gross=Money(net + tax))
    amount, _ = borne(bill, deducts_input_vat="yes", input_vat_share=str(Decimal(share) / 100))
    assert Money(net) <= amount <= Money(net + tax)


@pytest.mark.parametrize("key", ["input_vat_share", "input_vat_since"])
@pytest.mark.parametrize("value", ["soon", "7", "NaN"])
def test_a_status_that_cannot_be_read_is_a_doubt(key: str, value: str) -> None:
    """It is left out and said; the receipt then counts net, the lower amount."""
    assert borne(BILL, deducts_input_vat="yes", **{key: value})[0] == Money(10000)
    noted = (Fact("firm.deducts_input_vat", "yes"), Fact(f"firm.{key}", value))
    assert [found.code for found in Case("c", NOW, (), noted).facts.findings] == ["fact.odd"]


@pytest.mark.parametrize("key", ["input_vat_share", "input_vat_since"])
def test_a_status_that_is_open_again_is_no_doubt(key: str) -> None:
    """An empty value takes the fact back, as if nobody had said it: nothing is odd, the receipt counts net."""
    assert borne(BILL, deducts_input_vat="yes", **{key: ""})[0] == Money(10000)
    noted = (Fact(f"firm.{key}", "soon"), Fact(f"firm.{key}", ""))
    assert Case("c", NOW, (), noted).facts.findings == ()
