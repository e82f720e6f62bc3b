"""Files whose own structures are turned against their readers: databases that count for ever, tables of one value in a
milliard of rows, trees and lists of a PDF that lead back to themselves, letters in codes that cost squares of time.
"""

from __future__ import annotations

import bz2
import io
import lzma
import sqlite3
import struct
import tarfile
import zlib
from tempfile import NamedTemporaryFile

from tests.hostile.files import DATE, Hostile, page, pdf, stream, zipped
from tests.hostile.more_files import BOOK, SHEET

ENDLESS = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT "


def database(*statements: str) -> bytes:
    """An SQLite database made by these statements."""
    with NamedTemporaryFile(suffix=".db") as file:
        made = sqlite3.connect(file.name)
        for one in statements:
            made.execute(one)
        made.commit()
        made.close()
        file.seek(0)
        return file.read()


def endless_monitor() -> bytes:
    """A database of Uptime Kuma whose table of heartbeats is a view that counts for ever."""
    beats = "id, 1 AS monitor_id, 0 AS status, '2015-02-04 09:00:00' AS time, '' AS msg, 1 AS important, 5 AS ping, "
    return database(
        "CREATE TABLE monitor (id INTEGER, name TEXT, url TEXT, hostname TEXT, type TEXT, interval INTEGER)",
        "INSERT INTO monitor VALUES (1, 'a', '', 'example.org', 'ping', 60)",
        f"CREATE VIEW heartbeat AS {ENDLESS}{beats} 60 AS duration FROM n",
    )


def endless_endpoints() -> bytes:
    """A database of Gatus whose results are a view that counts for ever, each row with a megabyte of words."""
    return database(
        "CREATE TABLE endpoints (endpoint_id INTEGER, endpoint_key TEXT, endpoint_name TEXT, endpoint_group TEXT)",
        "INSERT INTO endpoints VALUES (1, 'a_b', 'b', 'a')",
        f"CREATE VIEW endpoint_results AS {ENDLESS}id AS endpoint_result_id, 1 AS endpoint_id, 0 AS success, "
        "printf('%.*c', 1000000, 'x') AS errors, 0 AS connected, 200 AS status, '' AS dns_rcode, 0 AS "
        "certificate_expiration, 0 AS domain_expiration, '' AS hostname, '' AS ip, 5 AS duration, "
        "'2015-02-04 09:00:00+00:00' AS timestamp FROM n",
    )


def one_value_column() -> bytes:
    """A Parquet file of twenty million rows that all say the same, in a few kilobytes."""
    import polars as pl

    out = io.BytesIO()
    rows = pl.select(
        pl.repeat(1, 20_000_000, dtype=pl.Int64).alias("t"), pl.repeat("down", 20_000_000).alias("state")
    )
    rows.write_parquet(out, compression="zstd", row_group_size=20_000_000)
    return out.getvalue()


def merged_cells() -> bytes:
    """A workbook with 400,000 merged ranges."""
    merged = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (n, n) for n in range(1, 400_001))
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    whole = (
        SHEET + b"<sheetData>" + cells + b"</sheetData><mergeCells>" + merged + b"</mergeCells></worksheet>"
    )
    return zipped(BOOK | {"xl/worksheets/sheet1.xml": whole})


def many_sheets() -> bytes:
    """A workbook of 30,000 sheets that are all the same one."""
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="r1"/>' % (n, n) for n in range(1, 30_001))
    book = BOOK["xl/workbook.xml"].replace(b'<sheet name="a" sheetId="1" r:id="r1"/>', sheets)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(1, 2001))
    return zipped(
        BOOK
        | {
            "xl/workbook.xml": book,
            "xl/worksheets/sheet1.xml": SHEET + b"<sheetData>" + rows + b"</sheetData></worksheet>",
        }
    )


def nested_tables() -> bytes:
    """A letter of Word: a table in a table, a hundred thousand deep."""
    name = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    deep = (
        b"<w:tbl><w:tr><w:tc>" * 100_000
        + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
        + b"</w:tc></w:tr></w:tbl>" * 100_000
    )
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    body = b'<w:document xmlns:w="' + name + b'"><w:body>' + deep + b"</w:body></w:document>"
    return zipped({"[Content_Types].xml": types, "word/document.xml": body})


def outline_in_a_circle() -> bytes:
    """A PDF whose first bookmark is its own child and its own neighbour."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
            stream(b""),
            b"<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 99999999>>",
            b"<</Title(a)/Parent 5 0 R/First 6 0 R/Last 6 0 R/Next 6 0 R/Prev 6 0 R/Count 99999999>>",
        ]
    )


def files_in_a_circle() -> bytes:
    """A PDF whose list of attached files holds itself."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 5 0 R>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
            stream(b""),
            b"<</Limits[(a)(z)]/Kids[5 0 R 5 0 R 5 0 R]>>",
        ]
    )


def updates_in_a_circle() -> bytes:
    """A PDF whose last update says that it follows itself."""
    plain = page(b"", stream(b""))
    start = int(plain.rpartition(b"startxref\n")[2].split()[0])
    return plain.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % start)


def unpacked_a_thousand_times() -> bytes:
    """A PDF whose page is to be unpacked a hundred thousand times."""
    return page(b"", stream(zlib.compress(b"x"), b"/Filter[" + b"/FlateDecode" * 100_000 + b"]"))


def wide_letters() -> bytes:
    """A PDF whose font says of each of 65,536 codes that it means 500 letters, and says it again and again."""
    ranges = b"".join(b"<0000><FFFF><" + b"0041" * 500 + b">\n" for _ in range(100))
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 100 beginbfrange\n" + ranges + b"endbfrange endcmap"
    )
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>"
    )
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>"
    said = b"BT /F 1 Tf <" + b"0041" * 500_000 + b"> Tj ET"
    return page(b"/Font<</F 5 0 R>>", stream(said), font, stream(cmap), below)


def packed_words_in_a_picture() -> bytes:
    """A picture whose words unpack to a gigabyte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    said = b"Comment\0\0" + zlib.compress(bytes(1 << 20), 9) * 1000
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    dot = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"zTXt", said) * 40 + dot + chunk(b"IEND", b"")


def coded_mail(code: bytes, body: bytes) -> bytes:
    """A mail in a code that Python knows and nobody sends."""
    return (
        b"From: a@example.org\nSubject: x\n"
        + DATE
        + b"Content-Type: text/plain; charset="
        + code
        + b"\n\n"
        + body
    )


def many_encoded_words() -> bytes:
    """A mail whose subject is 400,000 encoded words."""
    subject = b"Subject: " + b"\n ".join([b"=?utf-8?q?=C3=A4?=" * 4] * 100_000)
    return b"From: a@example.org\n" + subject + b"\n" + DATE + b"\nx\n"


def never_calendar() -> bytes:
    """A calendar with an appointment each second of each 30th of February."""
    rule = b"RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;BYSECOND=7\r\n"
    return (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20150204T090000Z\r\n"
        b"DTEND:20150204T100000Z\r\n" + rule + b"SUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def many_columns() -> bytes:
    """A table of 400,000 columns."""
    return b";".join(b"Spalte%d" % n for n in range(400_000)) + b"\n" + b"1;" * 400_000 + b"\n"


def open_quote() -> bytes:
    """A table whose third cell never ends, in a million lines."""
    return b'Datum;Betrag;Zweck\n04.02.2015;1,00;"' + b"x\n" * 10_000_000


def many_names_xml() -> bytes:
    """An invoice that gives its one name space 300,000 names."""
    names = b" ".join(b'xmlns:n%d="urn:x"' % n for n in range(300_000))
    return b'<?xml version="1.0"?><Invoice ' + names + b"/>"


def long_headers_tar() -> bytes:
    """An archive whose extended header says 400,000 things of one file."""
    said = b"".join(
        b"%d k%d=v\n" % (len(b" k%d=v\n" % n) + len(str(len(b" k%d=v\n" % n))), n) for n in range(400_000)
    )
    head, file = tarfile.TarInfo("x"), tarfile.TarInfo("a.csv")
    head.type, head.size = tarfile.XHDTYPE, len(said)
    return head.tobuf() + said + bytes(-len(said) % 512) + file.tobuf() + bytes(1024)


def packed_lines(pack: str) -> bytes:
    """A log of two gigabytes of the same line, packed."""
    block = b"2015-02-04T09:00:00 64 bytes from 192.0.2.1: icmp_seq=1 ttl=57 time=12.3 ms\n" * 13_000
    once = bz2.compress(block) if pack == "bz2" else lzma.compress(block)
    return once * 2000


INNER_FILES = (
    Hostile("kuma.db", endless_monitor, "counts for ever"),
    Hostile("gatus.db", endless_endpoints, "counts for ever in megabytes"),
    Hostile("same.parquet", one_value_column, "has twenty million rows of one value"),
    Hostile("merged.xlsx", merged_cells, "has 400,000 merged ranges"),
    Hostile("sheets.xlsx", many_sheets, "has 30,000 sheets"),
    Hostile("nested.docx", nested_tables, "is 100,000 tables deep"),
    Hostile("outline.pdf", outline_in_a_circle, "has a bookmark in itself"),
    Hostile("names.pdf", files_in_a_circle, "has a list of files in itself"),
    Hostile("updates.pdf", updates_in_a_circle, "follows itself"),
    Hostile("filters.pdf", unpacked_a_thousand_times, "is packed 100,000 times"),
    Hostile("letters.pdf", wide_letters, "means 250 million letters"),
    Hostile("words.png", packed_words_in_a_picture, "has gigabytes of words"),
    Hostile(
        "punycode.eml", lambda: coded_mail(b"punycode", b"a-" + b"b" * 2_000_000), "is in a code for names"
    ),
    Hostile("idna.eml", lambda: coded_mail(b"idna", b"a" * 5_000_000), "is in another code for names"),
    Hostile(
        "escapes.eml", lambda: coded_mail(b"unicode_escape", b"\\N{DIGIT ONE}" * 400_000), "names its letters"
    ),
    Hostile("encoded.eml", many_encoded_words, "has a subject of 400,000 words"),
    Hostile("never.ics", never_calendar, "looks for a day that never comes"),
    Hostile("columns.csv", many_columns, "has 400,000 columns"),
    Hostile("quote.csv", open_quote, "has a cell that never ends"),
    Hostile("names.xml", many_names_xml, "has 300,000 names for one thing"),
    Hostile("headers.tar", long_headers_tar, "says 400,000 things of one file"),
    Hostile("log.bz2", lambda: packed_lines("bz2"), "unpacks to two gigabytes"),
    Hostile("log.xz", lambda: packed_lines("xz"), "unpacks to two gigabytes in another way"),
)
