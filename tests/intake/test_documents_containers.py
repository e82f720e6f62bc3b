"""PDFs, mails and archives: what lies inside is read, and its place names the way to it."""

import zipfile
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

import pytest
from tests.intake.documents import BERLIN, blob, cii, codes, mt940, only, pdf_with, read

from heller.intake import reading
from heller.model.errors import HellerError
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import text

SENT = datetime(2015, 2, 5, 9, 12, tzinfo=UTC)


def mail(body: str, attached: dict[str, bytes] | None = None, subject: str = "Störung") -> EmailMessage:
    """A mail with attachments."""
    made = EmailMessage()
    made["From"] = "Einkauf <einkauf@kunde.example>"
    made["To"] = "service@musterversand.example"
    made["Subject"] = subject
    made["Date"] = format_datetime(SENT.astimezone(BERLIN))
    made.set_content(body)
    for name, data in (attached or {}).items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_an_invoice_in_a_pdf_under_an_unusual_name() -> None:
    """The attachment is found by what it is, not by its name, and the place names it."""
    file = pdf_with({"notes.txt": b"<nothing>", "Rechnung März.xml": cii([1000], 190)})
    found = only(read(file), Invoice)
    assert found.gross == Money(1190)
    assert found.places["gross"].member == "Rechnung März.xml"
    assert found.places["gross"].object == blob(file).digest


def test_the_usual_name_comes_first_and_a_second_invoice_is_said() -> None:
    """Two e-invoices in one PDF: the one with the name of the standard is read, the other named."""
    got = read(pdf_with({"a.xml": cii([5], 1), "factur-x.xml": cii([1000], 190)}))
    assert only(got, Invoice).gross == Money(1190)
    assert "two-invoices" in codes(got)


def test_a_pdf_without_data_stays_an_exhibit() -> None:
    """No figure is guessed: a title, a finding, no record."""
    got = read(pdf_with({}), "Hotel.pdf")
    assert (got.reader, got.title, got.records) == ("pdf", "Hotel.pdf", ())
    assert codes(got) == {"no-invoice-data"}


def test_a_locked_pdf_and_a_broken_one_say_so() -> None:
    """Both are refused with what to do about it."""
    for data in (pdf_with({"factur-x.xml": cii([1000], 190)}, "secret"), b"%PDF-1.7\nnothing more"):
        (finding,) = read(data).findings
        assert finding.weight is Weight.REFUSED
        assert finding.do is not None


def test_a_pdf_whose_attachment_swells_is_not_unpacked() -> None:
    """Forty megabytes of blanks pack into forty kilobytes; they are left where they are."""
    got = read(pdf_with({"factur-x.xml": b"<" + b" " * (40 * 1024 * 1024)}))
    assert got.records == ()


def test_a_mail_names_orders_and_brings_an_invoice() -> None:
    """Time in UTC, sender, orders named, and the invoice in the PDF in the mail with its whole path."""
    made = mail(
        "Wir stornieren Bestellung Nr. MB-100234 und Bestellung: 100235.",
        {
            "Rechnung.pdf": pdf_with({"factur-x.xml": cii([1000], 190)}),
        },
    )
    got = read(made.as_bytes(), "mail.eml")
    found = only(got, Mail)
    assert (found.at, found.orders) == (SENT, ("MB-100234", "100235"))
    assert (got.title, found.subject, found.sender) == (
        "Störung",
        "Störung",
        "Einkauf <einkauf@kunde.example>",
    )
    place = only(got, Invoice).places["gross"]
    assert place.member == "Rechnung.pdf!/factur-x.xml"
    assert place.object == found.source.object == blob(made.as_bytes()).digest


def test_a_mail_in_html_is_read_as_words() -> None:
    """Tags, styles and scripts are no words."""
    made = mail("x")
    made.set_content(
        "<style>p{}</style><p>Auftrag 4711123</p><p>geht &uuml;ber den Hotspot</p>", subtype="html"
    )
    found = only(read(made.as_bytes()), Mail)
    assert found.body == "Auftrag 4711123\ngeht über den Hotspot"
    assert found.orders == ("4711123",)


def test_a_mail_without_a_date_is_no_record() -> None:
    """When it came is what it proves; without a date it stays an exhibit."""
    made = mail("x", {"kontoauszug.sta": mt940([(date(2015, 2, 9), -100, "A", "B")])})
    del made["Date"]
    got = read(made.as_bytes())
    assert [type(record) for record in got.records] == [BankEntry]
    assert "no-date" in codes(got)


def test_a_forwarded_mail_is_read_too() -> None:
    """The mail inside the mail is a mail of its own."""
    outer = mail("siehe unten", subject="WG: Zusage")
    outer.add_attachment(mail("Sie sind am Montag online.", subject="Zusage"))
    subjects = [record.subject for record in read(outer.as_bytes()).records if isinstance(record, Mail)]
    assert subjects == ["WG: Zusage", "Zusage"]


def test_mails_in_mails_without_end_are_cut_off() -> None:
    """Beyond four levels the members are named as not read."""
    made = mail("innermost")
    for _ in range(8):
        outer = mail("around")
        outer.add_attachment(made)
        made = outer
    got = read(made.as_bytes())
    assert "too-deep" in codes(got)
    assert 1 < len(got.records) < 9


def test_an_archive_of_statements() -> None:
    """Banks hand out camt and MT940 in ZIP files: every member is read, unknown ones are named."""
    file = zipped(
        {"a.sta": mt940([(date(2015, 2, 9), -100, "A", "B")]), "b/c.xml": cii([1000], 190), "x.bin": b"\x01"}
    )
    got = read(file, "umsaetze.zip")
    assert only(got, BankEntry).source.member == "a.sta"
    assert only(got, Invoice).source.member == "b/c.xml"
    assert "unknown-format" in codes(got)
    assert (got.reader, got.title) == ("zip", "umsaetze.zip")


def test_two_attachments_of_one_name_are_told_apart() -> None:
    """Many sellers call it Rechnung.xml; a place must name one of them."""
    made = mail("anbei", {"Rechnung.xml": cii([1000], 190, number="A-1")})
    made.add_attachment(
        cii([2000], 380, number="A-2"), maintype="text", subtype="xml", filename="Rechnung.xml"
    )
    found = [record for record in read(made.as_bytes()).records if isinstance(record, Invoice)]
    assert {invoice.number: invoice.source.member for invoice in found} == {
        "A-1": "Rechnung.xml",
        "A-2": "Rechnung.xml#2",
    }


def test_an_archive_that_swells_is_refused() -> None:
    """A hundred megabytes and more are not unpacked."""
    got = read(zipped({f"{n}.txt": b" " * (60 * 1024 * 1024) for n in range(2)}))
    assert codes(got) == {"refused"}


def test_a_spreadsheet_is_no_archive() -> None:
    """Office files are ZIP files, but their inside is not evidence: one sentence says what to do."""
    got = read(zipped({"xl/a.xml": b"<a/>", "[Content_Types].xml": b"<Types/>"}))
    assert got.records == ()
    assert codes(got) == {"refused"}


def test_a_file_that_nobody_knows_is_kept() -> None:
    """It has its name as a title and a note what became of it."""
    got = read(b"\x00\x01\x02\x03 rest", "Zeichnung.dwg")
    assert (got.reader, got.title, got.records) == ("none", "Zeichnung.dwg", ())
    assert codes(got) == {"unknown-format"}


def test_an_empty_file_is_said_to_be_empty() -> None:
    """Nothing in it is another thing than an unknown format."""
    assert codes(read(b"", "Rechnung.pdf")) == {"empty-file"}


class Stub:
    """A reader that knows every file; it may break."""

    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.NAME, self.error = name, error

    def identify(self, head: bytes, name: str) -> reading.Confidence:
        """Always sure."""
        return reading.Confidence(100, text("It is asked."))

    def read(self, blob: Blob, zone: object) -> Reading:
        """Reads nothing, or breaks."""
        if self.error:
            raise self.error
        return Reading(self.NAME, "stub")


def with_readers(monkeypatch: pytest.MonkeyPatch, *readers: Stub) -> Reading:
    """What comes of a file when only these readers are there."""
    monkeypatch.setattr(reading, "all_readers", lambda: reading.Readers(readers, ()))
    return read(b"anything", "anything.txt")


def test_a_reader_that_breaks_costs_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in one reader, or its refusal, leaves the exhibit and says so."""
    got = with_readers(monkeypatch, Stub("wild", KeyError("x")))
    assert codes(got) == {"reader-broke"}
    assert got.title == "anything.txt"
    said = text("No."), text("Because."), text("Do.")
    assert codes(with_readers(monkeypatch, Stub("strict", HellerError(*said)))) == {"refused"}


def test_a_tie_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two readers that are equally sure: the first by name reads, and the finding names both."""
    got = with_readers(monkeypatch, Stub("a"), Stub("b"))
    assert got.reader == "a"
    assert [finding.code for finding in got.findings] == ["reader-tie"]


def test_places_move_into_members_everywhere() -> None:
    """Locators in records, in dicts of places and in findings all name the member."""
    found = only(read(cii([1000], 190)), Invoice)
    finding = Finding("x", text("x"), source=Locator("d", "row 1", member="in.xml"))
    moved = reading.within(Reading("r", "t", (found,), (finding,)), "out.zip")
    inner = only(moved, Invoice)
    assert {place.member for place in (*inner.places.values(), inner.source, inner.lines[0].source)} == {
        "out.zip"
    }
    assert moved.findings[0].source == Locator("d", "row 1", member="out.zip!/in.xml")
