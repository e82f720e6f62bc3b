"""Lists of practices, houses and project firms: what a row brings, and what became of it. Files made for the tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.intake.tables.unit_words import fate, moved_to
from heller.model.kinds.sales_channel import SalesChannel
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import Money
from heller.model.record import Blob, Reading

BERLIN = ZoneInfo("Europe/Berlin")
BOOK = """Datum;Uhrzeit;Patient;Behandlung;Status;Honorar;Bemerkung
04.02.2026;09:30;Erika Muster;Prophylaxe;wahrgenommen;85,00 €;
05.02.2026;10:00;4711;Füllung;ausgefallen;120,00;
05.02.2026;11:00;4712;Füllung;abgesagt;1.120,00;verschoben auf 12.02.2026
05.02.2026;12:00;4713;Füllung;nicht erschienen;120,00;
05.02.2026;13:00;4714;Füllung;Frau Dr. fragen;120,00;
"""
HOUSE = """Book number,Booked by,Check-in,Check-out,Booked on,Status,Rooms,Price,Cancellation date
123,A B,2026-02-04,2026-02-06,2026-01-02 10:00:00,cancelled_by_guest,1,240.00 EUR,2026-02-04 12:00:00
124,C D,2026-02-04,2026-02-06,2026-01-02 10:00:00,ok,1,1240.50 EUR,
"""
TABLES = """Visit Date,Visit Time,Party Size,Status,Guest
02/14/2026,7:30 PM,4,Seated,A B
02/15/2026,7:30 PM,2,Cancelled,A B
"""
CLOSING = """"Z_KASSE_ID";"Z_ERSTELLUNG";"Z_NR";"Z_BUCHUNGSTAG";"TAXONOMIE_VERSION";"Z_SE_ZAHLUNGEN"
"K1";"2026-02-05T01:01:00Z";"12";"2026-02-04";"2.3";"1190,00"
"""
RECEIPTS = """Z_KASSE_ID;Z_ERSTELLUNG;Z_NR;BON_ID;BON_NR;BON_TYP;BON_STORNO;BON_START;UMS_BRUTTO
K1;2026-02-04T20:01:00Z;12;5;5;Beleg;0;2026-02-04T10:01:00+01:00;119,00
K1;2026-02-04T20:01:00Z;12;6;6;AVTransfer;0;2026-02-04T10:01:00Z;119,00
K1;2026-02-04T20:01:00Z;12;7;7;Beleg;1;2026-02-04T10:03:00+01:00;119,00
"""
CASES = """Z_KASSE_ID;Z_ERSTELLUNG;Z_NR;GV_TYP;UST_SCHLUESSEL;Z_UMS_BRUTTO;Z_UMS_NETTO;Z_UST
K1;2026-02-04T20:01:00Z;12;Umsatz;1;119,00000;100,00000;19,00000
K1;2026-02-04T20:01:00Z;12;Geldtransit;5;-119,00000;-119,00000;0
"""
KIMAI = """Date,From,To,Duration (decimal),Currency,Rate,Hourly rate,User,Customer,Project,Activity,Billable,Tags
2026-02-04,09:00,11:00,2.0,EUR,190.00,95.00,anna,K,P,Planung,Yes,
2026-02-04,11:00,12:00,1.0,EUR,0.00,95.00,anna,K,P,Intern,No,
"""
ERP = """Mitarbeiter;Datum;Stunden;Projekt;Stundensatz;Abrechenbar;Verbleib
M1;04.02.2026;7,5;P1;95,00;ja;
M1;05.02.2026;7,5;P1;95,00;ja;ausgefallen
M1;06.02.2026;7,5;P1;95,00;ja;nachgeholt am 14.02.2026
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260204T090000
DTEND;TZID=Europe/Berlin:20260204T093000
SUMMARY:Kontrolle
DESCRIPTION:Honorar 85\\,00 EUR
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20260101T000000Z
DTSTART:20260204T090000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE:20260211T090000
SUMMARY:Ausgefallen: Kurs
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260204
DTEND;VALUE=DATE:20260206
SUMMARY:Urlaub
END:VEVENT
END:VCALENDAR
"""


def read(content: str, name: str = "liste.csv") -> Reading:
    """What a file says."""
    return intake.read(Blob(name, content.encode(), "d"), BERLIN)


def units(content: str, name: str = "liste.csv") -> list[Unit]:
    """Its units, in order."""
    return [record for record in read(content, name).records if isinstance(record, Unit)]


def test_an_appointment_book_says_what_became_of_each() -> None:
    """Held, lost, caught up on a named day, nobody came; a word that is not known counts nothing and is asked."""
    found = units(BOOK)
    assert [one.fate for one in found] == [Fate.HELD, Fate.LOST, Fate.CAUGHT_UP, Fate.ABSENT, Fate.OPEN]
    assert [one.value for one in found[:3]] == [Money(8500), Money(12000), Money(112000)]
    assert found[2].later == date(2026, 2, 12)
    assert found[0].at.isoformat() == "2026-02-04T08:30:00+00:00"
    assert "Muster" not in repr(found)
    (asked,) = (finding for finding in read(BOOK).findings if finding.code == "unit.fate")
    assert asked.text.args["word"] == "Frau Dr. fragen"


def test_reservations_of_a_house() -> None:
    """Arrival, departure, the day of the cancellation, the price in whole cents."""
    gone, came = units(HOUSE)
    assert (gone.kind, gone.fate, gone.called_off) == (UnitKind.NIGHT, Fate.CANCELLED, date(2026, 2, 4))
    assert (came.fate, came.value) == (Fate.HELD, Money(124050))
    assert came.until is not None and (came.until - came.at).days == 2 and not came.timed


def test_tables_of_a_restaurant_are_counted_in_guests() -> None:
    """Days of an American list are proven by the column; a list without amounts says that they are missing."""
    seated, cancelled = units(TABLES)
    assert (seated.count, cancelled.count, cancelled.fate) == (4, 2, Fate.CANCELLED)
    assert seated.at.astimezone(BERLIN).isoformat() == "2026-02-14T19:30:00+01:00"
    assert [finding.code for finding in read(TABLES).findings] == ["unit.value"]


@pytest.mark.parametrize(
    ("content", "cents", "gross"),
    [
        ("Datum;Umsatz brutto (EUR)\n04.02.2026;1.234,50\n05.02.2026;998,00\n", [123450, 99800], True),
        ("Tag;Bar;Karte;Summe\n04.02.2026;100,00;200,00;300,00\n", [30000], True),
        ("Datum;Tageseinnahmen\n2026-02-04;1190\n", [119000], True),
        ("Date,Net sales\n2026-02-04,100.50\n", [10050], False),
        ("Datum;Umsatz 19 %;Umsatz 7 %;Gesamt\n04.02.2026;119,00;107,00;226,00\n", [20000], False),
        ("Z-Nr;Datum;Brutto;MwSt\n7;04.02.2026;119,00;19,00\n", [10000], False),
        ("Datum;Umsatz\n04.02.2026;100,00\n05.02.2026;50,00\nSumme;150,00\n", [10000, 5000], True),
    ],
)
def test_plain_daily_takings(content: str, cents: list[int], gross: bool) -> None:
    """Net where the list says net or the tax; a sum below them is none of them."""
    found = units(content)
    assert [one.value.cents for one in found if one.value] == cents
    assert {one.gross for one in found} == {gross} and {one.kind for one in found} == {UnitKind.TAKINGS}


def test_a_bank_statement_is_no_list_of_takings() -> None:
    """'Umsatz' heads a column of banks too."""
    for content in (
        "Buchungstag;Valuta;Verwendungszweck;Umsatz\n04.02.2026;04.02.2026;Miete;-100,00\n",
        "Datum;Name;Brutto;Netto\n04.02.2026;A;10,00;9,65\n",
        "Datum;Betrag\n04.02.2026;10,00\n",
    ):
        assert not units(content)


def test_the_digital_interface_of_tills() -> None:
    """DSFinV-K: the business day of a closing that was made after midnight; receipts that are business, voids below
    zero; net by kind of business."""
    (closing,) = units(CLOSING)
    assert (closing.value, closing.number, closing.at.astimezone(BERLIN).date()) == (
        Money(119000),
        "K1/12",
        date(2026, 2, 4),
    )
    sold, void = units(RECEIPTS)
    assert (sold.value, void.value, sold.number, sold.timed) == (Money(11900), Money(-11900), "K1/12/5", True)
    (net,) = units(CASES)
    assert (net.value, net.gross, net.timed) == (Money(10000), False, False)


def test_billable_hours_of_a_tracker() -> None:
    """By the amount of the row or hours times rate, without VAT; what is not billable is none."""
    (billed,) = units(KIMAI)
    assert (billed.kind, billed.value, billed.gross) == (UnitKind.HOUR, Money(19000), False)
    found = units(ERP)
    assert [one.fate for one in found] == [Fate.HELD, Fate.LOST, Fate.CAUGHT_UP]
    assert {one.value for one in found} == {Money(71250)} and found[2].later == date(2026, 2, 14)


def test_events_of_a_calendar_by_their_status() -> None:
    """STATUS and the words before the title; repetitions one by one, without those taken out; leave is none."""
    gone, first, second = units(CALENDAR, "kalender.ics")
    assert (gone.fate, gone.value) == (Fate.CANCELLED, Money(8500))
    assert [one.at.date() for one in (first, second)] == [date(2026, 2, 4), date(2026, 2, 18)]
    assert {first.fate, second.fate} == {Fate.LOST}


@pytest.mark.parametrize(
    ("word", "became"),
    [
        ("Storniert durch Gast", Fate.CANCELLED),
        ("cancelled_by_hotel", Fate.CANCELLED),
        ("No-Show", Fate.ABSENT),
        ("erschienen", Fate.HELD),
        ("nicht erschienen", Fate.ABSENT),
        ("entfallen", Fate.LOST),
        ("Nachgeholt", Fate.CAUGHT_UP),
        ("Erstattet", Fate.REFUNDED),
        ("angefragt", Fate.OPEN),
        ("vom Patienten abgesagt", Fate.CANCELLED),
        ("konnte nicht stattgefunden", Fate.LOST),
        ("grün", None),
    ],
)
def test_words_of_a_fate(word: str, became: Fate | None) -> None:
    """The words of offices and programs, German and English; an unknown one is not guessed."""
    assert fate(word) is became


def test_the_day_to_which_it_was_moved() -> None:
    """In a remark, in either language; another day in it is not that day."""
    assert moved_to("am 5.2.2026 verschoben auf den 12.02.2026") == date(2026, 2, 12)
    assert moved_to("rescheduled to 2026-02-12") == date(2026, 2, 12)
    assert moved_to("Rechnung vom 12.02.2026") is None


def test_a_list_of_channels() -> None:
    """What holds of each: shares, a value with or without VAT, a range, a moment of the site."""
    table = (
        "Kanal;Deckungsbeitrag;USt-Satz;Erlös je Einheit netto;Kommt später;Ersatz trug;Ersatz ab\n"
        "Zimmer;85 %;7 %;;30-50 %;40 %;04.03.2026 10:00\nTelefon;0,6;;45,00;nein;;\n"
    )
    rooms, phone = (r for r in read(table, "kanaele.csv").records if isinstance(r, SalesChannel))
    assert (rooms.margin, rooms.vat, rooms.later_least, rooms.later_most) == tuple(
        map(Decimal, ("0.85", "0.07", "0.3", "0.5"))
    )
    assert rooms.carried_from is not None and rooms.carried_from.isoformat() == "2026-03-04T09:00:00+00:00"
    assert (phone.value, phone.gross, phone.later_most) == (Money(4500), False, Decimal(0))


OTHERS = (
    ("Tag;Umsatz\nMo 02.03.2026;500,00\n", UnitKind.TAKINGS, Fate.HELD, 50000),
    (
        "Datum;Kurs;Teilnehmer;Status;Einnahmen\n04.03.2026;Yoga;12;ausgefallen;180,00\n",
        UnitKind.APPOINTMENT, Fate.LOST, 18000,
    ),
    (
        "Anreise;Abreise;Gast;Zimmer;Preis pro Nacht;Status\n04.03.2026;06.03.2026;X;12;89,00 €;storniert\n",
        UnitKind.NIGHT, Fate.CANCELLED, 17800,
    ),
    (
        "Lieferschein;Lieferdatum;Kunde;Status;Netto\nL2;04.03.2026;K;nachgeliefert am 09.03.2026;500,00\n",
        UnitKind.DELIVERY, Fate.CAUGHT_UP, 50000,
    ),
    (
        "Datum;Mitarbeiter;Projekt;Abrechenbare Stunden;Stundensatz\n04.03.2026;M1;P1;7,5;95,00\n",
        UnitKind.HOUR, Fate.HELD, 71250,
    ),
    (
        "Date,Time,Transaction ID,Status,Payment method,Total,Net\n"
        "2026-03-04,10:00,T1,Successful,Card,119.00,100.00\n2026-03-04,11:00,T3,Failed,Card,19.00,16.00\n",
        UnitKind.TAKINGS, Fate.HELD, 10000,
    ),
)  # fmt: skip


@pytest.mark.parametrize(("content", "kind", "became", "cents"), OTHERS)
def test_lists_of_other_trades(content: str, kind: UnitKind, became: Fate, cents: int) -> None:
    """Courses, deliveries, nights by their price, project hours of a business program, card payments."""
    (one,) = units(content)
    assert one.value is not None
    assert (one.kind, one.fate, one.value.cents) == (kind, became, cents)


def test_a_spreadsheets_midnight_is_a_day() -> None:
    """The time of day stands in its own column, or is not known."""
    timed, day = units(
        "Datum;Uhrzeit;Patient;Behandlung;Status;Honorar\n2026-03-04 00:00:00;09:30:00;1;x;ausgefallen;85.5\n"
        "2026-03-04T00:00:00;;1;x;ausgefallen;85.5\n"
    )
    assert (timed.at.astimezone(BERLIN).hour, timed.timed, day.timed) == (9, True, False)
    assert timed.value == Money(8550)


def test_a_column_whose_words_are_all_fates_says_what_became_of_each() -> None:
    """Whatever its heading; it is said. One with a word that is none, or with nothing lost, is not taken for it."""
    head = "Datum;Kundin;Leistung;Wie gelaufen;Neuer Termin;Preis\n"
    rows = ["04.02.2026;A;Schnitt;Bezahlt;;45,00", "05.02.2026;B;Farbe;Abgesagt durch Salon;;99,00"]
    moved = "06.02.2026;C;Schnitt;Bezahlt;13.02.2026;45,00"
    found = read(head + "\n".join(rows))
    assert [unit.fate for unit in found.records if isinstance(unit, Unit)] == [Fate.HELD, Fate.CANCELLED]
    assert "unit.status_column" in {finding.code for finding in found.findings}
    for other in ("06.02.2026;C;Schnitt;Frau Dr. fragen;;45,00", None):
        plain = read(head + "\n".join([*rows, other] if other else rows[:1] * 2))
        assert {unit.fate for unit in plain.records if isinstance(unit, Unit)} == {Fate.HELD}
    (unit,) = units("Datum;Kundin;Leistung;Neuer Termin;Preis\n" + moved.replace("Bezahlt;", ""))
    assert (unit.fate, unit.later) == (Fate.CAUGHT_UP, date(2026, 2, 13))


def test_hours_of_a_law_office() -> None:
    """Who keeps a matter is the person; a list without times of day brings its amounts."""
    head = "Datum;Sachbearbeiter;Akte;Tätigkeit;Stunden;Stundensatz;Betrag;abrechenbar\n"
    (unit,) = units(head + "16.06.2026;RA Blau;A-7;Schriftsatz;5,50;240,00;1320,00;ja\n")
    assert (unit.kind, unit.value) == (UnitKind.HOUR, Money(132000))
