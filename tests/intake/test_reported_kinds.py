"""Kinds that users of comparable tools reported: postings taken back, signs in headers, events that were called off."""

from __future__ import annotations

import pytest
from tests.intake.documents import codes, only, read
from tests.intake.test_chains import given

from heller import pipeline
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.kinds.posting import Posting
from heller.model.kinds.summary import Summary
from heller.model.record import Reading

BATCH = "r48-datev-gu.csv"
HEAD = b"\n".join(given(BATCH).splitlines()[:2]) + b"\n"
TAIL = ";" * 103


def batch(*rows: str) -> Reading:
    """A batch of postings: 'amount;side;unit;rate;worth;its unit;account;contra;key;day;voucher;mark'."""
    lines = []
    for row in rows:
        cells = row.split(";")
        lines.append(";".join([*cells[:11], *[""] * 106, cells[11], ""]))
    return read(HEAD + "\n".join(lines).encode("cp1252") + b"\n", "EXTF_x.csv")


def sums(reading: Reading) -> tuple[object, object, object]:
    """Number of postings, debit and credit of a batch."""
    values = only(reading, Summary).values
    return values["entries"].value, values["debit"].value, values["credit"].value


def test_a_posting_that_was_taken_back_proves_nothing() -> None:
    """Generalumkehr: money out is what is left, and the invoice has no posting."""
    found = read(given(BATCH), BATCH)
    assert sums(found) == (3, "50.00", "0.00")
    readings = pipeline.corroborate({"a": found, "b": read(given("r48-invoice-r1.xml"), "r.xml")})
    assert "posting" not in only(readings["b"], Invoice).proven_by


def test_sums_are_of_what_was_read() -> None:
    """A row that is refused is in no sum: 3 rows, 357.00."""
    assert sums(read(given("r27-datev-dates.csv"), "x.csv")) == (3, "357.00", "0.00")


PLAIN = "119,00;S;EUR;;;;4920;70001;9;0502;R-1;"


@pytest.mark.parametrize(
    "back",
    [
        "119,00;S;EUR;;;;4920;70001;9;0502;R-1;G",
        "119,00;H;EUR;;;;4920;70001;9;0502;R-1;1",
        "119,00;H;EUR;;;;4920;70001;29;0502;R-1;",
    ],
)
def test_a_reversal_is_known_on_either_side_and_by_its_key(back: str) -> None:
    """By the mark or by the posting key; whichever side it was written on, it comes off the posting's."""
    found = batch(PLAIN, back)
    assert sums(found) == (2, "0.00", "0.00")
    one, two = (r for r in found.records if isinstance(r, Posting))
    assert (one.debit, one.credit, one.tax_key) == (two.credit, two.debit, two.tax_key)
    again = batch(PLAIN, back, PLAIN)
    assert sums(again) == (3, "119.00", "0.00")
    readings = pipeline.corroborate({"a": again, "b": read(given("r48-invoice-r1.xml"), "r.xml")})
    assert "posting" in only(readings["b"], Invoice).proven_by


def test_a_mark_that_is_not_known_makes_the_row_unread() -> None:
    """It may turn the posting round."""
    assert sums(batch(PLAIN, PLAIN + "X")) == (1, "119.00", "0.00")
    assert batch(PLAIN + "X").rows_rejected == 1
    assert batch(PLAIN.replace(";9;", ";9a;")).rows_rejected == 1


def test_a_foreign_currency_counts_with_its_worth() -> None:
    """Where the row says what it was worth; else it is in no sum, and said to be."""
    assert sums(batch("130,00;S;USD;1,0924;119,00;EUR;4920;70001;;0502;R-1;")) == (1, "119.00", "0.00")
    found = batch("130,00;S;USD;;;;4920;70001;;0502;R-1;")
    assert sums(found) == (1, "0.00", "0.00")
    assert "posting-currency" in codes(found)


def test_raw_signs_in_headers() -> None:
    """Bytes without an encoding are read as bodies are, and said to be."""
    found = read(given("r39b-raw-8bit-subject.eml"), "m.eml")
    assert (only(found, Mail).sender, only(found, Mail).subject) == ("Müller <a@example.org>", "Störung")
    assert "header-repaired" in codes(found)


MAIL = b"From: a@b.example\r\nTo: c@d.example\r\nDate: Thu, 5 Feb 2026 14:40:57 +0100\r\n"


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Störung €".encode(), "Störung €"),
        ("Störung – jetzt".encode("cp1252"), "Störung – jetzt"),
        (b"=?iso-8859-1?Q?10_=80_=96_St=F6rung?=", "10 € – Störung"),
        (b"=?utf-8?q?St=C3=B6rung?=", "Störung"),
    ],
)
def test_windows_signs_in_a_subject(subject: bytes, said: str) -> None:
    """In raw bytes and under the name of Latin-1."""
    assert only(read(MAIL + b"Subject: " + subject + b"\r\n\r\nText\r\n", "m.eml"), Mail).subject == said


def test_windows_signs_in_a_body() -> None:
    """What is called iso-8859-1 and holds a euro is Windows-1252."""
    body = b'Subject: x\r\nContent-Type: text/plain; charset="iso-8859-1"\r\n\r\n10 \x80 \x96 ja\r\n'
    assert only(read(MAIL + body, "m.eml"), Mail).body == "10 € – ja"


def test_an_event_that_was_called_off_does_not_count() -> None:
    """By its own status, or by the method of the whole calendar."""
    event = "BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:2026020{n}T080000Z\r\n{more}END:VEVENT\r\n"
    whole = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{method}{events}END:VCALENDAR\r\n"
    events = event.format(n=1, more="") + event.format(n=2, more="STATUS:CANCELLED\r\n")
    found = read(whole.format(method="", events=events).encode(), "x.ics")
    assert only(found, Summary).values["events"].value == 1
    assert "events-cancelled" in codes(found)
    off = read(whole.format(method="METHOD:CANCEL\r\n", events=event.format(n=1, more="")).encode(), "x.ics")
    assert only(off, Summary).values["events"].value == 0
