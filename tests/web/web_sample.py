"""A small case in files, all of it invented: an outage of two days, receipts, hours, contacts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from heller import casefile

FACTS = """Angabe;Wert;Quelle
Firma;Musterversand Beispiel GmbH;Handelsregister
Anschrift;"Beispielweg 1\\n44135 Dortmund";Handelsregister
Bundesland;NW;Standort
Vorsteuerabzug;ja;Finanzamt
Beschäftigte;12;Lohnliste
Anbieter;Beispiel Telekommunikation AG (Anbieter);Vertrag
Anschrift Anbieter;"Anbieterplatz 2\\n53113 Bonn";Vertrag
Produkt;CompanyConnect 34 Mbit/s;Vertrag
Monatsentgelt netto;500,00 EUR;Vertrag
Anbieterwechsel;nein;Vertrag
Deckungsbeitrag;38 %;Auswertung
"""
CONTACTS = """Datum;Uhrzeit;Art;Richtung;Kanal;Gesprächspartner;Von uns;Inhalt;Frist;Betrag
04.02.2015;08:35;Störungsmeldung;aus;Telefon;Hotline;Frau Muster;Der Anschluss ist tot. Ticket 4711.;;
04.02.2015;15:10;Zusage;ein;Telefon;Hotline;Frau Muster;Heute Abend geht es wieder.;04.02.2015;
05.02.2015;11:00;Freigabe;ein;vor Ort;Techniker;Herr Probe;Sie können jetzt online gehen.;;
05.02.2015;11:40;Aufforderung;ein;Telefon;Key Account;Herr Probe;Weisen Sie den Schaden nach.;;5.000,00
25.02.2015;10:00;Anspruchsschreiben;aus;Brief;Anbieter;Herr Probe;Wir fordern Ersatz.;17.03.2015;
17.06.2015;09:00;Angebot;ein;Brief;Versicherer;;Aus Kulanz.;;600,00
"""
HOURS = """Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung
Frau Muster;04.02.2015;09:00;17:00;30;Leerlauf;kein Zugang
Herr Probe;05.02.2015;09:00;12:00;0;Schadensbeseitigung;Notanschluss eingerichtet
Herr Probe;09.02.2015;18:00;21:00;0;Überstunden;Rückstand
"""
WAGES = "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag\nFrau Muster;31,50;25 %\nHerr Probe;42,00;25 %\n"
PURPOSES = (
    "Rechnungsnummer;Schadensart;Anteil;Restwert;Grund\nR-100;Notanschluss;100 %;0 %;LTE-Router als Ersatz\n"
)
UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>{seller}</cbc:RegistrationName>
</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
<cbc:RegistrationName>Musterversand Beispiel GmbH</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
</cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{vat}</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">{net}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">{gross}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">{gross}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>{what}</cbc:Name></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="EUR">{net}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>
"""


def ubl(number: str, net: int, what: str, seller: str = "Beispiel Elektronik GmbH") -> str:
    """An XRechnung over a net amount in whole euros that a hundred divides."""
    return UBL.format(
        number=number,
        day="2015-02-04",
        seller=seller,
        what=what,
        net=f"{net}.00",
        vat=f"{net * 19 // 100}.00",
        gross=f"{net * 119 // 100}.00",
    )


def ping() -> str:
    """One probe a minute from 3 to 7 February; none is answered from 4 Feb 07:12 to 6 Feb 09:40 UTC."""
    begin, dead, back = (
        datetime(2015, 2, d, h, m, tzinfo=UTC) for d, h, m in ((3, 12, 0), (4, 7, 12), (6, 9, 40))
    )
    lines = ["PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data."]
    for n in range(1, 3 * 24 * 60 + 720):
        at = begin + timedelta(minutes=n - 1)
        if dead <= at < back:
            lines.append(f"[{at.timestamp() + 60:.6f}] no answer yet for icmp_seq={n}")
        else:
            stamp = f"{at.timestamp() + 0.012:.6f}"
            lines.append(f"[{stamp}] 64 bytes from 192.0.2.1: icmp_seq={n} ttl=58 time=12.0 ms")
    return "\n".join(lines) + "\n"


def write(folder: Path) -> list[Path]:
    """The files of the case."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "angaben.csv": FACTS,
        "kontakte.csv": CONTACTS,
        "stunden.csv": HOURS,
        "loehne.csv": WAGES,
        "belegliste.csv": PURPOSES,
        "rechnung-100.xml": ubl("R-100", 300, "LTE-Router"),
        "rechnung-200.xml": ubl("R-200", 100, "Datenvolumen 10 GB"),
        "ping.log": ping(),
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [folder / name for name in files]


def case_in(home: Path, *without: str) -> Path:
    """The case made of these files, but for those named; the folder `case` of a home that is made where it is not."""
    home.mkdir(exist_ok=True)
    files = [path for path in write(home / "files") if path.name not in without]
    casefile.open_case(home / "case")
    casefile.add(home / "case", files)
    return home / "case"
