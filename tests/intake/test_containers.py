"""Containers and envelopes: each member is read, or named as not read; the count stands beside them."""

from __future__ import annotations

import base64
import io
import struct
import tarfile
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.intake.documents import codes, read
from tests.intake.test_chains import given

from heller.intake.members import inside
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.mail import Mail
from heller.model.kinds.paper import Paper
from heller.model.record import Blob, Reading

DATA = Path(__file__).parent / "data" / "containers"
BILL = given("inv_plain.xml")
INNER = b"Content-Type: text/plain; charset=utf-8\r\n\r\nAnbei die Rechnung.\r\n"


def numbers(reading: Reading) -> list[str]:
    """The numbers of the invoices."""
    return [record.number for record in reading.records if isinstance(record, Invoice)]


def counted(reading: Reading) -> dict[str, object]:
    """What is said of the members."""
    return next(dict(f.text.args) for f in reading.findings if f.code == "members")


@pytest.mark.parametrize("name", ["two_lzma2", "two_lzma1_bcj", "two_bzip2", "two_deflate", "two_copy"])
def test_seven_zip(name: str) -> None:
    """Three members by each way of packing: one is read, one is empty, one nobody knows."""
    found = read((DATA / f"{name}.7z").read_bytes(), f"{name}.7z")
    assert numbers(found) == ["R-1"]
    assert (counted(found)["count"], counted(found)["n"], counted(found)["names"]) == (
        3,
        1,
        "leer.txt, notiz.bin",
    )


@pytest.mark.parametrize("name", ["locked", "two_ppmd"])
def test_seven_zip_that_cannot_be_opened(name: str) -> None:
    """A password, or a way of packing that is not read: refused with the reason."""
    assert "refused" in codes(read((DATA / f"{name}.7z").read_bytes(), "x.7z"))
    cut = (DATA / "two_lzma2.7z").read_bytes()[:-20]
    assert "refused" in codes(read(cut, "x.7z"))


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tape_archives(mode: str) -> None:
    """Plain and packed; a link is no member."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in (("bills/R-1.xml", BILL), ("notiz.bin", b"\0\1")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "bills/R-1.xml"
        archive.addfile(link)
    name = "x.tar" + mode[1:].replace(":", ".")
    found = read(out.getvalue(), name)
    assert (numbers(found), counted(found)["names"]) == (["R-1"], "notiz.bin")
    assert inside(Blob(name, out.getvalue(), "d"), "bills/R-1.xml") is not None


def cms(content: bytes, *, key: bool = True) -> bytes:
    """A signed envelope around a content, or a signature without one."""
    from asn1crypto import algos, cms  # type: ignore[import-untyped]

    info = {"content_type": "data"} | ({"content": content} if key else {})
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": info,
            "signer_infos": [],
        }
    )
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return made


@pytest.mark.parametrize("written", ["der", "base64", "pem"])
def test_a_signed_file(written: str) -> None:
    """The file in a .p7m is read under its own name."""
    data = cms(BILL)
    if written != "der":
        data = base64.encodebytes(data)
    if written == "pem":
        data = b"-----BEGIN PKCS7-----\n" + data + b"-----END PKCS7-----\n"
    found = read(data, "R-1.xml.p7m")
    assert numbers(found) == ["R-1"]
    assert next(r for r in found.records if isinstance(r, Invoice)).source.member == "R-1.xml"


def test_a_signature_alone_and_an_encrypted_envelope_say_so() -> None:
    """Nothing is read from them, and it is said."""
    assert "signature-only" in codes(read(cms(b"", key=False), "smime.p7s"))
    enveloped = bytes.fromhex("3016 0609 2a864886f70d010703 a009 3007 020100 3100 3000".replace(" ", ""))
    assert "refused" in codes(read(enveloped, "smime.p7m"))


HEAD = (
    b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Rechnung\r\nDate: Thu, 5 Feb 2026 14:40:57 +0100\r\n"
)


def with_bill() -> bytes:
    """The MIME of a text and an invoice."""
    mail = EmailMessage()
    mail.set_content("Anbei die Rechnung.")
    mail.add_attachment(BILL, maintype="application", subtype="xml", filename="R-1.xml")
    return mail.as_bytes()


def test_an_opaque_signed_mail() -> None:
    """What is signed lies in the envelope; sender and day stand outside."""
    packed = base64.encodebytes(cms(with_bill()))
    mail = HEAD + b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\n'
    found = read(mail + b"Content-Transfer-Encoding: base64\r\n\r\n" + packed, "m.eml")
    assert numbers(found) == ["R-1"]
    told = next(r for r in found.records if isinstance(r, Mail))
    assert (told.subject, told.body) == ("Rechnung", "Anbei die Rechnung.")


def test_a_clear_signed_mail() -> None:
    """The signature is no attachment."""
    body = (
        b'Content-Type: multipart/signed; boundary="s"; protocol="application/pkcs7-signature"\r\n\r\n--s\r\n'
    )
    sig = b"\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
    sig += b"Content-Transfer-Encoding: base64\r\n"
    packed = base64.encodebytes(cms(b"", key=False))
    found = read(HEAD + body + with_bill() + sig + b"\r\n" + packed + b"--s--\r\n", "m.eml")
    assert numbers(found) == ["R-1"]
    assert "unknown-format" not in codes(found)


def test_an_encrypted_mail_says_so() -> None:
    """Sender and day are known, what it says is not."""
    enveloped = bytes.fromhex("301606092a864886f70d010703a009300702010031003000")
    mail = HEAD + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
    found = read(mail + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(enveloped), "m.eml")
    assert "refused" in codes(found)
    assert counted(found)["names"] == "smime.p7m"


def test_a_mail_that_is_nothing_but_a_file() -> None:
    """A single part that is no text, and a part without a name, are files."""
    body = b"Content-Type: application/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(
        BILL
    )
    assert numbers(read(HEAD + body, "m.eml")) == ["R-1"]
    mixed = (
        b'Content-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\n'
        + INNER
        + b"--m\r\n"
        + body
        + b"\r\n--m--\r\n"
    )
    assert numbers(read(HEAD + mixed, "m.eml")) == ["R-1"]


def tnef(files: dict[str, bytes], body: str) -> bytes:
    """A winmail.dat as Outlook writes it, with names of 8.3 and long ones."""

    def attribute(level: int, number: int, kind: int, data: bytes) -> bytes:
        return (
            struct.pack("<BHHI", level, number, kind, len(data))
            + data
            + struct.pack("<H", sum(data) & 0xFFFF)
        )

    out = b"\x78\x9f\x3e\x22" + struct.pack("<H", 1)
    out += attribute(1, 0x800C, 0x0002, body.encode("cp1252") + b"\0")
    for name, data in files.items():
        long = name.encode("utf-16-le") + b"\0\0"
        properties = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(long)) + long + b"\0" * (-len(long) % 4)
        out += attribute(2, 0x9002, 0x0006, b"\0" * 14) + attribute(2, 0x8010, 0x0001, b"KURZ~1.XML\0")
        out += attribute(2, 0x800F, 0x0006, data) + attribute(2, 0x9005, 0x0006, properties)
    return out


def test_winmail_dat() -> None:
    """Its attachments under their long names; its text where the mail has none."""
    packed = tnef({"Rechnung März.xml": BILL, "notiz.bin": b"\0\1"}, "Guten Tag")
    found = read(packed, "winmail.dat")
    assert numbers(found) == ["R-1"]
    assert next(r for r in found.records if isinstance(r, Invoice)).source.member == "Rechnung März.xml"
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example", "x"
    mail["Date"] = datetime(2026, 2, 5, tzinfo=UTC)
    mail.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    whole = read(mail.as_bytes(), "m.eml")
    assert numbers(whole) == ["R-1"]
    assert next(r for r in whole.records if isinstance(r, Mail)).body == "Guten Tag"
    assert read(packed[:-30], "winmail.dat").reader == "winmail"


def test_a_portfolio_of_pdfs() -> None:
    """The files that a PDF carries are members beside its pages."""
    import pikepdf

    pdf = pikepdf.Pdf.open(Path(__file__).parent / "data" / "papers" / "angebot.pdf")
    pdf.attachments["rechnung.pdf"] = given("rechnung.pdf")
    pdf.attachments["notiz.bin"] = b"\0\1"
    out = io.BytesIO()
    pdf.save(out)
    found = read(out.getvalue(), "mappe.pdf")
    papers = {r.said("number"): r.source.member for r in found.records if isinstance(r, Paper)}
    assert papers == {"A-77": "", "R-1": "rechnung.pdf"}
    assert counted(found)["names"] == "notiz.bin"


def test_a_count_stands_beside_every_archive() -> None:
    """Also where all were read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", BILL)
        archive.writestr("b.xml", given("inv_partial326.xml"))
    found = read(out.getvalue(), "x.zip")
    assert (counted(found)["count"], counted(found)["n"]) == (2, 2)


def test_a_photo_in_heic() -> None:
    """A telephone's own format, read as any other picture."""
    data = (DATA / "receipt.heic").read_bytes()
    (paper,) = (r for r in read(data, "IMG_1.HEIC").records if isinstance(r, Paper))
    assert paper.said("gross") == "119.00"
