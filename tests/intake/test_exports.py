"""Exports of programs: DATEV, call lists, calendars, time trackers, shops, spreadsheets, FatturaPA, archives.

The files are made up in the layouts that the readers name, but for those in `data/exports`, whose sources
stand in `data/exports/SOURCES.md`.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from tests.intake import golden
from tests.intake.tables import BERLIN, blob

from heller import intake
from heller.intake import as_plain
from heller.intake.as_plain import Document
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.order import Order
from heller.model.kinds.shift import Shift, ShiftKind
from heller.model.money import Money
from heller.model.value import Support

DATA = Path(__file__).parent / "data" / "exports"


def document(content: str | bytes, name: str) -> Document:
    """The first document of a file."""
    return as_plain.documents(intake.read(blob(content, name), BERLIN))[0]


def values(content: str | bytes, name: str) -> dict[str, object]:
    """The values of the first document of a file."""
    return {key: value.value for key, value in document(content, name).values.items()}


def warned(content: str | bytes, name: str) -> list[str]:
    """The codes of what a claim must not swallow."""
    return [finding.code for finding in document(content, name).warnings]


EXTF = (
    '"EXTF";700;21;"Buchungsstapel";12;20150301120000000;;"XY";"";"";1001;456;20150101;4;{begin};{end};'
    '"Februar";"";1;;0;"EUR";"";"";"";"";"03";"";;"";""\r\n'
    "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basisumsatz;WKZ Basisumsatz;Konto;"
    "Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1\r\n"
    '119,00;"S";"";;;"";10000;8400;"";{day};"RE17"\r\n50,00;"H";"";;;"";1200;4920;"";2702;"T1"\r\n'
)


@pytest.mark.parametrize("path", golden.samples(), ids=lambda path: path.name)
def test_samples_are_read_as_their_golden_files_say(path: Path) -> None:
    """Every sample has its expected values beside it."""
    expected = json.loads(path.with_name(path.name + golden.ENDING).read_text(encoding="utf-8"))
    assert json.loads(json.dumps(golden.said(path))) == expected


def test_a_batch_of_postings_has_the_year_of_its_period_and_names_its_classes() -> None:
    """Days are TTMM; the year is the batch's. Accounts are named by the chart that the header states."""
    content = EXTF.format(begin="20150201", end="20150228", day="602").encode("cp1252")
    found = values(content, "EXTF_Buchungsstapel.csv")
    assert found == {
        "category": "21", "entries": 2, "from": "2015-02-01", "to": "2015-02-28", "consultant": "1001",
        "client": "456", "currency": "EUR", "chart": "03", "debit": "119.00", "credit": "50.00",
        "first": "2015-02-06", "last": "2015-02-27", "classes": "revenue 19 %: 1, telephone and internet: 1",
    }  # fmt: skip
    assert warned(content, "x.csv") == []


def test_a_batch_outside_its_business_year_or_a_posting_outside_its_batch_is_said() -> None:
    """The day of a posting would get the wrong year."""
    other = EXTF.format(begin="20140901", end="20140930", day="0602")
    assert warned(other, "x.csv") == ["batch-year", "posting-outside", "posting-outside"]
    assert warned(EXTF.format(begin="20150201", end="20150228", day="0603"), "x.csv") == ["posting-outside"]


def test_dates_of_a_batch_over_new_year_fall_into_it() -> None:
    """2 January of a batch from December to January is that of the second year."""
    content = EXTF.format(begin="20141201", end="20150131", day="0201").replace(";2702;", ";3112;")
    assert (values(content, "x.csv")["first"], values(content, "x.csv")["last"]) == (
        "2014-12-31",
        "2015-01-02",
    )


CALLS = (
    "sep=;\nTyp;Datum;Name;Rufnummer;{area}Nebenstelle;Eigene Rufnummer;Dauer\n"
    "1;06.02.15 09:12;A;030123;{gap}Telefon;123;0:04\n2;06.02.15 09:30;;030123;{gap};123;0:00\n"
    "{out};04.02.15 17:01;;040123;{gap}Telefon;123;1:02\n"
)


@pytest.mark.parametrize("out", ["3", "4"])
@pytest.mark.parametrize("area", [True, False])
def test_a_call_list_counts_and_keeps_no_number(out: str, area: bool) -> None:
    """Old and new numbers for outgoing calls, seven and eight columns; nobody's number is kept."""
    said = "Landes-/Ortsnetzbereich;" if area else ""
    content = CALLS.format(out=out, area=said, gap="Berlin;" if area else "")
    assert values(content, "FRITZ!Box_Anrufliste.csv") == {
        "rows": 3,
        "calls": 3,
        "incoming": 1,
        "missed": 1,
        "outgoing": 1,
        "blocked": 0,
        "minutes": 66,
        "from": "2015-02-04T17:01:00",
        "to": "2015-02-06T09:30:00",
    }
    assert "030123" not in str(intake.read(blob(content), BERLIN))


def test_a_calendar_whose_events_are_lost_is_doubted() -> None:
    """The library reads no event without its end; the text is counted beside it."""
    good = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20150206T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    found = document(good, "x.ics").values["events"]
    assert (found.value, found.grade) == (1, Support.PROVEN)
    reading = intake.read(blob("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", "x.ics"), BERLIN)
    assert {finding.code for finding in reading.findings} & {"events-lost", "refused"}


TOGGL = (
    "\ufeffUser,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
    "Ada,a@example.org,Intern,Ausfall,,x,No,2015-02-06,22:00:00,2015-02-07,01:30:00,03:30:00,Leerlauf\n"
    "Ben,b@example.org,Intern,Ausfall,,x,No,2015-03-28,23:00:00,2015-03-29,04:00:00,04:00:00,\n"
)


def test_tracked_hours_go_by_the_clock_over_midnight_and_the_change_of_the_clock() -> None:
    """In the night of 29 March five hours on the clock are four hours of work, as the program says too."""
    found = document(TOGGL, "Toggl_time_entries.csv")
    assert {key: value.value for key, value in found.values.items()} == {
        "rows": 2,
        "hours": "7.5000",
        "people": 2,
    }
    assert found.values["hours"].grade is Support.PROVEN
    (shift,) = (r for r in intake.read(blob(TOGGL), BERLIN).records if isinstance(r, Shift))
    assert (shift.kind, shift.minutes) == (ShiftKind.IDLE, 210)


def test_kimai_in_german_with_rounded_durations() -> None:
    """400 seconds are '0.11' in the file and 0.1111 by the clock."""
    content = (
        "Datum,Von,Bis,Dauer,Währung,Stundensatz,Benutzer,Kunde,Projekt,Tätigkeit,Beschreibung,Abrechenbar,Schlagworte\n"
        "2015-02-06,08:00:00,08:06:40,0.11,EUR,0,ada,K,P,T,,nein,\n"
        "2015-02-06,09:00,17:30,8.50,EUR,0,ben,K,P,Überstunden,,nein,\n"
    )
    assert values(content, "kimai.csv") == {"rows": 2, "hours": "8.6111", "people": 2}
    assert warned(content, "kimai.csv") == []


def test_days_that_can_be_read_in_two_ways_are_said_and_make_no_shift() -> None:
    """Clockify writes 01/07/2026 by the user's setting; the hours stand, the day is open."""
    content = (
        "Project,Client,Description,Task,User,Email,Tags,Billable,"
        "Start Date,Start Time,End Date,End Time,Duration (h)\n"
        "Leerlauf,I,x,,Ada,a@x.org,,No,01/07/2026,01:26:00 PM,01/07/2026,02:43:00 PM,01:17:00\n"
    )
    assert values(content, "c.csv")["hours"] == "1.2833"
    assert warned(content, "c.csv") == ["days-unsure"]
    assert not [r for r in intake.read(blob(content), BERLIN).records if isinstance(r, Shift)]


@pytest.mark.parametrize("hours", ["7:30", "7,5", "7.5 h"])
def test_a_list_of_hours_without_times(hours: str) -> None:
    """A decimal comma and a clock say the same."""
    content = f"Mitarbeiter;Datum;Stunden\nAda;06.02.2015;{hours}\nBen;06.02.2015;0:30\n"
    assert values(content, "stunden.csv") == {"rows": 2, "hours": "8.0000", "people": 2}


def test_a_sheet_without_kinds_counts_and_enters_no_sum() -> None:
    """What the hours were, the sheet does not say: they are work of no named kind, and that is noted."""
    content = "Mitarbeiter;Datum;Beginn;Ende;Pause;Stunden\nAda;06.02.2015;22:00;06:00;0:30;7,5\n"
    found = document(content, "stunden.csv")
    assert {key: value.value for key, value in found.values.items()} == {
        "rows": 1,
        "hours": "7.5000",
        "people": 1,
    }
    assert found.warnings == ()
    (shift,) = (r for r in intake.read(blob(content), BERLIN).records if isinstance(r, Shift))
    assert shift.kind is ShiftKind.WORK


@pytest.mark.parametrize("pause", ["0,5", "0:30", "30", "30 min"])
def test_a_pause_in_hours_or_minutes_is_told_by_the_sheet_s_own_sum(pause: str) -> None:
    """Half an hour in each spelling; that it is hours, the sheet's own sum says."""
    content = f"Mitarbeiter;Datum;Beginn;Ende;Pause;Stunden\nAda;06.02.2015;08:00;16:30;{pause};8,0\n"
    assert values(content, "stunden.csv")["hours"] == "8.0000"
    assert warned(content, "stunden.csv") == []


def test_shopware_s_orders_are_gross_and_their_states_are_no_words() -> None:
    """Times are UTC, amounts have a point; an identifier tells nobody whether an order was cancelled."""
    state = "0195a2f0b3c44d5e8f60718293a4b5c6"
    content = (
        "order_number;amount_total;amount_net;order_state_id;order_date_time;currency\n"
        f"10001;119.00;100.00;{state};2015-02-06 08:00:00.000;EUR\n10002;59.5;50;{state};2015-02-07 08:00:00.000;EUR\n"
    )
    found = values(content, "x.csv")
    assert (found["orders"], found["gross"], found["net"], found["currency"]) == (
        2,
        "178.50",
        "150.00",
        "EUR",
    )
    assert warned(content, "x.csv") == ["orders.state_id"]
    nets = [r.net for r in intake.read(blob(content), BERLIN).records if isinstance(r, Order)]
    assert nets == [Money(10000), Money(5000)]


def test_amazon_s_cancelled_orders_have_no_price() -> None:
    """A lost order whose worth must come from elsewhere is counted, and its missing price said."""
    head = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tcurrency\titem-price\titem-tax\n"
    content = head + (
        "302-1\t2015-02-06T08:00:00+00:00\tShipped\tAmazon.de\tEUR\t119.00\t19.00\n"
        "302-1\t2015-02-06T08:00:00+00:00\tShipped\tAmazon.de\tEUR\t11.90\t1.90\n"
        "302-2\t2015-02-06T09:00:00+00:00\tCancelled\tAmazon.de\t\t\t\n"
    )
    found = values(content, "x.txt")
    assert (found["orders"], found["lines"], found["cancelled"], found["gross"]) == (2, 3, 1, "130.90")
    assert warned(content, "x.txt") == ["order.no_amount"]
    (order,) = (r for r in intake.read(blob(content), BERLIN).records if isinstance(r, Order))
    assert order.net == Money(11000)


EBAY = (
    '\n"Sales Record Number","Order Number","Item Title","Sold For","Total Price","Sale Date"\n\n'
    '"1","01-1","Router","EUR 85,00","EUR 90,00","Oct-05-26"\n'
    '"2","01-2","Kabel","EUR 1.005,00","EUR 1.010,00","Okt-06-26"\n\n"2 record(s) downloaded"\n'
)


def test_ebay_s_count_at_the_end_is_checked() -> None:
    """The list says how many rows it has: one that was cut off is seen."""
    assert values(EBAY, "x.csv")["gross"] == "1100.00"
    assert "orders.count" not in warned(EBAY, "x.csv")
    assert "orders.count" in warned(EBAY.replace("2 record", "3 record"), "x.csv")


def sheet(rows: str) -> bytes:
    """A workbook with one sheet of these rows, as XML of its cells."""
    out = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    links = f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{rel}/'
    book = f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="Konto" sheetId="1" r:id="r1"/></sheets>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'{links}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"{book}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{links}worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _row(number: int, *cells: str) -> str:
    texts = "".join(
        f'<c r="{"ABCDEF"[n]}{number}" t="inlineStr"><is><t>{c}</t></is></c>' for n, c in enumerate(cells)
    )
    return f'<row r="{number}">{texts}</row>'


def test_a_spreadsheet_opens_into_its_sheets() -> None:
    """The place of an entry names the sheet and the row in it."""
    rows = _row(1, "Buchungstag", "Wertstellung", "Umsatzart", "Buchungstext", "Betrag", "Währung")
    rows += _row(2, "06.02.2015", "06.02.2015", "Lastschrift", "RE 17", "-1.143,41", "EUR")
    found = intake.read(blob(sheet(rows), "umsatz.xlsx"), BERLIN)
    (entry,) = (r for r in found.records if isinstance(r, BankEntry))
    assert (entry.amount, entry.source.member, entry.source.place) == (
        Money(-114341),
        "Konto.csv",
        "row 2 column 5",
    )


def test_a_sheet_that_spans_the_world_is_refused_before_it_fills_the_memory() -> None:
    """A cell in the last corner of a sheet makes 17 milliards of empty ones."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    found = intake.read(blob(sheet(rows), "x.xlsx"), BERLIN)
    assert [finding.code for finding in found.findings] == ["refused"]


def test_a_lot_of_several_invoices_has_its_sum_and_each_invoice() -> None:
    """FatturaPA may hold several bodies: the lot's sums come first, and each invoice stands for itself."""
    found = as_plain.documents(
        intake.read(blob((DATA / "IT01234567890_FPA03.xml").read_bytes(), "x.xml"), BERLIN)
    )
    assert [d.kind for d in found] == ["invoice_lot", "invoice", "invoice"]
    assert [(d.values["number"].value, d.values["gross"].value) for d in found] == [
        ("12", "2470.50"),
        ("12", "30.50"),
        ("456", "2440.00"),
    ]
    reading = intake.read(blob((DATA / "IT01234567890_FPA03.xml").read_bytes(), "x.xml"), BERLIN)
    assert sum(r.gross.cents for r in reading.records if isinstance(r, Invoice)) == 247050


def test_shopware_5_has_times_of_the_shop_and_an_order_again_for_each_rate() -> None:
    """The main data of orders as its plug-in exports them: states are words, two rates are one order."""
    content = (
        "orderId;orderNumber;invoiceNumber;invoiceAmount;invoiceAmountNet;taxRate;orderStatus;currency;orderTime\n"
        "1;20001;;119.00;100.00;19;Komplett abgeschlossen;EUR;2015-02-06 08:00:00\n"
        "2;20002;;226.00;200.00;19;Offen;EUR;2015-02-06 09:00:00\n"
        "2;20002;;226.00;200.00;7;Offen;EUR;2015-02-06 09:00:00\n"
        "3;20003;;59.50;50.00;19;Storniert / Abgelehnt;EUR;2015-02-06 10:00:00\n"
    )
    found = values(content, "orders.csv")
    assert (found["orders"], found["gross"], found["net"], found["cancelled"]) == (3, "404.50", "350.00", 1)
    orders = [r for r in intake.read(blob(content), BERLIN).records if isinstance(r, Order)]
    assert [order.at.hour for order in orders] == [7, 8, 9]  # UTC, an hour behind the shop in winter


def test_woocommerce_s_export_plug_in_states_net_or_is_refused_with_the_way() -> None:
    """'Advanced Order Export' writes gross by default; the column without tax is what a claim needs."""
    gross = (
        "Order Number,Order Status,Order Date,Order Total Amount\n1001,Completed,2015-02-06 10:00,119.00\n"
    )
    refused = intake.read(blob(gross), BERLIN)
    assert {f.code for f in refused.findings} >= {"order.gross_only"}
    net = gross.replace("Amount\n", "Amount,Order Total Amount without Tax\n").replace(
        "119.00\n", "119.00,100.00\n"
    )
    (order,) = (r for r in intake.read(blob(net), BERLIN).records if isinstance(r, Order))
    assert order.net == Money(10000)


def test_events_that_repeat_are_said() -> None:
    """A rule stands once for many days: who counts appointments in an outage has to look them up."""
    content = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20150101T000000Z\r\n"
        "DTSTART;TZID=W. Europe Standard Time:20150205T090000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY:Termin\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert warned(content, "x.ics") == ["events-repeat"]
    assert values(content, "x.ics")["from"] == "2015-02-05T08:00:00Z"
