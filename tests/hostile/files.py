"""Files that are built to be slow, large or never ending; each is made when it is asked for, none lies here.

`make(scale)` gives the bytes: at scale 1 they cost far more than a file may on any machine of today.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Hostile(NamedTuple):
    """A hostile file: its name, how it is made, what it does to a reader that trusts it."""

    name: str
    make: Callable[[], bytes]
    does: str


def zipped(members: dict[str, bytes]) -> bytes:
    """A packed archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def nested_zip() -> bytes:
    """An archive of 200 archives of 200 archives of 200 tables: eight million files in 100 kB."""
    inner = zipped({"a.csv": b"Datum;Betrag\n" + b"04.02.2015;1,00\n" * 50})
    for _ in range(3):
        inner = zipped({f"{n}.zip": inner for n in range(200)})
    return inner


def matryoshka_gzip() -> bytes:
    """A gzip file of nearly 512 MB of zeros, packed three times into itself."""
    data = gzip.compress(bytes(500 << 20), 1, mtime=0)
    for _ in range(2):
        data = gzip.compress(data, mtime=0)
    return data


def empty_members_gzip() -> bytes:
    """400,000 empty gzip files, one behind the other."""
    return gzip.compress(b"", mtime=0) * 400_000


def long_subject() -> bytes:
    """A mail whose subject is 48 MB long, in encoded words."""
    word = b"=?utf-8?q?" + b"=C3=BC" * 10 + b"?=\r\n "
    subject = word * ((48 << 20) // len(word))
    return b"From: a@example.org\r\nTo: b@example.org\r\nSubject: " + subject + b"\r\n" + DATE + b"\r\nx\r\n"


DATE = b"Date: Wed, 04 Feb 2015 09:00:00 +0100\r\n"


def many_commas() -> bytes:
    """A mail with 100,000 commas where its receivers stand."""
    return b"From: a@example.org\r\nTo: " + b"," * 100_000 + b"\r\nSubject: x\r\n" + DATE + b"\r\nx\r\n"


def many_angles() -> bytes:
    """A mail whose sender is made of brackets that never close."""
    return b"From: " + b"<(" * 60_000 + b"\r\nTo: b@example.org\r\nSubject: x\r\n" + DATE + b"\r\nx\r\n"


def many_parts() -> bytes:
    """A mail of 200,000 parts, none of which is worth anything."""
    part = b"--x\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\ny\r\n"
    head = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n" + DATE
    return head + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + part * 200_000 + b"--x--\r\n"


def mail_in_mail() -> bytes:
    """A mail in a mail in a mail, three thousand deep."""
    head = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n" + DATE
    return (head + b"Content-Type: message/rfc822\r\n\r\n") * 3000 + head + b"\r\nx\r\n"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(
        out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )


def page(resources: bytes, contents: bytes, *more: bytes, box: bytes = b"0 0 595 842") -> bytes:
    """A PDF of one page."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox["
            + box
            + b"]/Contents 4 0 R/Resources<<"
            + resources
            + b">>>>",
            contents,
            *more,
        ]
    )


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream as it lies there."""
    return b"<</Length %d%s>>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def _zeros(size: int, of: bytes = b"\0") -> bytes:
    """So many bytes of one kind, packed (RFC 1950). A megabyte is packed once and stands there many times."""
    block = of * ((1 << 20) // len(of))
    packer = zlib.compressobj(9, wbits=-15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(size >> 20):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + once * (size >> 20) + packer.flush() + check.to_bytes(4, "big")


def pdf_of_gigabytes() -> bytes:
    """A PDF of about a megabyte whose one page is two gigabytes of text that says nothing."""
    return page(b"", stream(_zeros(2 << 30, of=b"BT ET  \n"), b"/Filter/FlateDecode"))


def pdf_packed_twice() -> bytes:
    """A PDF of 20 kB whose page is packed twice."""
    inner = _zeros(2 << 30, of=b" \n")
    return page(b"", stream(zlib.compress(inner, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def pdf_of_many_forms() -> bytes:
    """A page that shows a form twenty times that shows a form twenty times, eight deep."""
    forms = [
        stream(
            b"/X Do " * 20, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % n
        )
        for n in range(6, 13)
    ]
    last = stream(b"BT /F 9 Tf (a) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return page(b"/XObject<</X 5 0 R>>", stream(b"/X Do"), *forms, last)


def pdf_attachment_bomb() -> bytes:
    """A PDF with an e-invoice attached that is two gigabytes of blanks."""
    packed = _zeros(2 << 30, of=b" ")
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(factur-x.xml) 5 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
            stream(b""),
            b"<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/EF<</F 6 0 R>>>>",
            stream(packed, b"/Type/EmbeddedFile/Filter/FlateDecode"),
        ]
    )


def pdf_of_a_huge_picture() -> bytes:
    """A scan of 60,000 by 60,000 dots, all white."""
    picture = stream(
        _zeros(3600 << 20, of=b"\xff"),
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode",
    )
    return page(b"/XObject<</X 5 0 R>>", stream(b"595 0 0 842 0 0 cm /X Do"), picture)


def slow_to_draw() -> bytes:
    """A page of words, and one that shows a picture of its own size thirty thousand times."""
    picture = stream(
        _zeros(1 << 20, of=b"\x7f"),
        b"/Type/XObject/Subtype/Image/Width 1024/Height 1024/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode",
    )
    line = b"BT /F 9 Tf 20 %d Td (Rechnung Nummer 4711 vom 4. Februar 2015, mit Dank und Gruss) Tj ET\n"
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            leaf % (5, font),
            leaf % (6, font + b"/XObject<</X 7 0 R>>"),
            stream(b"".join(line % y for y in range(100, 800, 20))),
            stream(b"q 595 0 0 842 0 0 cm /X Do Q\n" * 30_000 + line % 100),
            picture,
        ]
    )


def png_bomb() -> bytes:
    """A picture of 30,000 by 30,000 dots in a few hundred kilobytes."""
    side = 30_000
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = _zeros(side * (1 + 3 * side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def spreadsheet_bomb() -> bytes:
    """A table of an office program whose one sheet unpacks to 300 MB of cells."""
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaaaa</t></is></c></row>'
    sheet = b"<worksheet><sheetData>" + row * ((300 << 20) // len(row)) + b"</sheetData></worksheet>"
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    book = b'<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
    return zipped({"[Content_Types].xml": types, "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet})


def laughing_xml() -> bytes:
    """An e-invoice whose entities would grow to a billion laughs."""
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY l0 "lol">{rows}]>'
    return (
        head + '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">&l11;</Invoice>'
    ).encode()


def deep_xml() -> bytes:
    """An e-invoice whose elements lie a million deep in each other."""
    opening = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
    return opening + b"<a>" * 1_000_000 + b"</a>" * 1_000_000 + b"</Invoice>"


def many_attributes_xml() -> bytes:
    """An invoice of a million empty lines."""
    opening = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
    return opening + b"<InvoiceLine/>" * 3_000_000 + b"</Invoice>"


def one_long_line() -> bytes:
    """A table whose only line is 60 MB long and never closes its quotation mark."""
    return b'Datum;Betrag\n04.02.2015;"' + b"a;b " * (15 << 20)


def digits_without_end() -> bytes:
    """A table with a number of twenty million digits."""
    return b"Datum;Betrag;Empf\xc3\xa4nger\n04.02.2015;" + b"9" * 20_000_000 + b",00;X\n"


def deep_json() -> bytes:
    """A document of ten million brackets."""
    return b"[" * 10_000_000 + b"]" * 10_000_000


def endless_calendar() -> bytes:
    """A calendar with an event that happens every second for ever, ten thousand times."""
    event = b"BEGIN:VEVENT\r\nDTSTART:20150204T080000Z\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + event * 10_000 + b"END:VCALENDAR\r\n"


def long_word_log() -> bytes:
    """A system's log of one word of 60 MB."""
    return b"Feb  4 08:00:00 router kernel: " + b"a" * (60 << 20) + b"\n"


def many_mails() -> bytes:
    """A mailbox of 500,000 mails."""
    return (
        b"From a@example.org Wed Feb  4 08:00:00 2015\nFrom: a@example.org\nSubject: x\n" + DATE + b"\nx\n"
    ) * 500_000


def tar_in_gzip() -> bytes:
    """An archive of a hundred thousand names in a gzip file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for n in range(20_000):
            archive.addfile(tarfile.TarInfo(f"{n}.csv"))
    return gzip.compress(out.getvalue(), mtime=0)


FILES = (
    Hostile("nested.zip", nested_zip, "holds eight million files"),
    Hostile("zeros.gz", matryoshka_gzip, "unpacks to 512 MB"),
    Hostile("empty-members.gz", empty_members_gzip, "begins again 400,000 times"),
    Hostile("subject.eml", long_subject, "has 48 MB of subject"),
    Hostile("commas.eml", many_commas, "has 100,000 receivers without a name"),
    Hostile("brackets.eml", many_angles, "has a sender that never closes"),
    Hostile("parts.eml", many_parts, "has 200,000 parts"),
    Hostile("in-mail.eml", mail_in_mail, "lies 3,000 deep in itself"),
    Hostile("gigabytes.pdf", pdf_of_gigabytes, "has a page of 2 GB"),
    Hostile("twice.pdf", pdf_packed_twice, "is packed twice"),
    Hostile("forms.pdf", pdf_of_many_forms, "draws a letter 1,280,000,000 times"),
    Hostile("attachment.pdf", pdf_attachment_bomb, "holds an invoice of 2 GB"),
    Hostile("scan.pdf", pdf_of_a_huge_picture, "is a picture of 3.6 GB"),
    Hostile("picture.png", png_bomb, "is a picture of 2.7 GB"),
    Hostile("sheet.xlsx", spreadsheet_bomb, "holds 300 MB of cells"),
    Hostile("laughs.xml", laughing_xml, "grows to a hundred billion words"),
    Hostile("deep.xml", deep_xml, "lies a million deep in itself"),
    Hostile("lines.xml", many_attributes_xml, "has three million lines"),
    Hostile("line.csv", one_long_line, "has one line of 60 MB"),
    Hostile("digits.csv", digits_without_end, "has a number of twenty million digits"),
    Hostile("deep.json", deep_json, "lies ten million deep in itself"),
    Hostile("seconds.ics", endless_calendar, "has an appointment every second"),
    Hostile("word.log", long_word_log, "is one word"),
    Hostile("mails.mbox", many_mails, "holds 500,000 mails"),
    Hostile("names.tar.gz", tar_in_gzip, "holds a hundred thousand names"),
)


def named(names: str) -> Iterator[Hostile]:
    """Those of these names."""
    wanted = names.split()
    return (one for one in FILES if one.name in wanted)
