"""UBL 2.1 Invoice and CreditNote: XRechnung in UBL, Peppol BIS Billing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heller.intake.einvoice.draft import DocumentReference, Draft, DraftLine, Extra, Rate
from heller.intake.einvoice.xml import Source, XmlValue, elements, every, first, local, words
from heller.intake.written import numbers
from heller.model.document_class import DocumentClass
from heller.model.finding import Locator

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMED: tuple[tuple[tuple[str, ...], str, DocumentClass], ...] = (  # BT-12 to BT-17 and BT-25
    (
        ("BillingReference", "InvoiceDocumentReference|CreditNoteDocumentReference"),
        "ID",
        DocumentClass.INVOICE,
    ),
    (("OrderReference",), "ID", DocumentClass.ORDER),
    (("OrderReference",), "SalesOrderID", DocumentClass.ORDER_CONFIRMATION),
    (("DespatchDocumentReference",), "ID", DocumentClass.DELIVERY_NOTE),
    (("ReceiptDocumentReference",), "ID", DocumentClass.DELIVERY_NOTE),
    (("OriginatorDocumentReference",), "ID", DocumentClass.QUOTATION),
    (("ContractDocumentReference",), "ID", DocumentClass.CONTRACT),
)


def draft(root: Element, source: Source) -> Draft:
    """All that the document states."""
    sums = first(root, "LegalMonetaryTotal")
    gross = first(sums, "TaxInclusiveAmount")
    currency = words(root, "DocumentCurrencyCode") or (
        "" if gross is None else str(gross.get("currencyID", ""))
    )
    return Draft(
        source=Locator(source.digest, "", "", source.member),
        currency=currency,
        kind=source.stated(first(root, "InvoiceTypeCode|CreditNoteTypeCode")),
        credit=local(root) == "CreditNote",
        number=source.stated(first(root, "ID")),
        issued=source.stated(first(root, "IssueDate")),
        seller=source.stated(_party(root, "AccountingSupplierParty")),
        buyer=source.stated(_party(root, "AccountingCustomerParty")),
        net=source.stated(first(sums, "TaxExclusiveAmount")),
        vat=source.stated(_tax(root, currency)),
        gross=source.stated(gross),
        payable=source.stated(first(sums, "PayableAmount")),
        lines=tuple(_lines(root, source)),
        extras=tuple(_extras(root, source)),
        taxes=tuple(_taxes(root, source)),
        rates=tuple(_rates(root, source, currency)),
        foreign=tuple(_foreign(sums, source, currency)),
        exempt=tuple(_exempt(root, source)),
        syntax="ubl",
        payee=tuple(_payee(root)),
        of=DocumentClass.CREDIT_NOTE if local(root) == "CreditNote" else None,
        named=tuple(_references(root, source)),
        prepaid=source.stated(first(sums, "PrepaidAmount")),
        seller_ids=_ids(root, "AccountingSupplierParty"),
        buyer_ids=_ids(root, "AccountingCustomerParty"),
    )


def _ids(root: Element, role: str) -> tuple[str, ...]:
    """The tax numbers of a party (BT-31, BT-32, BT-48)."""
    return tuple(words(e) for e in every(root, role, "Party", "PartyTaxScheme", "CompanyID") if words(e))


def _references(root: Element, source: Source) -> list[DocumentReference]:
    """The documents that this one names. Peppol wants an order's number even where there is none: 'NA'."""
    found = []
    for steps, name, of in NAMED:
        for place in every(root, *steps):
            number = source.stated(first(place, name))
            if number and number.value.casefold() not in ("na", "n/a", "-"):
                found.append(DocumentReference(number, of, words(place, "IssueDate")))
    return found


def _payee(root: Element) -> list[str]:
    """The accounts (BT-84) and the name of the payee (BT-59)."""
    accounts = every(root, "PaymentMeans", "PayeeFinancialAccount", "ID")
    return [*(words(account) for account in accounts), words(root, "PayeeParty", "PartyName", "Name")]


def _party(root: Element, role: str) -> Element | None:
    """The registered name, else the trading name."""
    found = first(root, role, "Party", "PartyLegalEntity", "RegistrationName")
    return found if found is not None else first(root, role, "Party", "PartyName", "Name")


def _tax(root: Element, currency: str) -> Element | None:
    """The tax total in the currency of the invoice (BT-110, not BT-111)."""
    return next(
        (tax for tax in every(root, "TaxTotal", "TaxAmount") if tax.get("currencyID") == currency), None
    )


def _lines(root: Element, source: Source) -> list[DraftLine]:
    found = []
    for line in elements(root, "InvoiceLine|CreditNoteLine"):
        if stated := source.stated(first(line.element, "LineExtensionAmount"), line):
            name = words(line.element, "Item", "Name") or words(line.element, "Item", "Description")
            billed = numbers.plain(words(line.element, "InvoicedQuantity|CreditedQuantity"))
            found.append(DraftLine(name, stated, billed))
    return found


def _extras(root: Element, source: Source) -> list[Extra]:
    found = (
        (words(e, "ChargeIndicator"), source.stated(first(e, "Amount")))
        for e in every(root, "AllowanceCharge")
    )
    return [Extra(charge in ("true", "1"), amount) for charge, amount in found if amount]


def _foreign(sums: Element | None, source: Source, currency: str) -> list[XmlValue]:
    """The totals that are stated in another currency than the invoice's."""
    totals = (first(sums, name) for name in ("TaxExclusiveAmount", "TaxInclusiveAmount"))
    apart = (e for e in totals if e is not None and e.get("currencyID") not in (None, "", currency))
    return [stated for e in apart if (stated := source.stated(e))]


def _rates(root: Element, source: Source, currency: str) -> list[Rate]:
    found = []
    for part in every(root, "TaxTotal", "TaxSubtotal"):
        amount = first(part, "TaxAmount")
        if amount is None or amount.get("currencyID") != currency:
            continue
        percent = source.stated(first(part, "TaxCategory", "Percent"))
        base, tax = source.stated(first(part, "TaxableAmount")), source.stated(amount)
        if percent and base and tax:
            found.append(Rate(percent, base, tax, words(part, "TaxCategory", "ID")))
    return found


def _exempt(root: Element, source: Source) -> list[XmlValue]:
    """Notes and reasons, where a small business says that it charges no VAT."""
    reasons = every(root, "TaxTotal", "TaxSubtotal", "TaxCategory", "TaxExemptionReason")
    return [stated for e in (*every(root, "Note"), *reasons) if (stated := source.stated(e))]


def _taxes(root: Element, source: Source) -> list[XmlValue]:
    schemes = every(root, "TaxTotal", "TaxSubtotal", "TaxCategory", "TaxScheme", "ID")
    return list({tax.value: tax for tax in map(source.stated, schemes) if tax}.values())
