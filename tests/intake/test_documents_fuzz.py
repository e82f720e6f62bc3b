"""Bad bytes never stop a case: every file gives a reading with a title."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, DATA, blob, cii, pdf_with, sample
from tests.intake.documents import mt940 as statement

from heller import intake
from heller.intake.reading import all_readers
from heller.model.record import Reading

READERS = all_readers().readers  # a new one is fuzzed as soon as its file is there
MESSAGE = (
    b"From: a@b.example\r\nTo: c@d.example\r\nDate: Thu, 5 Feb 2015 10:12:00 +0100\r\nSubject: x\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nBestellung Nr. 12345\r\n"
    b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x\r\nDate: y\r\n\r\nz\r\n--b--\r\n"
)
SEEDS = [
    cii([1000, 2000], 190),
    statement([(date(2015, 2, 9), -100, "A", "B"), (date(2015, 2, 10), 200, "C", "D")]),
    MESSAGE,
    pdf_with({"factur-x.xml": cii([1000], 190)}),
    sample("camt053.v2.multi.statement.xml").data,
    sample("01.02a-INVOICE_ubl.xml").data,
    sample("self-provided_raphaelm.sta").data,
    sample("additional-data-sample-1.pdf").data,
]
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def check(data: bytes) -> None:
    """A reading with a title and rows that add up, from the best reader and from every one that claims the bytes."""
    for reading in (
        intake.read(blob(data), BERLIN),
        *(one.read(blob(data), BERLIN) for one in READERS if one.identify(data, blob(data).name).score),
    ):
        assert isinstance(reading, Reading)
        assert reading.title
        assert 0 <= reading.rows_rejected <= reading.rows
        assert reading.records or reading.findings or reading.reader == "zip"
        assert "reader-broke" not in {finding.code for finding in reading.findings}


@given(st.binary(max_size=400))
@QUICK
def test_random_bytes(data: bytes) -> None:
    """No file at all is still a file that was handed in."""
    check(data)


@given(
    st.sampled_from(
        [b"%PDF-1.4\n", b"PK\x03\x04", b":20:A\n:61:", b"<?xml version='1.0'?><Invoice", b"From: a\nTo: "]
    ),
    st.binary(max_size=300),
)
@QUICK
def test_random_bytes_behind_a_known_mark(mark: bytes, data: bytes) -> None:
    """A file that begins well and ends badly."""
    check(mark + data)


@given(st.sampled_from(SEEDS), st.floats(0, 1))
@QUICK
def test_files_that_break_off(seed: bytes, part: float) -> None:
    """A download that stopped in the middle."""
    check(seed[: int(len(seed) * part)])


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
)
@QUICK
def test_files_with_flipped_bytes(seed: bytes, flips: list[tuple[float, int]]) -> None:
    """A stick that has lost some bits."""
    data = bytearray(seed)
    for where, byte in flips:
        data[int(where * len(data))] = byte
    check(bytes(data))


@given(st.text(st.sampled_from("0123456789,.CDRN:?+-/\n86120FM EURSVWZ"), max_size=200))
@QUICK
def test_statements_of_the_wrong_letters(said: str) -> None:
    """Anything made of the letters of MT940."""
    check(f":20:X\n:60F:C150203EUR1,\n:61:{said}".encode())


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir() if path.suffix != ".md"))
def test_every_sample_in_each_half(name: str) -> None:
    """Both halves of every sample."""
    data = sample(name).data
    check(data[: len(data) // 2])
    check(data[len(data) // 2 :])


EXTF = (DATA.parent / "made" / "extf.csv").read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b":20:A\n:25:1/2\n:60F:C020315EUR0,00\n:61:020322CM1,00S051\n:NS:0\xb9Zweck\n",
        EXTF.replace(b";4;", b";\xb2;"),
        EXTF.replace(b";8400;", b";84\xb20;"),
    ],
)
def test_a_raised_figure_is_no_figure(data: bytes) -> None:
    """A flipped bit makes '¹' of a figure, which Python calls a digit and cannot count."""
    check(data)
