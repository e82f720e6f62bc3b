"""E-invoices: what they state is read to the cent, and their sums are proven or doubted."""

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, SHARED, blob, cii, codes, only, read, sample

from heller import intake
from heller.model.finding import Weight
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.summary import Summary
from heller.model.money import Money

CENTS = st.integers(-(10**9), 10**9)


def of(name: str) -> Invoice:
    """The invoice in a sample."""
    return only(read(sample(name).data, name), Invoice)


@pytest.mark.parametrize("name", ["01.02a-INVOICE_ubl.xml", "01.02a-INVOICE_uncefact.xml"])
def test_one_invoice_in_two_syntaxes_is_one_invoice(name: str) -> None:
    """The XRechnung test suite states case 01.02a in UBL and in CII: both say the same."""
    found = of(name)
    assert (found.number, found.issued, found.seller) == ("123456", date(2016, 6, 21), "[Seller name]")
    assert (found.net, found.vat, found.gross) == (Money(1178), Money(82), Money(1260))
    assert found.proven_by == ("net+vat", "lines", "rates")


def test_places_lead_back_to_the_characters() -> None:
    """Every place names original, XPath and raw characters; '336.9' is kept as it was written."""
    file = sample("01.17a-INVOICE_ubl.xml")
    found = only(read(file.data), Invoice)
    gross = found.places["gross"]
    assert (gross.object, gross.place, gross.raw) == (
        file.digest,
        "/Invoice/LegalMonetaryTotal/TaxInclusiveAmount",
        "336.9",
    )
    assert set(found.places) >= {"number", "issued", "seller", "net", "vat", "gross"}
    assert found.gross == Money(33690)  # and not the 336.91 that are payable
    assert [line.source.place for line in found.lines] == [
        "/Invoice/InvoiceLine[1]/LineExtensionAmount",
        "/Invoice/InvoiceLine[2]/LineExtensionAmount",
    ]


def test_zugferd_of_2014() -> None:
    """ZUGFeRD 1.0 with its other element names, freight charge and allowance: the lines prove the net."""
    found = of("additional-data-sample-1.pdf")
    assert (found.number, found.seller) == ("R87654321012345", "MUSTERLIEFERANT GMBH")
    assert (found.net, found.vat, found.gross) == (Money(44899), Money(7000), Money(51899))
    assert "net+vat" in found.proven_by
    assert found.places["gross"].member == "ZUGFeRD-invoice.xml"


def test_tax_in_the_currency_of_the_invoice() -> None:
    """Where the tax is stated in pounds and in euros, the one in the invoice's currency counts."""
    file = read(sample("EXTENDED_Fremdwaehrung_wdis_fx-pdfa4.pdf").data)
    found = only(file, Invoice)
    assert found.vat == Money(16316, "GBP")
    assert found.net + found.vat == found.gross
    assert "foreign-currency" in codes(file)


def test_a_picture_with_another_number_is_noticed() -> None:
    """The pages of this PDF show RE-20190610/507, its data say RE-20201121/508."""
    reading = read(sample("MustangGnuaccountingBeispielRE-20201121_508_withBOM.pdf").data)
    assert only(reading, Invoice).number == "RE-20201121/508"
    assert "picture-number" in codes(reading)
    assert "picture-gross" not in codes(reading)


def test_a_picture_that_agrees_is_not_doubted() -> None:
    """No finding where number and gross amount stand on the page."""
    assert read(sample("fail_python-factur-x.pdf").data).findings == ()


@given(st.lists(CENTS, min_size=1, max_size=6), st.integers(0, 10**9), st.integers(-10000, 10000))
@settings(max_examples=40)
def test_what_is_stated_is_read_to_the_cent(lines: list[int], vat: int, charge: int) -> None:
    """Lines, allowance or charge, net, tax and gross come back exactly and prove each other."""
    found = only(read(cii(lines, vat, charge=charge)), Invoice)
    assert [line.net.cents for line in found.lines] == lines
    assert (found.net.cents, found.vat.cents) == (sum(lines) + charge, vat)
    assert found.proven_by[:2] == ("net+vat", "lines")


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(-500, 500).filter(bool))
@settings(max_examples=25)
def test_sums_that_contradict_each_other_prove_nothing(net: int, vat: int, off: int) -> None:
    """A gross that is off by a cent is kept as stated and doubted; so is a net that the lines miss."""
    reading = read(cii([net], vat, gross=net + vat + off))
    assert only(reading, Invoice).gross == Money(net + vat + off)
    assert only(reading, Invoice).proven_by == ("lines",)
    assert "sums-differ" in codes(reading)
    reading = read(cii([net + off], vat, net=net))
    assert only(reading, Invoice).proven_by == ("net+vat",)
    assert "lines-differ" in codes(reading)


def test_a_credit_note_is_marked_and_positive() -> None:
    """Type 381 sets `credit`; a correction (384) keeps its own sign."""
    credit = only(read(cii([1000], 190, kind="381")), Invoice)
    assert credit.credit
    assert credit.gross == Money(1190)
    correction = only(read(cii([-767], -112, kind="384")), Invoice)
    assert not correction.credit
    assert correction.gross == Money(-879)


def without(element: str) -> bytes:
    """An invoice without one of its elements."""
    return re.sub(rf"<ram:{element}\b[^>]*>[^<]*</ram:{element}>".encode(), b"", cii([1000], 190))


def test_what_is_missing_is_said() -> None:
    """One missing sum is worked out and said so, without a place; two, or the currency, cost the invoice."""
    reading = read(without("TaxBasisTotalAmount"))
    assert only(reading, Invoice).net == Money(1000)
    assert "net" not in only(reading, Invoice).places
    assert only(reading, Invoice).proven_by == ()
    assert "worked-out" in codes(reading)
    for element, code in (
        ("InvoiceCurrencyCode", "no-currency"),
        ("GrandTotalAmount", "worked-out"),
        ("ID", "no-number"),
    ):
        assert code in codes(read(without(element)))
    rest = only(read(without("InvoiceCurrencyCode")), Summary)
    assert (rest.values["number"].value, rest.values["currency"].value) == ("RE-2015/17", None)


def test_a_tax_that_is_no_vat_is_named() -> None:
    """Insurance tax is not deductible, so its name travels with the invoice."""
    assert "not-vat" in codes(read(cii([1000], 190).replace(b">VAT<", b">INS<")))


def test_names_and_entities_of_an_attacker_stay_outside() -> None:
    """A document type with entities, local files or a flood of characters is refused unread."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    data = cii([1000], 190, seller="&a;&b;").replace(b"?>", b"?>" + bomb, 1)
    reading = read(data)
    assert reading.records == ()
    assert codes(reading) == {"refused"}


def test_drafts_are_refused_with_a_reason() -> None:
    """A ZUGFeRD of before 1.0 is no invoice that could be read."""
    draft = b'<rsm:Invoice xmlns:rsm="urn:ferd:invoice:rc:comfort"><a/></rsm:Invoice>'
    reading = read(draft)
    assert reading.records == ()
    assert [finding.weight for finding in reading.findings] == [Weight.REFUSED]


def test_all_samples_of_the_corpus() -> None:
    """Every e-invoice of the wider corpus is read as its table says, field by field."""
    if not SHARED.exists():
        pytest.skip("the wider corpus is not here")
    for kind in ("xrechnung", "en16931", "zugferd-v1", "zugferd-v2"):
        with (SHARED / kind / "expected.csv").open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                _check(row, SHARED / kind / row["file"])


def _check(row: dict[str, str], path: Path) -> None:
    found = [
        r for r in intake.read(blob(path.read_bytes(), path.name), BERLIN).records if isinstance(r, Invoice)
    ]
    if row["outcome"] == "refuse":
        assert found == []
        return
    (one,) = found
    assert (one.number, one.issued.isoformat(), one.seller) == (row["number"], row["date"], row["seller"])
    for name in ("net", "vat", "gross"):
        assert not row[name] or getattr(one, name).decimal == Decimal(row[name])
    assert one.gross.currency == row["currency"]


def rated(*parts: tuple[str, str, str, str], note: str = "") -> bytes:
    """A Factur-X invoice of 10.00 with these rates: category, percentage, base, tax."""
    taxes = "".join(
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{tax}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:BasisAmount>{base}</ram:BasisAmount><ram:CategoryCode>{category}</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{percent}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
        for category, percent, base, tax in parts
    )
    data = cii([1000], 190).decode()
    data = re.sub(r"<ram:ApplicableTradeTax>.*?</ram:ApplicableTradeTax>", "", data, flags=re.DOTALL)
    at = data.index("<ram:SpecifiedTradeSettlementHeaderMonetarySummation>")
    said = f"<ram:IncludedNote><ram:Content>{note}</ram:Content></ram:IncludedNote>" if note else ""
    data = data[:at] + taxes + data[at:]
    return data.replace("</rsm:ExchangedDocument>", said + "</rsm:ExchangedDocument>").encode()


def test_tax_is_proven_by_its_rates() -> None:
    """Rate times base gives the tax, and the bases and taxes add up: a third path beside sums and lines."""
    reading = read(rated(("S", "19.00", "10.00", "1.90")))
    assert only(reading, Invoice).proven_by == ("net+vat", "lines", "rates")
    assert not [f for f in reading.findings if f.weight is not Weight.NOTE]
    assert "rates" not in only(read(rated(("S", "7.00", "10.00", "1.90"))), Invoice).proven_by


def test_a_rate_that_does_not_give_its_tax_is_doubted() -> None:
    """Beyond the rounding that EN 16931 allows (BR-CO-17), with both values."""
    assert "rate-differs" in codes(read(rated(("S", "7", "10.00", "1.90"), ("S", "19", "100.00", "7.00"))))


@pytest.mark.parametrize(
    "note", ["Kein Ausweis von Umsatzsteuer, da Kleinunternehmer", "Steuerfrei nach § 19 Abs. 1 UStG"]
)
def test_vat_of_a_small_business_is_doubted(note: str) -> None:
    """Whoever shows VAT owes it (§ 14c UStG), and nobody may deduct it."""
    assert "small-business-vat" in codes(read(rated(("S", "19", "10.00", "1.90"), note=note)))
    assert "small-business-vat" not in codes(read(rated(("S", "19", "10.00", "1.90"), note="Danke")))


def test_tax_on_a_part_that_is_free_of_it_is_doubted() -> None:
    """Reverse charge (AE) with 1.90 of tax: one of the two is wrong."""
    assert "exempt-with-tax" in codes(read(rated(("AE", "19", "10.00", "1.90"))))


def test_a_total_in_another_currency_is_doubted() -> None:
    """An invoice in euro whose gross amount is stated in dollars."""
    data = (sample("01.02a-INVOICE_ubl.xml").data).replace(
        b'TaxInclusiveAmount currencyID="EUR"', b'TaxInclusiveAmount currencyID="USD"'
    )
    assert "two-currencies" in codes(read(data))
