"""Outlook's .msg: what is in it is read as from the .eml that it once was. All files are made here."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.compound import Storage, compound, outlook
from tests.intake.documents import BERLIN, blob, cii, codes, only, read

from heller.intake import members
from heller.intake.readers import msg
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.record import Reading

SENT = datetime(2015, 2, 12, 8, 31, tzinfo=UTC)
WHO = ("A", "a@example.org")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOTE = outlook(
    subject="Störung Ihres Anschlusses, Ticket 4711",
    sender=("Müller, Jörg", "joerg.mueller@provider.example"),
    to=(
        ("Musterversand", "info@musterversand.example", 1),
        ("Büro", "buero@musterversand.example", 2),
        ("Geheim", "geheim@example.org", 3),
    ),
    sent=SENT,
    body="Guten Tag,\r\nwir prüfen die Störung. Auftrag Nr. 123456 ist angelegt.\r\n",
)


def mail_of(storage: Storage) -> tuple[Mail, Reading]:
    """The mail in a file made of a storage."""
    reading = read(compound(storage), "mail.msg")
    return only(reading, Mail), reading


def test_a_mail_says_who_when_and_what() -> None:
    """Names with commas and umlauts, the instant in UTC, the order named in the text."""
    mail, reading = mail_of(NOTE)
    assert reading.reader == "msg" and codes(reading) == set()
    assert mail.at == SENT
    assert mail.sender == '"Müller, Jörg" <joerg.mueller@provider.example>'
    assert "info@musterversand.example" in mail.to and "geheim" not in mail.to
    assert mail.subject == "Störung Ihres Anschlusses, Ticket 4711"
    assert "wir prüfen die Störung" in mail.body
    assert mail.orders == ("123456",)


def test_old_files_keep_their_texts_in_a_code_page() -> None:
    """Files of before Unicode name the code page; the same mail comes out."""
    old = outlook(subject="Größe", sender=("Jörg", "j@example.org"), sent=SENT, body="Prüfung", narrow=1252)
    mail, _ = mail_of(old)
    assert (mail.subject, mail.body) == ("Größe", "Prüfung")


def test_attachments_are_members_and_are_read() -> None:
    """The invoice in the mail in the mail is found, with the way to it."""
    xml = cii([10000], 1900)
    inner = outlook(
        subject="Ihre Rechnung",
        sender=("L", "l@example.org"),
        sent=SENT,
        body="anbei",
        files=(("Rechnung März.xml", xml),),
    )
    outer = outlook(
        subject="WG: Rechnung",
        sender=WHO,
        sent=SENT,
        body="siehe unten",
        files=(("", inner), ("groß.txt", b"x" * 9000)),
    )
    file = blob(compound(outer), "mail.msg")
    reading = read(file.data, "mail.msg")
    invoice = only(reading, Invoice)
    assert invoice.source.member == "Ihre Rechnung.eml!/Rechnung März.xml"
    assert len([r for r in reading.records if isinstance(r, Mail)]) == 2
    found = members.inside(file, invoice.source.member)
    assert found is not None and found.data == xml
    assert [one.name for one in msg.members(file)] == ["Ihre Rechnung.eml", "groß.txt"]
    assert msg.members(file)[1].data == b"x" * 9000


def test_pictures_of_the_text_are_no_attachments() -> None:
    """A logo in the signature is left out as it is in an .eml."""
    logo = outlook(
        subject="x",
        sent=SENT,
        sender=WHO,
        files=(("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(50)),),
    )
    part = logo["__attach_version1.0_#00000000"]
    assert isinstance(part, dict)
    part |= {
        "__substg1.0_370E001F": "image/png".encode("utf-16-le"),
        "__substg1.0_3712001F": "i@1".encode("utf-16-le"),
    }
    assert msg.members(blob(compound(logo), "x.msg")) == ()


def test_what_outlook_kept_of_the_headers_fills_the_gaps() -> None:
    """Sender and day come from the headers as received where no property states them."""
    stamp = "Thu, 12 Feb 2015 09:31:00 +0100"
    headers = f"Received: by x\r\nFrom: Technik <technik@provider.example>\r\nDate: {stamp}\r\n\r\n"
    mail, _ = mail_of(outlook(subject="s", headers=headers, body="b"))
    assert mail.at == SENT and "technik@provider.example" in mail.sender


def test_a_draft_has_no_day_and_is_no_contact() -> None:
    """What was never sent proves nothing: the day is missing, which is said."""
    assert codes(read(compound(outlook(subject="Entwurf", body="...")), "x.msg")) == {"no-date"}


def test_a_text_that_is_only_there_as_rtf_is_said() -> None:
    """The mail is read, and that its text is missing is a warning."""
    rich = {"__substg1.0_10090102": bytes(40)}
    mail, reading = mail_of(outlook(subject="s", sender=WHO, sent=SENT, more=rich))
    assert mail.body == "" and codes(reading) == {"only-rich-text"}


def test_a_text_as_a_web_page_is_read() -> None:
    """HTML is kept as bytes in the code page that the mail names; tags are left out."""
    page = {
        "__substg1.0_10130102": "<html><body><p>Die Störung</p> ist behoben</body></html>".encode("cp1252")
    }
    mail, _ = mail_of(outlook(subject="s", sender=WHO, sent=SENT, more=page))
    assert mail.body.split() == ["Die", "Störung", "ist", "behoben"]


def test_lines_in_a_name_make_no_headers() -> None:
    """A subject or a name with line breaks stays one value."""
    mail, _ = mail_of(
        outlook(subject="eins\r\nBcc: x@y.de", sender=("A\r\nTo: b", "a@example.org"), sent=SENT)
    )
    assert mail.subject == "eins Bcc: x@y.de" and mail.to == ""


@pytest.mark.parametrize("keep", [0, 8, 512, 600, 2000])
def test_a_file_cut_short_is_refused(keep: int) -> None:
    """A broken file costs a finding."""
    whole = compound(NOTE)
    found = read((whole[:keep] if keep else OLE + bytes(600)) or b"x", "mail.msg")
    assert codes(found) <= {"refused", "unknown-format", "no-date"} and codes(found)


def test_other_compound_files_are_no_mails() -> None:
    """A Word document of old is told from a mail by the stream of properties and by its name."""
    assert msg.identify(OLE + bytes(600), "brief.doc").score == 0
    assert msg.identify(compound(NOTE)[:65536], "noname").score == 90


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20000), st.integers(0, 255)), min_size=1, max_size=12))
def test_broken_bytes_cost_a_finding_at_most(changes: list[tuple[int, int]]) -> None:
    """Any byte may be wrong: no exception leaves the reader."""
    data = bytearray(
        compound(
            outlook(
                subject="s",
                sender=WHO,
                sent=SENT,
                body="b" * 5000,
                files=(("a.xml", b"<a/>"),),
            )
        )
    )
    for at, value in changes:
        data[at % len(data)] = value
    found = msg.read(blob(bytes(data), "x.msg"), BERLIN)
    assert found.title
