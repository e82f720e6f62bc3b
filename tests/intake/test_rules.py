"""The business rules of EN 16931: what is whole breaks none, what is broken is named by its rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.intake.documents import DATA, SHARED, blob, cii, pdf_with

from heller.cli import app
from heller.intake.einvoice import en16931
from heller.intake.einvoice.xml import Source
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Weight

UBL = (DATA / "01.02a-INVOICE_ubl.xml").read_bytes()
CII = (DATA / "01.02a-INVOICE_uncefact.xml").read_bytes()


def broken(data: bytes) -> dict[str, Finding]:
    """The broken rules by name; without what is only noted."""
    found = en16931.check(data, Source("d"))
    return {f.source.raw: f for f in found if f.source and f.weight is Weight.WARNING}


@pytest.mark.parametrize("data", [UBL, CII, (DATA / "01.17a-INVOICE_ubl.xml").read_bytes()])
def test_whole_invoices_break_no_rule(data: bytes) -> None:
    """XRechnung in both syntaxes: the rules of other profiles do not count against it."""
    assert broken(data) == {}


@pytest.mark.parametrize(
    ("pattern", "by", "rule"),
    [
        (rb"<cbc:ID>123456</cbc:ID>", b"", "BR-02"),
        (rb"<cbc:IssueDate>2016-06-21</cbc:IssueDate>", b"", "BR-03"),
        (rb"(<cbc:TaxInclusiveAmount[^>]*>)[\d.]+", rb"\g<1>13.60", "BR-CO-15"),
        (rb"(<cbc:TaxExclusiveAmount[^>]*>)11.78", rb"\g<1>10.78", "BR-CO-13"),
        (rb"(<cbc:DocumentCurrencyCode>)EUR", rb"\g<1>EURO", "BR-CL-04"),
    ],
)
def test_a_broken_invoice_in_ubl_is_named_by_its_rule(pattern: bytes, by: bytes, rule: str) -> None:
    """Missing terms, sums that do not add up and codes that do not exist, each by the rule of the standard."""
    data, changed = re.subn(pattern, by, UBL, count=1)
    assert changed and rule in broken(data)


@pytest.mark.parametrize(
    ("pattern", "by", "rule"),
    [
        (rb"<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>", b"", "BR-05"),
        (rb"(<ram:GrandTotalAmount[^>]*>)[\d.]+", rb"\g<1>13.60", "BR-CO-15"),
        (rb"(<ram:TaxBasisTotalAmount[^>]*>)11.78", rb"\g<1>10.78", "BR-CO-13"),
    ],
)
def test_a_broken_invoice_in_cii_is_named_by_its_rule(pattern: bytes, by: bytes, rule: str) -> None:
    """The same rules in the other syntax, though XRechnung is no profile of Factur-X."""
    data, changed = re.subn(pattern, by, CII, count=1)
    assert changed and rule in broken(data)


def test_a_rule_that_is_broken_in_many_places_is_one_finding() -> None:
    """The places of one sentence are counted, the first is named."""
    data = re.sub(
        rb"(<cac:InvoiceLine>\s*)<cbc:ID>[^<]*</cbc:ID>",
        rb"\1",
        (DATA / "01.17a-INVOICE_ubl.xml").read_bytes(),
    )
    found = broken(data)["BR-21"]
    assert "count" in found.text.args and found.source is not None and "InvoiceLine" in found.source.place


def test_what_is_older_than_the_standard_is_said() -> None:
    """ZUGFeRD 1.0 is not held against rules that came later, and that is said."""
    old = b'<r:CrossIndustryDocument xmlns:r="urn:ferd:CrossIndustryDocument:invoice:1p0"></r:CrossIndustryDocument>'
    assert [f.code for f in en16931.check(old, Source("d"))] == ["no-rules"]


def test_without_the_extra_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading does not need it; who asks for the rules is told what to install."""
    monkeypatch.setattr(en16931, "missing", lambda: True)
    with pytest.raises(InputRefused) as caught:
        en16931.check(UBL, Source("d"))
    assert "heller[validate]" in str(caught.value.do)


def test_the_command_names_the_rule_and_still_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken rule is a finding beside the values, also in the PDF around the data; exit code 0."""
    file = tmp_path / "rechnung.pdf"
    file.write_bytes(pdf_with({"factur-x.xml": cii([10000], 1900, gross=12000)}))
    assert app.run(["read", str(file), "--rules", "--json", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "BR-CO-15" in said and '"value": "120.00"' in said


def test_a_file_without_an_invoice_cannot_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing found is not passed off as nothing broken."""
    file = tmp_path / "a.eml"
    file.write_bytes(b"From: a@example.org\nDate: Thu, 12 Feb 2015 09:31:00 +0100\nSubject: x\n\nb")
    assert app.run(["read", str(file), "--rules", "--json", "--lang", "en"]) == 3
    assert "no e-invoice" in capsys.readouterr().out


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of samples is not there")
def test_the_samples_of_the_standard_break_no_rule() -> None:
    """CEN's and Peppol's own examples."""
    for path in sorted((SHARED / "en16931").glob("*.[xX]*")):
        assert broken(blob(path.read_bytes()).data) == {}, path.name
