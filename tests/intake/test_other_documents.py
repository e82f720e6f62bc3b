"""Orders, quotations, delivery notes, reminders in UBL and CII: a class, its values, no cost. All are made here."""

from __future__ import annotations

from datetime import date

import pytest
from tests.intake.documents import cii, only, pdf_with, read

from heller.intake import as_plain
from heller.model.document_class import DocumentClass, Use
from heller.model.kinds.paper import Paper
from heller.model.value import Support

SPACES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def ubl(root: str, seller: str, buyer: str, rest: str = "", currency: str = "DocumentCurrencyCode") -> bytes:
    """A document of UBL with number, day, parties and what else is said of it."""

    def party(role: str, name: str) -> str:
        inner = f"<cac:Party><cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName></cac:Party>"
        return f"<cac:{role}>{inner}</cac:{role}>"

    head = (
        f"<cbc:ID>X-7</cbc:ID><cbc:IssueDate>2024-05-06</cbc:IssueDate><cbc:{currency}>EUR</cbc:{currency}>"
    )
    parties = party(seller, "Muster Netz GmbH") + party(buyer, "Beispiel KG")
    return f"<{root} {SPACES.format(root=root)}>{head}{parties}{rest}</{root}>".encode()


def sums(name: str) -> str:
    """100 and 19 are 119, under a name of sums."""
    amounts = {"TaxExclusiveAmount": "100", "TaxInclusiveAmount": "119.00", "PayableAmount": "119.00"}
    inner = "".join(f'<cbc:{key} currencyID="EUR">{value}</cbc:{key}>' for key, value in amounts.items())
    tax = '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19</cbc:TaxAmount></cac:TaxTotal>'
    return f"{tax}<cac:{name}>{inner}</cac:{name}>"


TRADE = ("SellerSupplierParty", "BuyerCustomerParty")
BOOKS = ("AccountingSupplierParty", "AccountingCustomerParty")
DOCUMENTS = [
    (ubl("Order", *TRADE, sums("AnticipatedMonetaryTotal")), DocumentClass.ORDER, "119.00"),
    (ubl("OrderResponse", *TRADE), DocumentClass.ORDER_CONFIRMATION, ""),
    (
        ubl("Quotation", *TRADE, sums("QuotedMonetaryTotal"), "PricingCurrencyCode"),
        DocumentClass.QUOTATION,
        "119.00",
    ),
    (
        ubl("DespatchAdvice", "DespatchSupplierParty", "DeliveryCustomerParty"),
        DocumentClass.DELIVERY_NOTE,
        "",
    ),
    (ubl("Reminder", *BOOKS, sums("LegalMonetaryTotal")), DocumentClass.REMINDER, "119.00"),
    (ubl("Statement", *BOOKS), DocumentClass.STATEMENT, ""),
    (ubl("RequestForQuotation", *TRADE), DocumentClass.OTHER, ""),
]


@pytest.mark.parametrize(("data", "of", "gross"), DOCUMENTS, ids=[of.value for _, of, _ in DOCUMENTS])
def test_a_document_of_ubl_that_is_no_invoice(data: bytes, of: DocumentClass, gross: str) -> None:
    """It has its class and its values as stated; nobody has to look at it, and it is no cost."""
    reading = read(data, "x.xml")
    paper = only(reading, Paper)
    assert paper.kind.of is of and not paper.kind.may(Use.COST) and not paper.waiting
    assert (paper.said("number"), paper.issued, paper.buyer) == ("X-7", date(2024, 5, 6), "Beispiel KG")
    assert (paper.said("seller"), paper.said("gross"), paper.said("currency")) == (
        "Muster Netz GmbH",
        gross,
        "EUR",
    )
    assert paper.values["number"].grade is Support.STATED
    (document,) = as_plain.documents(reading)
    assert "no cost" in str(as_plain.as_json(document, str)["refused"])


def test_what_it_names_joins_a_chain() -> None:
    """The order that a confirmation answers, the invoice that a reminder asks for."""
    order = "<cac:OrderReference><cbc:ID>B-1</cbc:ID></cac:OrderReference>"
    (named,) = only(read(ubl("OrderResponse", *TRADE, order), "x.xml"), Paper).refers
    assert (named.number, named.of) == ("B-1", DocumentClass.ORDER)
    bill = (
        "<cac:ReminderLine><cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>R-1</cbc:ID>"
        "<cbc:IssueDate>2024-04-01</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference></cac:ReminderLine>"
    )
    (named,) = only(read(ubl("Reminder", *BOOKS, bill), "x.xml"), Paper).refers
    assert (named.number, named.of, named.issued) == ("R-1", DocumentClass.INVOICE, date(2024, 4, 1))


@pytest.mark.parametrize(
    ("more", "cents"),
    [
        ("<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>"
         "<cbc:Amount currencyID='EUR'>5.00</cbc:Amount>"
         "</cac:AllowanceCharge>", 500),
        ("<cac:ReminderLine><cbc:ID>2</cbc:ID><cbc:Note>Verzugszinsen</cbc:Note>"
         "<cbc:DebitLineAmount currencyID='EUR'>1.23</cbc:DebitLineAmount></cac:ReminderLine>", 123),
        ("<cac:ReminderLine><cbc:DebitLineAmount currencyID='EUR'>119.00</cbc:DebitLineAmount><cac:BillingReference>"
         "<cac:InvoiceDocumentReference><cbc:ID>R-1</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>"
         "</cac:ReminderLine>", None),
    ],
)  # fmt: skip
def test_the_fees_of_a_reminder_stand_apart(more: str, cents: int | None) -> None:
    """Its charges and its lines without an invoice are no part of what the invoice cost."""
    found = only(read(ubl("Reminder", *BOOKS, sums("LegalMonetaryTotal") + more), "x.xml"), Paper)
    assert (found.fees.cents if found.fees else None) == cents


@pytest.mark.parametrize(
    ("code", "of"),
    [(b"220", DocumentClass.ORDER), (b"231", DocumentClass.ORDER_CONFIRMATION), (b"", DocumentClass.ORDER)],
)
def test_an_order_in_cii(code: bytes, of: DocumentClass) -> None:
    """Order-X says by its code which of the three it is; alone and inside a PDF."""
    data = cii([1000], 190).replace(b"CrossIndustryInvoice", b"SCRDMCCBDACIOMessageStructure")
    data = data.replace(b"InvoiceCurrencyCode", b"OrderCurrencyCode").replace(b">380<", b">" + code + b"<")
    for file in (data, pdf_with({"order-x.xml": data})):
        paper = only(read(file), Paper)
        assert paper.kind.of is of and paper.said("gross") == "11.90" and not paper.kind.is_money


def test_a_root_of_another_space_is_not_taken_for_ubl() -> None:
    """'Order' is a word that many programs use."""
    assert read(b'<Order xmlns="urn:shop"><ID>1</ID></Order>', "x.xml").records == ()
