"""Cross Industry Invoice: ZUGFeRD 1.0, ZUGFeRD 2.x and Factur-X, XRechnung in CII.

Names of version 1.0 (2014, `CrossIndustryDocument`) stand first, those of D16B after the bar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heller.intake.einvoice.draft import DocumentReference, Draft, DraftLine, Extra, Rate
from heller.intake.einvoice.xml import Source, Under, XmlValue, elements, every, first, words
from heller.intake.written import numbers
from heller.model.document_class import DocumentClass
from heller.model.finding import Locator

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DOCUMENT = "HeaderExchangedDocument|ExchangedDocument"
TRADE = "SpecifiedSupplyChainTradeTransaction|SupplyChainTradeTransaction"
AGREEMENT = "ApplicableSupplyChainTradeAgreement|ApplicableHeaderTradeAgreement"
SETTLEMENT = "ApplicableSupplyChainTradeSettlement|ApplicableHeaderTradeSettlement"
SUMS = "SpecifiedTradeSettlementMonetarySummation|SpecifiedTradeSettlementHeaderMonetarySummation"
LINE = "IncludedSupplyChainTradeLineItem"
LINE_SETTLEMENT = "SpecifiedSupplyChainTradeSettlement|SpecifiedLineTradeSettlement"
LINE_SUMS = "SpecifiedTradeSettlementMonetarySummation|SpecifiedTradeSettlementLineMonetarySummation"
LINE_DELIVERY = "SpecifiedSupplyChainTradeDelivery|SpecifiedLineTradeDelivery"
ACCOUNT = "PayeePartyCreditorFinancialAccount"
DELIVERY = "ApplicableSupplyChainTradeDelivery|ApplicableHeaderTradeDelivery"
NAMED = {  # what names other documents, under agreement, delivery and settlement (BT-12 to BT-17, BT-25)
    "QuotationReferencedDocument": DocumentClass.QUOTATION,
    "BuyerOrderReferencedDocument": DocumentClass.ORDER,
    "SellerOrderReferencedDocument": DocumentClass.ORDER_CONFIRMATION,
    "ContractReferencedDocument": DocumentClass.CONTRACT,
    "DespatchAdviceReferencedDocument|DeliveryNoteReferencedDocument": DocumentClass.DELIVERY_NOTE,
    "InvoiceReferencedDocument": DocumentClass.INVOICE,
}
SHORT_DAYS = {"2": "dmy", "3": "mdy", "4": "dmy"} | dict.fromkeys(
    ("101", "201", "202", "206", "207", "301", "302"), "ymd"
)  # codes of UNTDID 2379 whose first two figures are no century
NO_AMOUNT = frozenset({"GROUP", "INFORMATION"})  # lines that only head or explain other lines


def draft(root: Element, source: Source) -> Draft:
    """All that the document states."""
    header, trade = first(root, DOCUMENT), first(root, TRADE)
    agreement, settlement = first(trade, AGREEMENT), first(trade, SETTLEMENT)
    sums = first(settlement, SUMS)
    currency = words(settlement, "InvoiceCurrencyCode|OrderCurrencyCode|QuotationCurrencyCode") or _unit(
        first(sums, "GrandTotalAmount")
    )
    return Draft(
        source=Locator(source.digest, "", "", source.member),
        currency=currency,
        kind=source.stated(first(header, "TypeCode")),
        number=source.stated(first(header, "ID")),
        issued=_dated(first(header, "IssueDateTime", "DateTimeString|DateTime"), source),
        seller=source.stated(first(agreement, "SellerTradeParty", "Name")),
        buyer=source.stated(first(agreement, "BuyerTradeParty", "Name")),
        net=source.stated(_in(currency, sums, "TaxBasisTotalAmount")),
        vat=source.stated(_in(currency, sums, "TaxTotalAmount")),
        gross=source.stated(_in(currency, sums, "GrandTotalAmount")),
        payable=source.stated(first(sums, "DuePayableAmount")),
        lines=tuple(_lines(trade, source)),
        extras=tuple(_extras(settlement, source)),
        taxes=tuple(_taxes(settlement, source)),
        rates=tuple(_rates(settlement, source)),
        foreign=tuple(_foreign(currency, sums, source)),
        exempt=tuple(_exempt(header, settlement, source)),
        syntax="cii",
        payee=tuple(_payee(settlement)),
        named=tuple(_references((agreement, first(trade, DELIVERY), settlement), source)),
        prepaid=source.stated(_in(currency, sums, "TotalPrepaidAmount")),
        seller_ids=_ids(agreement, "SellerTradeParty"),
        buyer_ids=_ids(agreement, "BuyerTradeParty"),
    )


def _dated(element: Element | None, source: Source) -> XmlValue | None:
    """A day in the format that its code names (UNTDID 2379): those that begin with a century are read as they stand."""
    found = source.stated(element)
    code = "" if element is None else str(element.get("format", ""))
    match = re.match(r"(\d\d)(\d\d)(\d\d)", found.value, re.ASCII) if found else None
    if found is None or match is None or code not in SHORT_DAYS:
        return found
    parts = dict(zip(SHORT_DAYS[code], match.groups(), strict=True))
    year = found.value[4:8] if code == "4" else f"20{parts['y']}"
    return replace(found, raw=f"{year}-{parts['m']}-{parts['d']}")


def _ids(agreement: Element | None, role: str) -> tuple[str, ...]:
    """The tax numbers of a party (BT-31, BT-32, BT-48)."""
    if agreement is None:
        return ()
    return tuple(words(e) for e in every(agreement, role, "SpecifiedTaxRegistration", "ID") if words(e))


def _references(places: tuple[Element | None, ...], source: Source) -> list[DocumentReference]:
    """The documents that are named, those whose prepayment an extended profile states among them."""
    found: list[DocumentReference | None] = []
    for place in (p for p in places if p is not None):
        for names, of in NAMED.items():
            found += (_name(e, of, source) for e in every(place, names))
        advance = every(place, "SpecifiedAdvancePayment", "InvoiceSpecifiedReferencedDocument")
        found += (_name(e, DocumentClass.PARTIAL, source) for e in advance)
    return [one for one in found if one is not None]


def _name(document: Element, of: DocumentClass, source: Source) -> DocumentReference | None:
    number = source.stated(first(document, "IssuerAssignedID|ID"))
    day = words(document, "FormattedIssueDateTime", "DateTimeString") or words(document, "IssueDateTime")
    return DocumentReference(number, of, day) if number else None


def _unit(amount: Element | None) -> str:
    return "" if amount is None else str(amount.get("currencyID", ""))


def _in(currency: str, sums: Element | None, name: str) -> Element | None:
    """The sum in the currency of the invoice; the tax may be stated in a second currency as well."""
    if sums is None:
        return None
    found = [e for e in every(sums, name) if (e.text or "").strip()]
    own = [e for e in found if _unit(e) == currency] or [e for e in found if not _unit(e)] or found
    return own[0] if own else None


def _lines(trade: Element | None, source: Source) -> list[DraftLine]:
    found: list[DraftLine] = []
    for line in () if trade is None else elements(trade, LINE):
        if words(line.element, "AssociatedDocumentLineDocument", "LineStatusReasonCode") in NO_AMOUNT:
            continue
        net = first(line.element, LINE_SETTLEMENT, LINE_SUMS, "LineTotalAmount")
        if stated := source.stated(net, line):
            billed = numbers.plain(words(line.element, LINE_DELIVERY, "BilledQuantity"))
            found.append(DraftLine(_line_words(line), stated, billed))
    return found


def _payee(settlement: Element | None) -> list[str]:
    """The accounts (BT-84) and the name of the payee (BT-59)."""
    if settlement is None:
        return []
    accounts = every(settlement, "SpecifiedTradeSettlementPaymentMeans", ACCOUNT, "IBANID|ProprietaryID")
    return [*(words(account) for account in accounts), words(settlement, "PayeeTradeParty", "Name")]


def _line_words(line: Under) -> str:
    name = words(line.element, "SpecifiedTradeProduct", "Name")
    return name or words(line.element, "AssociatedDocumentLineDocument", "IncludedNote", "Content")


def _extras(settlement: Element | None, source: Source) -> list[Extra]:
    """Allowances and charges of the whole document; 1.0 and EXTENDED have freight charges apart."""
    if settlement is None:
        return []
    found: list[tuple[bool, XmlValue | None]] = []
    for extra in every(settlement, "SpecifiedTradeAllowanceCharge"):
        charge = words(extra, "ChargeIndicator", "Indicator") or words(extra, "ChargeIndicator")
        found.append((charge in ("true", "1"), source.stated(first(extra, "ActualAmount"))))
    for freight in every(settlement, "SpecifiedLogisticsServiceCharge"):
        found.append((True, source.stated(first(freight, "AppliedAmount"))))
    return [Extra(charge, amount) for charge, amount in found if amount]


def _foreign(currency: str, sums: Element | None, source: Source) -> list[XmlValue]:
    """The totals that are stated in another currency than the invoice's, and only so."""
    totals = (
        _in(currency, sums, name) for name in ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount")
    )
    apart = (e for e in totals if e is not None and _unit(e) not in ("", currency))
    return [stated for e in apart if (stated := source.stated(e))]


def _rates(settlement: Element | None, source: Source) -> list[Rate]:
    found = []
    for tax in () if settlement is None else every(settlement, "ApplicableTradeTax"):
        percent = source.stated(first(tax, "ApplicablePercent|RateApplicablePercent"))
        base, amount = source.stated(first(tax, "BasisAmount")), source.stated(first(tax, "CalculatedAmount"))
        if percent and base and amount and words(tax, "TypeCode") in ("VAT", ""):
            found.append(Rate(percent, base, amount, words(tax, "CategoryCode")))
    return found


def _exempt(header: Element | None, settlement: Element | None, source: Source) -> list[XmlValue]:
    """Notes and reasons, where a small business says that it charges no VAT."""
    notes = () if header is None else every(header, "IncludedNote", "Content")
    reasons = () if settlement is None else every(settlement, "ApplicableTradeTax", "ExemptionReason")
    return [stated for e in (*notes, *reasons) if (stated := source.stated(e))]


def _taxes(settlement: Element | None, source: Source) -> list[XmlValue]:
    if settlement is None:
        return []
    found = (source.stated(e) for e in every(settlement, "ApplicableTradeTax", "TypeCode"))
    return list({tax.value: tax for tax in found if tax}.values())
