"""Makes the files of a large case, seeded: three logs of ping at 1 Hz, mails, invoices, orders, lists.

The whole has 14 days of ping in each log, 300 mails, 200 invoices, 25,000 orders and 510 files; a share of it has
that share of each. All firms, persons and amounts are invented. It measures nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

DAYS, MAILS, INVOICES, ORDERS = 14, 300, 200, 25_000
START = datetime(2015, 2, 3, 0, 0, tzinfo=UTC)
WRAP = 65536
LISTS = {
    "angaben.csv": "Angabe;Wert;Quelle\nFirma;Musterversand Beispiel GmbH (erfunden);Handelsregister\n"
    "Bundesland;Nordrhein-Westfalen;Sitz\nVorsteuerabzug;ja;Voranmeldung\nBeschäftigte;12;Lohnbuchhaltung\n"
    "Anbieter;Beispiel Telekommunikation AG (erfunden);Auftragsbestätigung\n"
    "Produkt;CompanyConnect 34 Mbit/s;Auftragsbestätigung\nMonatsentgelt netto;500,00 EUR;Auftragsbestätigung\n"
    "Deckungsbeitrag;38 %;Auswertung 2014\nKunden können später bestellen;ja;Inhaber\n",
    "loehne.csv": "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag\nM01;38,50;25 %\nM02;27,40;25 %\nM03;22,80;25 %\n",
}
UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cbc:StreetName>Beispielweg 1</cbc:StreetName><cbc:CityName>Beispielstadt</cbc:CityName><cbc:PostalZone>00000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>DE000000000</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>{seller}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PostalAddress><cbc:StreetName>Musterstraße 12</cbc:StreetName><cbc:CityName>Musterstadt</cbc:CityName><cbc:PostalZone>00000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyLegalEntity><cbc:RegistrationName>Musterversand Beispiel GmbH (erfunden)</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:PaymentTerms><cbc:Note>Zahlbar sofort ohne Abzug</cbc:Note></cac:PaymentTerms>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{vat}</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{net}</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">{vat}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount currencyID="EUR">{net}</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">{gross}</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">{gross}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount><cac:Item><cbc:Name>Datenvolumen nachgebucht</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount currencyID="EUR">{net}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
</Invoice>
"""  # noqa: E501 -- an invoice as programs write it
TYPST = """#set page(margin: 2cm)
#set text(size: 11pt)
{seller} \\ Beispielweg 1 \\ 00000 Beispielstadt

Musterversand Beispiel GmbH (erfunden) \\ Musterstraße 12 \\ 00000 Musterstadt

*Rechnung* \\ Rechnungsnummer: {number} \\ Rechnungsdatum: {date} \\ USt-IdNr.: DE000000000

#table(columns: 3, [Pos.], [Leistung], [Betrag], [1], [Datenvolumen nachgebucht], [{net} EUR])

Nettobetrag: {net} EUR \\ zzgl. 19 % USt.: {vat} EUR \\ *Gesamtbetrag: {gross} EUR*

Zahlbar sofort ohne Abzug.
"""


def make(folder: Path, share: float, seed: int = 14) -> tuple[Path, ...]:
    """Write the files of a share of the case; returns them in order of name."""
    chance = Random(seed)
    folder.mkdir(parents=True)
    span = timedelta(days=DAYS * share)
    dead = START + span * 0.2, START + span * 0.7
    for name, host, far, rtt in (
        ("ping-a.log", "203.0.113.53", True, 17.0),
        ("ping-b.log", "198.51.100.7", True, 21.0),
        ("ping-router.log", "192.168.178.1", False, 0.6),
    ):
        _ping(folder / name, chance, host, rtt, span, dead if far else (START, START))
    orders = _orders(folder / "bestellungen.csv", chance, round(ORDERS * share), dead, START + span)
    _mails(folder, chance, round(MAILS * share), orders, span)
    _invoices(folder, chance, round(INVOICES * share), dead)
    for name, said in LISTS.items():
        (folder / name).write_text(said, encoding="utf-8")
    _people(folder, dead)
    return tuple(sorted(folder.iterdir()))


def _ping(
    path: Path, chance: Random, host: str, rtt: float, span: timedelta, dead: tuple[datetime, datetime]
) -> None:
    """What `ping -D -O` writes: one line a second, lost ones a second later."""
    first = START.timestamp()
    gone = dead[0].timestamp() - first, dead[1].timestamp() - first
    noise = [chance.random() for _ in range(4096)]
    with path.open("w", encoding="ascii") as file:
        file.write(f"PING {host} ({host}) 56(84) bytes of data.\n")
        for n in range(int(span.total_seconds())):
            seq, at = (n + 1) % WRAP, first + n + noise[n % 4093] / 500
            if gone[0] <= n < gone[1] or n % 9973 == 7:
                file.write(f"[{at + 1:.6f}] no answer yet for icmp_seq={seq}\n")
            else:
                took = rtt + noise[n % 4079] * 4
                file.write(
                    f"[{at + took / 1000:.6f}] 64 bytes from {host}: icmp_seq={seq} ttl=56 time={took:.3g} ms\n"
                )


def _orders(
    path: Path, chance: Random, count: int, dead: tuple[datetime, datetime], end: datetime
) -> list[str]:
    """A shop's orders of the year before; while the line is dead hardly any come."""
    begin = START - timedelta(days=365)
    rows, numbers = ["Bestellnummer;Bestelldatum;Kunde;Netto;Währung;Status;Kanal"], []
    for n in range(count):
        at = begin + (end - begin) * ((n + chance.random()) / count)
        if dead[0] <= at < dead[1] and chance.random() < 0.95:
            continue
        numbers.append(f"B-{500_000 + n}")
        net = f"{chance.randrange(500, 40_000) / 100:.2f}".replace(".", ",")
        state = "storniert" if chance.random() < 0.01 else "abgeschlossen"
        rows.append(f"{numbers[-1]};{at:%Y-%m-%dT%H:%M:%S}+00:00;K{n % 3000};{net};EUR;{state};shop")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return numbers


def _mails(folder: Path, chance: Random, count: int, orders: list[str], span: timedelta) -> None:
    words = [
        "der",
        "Anschluss",
        "ist",
        "weiterhin",
        "gestört",
        "und",
        "wir",
        "warten",
        "auf",
        "Nachricht",
        "zum",
        "Stand",
        "der",
        "Arbeiten",
    ]
    for n in range(count):
        at = START + span * chance.random()
        body = [" ".join(chance.choices(words, k=12)) for _ in range(chance.randrange(10, 60))]
        subject = f"Störung Ticket {4711 + n}"
        if n % 3 == 0:
            subject = f"Stornierung Bestellung {chance.choice(orders[-len(orders) // 20 :])}"
            body.insert(0, f"Wir stornieren hiermit die {subject.removeprefix('Stornierung ')}.")
        (folder / f"mail-{n:03}.eml").write_text(
            f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000\nFrom: Kunde <kunde{n}@example.org>\n"
            f"To: Musterversand <post@musterversand.example>\nSubject: {subject}\n"
            f"Message-ID: <{n}@example.org>\nMIME-Version: 1.0\n"
            'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
            + "\n".join(body)
            + "\n",
            encoding="utf-8",
        )


def _invoices(folder: Path, chance: Random, count: int, dead: tuple[datetime, datetime]) -> None:
    """Half as XML, half as PDF with a text layer; most have a purpose."""
    import typst

    purposes = ["Rechnungsnummer;Schadensart;Anteil;Restwert;Grund"]
    for n, at in enumerate(_spread(dead, count)):
        net = chance.randrange(1_000, 30_000)
        vat = round(net * 19 / 100)
        values = {
            "number": f"R-{2015_0000 + n}",
            "day": f"{at:%Y-%m-%d}",
            "date": f"{at:%d.%m.%Y}",
            "seller": f"Lieferant {n % 40} GmbH (erfunden)",
        }
        sums = {"net": net, "vat": vat, "gross": net + vat}
        if n % 2:
            said = TYPST.format(**values, **{k: f"{v / 100:.2f}".replace(".", ",") for k, v in sums.items()})
            pdf = typst.compile(said.encode(), timestamp=int(at.timestamp()))
            (folder / f"rechnung-{n:03}.pdf").write_bytes(pdf if isinstance(pdf, bytes) else b"".join(pdf))
        else:
            said = UBL.format(**values, **{k: f"{v / 100:.2f}" for k, v in sums.items()})
            (folder / f"rechnung-{n:03}.xml").write_text(said, encoding="utf-8")
        if n % 5:
            purposes.append(f"{values['number']};Datenvolumen;100 %;0 %;für den Notbetrieb")
    (folder / "belegliste.csv").write_text("\n".join(purposes) + "\n", encoding="utf-8")


def _spread(span: tuple[datetime, datetime], count: int) -> Iterator[datetime]:
    yield from (span[0] + (span[1] - span[0]) * n / count for n in range(count))


def _people(folder: Path, dead: tuple[datetime, datetime]) -> None:
    """Contacts, hours and the router's log."""
    begin, end = (moment + timedelta(hours=1) for moment in dead)  # the wall clock of the site in winter
    rows = [
        "Datum;Uhrzeit;Art;Richtung;Kanal;Gesprächspartner;Von uns;Inhalt;Frist;Betrag",
        f"{begin:%d.%m.%Y;%H:%M};Störungsmeldung;aus;Telefon;Hotline;M01;Anschluss tot.;;",
        f"{begin + timedelta(hours=5):%d.%m.%Y;%H:%M};Zusage;ein;Telefon;Hotline;M01;Ein Techniker meldet sich.;;",
        "25.02.2015;12:00;Anspruchsschreiben;aus;Einschreiben;Beispiel Telekommunikation AG;Inhaber;"
        "Ersatz verlangt.;17.03.2015;",
    ]
    (folder / "kontakte.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    hours = ["Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung"]
    for n in range(max(1, (end - begin).days)):
        hours += [f"M0{who};{begin + timedelta(n):%d.%m.%Y};08:00;16:30;30;Leerlauf;tot" for who in (2, 3)]
    (folder / "stunden.csv").write_text("\n".join(hours) + "\n", encoding="utf-8")
    up = "CET: %LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/1, changed state to"
    lines = [
        f"{at:%Y-%m-%dT%H:%M:%S}.150+01:00 192.168.178.1 0000{n}: {at:%b} {at.day:2} {at:%H:%M:%S}.550 {up} {state}"
        for n, at, state in ((41, begin, "down"), (42, end, "up"))
    ]
    (folder / "router-syslog.log").write_text("\n".join(lines) + "\n", encoding="utf-8")
