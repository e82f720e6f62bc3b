"""Nothing is lost in silence: every row, member or page is used, or named as not used. Over all readers.

A row is taken out: what is said of the file has to change, be it a record, a sum, a balance or a word about what was
not used. A row, a member or a page that nobody can read is put in: there is a word for it.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields
from tests.intake.documents import BERLIN, codes
from tests.intake.papers import printed
from tests.intake.samples import by_reader, samples, tables
from tests.intake.test_batches import FIRST, SUMS
from tests.intake.test_containers import BILL, tnef

from heller import intake
from heller.intake.reading import all_readers
from heller.model.finding import Finding, Locator
from heller.model.observation import Observations
from heller.model.record import Blob, Reading

SMALL = 9_000  # bytes of a file whose rows are taken out one by one
ROWS = 3  # of each file
# What is one row of a format: an element, a group of lines. Where none of them is found, a line is one.
UNITS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rb"<Ntry>.*?</Ntry>",
        rb"<STMTTRN>.*?</STMTTRN>",
        rb"<Call>.*?</Call>",
        rb"<Event>.*?</Event>",
        rb"<tr><td>.*?</tr>",
        rb"\n:61:.*?(?=\n:6[124]|\n:9|\n-)",
        rb"BEGIN:VEVENT.*?END:VEVENT\r?\n",
        rb"\nD.*?\n\^",
        rb"(?:^|\n)From .*?(?=\nFrom |\Z)",
    )
)
# Lines that are no rows: what stands above and below a table, a program's own statistics; and a lost probe of ping,
# which the gap in the numbers tells as well.
NO_ROW = re.compile(
    rb"sep=|--|#|.{0,40}downloaded|.{0,60}statistics|rtt |round-trip|.{0,40}packets|.{0,12}summary|\"?Ums|\"?VR |"
    rb"\"?BLZ|\[[\d.]+\] no an|Zeitraum|[\d.]{10} - |Saldo|INSERT"
)


def told(reading: Reading) -> tuple[Counter[str], ...]:
    """All that is said of a file: records, findings, accounts, without the places, which shift."""
    return tuple(
        Counter(map(repr, map(_plain, part)))
        for part in (reading.records, reading.findings, reading.accounts)
    )


def _plain(value: Any) -> Any:
    match value:
        case Locator():
            return value.raw
        case Finding():
            return value.code, {k: _plain(v) for k, v in value.text.args.items() if k not in ("row", "line")}
        case Observations():
            return [_plain(one) for one in value]
        case Struct():
            return type(value).__name__, *(
                _plain(getattr(value, f.name)) for f in fields(value) if f.name not in ("row", "rows")
            )
        case tuple():
            return tuple(map(_plain, value))
        case dict():
            return sorted((str(key), repr(_plain(one))) for key, one in value.items())
        case _:
            return value


def rows_of(data: bytes) -> list[tuple[int, int]]:
    """Where a few rows of a file begin and end."""
    found = next((spans for unit in UNITS if (spans := [m.span() for m in unit.finditer(data)])), None)
    if found is None:
        found = [m.span() for m in re.finditer(rb"[^\n]*(?:\n|\Z)", data)][1:]
        found = [(a, b) for a, b in found if re.search(rb"\d", data[a:b]) and not NO_ROW.match(data[a:b])]
    return found[:: max(1, len(found) // ROWS)][: ROWS + 1]


# Documents of one thing, whose lines are no rows.
ONE_THING = frozenset(
    {"einvoice", "fatturapa", "iperf3", "route", "mail", "smokeping", "prometheus", "ookla", "ndt7", "gatus"}
)
FILES = 4  # of each reader
LISTED = [
    pytest.param(one, id=f"{name} {one.name} {one.digest[:4]}")
    for name, files in sorted(by_reader().items())
    if name not in ONE_THING
    for one in [
        one
        for one in files
        if len(one.data) <= SMALL
        and not one.data.startswith((b"{", b"[", b"%PDF", b"\x1f", b"###"))
        and b"\0" not in one.data
    ][:FILES]
]


def test_every_reader_has_a_sample() -> None:
    """So that no reader is left out here or by the fuzzer."""
    assert {reader.NAME for reader in all_readers().readers} <= by_reader().keys()


@pytest.mark.parametrize("one", LISTED)
def test_a_row_that_is_taken_out_is_missed(one: Blob) -> None:
    """Without it something else is said of the file, unless nothing of the file was read and that is said."""
    whole = intake.read(one, BERLIN)
    if not whole.records and whole.findings:
        return
    said = told(whole)
    for begin, end in rows_of(one.data):
        less = one.data[:begin] + one.data[end:]
        assert told(intake.read(Blob(one.name, less, one.digest), BERLIN)) != said, one.data[begin:end]


@pytest.mark.parametrize("one", samples(), ids=lambda one: f"{one.name} {one.digest[:4]}")
def test_what_was_not_read_has_a_word(one: Blob) -> None:
    """Rows that were not read are among those that were counted, each with a word; no file says nothing at all."""
    if one.name.endswith((".jpg", ".heic", ".png", "saeco.pdf")):
        return  # scans of one page: recognising them takes seconds
    found = intake.read(one, BERLIN)
    assert 0 <= found.rows_rejected <= max(found.rows, 0)
    assert found.findings or not found.rows_rejected
    assert found.records or found.accounts or found.findings


@pytest.mark.parametrize("name", tables())
def test_a_row_that_makes_no_sense_is_counted(name: str) -> None:
    """One more row that nobody can read is one more row that was not read, and has a word of its own."""
    data = tables()[name]
    if name.endswith(".qif"):
        return  # no table
    before = intake.read(Blob("x.csv", data, "d"), BERLIN)
    lines = data.decode("utf-8-sig").rstrip().splitlines()
    mark = max(";,\t", key=lines[-1].count)
    width = lines[-2 if "record" in lines[-1] else -1].count(mark)
    more = "\n".join([*lines, mark.join(["?"] * (width + 1))]).encode()
    after = intake.read(Blob("x.csv", more, "d"), BERLIN)
    assert after.rows_rejected > before.rows_rejected or told(after)[1] != told(before)[1]


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _mail(files: dict[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example", "x"
    mail["Date"] = "Thu, 5 Feb 2026 14:40:57 +0100"
    mail.set_content("Anbei.")
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def _portfolio(files: dict[str, bytes]) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed([*FIRST, *SUMS]))) as pdf:
        for name, data in files.items():
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
        pdf.save(out)
    return out.getvalue()


CONTAINERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "x.zip": _zip,
    "x.tar": _tar,
    "x.tar.gz": lambda files: gzip.compress(_tar(files)),
    "x.eml": _mail,
    "x.mbox": lambda files: b"From a@b.example Thu Feb  5 14:40:57 2026\n" + _mail(files),
    "winmail.dat": lambda files: tnef(files, "Guten Tag"),
    "x.pdf": _portfolio,
    "outer.zip": lambda files: _zip({"inner.zip": _zip(files)}),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_member_that_nobody_knows_is_named(name: str) -> None:
    """Beside one that is read; by its name, and with why nothing is taken from it."""
    found = intake.read(Blob(name, CONTAINERS[name]({"R-1.xml": BILL, "notiz.bin": b"\0\1\2"}), "d"), BERLIN)
    counts = [str(dict(f.text.args)) for f in found.findings if f.code == "members"]
    assert any("notiz.bin" in said for said in counts)
    assert "unknown-format" in codes(found)


def test_pages_beyond_those_that_are_read_are_named() -> None:
    """An invoice of many pages: how many were read stands there."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed([*FIRST, *SUMS]))) as pdf:
        for _ in range(70):
            pdf.pages.append(pdf.pages[0])
        pdf.save(out)
    assert "pages-unread" in codes(intake.read(Blob("lang.pdf", out.getvalue(), "d"), BERLIN))
