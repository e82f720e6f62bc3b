"""What the tests of documents share: samples, blobs, and writers of small invoices and statements."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from heller import intake
from heller.model.record import Blob, Reading, Record

BERLIN = ZoneInfo("Europe/Berlin")
DATA = Path(__file__).parent / "data" / "documents"
SHARED = Path(__file__).parents[3] / "shared" / "samples" / "intake"

R = TypeVar("R", bound=Record)


def blob(data: bytes, name: str = "file") -> Blob:
    """A file as it is taken in."""
    return Blob(name, data, hashlib.sha256(data).hexdigest())


def sample(name: str) -> Blob:
    """One of the third parties' files."""
    return blob((DATA / name).read_bytes(), name)


def read(data: bytes, name: str = "file") -> Reading:
    """What the best reader says."""
    return intake.read(blob(data, name), BERLIN)


def only(reading: Reading, kind: type[R]) -> R:
    """The one record of a kind that a reading holds."""
    (record,) = (r for r in reading.records if isinstance(r, kind))
    return record


def codes(reading: Reading) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in reading.findings}


def euros(cents: int) -> str:
    """Cents as XML writes them."""
    return str(Decimal(cents) / 100)


def cii(
    lines: Sequence[int],
    vat: int,
    *,
    number: str = "RE-2015/17",
    seller: str = "Funkladen Beispiel GmbH",
    issued: date = date(2015, 2, 6),
    net: int | None = None,
    gross: int | None = None,
    kind: str = "380",
    charge: int = 0,
    payee: str = "",
    iban: str = "",
    quantity: int = 1,
) -> bytes:
    """A Factur-X invoice of some lines; `net` and `gross` may contradict them."""
    net = sum(lines) + charge if net is None else net
    gross = net + vat if gross is None else gross
    items = "".join(
        f"""<ram:IncludedSupplyChainTradeLineItem>
        <ram:SpecifiedTradeProduct><ram:Name>Ware {n}</ram:Name></ram:SpecifiedTradeProduct>
        <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">{quantity}.0000</ram:BilledQuantity>
        </ram:SpecifiedLineTradeDelivery>
        <ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>
        <ram:LineTotalAmount>{euros(line)}</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
        </ram:IncludedSupplyChainTradeLineItem>"""
        for n, line in enumerate(lines, 1)
    )
    extra = (
        f"""<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>{str(charge > 0).lower()}
        </udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>{euros(abs(charge))}</ram:ActualAmount>
        </ram:SpecifiedTradeAllowanceCharge>"""
        if charge
        else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
      xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
      xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
    <rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>{kind}</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString>{issued:%Y%m%d}</udt:DateTimeString></ram:IssueDateTime>
    </rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>{items}
    <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>{seller}</ram:Name></ram:SellerTradeParty>
    <ram:BuyerTradeParty><ram:Name>Musterversand Beispiel GmbH</ram:Name></ram:BuyerTradeParty>
    </ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement>
    <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
    <ram:PayeeTradeParty><ram:Name>{payee}</ram:Name></ram:PayeeTradeParty>
    <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{iban}
    </ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
    <ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode></ram:ApplicableTradeTax>{extra}
    <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    <ram:TaxBasisTotalAmount>{euros(net)}</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="EUR">{euros(vat)}</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>{euros(gross)}</ram:GrandTotalAmount>
    </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
    </rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def ubl(
    lines: Sequence[int],
    vat: int,
    *,
    payee: str = "",
    iban: str = "",
    quantity: int = 1,
    net: int | None = None,
) -> bytes:
    """The invoice that `cii` writes, as UBL."""
    net = sum(lines) if net is None else net
    items = "".join(
        f"""<cac:InvoiceLine><cbc:InvoicedQuantity unitCode="C62">{quantity}</cbc:InvoicedQuantity>
        <cbc:LineExtensionAmount currencyID="EUR">{euros(line)}</cbc:LineExtensionAmount>
        <cac:Item><cbc:Name>Ware {n}</cbc:Name></cac:Item></cac:InvoiceLine>"""
        for n, line in enumerate(lines, 1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <cbc:ID>RE-2015/17</cbc:ID><cbc:IssueDate>2015-02-06</cbc:IssueDate>
    <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
    <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity>
    <cbc:RegistrationName>Funkladen Beispiel GmbH</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
    </cac:AccountingSupplierParty>
    <cac:PayeeParty><cac:PartyName><cbc:Name>{payee}</cbc:Name></cac:PartyName></cac:PayeeParty>
    <cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>{iban}</cbc:ID></cac:PayeeFinancialAccount>
    </cac:PaymentMeans>
    <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{euros(vat)}</cbc:TaxAmount></cac:TaxTotal>
    <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">{euros(net)}</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">{euros(sum(lines) + vat)}</cbc:TaxInclusiveAmount>
    </cac:LegalMonetaryTotal>{items}</Invoice>""".encode()


def pdf_with(attached: dict[str, bytes], password: str = "") -> bytes:
    """A PDF of one empty page with files attached."""
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name, data in attached.items():
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
    out = BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


def mt940(
    entries: Sequence[tuple[date, int, str, str]], *, opening: int = 0, closing: int | None = None
) -> bytes:
    """A German MT940 statement: day, cents, partner and purpose of each entry."""

    def comma(cents: int) -> str:
        return f"{abs(cents) // 100},{abs(cents) % 100:02}"

    def mark(cents: int) -> str:
        return "D" if cents < 0 else "C"

    closing = opening + sum(cents for _, cents, _, _ in entries) if closing is None else closing
    lines = [":20:STARTUMSE", ":25:37040044/0532013000", ":28C:00004/001"]
    lines.append(f":60F:{mark(opening)}150203EUR{comma(opening)}")
    for day, cents, partner, purpose in entries:
        lines.append(f":61:{day:%y%m%d%m%d}{mark(cents)}R{comma(cents)}N026NONREF")
        parts = [purpose[i : i + 27] for i in range(0, len(purpose), 27)]
        numbered = "".join(f"?{20 + n}{part}" for n, part in enumerate(parts))
        lines.append(f":86:020?00EINZUG?10931{numbered}?30COBADEFFXXX?32{partner[:27]}?33{partner[27:]}")
    lines += [f":62F:{mark(closing)}150228EUR{comma(closing)}", "-"]
    return "\r\n".join(lines).encode("cp1252")
