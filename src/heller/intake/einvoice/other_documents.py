"""Orders, quotations, despatch advices, reminders and statements in the families of e-invoices (UBL 2.1, Order-X and
others in CII): what they are and state. None of them is a cost, so what they lack is no fault.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from heller.intake.einvoice import cii, untdid
from heller.intake.einvoice.draft import DocumentReference
from heller.intake.einvoice.settle import day_of
from heller.intake.einvoice.xml import Source, XmlValue, every, first, local, words
from heller.intake.written import numbers
from heller.model.document_class import Classification, DocumentClass, Reference
from heller.model.finding import Locator
from heller.model.kinds.paper import Paper
from heller.model.money import Money
from heller.model.value import Support, Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Form(NamedTuple):
    """What a root of UBL is, and under which names its parties and sums stand."""

    of: DocumentClass
    seller: str = "SellerSupplierParty"
    buyer: str = "BuyerCustomerParty|OriginatorCustomerParty"
    sums: str = "AnticipatedMonetaryTotal"


UBL = {  # OASIS UBL 2.1, part 1: document types
    "Order": Form(DocumentClass.ORDER),
    "OrderChange": Form(DocumentClass.ORDER),
    "OrderCancellation": Form(DocumentClass.OTHER),
    "OrderResponse": Form(DocumentClass.ORDER_CONFIRMATION),
    "OrderResponseSimple": Form(DocumentClass.ORDER_CONFIRMATION),
    "RequestForQuotation": Form(DocumentClass.OTHER),
    "Quotation": Form(DocumentClass.QUOTATION, sums="QuotedMonetaryTotal"),
    "Catalogue": Form(DocumentClass.PRICE_LIST),
    "DespatchAdvice": Form(
        DocumentClass.DELIVERY_NOTE,
        "SellerSupplierParty|DespatchSupplierParty",
        "BuyerCustomerParty|DeliveryCustomerParty",
    ),
    "ReceiptAdvice": Form(
        DocumentClass.DELIVERY_NOTE,
        "SellerSupplierParty|DespatchSupplierParty",
        "BuyerCustomerParty|DeliveryCustomerParty",
    ),
    "Reminder": Form(
        DocumentClass.REMINDER, "AccountingSupplierParty", "AccountingCustomerParty", "LegalMonetaryTotal"
    ),
    "Statement": Form(DocumentClass.STATEMENT, "AccountingSupplierParty", "AccountingCustomerParty"),
}
CII = {  # UN/CEFACT; the code of the document goes before its root
    "SCRDMCCBDACIOMessageStructure": DocumentClass.ORDER,  # Order-X
    "CrossIndustryOrder": DocumentClass.ORDER,
    "CrossIndustryOrderChange": DocumentClass.ORDER,
    "CrossIndustryOrderResponse": DocumentClass.ORDER_CONFIRMATION,
    "CrossIndustryQuotation": DocumentClass.QUOTATION,
    "CrossIndustryDespatchAdvice": DocumentClass.DELIVERY_NOTE,
}
NAMED = {  # places that name other documents
    "OrderReference": DocumentClass.ORDER,
    "QuotationDocumentReference": DocumentClass.QUOTATION,
    "ContractDocumentReference|Contract": DocumentClass.CONTRACT,
    "DespatchDocumentReference": DocumentClass.DELIVERY_NOTE,
    "BillingReference": DocumentClass.INVOICE,
}


def ubl(root: Element, source: Source) -> Paper:
    """A document of UBL that is no invoice."""
    form = UBL[local(root)]
    sums = first(root, form.sums)
    gross = first(sums, "TaxInclusiveAmount")
    unit = next(
        (str(e.get("currencyID")) for e in every(root, form.sums, "PayableAmount|LineExtensionAmount")), ""
    )
    stated = {
        "number": source.stated(first(root, "ID")),
        "date": source.stated(first(root, "IssueDate")),
        "seller": source.stated(_party(root, form.seller)),
        "net": source.stated(first(sums, "TaxExclusiveAmount")),
        "vat": source.stated(first(root, "TaxTotal", "TaxAmount")),
        "gross": source.stated(gross),
        "pay": source.stated(first(sums, "PayableAmount")),
    }
    currency = words(root, "DocumentCurrencyCode|PricingCurrencyCode") or unit
    named = [*_named(root, source), *(one for line in root for one in _named(line, source))]
    kind = Classification(form.of, Support.STATED, source.at(root), ("syntax",))
    buyer = _party(root, form.buyer)
    paper = _paper(kind, stated, currency, source, "" if buyer is None else words(buyer), named)
    fees = _fees(root, sums) if form.of is DocumentClass.REMINDER and currency else Decimal(0)
    return replace(paper, fees=Money.of(fees, currency)) if fees else paper


def _fees(root: Element, sums: Element | None) -> Decimal:
    """What a reminder demands besides its invoices: its charges, and lines that name no invoice (UBL 2.1, Reminder)."""
    charges = [one for one in every(root, "AllowanceCharge") if words(one, "ChargeIndicator") == "true"]
    total = first(sums, "ChargeTotalAmount")
    amounts = [total] if total is not None else [first(one, "Amount") for one in charges]
    lines = [line for line in every(root, "ReminderLine") if first(line, "BillingReference") is None]
    amounts += [first(line, "DebitLineAmount") for line in lines]
    said = (numbers.plain(words(amount)) for amount in amounts if amount is not None)
    return sum((value for value in said if value is not None), Decimal(0)).quantize(Decimal("0.01"))


def in_cii(root: Element, source: Source) -> Paper:
    """An order and the like in CII."""
    draft = cii.draft(root, source)
    of = untdid.class_of(draft.kind.value) if draft.kind else None
    stated = {"number": draft.number, "date": draft.issued, "seller": draft.seller, "net": draft.net}
    stated |= {"vat": draft.vat, "gross": draft.gross, "type": draft.kind, "pay": draft.payable}
    place = draft.kind.at if draft.kind else draft.source
    kind = Classification(of or CII[local(root)], Support.STATED, place, ("type code" if of else "syntax",))
    return _paper(kind, stated, draft.currency, source, draft.buyer.value if draft.buyer else "", draft.named)


def _paper(
    kind: Classification,
    stated: dict[str, XmlValue | None],
    currency: str,
    source: Source,
    buyer: str,
    named: list[DocumentReference] | tuple[DocumentReference, ...],
) -> Paper:
    at = Locator(source.digest, "", "", source.member)
    values = {
        name: Value(said, Support.STATED, value.at)
        for name, value in stated.items()
        if value and (said := _said(name, value.value))
    }
    if currency:
        values["currency"] = Value(currency, Support.STATED, at)
    refers = tuple(
        Reference(one.number.value, one.of, day_of(one.issued) if one.issued else None, one.number.at)
        for one in named
    )
    return Paper(values, at, kind=kind, buyer=buyer, refers=refers)


def _said(name: str, raw: str) -> str:
    """A value as papers hold it; '' where a day or an amount cannot be read."""
    if name == "date":
        day = day_of(raw)
        return day.isoformat() if day else ""
    if name in ("net", "vat", "gross", "pay"):
        amount = numbers.plain(raw)
        return "" if amount is None else str(amount.quantize(Decimal("0.01")))
    return raw


def _party(root: Element, role: str) -> Element | None:
    found = first(root, role, "Party", "PartyLegalEntity", "RegistrationName")
    return found if found is not None else first(root, role, "Party", "PartyName", "Name")


def _named(place: Element, source: Source) -> list[DocumentReference]:
    """The documents that are named: by themselves, or as an invoice inside a reference to bills."""
    found = []
    for names, of in NAMED.items():
        for element in every(place, names):
            inner = first(element, "InvoiceDocumentReference|CreditNoteDocumentReference")
            if number := source.stated(first(inner if inner is not None else element, "ID")):
                found.append(
                    DocumentReference(number, of, words(inner if inner is not None else element, "IssueDate"))
                )
    return found
