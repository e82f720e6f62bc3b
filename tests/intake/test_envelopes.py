"""Envelopes are opened and small damage is repaired with a doubt: mailboxes, Apple's mails, SBDH, encodings, days."""

from __future__ import annotations

from datetime import date

import pytest
from tests.intake.documents import cii, codes, only, read
from tests.intake.test_chains import given

from heller.intake.einvoice.settle import day_of
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.money import Money


def test_a_mailbox_holds_all_its_mails() -> None:
    """Two mails, the second as whole as the first; '>From' in a body begins none."""
    found = read(given("two.mbox"), "two.mbox")
    mails = [record for record in found.records if isinstance(record, Mail)]
    assert [mail.subject for mail in mails] == ["Ticket 1", "Ticket 2"]
    quoted = given("two.mbox") + b"\n>From here on nothing.\n"
    assert sum(isinstance(r, Mail) for r in read(quoted, "two.mbox").records) == 2


def test_apples_mail_with_its_invoice() -> None:
    """The length before it and the list of properties behind it are no part of the mail."""
    found = read(given("mail_apple.emlx"), "mail_apple.emlx")
    assert only(found, Mail).subject == "Rechnung"
    assert only(found, Invoice).number == "R-1"
    assert "plist" not in only(found, Mail).body


def test_an_invoice_in_the_envelope_of_peppol() -> None:
    """The Standard Business Document is opened; the places lie in it."""
    invoice = only(read(given("inv_sbdh.xml"), "x.xml"), Invoice)
    assert (invoice.number, invoice.gross) == ("R-1", Money(11900))
    assert invoice.places["number"].place.startswith("/StandardBusinessDocument")


def test_windows_signs_under_the_name_of_utf_8() -> None:
    """They are read, and said to be."""
    found = read(given("inv_cp1252_declared_utf8.xml"), "x.xml")
    assert only(found, Invoice).gross == Money(11900)
    assert "encoding-repaired" in codes(found)


@pytest.mark.parametrize("damage", [lambda d: d + b"\0\0\0", lambda d: b"\xef\xbb\xbf\xef\xbb\xbf" + d])
def test_zeros_behind_and_two_marks_before(damage) -> None:  # type: ignore[no-untyped-def]
    """What programs leave around a file costs nothing."""
    assert only(read(damage(cii([10000], 1900)), "x.xml"), Invoice).gross == Money(11900)


def test_utf_16_is_left_whole() -> None:
    """Its zeros are halves of signs."""
    said = cii([10000], 1900).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert only(read(said.encode("utf-16"), "x.xml"), Invoice).gross == Money(11900)


def test_a_tiny_binary_fraction_keeps_its_proof() -> None:
    """141.26000000000002 is 141.26, with a doubt; half a cent is not."""
    found = read(given("cii_float141.xml"), "x.xml")
    invoice = only(found, Invoice)
    assert invoice.net == Money(14126)
    assert "binary-fraction" in codes(found)
    assert "net+vat" in invoice.proven_by
    odd = cii([10000], 1900).replace(b"<ram:TaxBasisTotalAmount>100<", b"<ram:TaxBasisTotalAmount>100.005<")
    assert "not-an-amount" in codes(read(odd, "x.xml"))


def test_a_day_with_its_zone() -> None:
    """The day is the one that is written, whatever zone or hour stands behind it."""
    assert only(read(given("ubl_tz_plus.xml"), "x.xml"), Invoice).issued == date(2026, 2, 5)
    for raw in (
        "2026-02-05Z",
        "2026-02-05-05:00",
        "2026-02-05T23:30:00+01:00",
        "202602051030",
        "20260205103000",
        "20260205",
    ):
        assert day_of(raw) == date(2026, 2, 5)
    assert day_of("2026-02-30+01:00") is None


@pytest.mark.parametrize(
    ("name", "at", "doubted"),
    [("r05-date-2.eml", "2026-02-05T13:53:31", False), ("r05-date-7.eml", "2026-07-03T04:43:20", True)],
)
def test_names_of_zones_in_a_mails_date(name: str, at: str, doubted: bool) -> None:
    """'CET' is no UTC; 'MESZ' is none of mail's own names, so it is read and doubted."""
    found = read(given(name), name)
    assert only(found, Mail).at.isoformat() == f"{at}+00:00"
    assert ("unknown-zone" in codes(found)) is doubted


@pytest.mark.parametrize("zone", ["XYZT", ""])
def test_no_known_zone_is_that_of_the_case(zone: str) -> None:
    """With a doubt, as an hour may decide."""
    mail = given("r05-date-2.eml").replace(b"14:53:31 CET", f"14:53:31 {zone}".strip().encode())
    found = read(mail, "m.eml")
    assert only(found, Mail).at.isoformat() == "2026-02-05T13:53:31+00:00"
    assert "unknown-zone" in codes(found)


@pytest.mark.parametrize(
    ("written", "doubted"),
    [
        ("2026-02-05T14:53:31+01:00", False), ("2026-02-05T13:53:31Z", False), ("2026-02-05 14:53:31", True),
        ("05.02.2026 14:53:31", True), ("Do, 5 Feb 2026 14:53:31 +0100", False),
        ("Do., 5. Februar 2026 14:53:31", True), ("2026-02-05 14:53:31 +0100", False),
    ],
)  # fmt: skip
def test_a_mails_date_in_another_form(written: str, doubted: bool) -> None:
    """As offices and programs write it; without a zone that of the case, with a doubt."""
    mail = f"From: a@b.example\nTo: c@d.example\nSubject: x\nDate: {written}\n\nGuten Tag\n"
    found = read(mail.encode(), "m.eml")
    assert only(found, Mail).at.isoformat() == "2026-02-05T13:53:31+00:00"
    assert ("unknown-zone" in codes(found)) is doubted


def test_a_mail_without_a_date() -> None:
    """The last server says when it received it: that is taken, with a doubt."""
    mail = (
        b"Received: from a by b; Thu, 5 Feb 2026 14:53:31 +0100\nFrom: a@b.example\nTo: c@d.example\n\nHi\n"
    )
    found = read(mail, "m.eml")
    assert only(found, Mail).at.isoformat() == "2026-02-05T13:53:31+00:00"
    assert only(found, Mail).source.place == "Received"
    assert "unknown-zone" in codes(found)


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("102", "20150206"), ("203", "201502061030"), ("204", "20150206103000"), ("205", "201502061030+0100"),
        ("208", "20150206103000+0100"), ("303", "201502061030UTC"), ("304", "20150206103000+01"), ("101", "150206"),
        ("2", "060215"), ("3", "020615"), ("4", "06022015"), ("201", "1502061030"), ("207", "150206103000+0100"),
    ],
)  # fmt: skip
def test_days_of_cii_by_their_format(code: str, raw: str) -> None:
    """The code of UNTDID 2379 says which figures are the day; the place keeps what is written."""
    said = cii([10000], 1900).replace(b"String>20150206<", f'String format="{code}">{raw}<'.encode())
    assert f'"{code}">{raw}'.encode() in said
    invoice = only(read(said, "x.xml"), Invoice)
    assert (invoice.issued, invoice.places["issued"].raw) == (date(2015, 2, 6), raw)
