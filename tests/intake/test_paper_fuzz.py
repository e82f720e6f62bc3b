"""Hostile papers, pictures and mails cost a finding, never the case. `make fuzz-paper` tries many more."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, blob
from tests.intake.papers import DATA, page

from heller import intake
from heller.intake.paper import ocr_process, reading
from heller.intake.paper.layout import sheet
from heller.intake.paper.ocr_process import Recognition
from heller.model.finding import Locator
from heller.model.kinds.paper import AMOUNTS
from heller.model.record import Reading

TRIES = int(os.environ.get("FUZZ", "15"))
PDFS = [path.read_bytes() for path in sorted(DATA.glob("i2d_*.pdf"))]
PHOTO = (DATA / "scan_zugferd_invoice.jpg").read_bytes()[:60_000]
MAIL = (
    b"From: a@example.org\r\nTo: b@example.org\r\nDate: Wed, 4 Feb 2015 08:00:00 +0100\r\nSubject: x\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/plain\r\n\r\nx\r\n"
    b'--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="=?utf-8?q?R=C3=A4.pdf?="\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--b--\r\n"
)
LABELS = [
    "Rechnung",
    "Nr.",
    "Netto",
    "MwSt.",
    "Gesamtbetrag",
    "Summe",
    "Bar",
    "Rückgeld",
    "Total",
    "VAT",
    "vom",
    "Kunde",
    "GmbH",
    ":",
    "%",
]
FIGURES = [
    "19",
    "20%",
    "EUR",
    "€",
    "119,00",
    "1.190,00",
    "100,00",
    "19,00",
    "-5,00",
    "04.02.2015",
    "04/02/2015",
]
WORDS = st.one_of(
    st.sampled_from([*LABELS, *FIGURES, "1 234,56"]),
    st.text(st.characters(codec="utf-8", exclude_characters=" "), min_size=1, max_size=8),
)


def read(data: bytes, name: str) -> Reading:
    """The reading of a broken file, without the program that recognises words."""
    return intake.read(blob(data, name), BERLIN)


@st.composite
def broken(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with some bytes changed, a stretch doubled or cut out."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(data) - 1))
        data[at] = draw(st.integers(0, 255))
    start = draw(st.integers(0, len(data) - 1))
    end = draw(st.integers(start, min(len(data), start + 5000)))
    return bytes(data[:start] + data[end:]) if draw(st.booleans()) else bytes(data[:end] + data[start:])


@pytest.fixture(autouse=True)
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognising is tried elsewhere; here it would cost seconds for each file."""

    def absent(*given: object) -> Recognition:
        raise ocr_process.Absent

    monkeypatch.setattr(ocr_process, "ask", absent)


fuzzed = settings(
    max_examples=TRIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@fuzzed
@given(st.data())
def test_broken_pdfs_give_a_reading(data: st.DataObject) -> None:
    """Each has a title and says what is wrong, or what it says."""
    got = read(data.draw(broken(data.draw(st.sampled_from(PDFS)))), "r.pdf")
    assert got.title
    assert got.records or got.findings


@fuzzed
@given(broken(PHOTO))
def test_broken_pictures_are_refused_or_kept(data: bytes) -> None:
    """No picture breaks the reader."""
    got = read(data, "r.jpg")
    assert got.findings


@fuzzed
@given(broken(MAIL))
def test_broken_mails_give_a_reading(data: bytes) -> None:
    """Whatever became of headers, boundaries and encodings."""
    assert read(data, "m.eml").title


@fuzzed
@given(st.lists(st.lists(WORDS, max_size=9), max_size=14))
def test_any_page_is_read_without_contradicting_itself(lines: list[list[str]]) -> None:
    """Every amount is one, and every value has a place."""
    found, _ = reading.read(sheet(page(["   ".join(line) for line in lines])), Locator("d"))
    for name, value in found.values.items() if found else ():
        assert value.source is not None
        assert name not in AMOUNTS or str(value.value).replace(".", "").lstrip("-").isdecimal()


def test_a_mail_of_mails_of_mails_ends() -> None:
    """Nesting is followed to a depth and no further; a thousand parts are bounded."""
    deep = MAIL
    for _ in range(12):
        deep = (
            b"From: a@b.c\r\nDate: Wed, 4 Feb 2015 08:00:00 +0100\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/mixed; boundary="z"\r\n\r\n--z\r\nContent-Type: message/rfc822\r\n\r\n'
            + deep
            + b"\r\n--z--\r\n"
        )
    assert read(deep, "m.eml").title
    wide = MAIL.replace(
        b"--b--", b"--b\r\nContent-Disposition: attachment; filename=x.bin\r\n\r\nx\r\n" * 1000 + b"--b--"
    )
    assert "too-many-members" in {finding.code for finding in read(wide, "m.eml").findings}
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000)
    )
    assert read(b"From: a@b.c\r\nDate: Wed, 4 Feb 2015 08:00:00 +0100\r\n" + nested, "m.eml").title
