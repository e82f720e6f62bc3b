"""The tables that an office keeps: facts, contacts, what receipts are for, hours, wages. All invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

Rows = Iterable[Sequence[str]]


def files() -> dict[str, bytes]:
    """Five tables as a spreadsheet saves them."""
    return {
        "angaben.csv": table("Angabe;Wert;Quelle", FACTS),
        "kontakte.csv": table(
            "Datum;Uhrzeit;Art;Richtung;Kanal;Gesprächspartner;Von uns;Inhalt;Frist;Betrag", CONTACTS
        ),
        "belegliste.csv": table("Rechnungsnummer;Schadensart;Anteil;Restwert;Grund", PURPOSES),
        "stunden.csv": table("Mitarbeiter;Datum;Beginn;Ende;Pause;Art;Bemerkung", hours()),
        "loehne.csv": table("Mitarbeiter;Kosten je Stunde;Überstundenzuschlag", WAGES),
    }


def table(head: str, rows: Rows) -> bytes:
    """Semicolons, Windows line ends, the code page of a German spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head.split(";"))
    writer.writerows(rows)
    return out.getvalue().encode("cp1252")


FACTS = [
    ("Firma", "Musterversand Beispiel GmbH (erfunden)", "Handelsregister"),
    ("Anschrift", "Musterstraße 12\n00000 Musterstadt", "Briefkopf"),
    ("Branche", "E-Commerce-Dienstleister mit eigenem Versandhandel", "Inhaber"),
    ("Bundesland", "Nordrhein-Westfalen", "Sitz des Anschlusses"),
    ("Vorsteuerabzug", "ja", "Umsatzsteuervoranmeldung"),
    ("Beschäftigte", "12", "Lohnbuchhaltung"),
    ("Anbieter", "Beispiel Telekommunikation AG (erfunden)", "Auftragsbestätigung"),
    ("Anschrift Anbieter", "Leitungsweg 1\n00000 Netzstadt", "Auftragsbestätigung"),
    ("Produkt", "CompanyConnect 34 Mbit/s", "Auftragsbestätigung"),
    ("Vertragsnummer", "CC-0034-2015", "Auftragsbestätigung"),
    ("Monatsentgelt netto", "500,00 EUR", "Auftragsbestätigung"),
    ("Anbieterwechsel", "nein", "Übernahme beim selben Anbieter"),
    ("Deckungsbeitrag", "38 %", "Betriebswirtschaftliche Auswertung 2014, Deckungsbeitrag I (erfunden)"),
    ("Kunden können später bestellen", "ja", "Inhaber"),
    ("Notanschluss läuft seit", "05.02.2015 16:00", "IT"),
    ("Notanschluss trägt den Shop", "nein", "IT: keine feste IP-Adresse, Upload zu gering"),
    (
        "Grund der Überstunden",
        "Der Lagerdienst für Händler sagt Versand binnen zehn Werktagen zu, sonst drohen Vertragsstrafe und Kündigung",
        "Rahmenverträge mit Händlern (erfunden)",
    ),
]
KAM, HOTLINE, OWNER, IT = "Key-Account-Manager", "Hotline", "Inhaber", "M01 (IT)"
CONTACTS = [
    ("12.01.2015", "10:15", "Zusage", "ein", "Telefon", KAM, OWNER,
     "Der Anschluss wird ohne Unterbrechung übernommen; Sie merken davon nichts.", "", ""),
    ("12.01.2015", "11:02", "Gespräch", "aus", "E-Mail", KAM, OWNER,
     "Bestätigung der Zusage: Übernahme ohne Unterbrechung am 4. Februar.", "", ""),
    ("04.02.2015", "08:35", "Störungsmeldung", "aus", "Telefon", HOTLINE, IT,
     "Anschluss seit 08:12 Uhr vollständig tot. Ticket 4711-0204.", "", ""),
    ("04.02.2015", "14:10", "Zusage", "ein", "Telefon", HOTLINE, IT,
     "Ein Techniker meldet sich heute bis 18 Uhr.", "04.02.2015", ""),
    ("05.02.2015", "09:20", "Zusage", "ein", "Telefon", HOTLINE, IT, "Morgen früh läuft der Anschluss.", "06.02.2015", ""),
    ("06.02.2015", "09:05", "Gespräch", "ein", "Telefon", HOTLINE, IT, "Das Ticket ist geschlossen, wir öffnen ein neues.", "", ""),
    ("06.02.2015", "10:30", "Schadenswarnung", "aus", "E-Mail und Fax", KAM, OWNER,
     "Der Shop steht still, der Schaden wächst jeden Tag um mehrere hundert Euro; bitte sofort handeln.", "", ""),
    ("09.02.2015", "13:45", "Zusage", "ein", "Telefon", HOTLINE, IT, "Die Leitung wird bis Mittwoch geschaltet.", "11.02.2015", ""),
    ("11.02.2015", "15:30", "Gespräch", "aus", "Telefon", KAM, OWNER,
     "Vorsichtig geschätzter Schaden 25.000 EUR genannt.", "", "25.000,00"),
    ("11.02.2015", "15:31", "Aufforderung", "ein", "Telefon", KAM, OWNER,
     "In Ordnung, wir sind versichert: Weisen Sie alles mit Belegen nach und reichen Sie es ein.", "", ""),
    ("16.02.2015", "14:30", "Freigabe", "ein", "vor Ort", "Techniker", IT, "Sie können jetzt online gehen.", "", ""),
    ("16.02.2015", "15:10", "Störungsmeldung", "aus", "Telefon", HOTLINE, IT,
     "Es geht nichts: Leitung weder eingemessen noch freigeschaltet. Ticket 4711-0216.", "", ""),
    ("18.02.2015", "10:45", "Gespräch", "ein", "Telefon", HOTLINE, IT, "Die Leitung ist eingemessen und freigeschaltet.", "", ""),
    ("25.02.2015", "12:00", "Anspruchsschreiben", "aus", "Einschreiben", "Beispiel Telekommunikation AG", OWNER,
     "Ersatz des Schadens verlangt, Frist gesetzt.", "17.03.2015", ""),
    ("18.03.2015", "09:30", "Aufforderung", "ein", "Brief", "Haftpflichtversicherer des Anbieters", OWNER,
     "Wir prüfen; bitte weisen Sie die Positionen durch Belege nach.", "", ""),
    ("17.06.2015", "09:00", "Angebot", "ein", "Brief", "Haftpflichtversicherer des Anbieters", OWNER,
     "3.000 EUR aus Kulanz, ohne Anerkennung einer Rechtspflicht.", "", "3.000,00"),
    ("17.06.2015", "09:00", "Ablehnung", "ein", "Brief", "Haftpflichtversicherer des Anbieters", OWNER,
     "Weitergehende Ansprüche werden zurückgewiesen.", "", ""),
]  # fmt: skip
PURPOSES = [
    ("R-2015-0117", "Hardware", "100 %", "50 %", "LTE-Router und Antenne; bleiben als Reserve brauchbar"),
    ("M-88231", "Mobilfunk", "50 %", "0 %", "14 von 28 Tagen des Februars"),
    ("M-88410", "Datenvolumen", "100 %", "0 %", "Volumen für den Notbetrieb"),
    ("FB-1042", "Notanschluss", "100 %", "0 %", "Richtfunk vom 9. bis 18. Februar"),
    ("KM-5520", "Expressfracht", "100 %", "0 %", "verspätete Sendungen an Kunden"),
    ("BT-2015-02-7781", "Grundentgelt", "100 %", "0 %", "Beleg für das Monatsentgelt"),
]
WAGES = [
    ("M00", "55,00", "0 %"),
    ("M01", "38,50", "25 %"),
    ("M02", "27,40", "25 %"),
    ("M03", "27,40", "25 %"),
    ("M04", "22,80", "25 %"),
    ("M05", "22,80", "25 %"),
    ("M06", "24,10", "25 %"),
]
REMOVAL = [
    ("04.02.2015", "09:00", "17:30", "30", "Notbetrieb geplant, LTE besorgt"),
    ("05.02.2015", "08:00", "18:00", "60", "LTE-Router eingerichtet, Mail und Warenwirtschaft umgeleitet"),
    ("06.02.2015", "08:00", "13:00", "0", "Bestellannahme per Telefon eingerichtet"),
    ("09.02.2015", "09:00", "12:00", "0", "Richtfunk mit Dienstleister ausgerichtet"),
    ("10.02.2015", "09:00", "11:00", "0", "Leitungsprüfung mit der Hotline"),
    ("12.02.2015", "13:00", "17:00", "0", "Notanschluss überwacht, Störungen behoben"),
    ("16.02.2015", "13:30", "17:30", "0", "Techniker begleitet, neuen Router geprüft"),
]
WORKDAYS = [date(2015, 2, 4) + timedelta(n) for n in (0, 1, 2, 5, 6, 7, 8, 9, 12, 13)]
IDLE_ENDS = ["16:30", "16:30", "14:00", "12:00", "12:00", "12:00", "12:00", "12:00", "11:00", "11:00"]
IDLE_PAUSE = ["30", "30", "0", "0", "0", "0", "0", "0", "0", "0"]
BACKLOG = [date(2015, 2, 19) + timedelta(n) for n in (0, 1, 4, 5, 6, 7, 8, 11, 12, 13)]


def german(day: date) -> str:
    """A day as an office writes it."""
    return f"{day:%d.%m.%Y}"


def hours() -> Iterator[tuple[str, ...]]:
    """The hour sheet; one row lacks its end, one hour of M01 stands under two kinds."""
    for day, end, pause in zip(WORKDAYS, IDLE_ENDS, IDLE_PAUSE, strict=True):
        for person in ("M02", "M03", "M04", "M05", "M06"):
            yield person, german(day), "08:00", end, pause, "Leerlauf", "Anschluss tot"
    yield "M04", "18.02.2015", "08:00", "", "0", "Leerlauf", "Ende nicht eingetragen"
    yield "M01", "10.02.2015", "09:00", "11:00", "0", "Leerlauf", "wartet auf die Hotline"
    for day_of, begin, end, pause, note in REMOVAL:
        yield "M01", day_of, begin, end, pause, "Schadensbeseitigung", note
    for number, day in enumerate(BACKLOG):
        for person in ("M02", "M03"):
            yield person, german(day), "17:00", "19:00", "0", "Überstunden", "Rückstand abgearbeitet"
        if number < 8:
            for person in ("M04", "M05"):
                yield person, german(day), "16:30", "19:00", "0", "Überstunden", "Rückstand abgearbeitet"
        if number < 6:
            yield "M06", german(day), "17:00", "18:30", "0", "Überstunden", "Rückstand abgearbeitet"
    for day_of, begin, end in (
        ("11.02.2015", "14:00", "18:00"),
        ("24.02.2015", "18:00", "22:00"),
        ("25.02.2015", "08:00", "12:00"),
    ):
        yield "M00", day_of, begin, end, "0", "Anspruchsverfolgung", "Belege gesammelt, Schreiben verfasst"
