"""More files that are built to be slow, large or never ending: containers in containers, tables that repeat themselves,
pictures and fonts, calendars, mailboxes, and texts that lead expressions astray. Each is made when it is asked for.
"""

from __future__ import annotations

import base64
import gzip
import io
import struct
import tarfile
import zlib
from functools import partial

from tests.hostile.files import DATE, Hostile, page, pdf, stream, zipped

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
BOOK = {
    "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    b'<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    b'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def shared_strings() -> bytes:
    """A workbook whose half million cells are all one shared text of 32 kB: 16 GB."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 500_001))
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    return zipped(
        BOOK
        | {
            "xl/worksheets/sheet1.xml": SHEET + b"<sheetData>" + rows + b"</sheetData></worksheet>",
            "xl/sharedStrings.xml": strings + b"a" * 32_000 + b"</t></si></sst>",
        }
    )


def far_cell() -> bytes:
    """A workbook with two cells, in the first and in the last of seventeen milliards of places."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return zipped(
        BOOK
        | {
            "xl/worksheets/sheet1.xml": SHEET
            + b'<dimension ref="A1:XFD1048576"/><sheetData>'
            + cells
            + b"</sheetData></worksheet>"
        }
    )


def repeated_cells() -> bytes:
    """A table of OpenDocument: one cell that is repeated in all columns of all rows."""
    names = (
        b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    row = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        b'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
        b"</table:table-row>"
    )
    content = (
        b"<office:document-content %s><office:body><office:spreadsheet><table:table>%s</table:table>"
        % (
            names,
            row,
        )
    )
    end = b"</office:spreadsheet></office:body></office:document-content>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content + end})


def laughing_letter() -> bytes:
    """A document of an office program whose text grows to a hundred billion words."""
    words = b'<!ENTITY a0 "lol">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    body = b"<?xml version='1.0'?><!DOCTYPE d [%s]><d>&a11;</d>" % words
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": body})


def one_large_entity() -> bytes:
    """A document in which one word of a megabyte stands a hundred thousand times."""
    return (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "%s">]><d>' % (b"a" * (1 << 20))
        + b"&a;" * 100_000
        + b"</d>"
    )


def every_container() -> bytes:
    """A table in a gzip file in an archive in a tar file in a mail, and that in itself again, thirty times."""
    data, name = b"Datum;Betrag\n04.02.2015;1,00\n", "a.csv"
    for _ in range(30):
        data = zipped({f"{name}.gz": gzip.compress(data, mtime=0)})
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            info = tarfile.TarInfo("a.zip")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        data = (
            b"From: a@example.org\nSubject: x\n" + DATE + b"Content-Type: application/x-tar; name=a.tar\n"
            b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(out.getvalue())
        )
        name = "a.eml"
        if len(data) > 30 << 20:
            break
    return data


def overlapping_zip() -> bytes:
    """Sixty thousand names for the same packed bytes, of 20 MB each."""
    packed = zlib.compress(bytes(20 << 20), 9)[2:-4]
    crc = zlib.crc32(bytes(20 << 20))
    head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), 20 << 20, 5, 0) + b"a.csv"
    body, listed = head + packed, bytearray()
    for n in range(60_000):
        name = b"%05d.csv" % n
        listed += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(packed), 20 << 20, len(name), 0, 0, 0, 0, 0, 0
        )  # fmt: skip
        listed += name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 60_000, 60_000, len(listed), len(body), 0)
    return body + bytes(listed) + end


def endless_tar() -> bytes:
    """A tar file whose one file says that it has eight terabytes."""
    info = tarfile.TarInfo("a.csv")
    info.size = 8 << 40
    return info.tobuf(tarfile.GNU_FORMAT) + b"Datum;Betrag\n" * 1000


def font_in_itself() -> bytes:
    """A page in a font whose every letter is written in the same font, ten times."""
    letters = stream(b"1000 0 d0 BT /F 1 Tf (aaaaaaaaaa) Tj ET")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97"
        b"/Widths[1000]/Encoding<</Type/Encoding/Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>"
        b">>>>"
    )
    words = b"BT /F 12 Tf 50 700 Td (%s) Tj ET " % (b"a" * 500)
    return page(b"<</Font<</F 5 0 R>>>>", words * 400, font, letters)


def pages_in_a_circle() -> bytes:
    """A page tree that holds itself and says that it has two milliards of pages."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 2000000000/Parent 2 0 R>>" % (b"2 0 R " * 2000),
        ]
    )


def fax_without_end() -> bytes:
    """A page whose fax picture says a hundred thousand by a hundred thousand dots."""
    picture = (
        b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 1/ColorSpace/DeviceGray"
        b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 100000/Rows 100000>>"
    )
    return page(
        b"<</XObject<</I 5 0 R>>>>", b"q 595 0 0 842 0 0 cm /I Do Q", stream(b"\x26\xa0" * 10, picture)
    )


def huge_jpeg() -> bytes:
    """A picture that says 65,500 by 65,500 dots in three hundred bytes."""
    quant = b"\xff\xdb\x00\x43\x00" + bytes([1] * 64)
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 65_500, 65_500, 3) + b"\1\x11\0\2\x11\0\3\x11\0"
    table = (
        b"\xff\xc4\x00\x1f\x00" + bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]) + bytes(range(12))
    )
    scan = b"\xff\xda\x00\x0c\x03\1\0\2\0\3\0\0\x3f\0" + b"\0" * 200
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0" + quant + frame + table + scan + b"\xff\xd9"


def circling_tiff() -> bytes:
    """A scan whose pages follow each other in a circle, each of 60,000 by 60,000 dots."""
    tags = [
        *((256, 4, 60_000), (257, 4, 60_000), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8)),
        *((278, 4, 60_000), (279, 4, 3_600_000_000)),
    ]
    folder = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", t, k, 1, v) for t, k, v in tags)
    return b"II*\0\x08\0\0\0" + folder + struct.pack("<I", 8)


def long_gif() -> bytes:
    """A picture of ten thousand frames of 65,000 by 65,000 dots."""
    head = b"GIF89a" + struct.pack("<HHBBB", 65_000, 65_000, 0xF0, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 65_000, 65_000, 0) + b"\x02\x02\x4c\x01\0"
    return head + frame * 10_000 + b";"


def counted_calendar() -> bytes:
    """An appointment that happens a milliard times, on every day of every month, and its lines are folded."""
    rule = b"RRULE:FREQ=YEARLY;COUNT=1000000000;BYSECOND=" + b",".join(b"%d" % n for n in range(60))
    event = b"BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20150204T080000Z\r\n" + rule + b"\r\nSUMMARY:"
    return (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        + event
        + b"x\r\n " * 1_000_000
        + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def mailbox_without_end() -> bytes:
    """A mailbox whose only mail is a head of 20 MB that never ends."""
    return b"From a@example.org Wed Feb  4 08:00:00 2015\nSubject: x\n" + b"X-A: b\n " * (20 << 17)


def numbered_parameters() -> bytes:
    """A mail whose attachment has a name in 200,000 pieces (RFC 2231)."""
    pieces = b"".join(b";\n filename*%d=a" % n for n in range(200_000))
    return (
        b"From: a@example.org\nSubject: x\n" + DATE + b"Content-Disposition: attachment" + pieces + b"\n\nx\n"
    )


def deep_html_mail() -> bytes:
    """A mail of 300,000 tables in tables."""
    return (
        b"From: a@example.org\nSubject: x\n"
        + DATE
        + b"Content-Type: text/html\n\n"
        + b"<table><tr><td>" * 300_000
    )


def circling_compound() -> bytes:
    """A message of Outlook whose list of sectors leads back to itself."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 0, 0, 4096, 0, 1, 0, 1, 0)
    head[76:512] = struct.pack("<I", 0) * 109
    return bytes(head) + struct.pack("<I", 0) * 128 * 200


def circling_database() -> bytes:
    """A database whose tree of pages leads back to its first page, and that says it has four milliards of them."""
    first = bytearray(4096)
    first[:16] = b"SQLite format 3\0"
    struct.pack_into(">HBBBBBB", first, 16, 4096, 1, 1, 0, 64, 32, 32)
    struct.pack_into(">IIIIIIIIII", first, 24, 1, 0xFFFFFFFF, 0, 0, 1, 4, 0, 0, 1, 0)
    struct.pack_into(">BHHHBI", first, 100, 5, 0, 0, 4096, 0, 1)
    return bytes(first) * 200


def of(piece: bytes, size: int = 20 << 20) -> bytes:
    """Twenty megabytes of the same."""
    return piece * (size // len(piece))


def line_of_300_mb() -> bytes:
    """A table whose second line has 300 MB."""
    return b"Datum;Betrag;Zweck\n04.02.2015;1,00;" + b"x;" * (150 << 20) + b"\n"


TRAPS = {  # texts of which each piece begins what an expression looks for and does not end it
    "dots.txt": b"1.1.1.1.",
    "blanks.txt": b" \t",
    "colons.log": b"fe80::1:",
    "amounts.csv": b"1.234.567,8",
    "days.txt": b"04.02.2015 04.02.",
    "mailboxes.txt": b"a.b@c.d<",
    "pairs.log": b'a="b=',
    "numbers.txt": b"DE89 3704 0044 ",
}
MORE_FILES = (
    Hostile("shared.xlsx", shared_strings, "holds 16 GB of one text"),
    Hostile("far.xlsx", far_cell, "has a cell in the last place"),
    Hostile("repeated.ods", repeated_cells, "repeats a cell seventeen milliards of times"),
    Hostile("laughs.docx", laughing_letter, "grows to a hundred billion words"),
    Hostile("entity.xml", one_large_entity, "holds 100 GB of one word"),
    Hostile("every.eml", every_container, "is a container of every kind, in itself"),
    Hostile("overlapping.zip", overlapping_zip, "has 60,000 names for the same bytes"),
    Hostile("endless.tar", endless_tar, "says eight terabytes"),
    Hostile("font.pdf", font_in_itself, "has a font in itself"),
    Hostile("circle.pdf", pages_in_a_circle, "has two milliards of pages in a circle"),
    Hostile("fax.pdf", fax_without_end, "is a fax of ten milliards of dots"),
    Hostile("huge.jpg", huge_jpeg, "is a picture of 12 GB"),
    Hostile("circle.tif", circling_tiff, "is a scan that begins again"),
    Hostile("frames.gif", long_gif, "has ten thousand huge frames"),
    Hostile("counted.ics", counted_calendar, "happens a milliard times"),
    Hostile("endless.mbox", mailbox_without_end, "is one head without an end"),
    Hostile("parameters.eml", numbered_parameters, "has a name in 200,000 pieces"),
    Hostile("tables.eml", deep_html_mail, "is 300,000 tables deep"),
    Hostile("circle.msg", circling_compound, "leads back to itself"),
    Hostile("circle.db", circling_database, "is a tree that leads back to itself"),
    *(Hostile(name, partial(of, piece), "leads expressions astray") for name, piece in TRAPS.items()),
)
LARGE_FILES = (
    Hostile("line300.csv", line_of_300_mb, "has one line of 300 MB"),
)  # with the whole budget alone
