"""The receipts: e-invoices in three wrappings, and the account statement that paid them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape

import typst

CENT = Decimal("0.01")
VAT_ID = "DE000000000"  # no such number exists
BUYER = "Musterversand Beispiel GmbH (erfunden)"


class Line(NamedTuple):
    """One line of an invoice, net."""

    text: str
    quantity: int
    price: Decimal

    @property
    def net(self) -> Decimal:
        """Quantity times price."""
        return (self.quantity * self.price).quantize(CENT, ROUND_HALF_UP)


class Bill(NamedTuple):
    """An invoice with 19 % VAT."""

    number: str
    issued: date
    seller: str
    lines: tuple[Line, ...]

    @property
    def net(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def vat(self) -> Decimal:
        """19 %, rounded to the cent."""
        return (self.net * Decimal("0.19")).quantize(CENT, ROUND_HALF_UP)

    @property
    def gross(self) -> Decimal:
        """Net and VAT."""
        return self.net + self.vat


def line(text: str, quantity: int, price: str) -> Line:
    """A line with its price as text."""
    return Line(text, quantity, Decimal(price))


HARDWARE = Bill(
    "R-2015-0117",
    date(2015, 2, 5),
    "Technikhaus Beispiel GmbH (erfunden)",
    (
        line("LTE-Router für Notbetrieb", 1, "449.00"),
        line("Richtantenne außen", 1, "189.00"),
        line("Antennenkabel 10 m", 2, "26.00"),
    ),
)
MOBILE = Bill(
    "M-88231",
    date(2015, 2, 5),
    "Mobilnetz Muster GmbH (erfunden)",
    (line("Anschlusspreis Mobilfunkvertrag", 4, "25.00"), line("Grundpreis Februar 2015", 4, "45.00")),
)
VOLUME = Bill(
    "M-88410",
    date(2015, 2, 19),
    "Mobilnetz Muster GmbH (erfunden)",
    (line("Datenvolumen 10 GB nachgebucht", 6, "29.00"),),
)
RADIO = Bill(
    "FB-1042",
    date(2015, 2, 12),
    "Funkanbindung Beispiel KG (erfunden)",
    (line("Einrichtung Notanschluss Richtfunk", 1, "480.00"), line("Miete Notanschluss je Tag", 10, "38.00")),
)
COURIER = Bill(
    "KM-5520",
    date(2015, 2, 20),
    "Kurier Muster e. K. (erfunden)",
    (line("Expressfahrt zum Kunden", 9, "46.50"),),
)
FEE = Bill(
    "BT-2015-02-7781",
    date(2015, 2, 6),
    "Beispiel Telekommunikation AG (erfunden)",
    (line("CompanyConnect 34 Mbit/s, Grundpreis 01.02.-28.02.2015", 1, "500.00"),),
)
BILLS = (HARDWARE, MOBILE, RADIO, FEE, VOLUME, COURIER)


def files() -> dict[str, bytes]:
    """Every receipt in the wrapping in which it came, and the statement."""
    return {
        "rechnung-lte-router.pdf": zugferd(HARDWARE),
        "rechnung-expressfahrten.pdf": zugferd(COURIER),
        "rechnung-mobilfunk.xml": cii(MOBILE),
        "rechnung-notanschluss.xml": cii(RADIO),
        "rechnung-datenvolumen.xml": ubl(VOLUME),
        "rechnung-anbieter-februar.xml": ubl(FEE),
        "kontoauszug-2015-02.xml": camt(),
    }


def cii(bill: Bill) -> bytes:
    """UN/CEFACT Cross Industry Invoice, EN 16931."""
    items = "".join(
        f"<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{n}</ram:LineID>"
        f"</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>{escape(item.text)}</ram:Name>"
        "</ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>"
        f"<ram:ChargeAmount>{item.price}</ram:ChargeAmount></ram:NetPriceProductTradePrice>"
        "</ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>"
        f'<ram:BilledQuantity unitCode="C62">{item.quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>'
        "<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>"
        "<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent>"
        "</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>"
        f"<ram:LineTotalAmount>{item.net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>"
        "</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>\n"
        for n, item in enumerate(bill.lines, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"'
        ' xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"'
        ' xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">\n'
        "<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>"
        "<ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>"
        "</rsm:ExchangedDocumentContext>\n"
        f"<rsm:ExchangedDocument><ram:ID>{bill.number}</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>"
        f'<udt:DateTimeString format="102">{bill.issued:%Y%m%d}</udt:DateTimeString></ram:IssueDateTime>'
        "</rsm:ExchangedDocument>\n<rsm:SupplyChainTradeTransaction>\n"
        f"{items}<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>{escape(bill.seller)}</ram:Name>"
        f"{cii_address('Beispielweg 1', 'Beispielstadt')}<ram:SpecifiedTaxRegistration>"
        f'<ram:ID schemeID="VA">{VAT_ID}</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>'
        f"<ram:BuyerTradeParty><ram:Name>{escape(BUYER)}</ram:Name>"
        f"{cii_address('Musterstraße 12', 'Musterstadt')}</ram:BuyerTradeParty>"
        "</ram:ApplicableHeaderTradeAgreement>\n<ram:ApplicableHeaderTradeDelivery><ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>"
        f'<udt:DateTimeString format="102">{bill.issued:%Y%m%d}</udt:DateTimeString></ram:OccurrenceDateTime>'
        "</ram:ActualDeliverySupplyChainEvent></ram:ApplicableHeaderTradeDelivery>\n"
        "<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{bill.vat}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:BasisAmount>{bill.net}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>"
        "<ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
        "<ram:SpecifiedTradePaymentTerms><ram:Description>Zahlbar sofort ohne Abzug</ram:Description>"
        "</ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        f"<ram:LineTotalAmount>{bill.net}</ram:LineTotalAmount><ram:TaxBasisTotalAmount>{bill.net}</ram:TaxBasisTotalAmount>"
        f'<ram:TaxTotalAmount currencyID="EUR">{bill.vat}</ram:TaxTotalAmount>'
        f"<ram:GrandTotalAmount>{bill.gross}</ram:GrandTotalAmount><ram:DuePayableAmount>{bill.gross}</ram:DuePayableAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>\n"
        "</rsm:SupplyChainTradeTransaction>\n</rsm:CrossIndustryInvoice>\n"
    ).encode()


def cii_address(street: str, city: str) -> str:
    """The postal address of a party."""
    return (
        f"<ram:PostalTradeAddress><ram:PostcodeCode>00000</ram:PostcodeCode><ram:LineOne>{street}</ram:LineOne>"
        f"<ram:CityName>{city}</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>"
    )


def ubl(bill: Bill) -> bytes:
    """OASIS UBL 2.1 Invoice, EN 16931."""

    def money(name: str, value: Decimal) -> str:
        return f'<cbc:{name} currencyID="EUR">{value}</cbc:{name}>'

    category = (
        "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    )
    items = "".join(
        f'<cac:InvoiceLine><cbc:ID>{n}</cbc:ID><cbc:InvoicedQuantity unitCode="C62">{item.quantity}'
        f"</cbc:InvoicedQuantity>{money('LineExtensionAmount', item.net)}<cac:Item><cbc:Name>{escape(item.text)}"
        f"</cbc:Name><cac:ClassifiedTaxCategory>{category}</cac:ClassifiedTaxCategory></cac:Item>"
        f"<cac:Price>{money('PriceAmount', item.price)}</cac:Price></cac:InvoiceLine>\n"
        for n, item in enumerate(bill.lines, 1)
    )

    def party(role: str, name: str, street: str, city: str, tax: str = "") -> str:
        return (
            f"<cac:{role}><cac:Party><cac:PostalAddress><cbc:StreetName>{street}</cbc:StreetName>"
            f"<cbc:CityName>{city}</cbc:CityName><cbc:PostalZone>00000</cbc:PostalZone><cac:Country>"
            "<cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
            f"{tax}<cac:PartyLegalEntity><cbc:RegistrationName>{escape(name)}"
            f"</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:{role}>\n"
        )

    registered = (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{VAT_ID}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
        "</cac:TaxScheme></cac:PartyTaxScheme>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
        ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
        ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">\n'
        f"<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>{bill.number}</cbc:ID>"
        f"<cbc:IssueDate>{bill.issued}</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\n"
        f"{party('AccountingSupplierParty', bill.seller, 'Beispielweg 1', 'Beispielstadt', registered)}"
        f"{party('AccountingCustomerParty', BUYER, 'Musterstraße 12', 'Musterstadt')}"
        "<cac:PaymentTerms><cbc:Note>Zahlbar sofort ohne Abzug</cbc:Note></cac:PaymentTerms>\n"
        f"<cac:TaxTotal>{money('TaxAmount', bill.vat)}<cac:TaxSubtotal>{money('TaxableAmount', bill.net)}"
        f"{money('TaxAmount', bill.vat)}<cac:TaxCategory>{category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>\n"
        f"<cac:LegalMonetaryTotal>{money('LineExtensionAmount', bill.net)}{money('TaxExclusiveAmount', bill.net)}"
        f"{money('TaxInclusiveAmount', bill.gross)}{money('PayableAmount', bill.gross)}</cac:LegalMonetaryTotal>\n"
        f"{items}</Invoice>\n"
    ).encode()


def german(value: Decimal) -> str:
    """1234.5 as 1.234,50."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def zugferd(bill: Bill) -> bytes:
    """A page that people read, with the CII inside as factur-x.xml."""
    rows = "".join(
        f"[{i.quantity}], [{i.text}], [{german(i.price)}], [{german(i.net)}],\n" for i in bill.lines
    )
    attached = ", ".join(str(b) for b in cii(bill))
    source = f"""
#set document(title: "Rechnung {bill.number}", date: datetime(year: 2015, month: 2, day: {bill.issued.day}))
#set page(margin: 25mm)
#set text(lang: "de", size: 10.5pt)
#pdf.attach("factur-x.xml", bytes(({attached},)), relationship: "alternative", mime-type: "text/xml",
  description: "Factur-X/ZUGFeRD")
#text(14pt, weight: "bold")[{bill.seller}]
#v(12mm)
{BUYER} \\ Musterstraße 12 \\ 00000 Musterstadt
#v(10mm)
#text(12pt, weight: "bold")[Rechnung {bill.number}] #h(1fr) Datum: {bill.issued:%d.%m.%Y}
#v(4mm)
#table(columns: (auto, 1fr, auto, auto), align: (right, left, right, right), stroke: none,
  table.hline(), [*Menge*], [*Leistung*], [*Einzelpreis*], [*Netto*], table.hline(),
  {rows} table.hline(),
  [], [Summe netto], [], [{german(bill.net)}],
  [], [Umsatzsteuer 19 %], [], [{german(bill.vat)}],
  [], [*Rechnungsbetrag EUR*], [], [*{german(bill.gross)}*], table.hline())
#v(8mm)
Zahlbar sofort ohne Abzug. Diese Rechnung ist für ein Beispiel erfunden.
"""
    stamp = datetime.combine(bill.issued, datetime.min.time(), UTC)
    return typst.compile(source.encode(), pdf_standards=["a-3b"], timestamp=stamp)


def camt() -> bytes:
    """ISO 20022 camt.053.001.02 for February 2015: each receipt paid, one private purchase, balances that close."""
    opening = Decimal("48210.55")
    booked = [
        *((bill.issued.replace(day=min(28, bill.issued.day + 4)), -bill.gross, bill.seller,
           f"Rechnung {bill.number}") for bill in BILLS),
        (date(2015, 2, 13), Decimal("-64.90"), "Gartenmarkt Muster (erfunden)", "Kartenzahlung 12.02."),
        (date(2015, 2, 27), Decimal("12480.00"), "Zahlungsdienst Beispiel (erfunden)", "Auszahlung Shop KW 8"),
    ]  # fmt: skip
    booked.sort(key=lambda row: (row[0], row[3]))
    closing = opening + sum((row[1] for row in booked), Decimal(0))

    def balance(code: str, amount: Decimal, day: str) -> str:
        return (
            f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>'
            f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
        )

    entries = "".join(
        f'<Ntry><Amt Ccy="EUR">{abs(amount)}</Amt><CdtDbtInd>{"DBIT" if amount < 0 else "CRDT"}</CdtDbtInd>'
        f"<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><NtryDtls><TxDtls>"
        f"<RltdPties><{'Cdtr' if amount < 0 else 'Dbtr'}><Nm>{escape(who)}</Nm></{'Cdtr' if amount < 0 else 'Dbtr'}>"
        f"</RltdPties><RmtInf><Ustrd>{escape(why)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
        for day, amount, who, why in booked
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>2015-02</MsgId><CreDtTm>2015-03-02T06:00:00+01:00</CreDtTm></GrpHdr>\n"
        "<Stmt><Id>2015-02</Id><CreDtTm>2015-03-02T06:00:00+01:00</CreDtTm>"
        "<Acct><Id><IBAN>DE00000000000000000000</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
        f"{balance('OPBD', opening, '2015-02-01')}{balance('CLBD', closing, '2015-02-28')}{entries}"
        "</Stmt></BkToCstmrStmt></Document>\n"
    ).encode()
