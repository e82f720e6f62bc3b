"""Hybrids: what the picture says beside the data."""

from __future__ import annotations

import io
import random

import pikepdf
import pytest
import typst
from tests.intake.documents import BERLIN, DATA, blob, cii, codes, only, read, sample

from heller import intake
from heller.intake import as_plain, attachments
from heller.intake.einvoice import against_picture, against_words
from heller.intake.paper import pdftext
from heller.intake.paper.placing import Pen
from heller.model.finding import Locator
from heller.model.kinds.invoice import Invoice
from heller.model.text import text

TWO = "MustangGnuaccountingBeispielRE-20201121_508_withBOM.pdf"


def test_a_contradiction_names_both_values_and_places() -> None:
    """The data say 508, the picture 507: both are in the finding, with the page."""
    reading = intake.read(sample(TWO), BERLIN)
    (found,) = (f for f in reading.findings if f.code == "picture-number")
    assert found.text.args["value"] == "RE-20190610/507"
    assert found.text.args["place"] == text("page {n}", n=1)
    assert "RE-20201121/508" in str(found.text.args["what"])
    assert found.source is not None and found.source.member.endswith(".xml")


def test_a_picture_that_shows_the_same_bears_the_sums_out() -> None:
    """`picture` is a path of proof, and the boxes of the values are kept."""
    invoice = only(intake.read(sample(TWO), BERLIN), Invoice)
    assert "picture" in invoice.proven_by
    (document,) = as_plain.documents(intake.read(sample(TWO), BERLIN))
    assert document.values["gross"].also == (invoice.places[against_picture.SHOWN + "gross"],)
    box = invoice.places[against_picture.SHOWN + "gross"]
    assert box.place.startswith("page 1 at ") and box.raw.startswith("571.04")


def hybrid(lines: list[str], xml: bytes, *, more: bytes = b"") -> bytes:
    """A PDF with some lines of print and an e-invoice inside; `more` is attached as well."""
    source = '#set text(lang: "de")\n' + "\n\n".join(f"#raw({line!r})".replace("'", '"') for line in lines)
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for name, data in (("factur-x.xml", xml), ("anlage.bin", more)):
            if data:
                pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
        pdf.save(out)
    return out.getvalue()


PRINT = [
    "Funkladen Beispiel GmbH, Hauptstr. 1, 24103 Kiel, Steuernummer 22/187/03312",
    "Rechnung Nr. RE-2015/17 vom 06.02.2015",
    "LTE-Router          800,00 Stück   100,00 EUR",
    "Netto                              100,00 EUR",
    "MwSt. 19 %                          19,00 EUR",
    "Gesamtbetrag                       119,00 EUR",
]


def test_sums_that_stand_on_the_page_bear_the_data_out() -> None:
    """A quantity above the sums is no other total; places are kept for all four values."""
    reading = read(hybrid(PRINT, cii([10000], 1900)), "r.pdf")
    invoice = only(reading, Invoice)
    assert "picture" in invoice.proven_by and codes(reading) == set()
    assert {f"picture:{name}" for name in ("number", "net", "vat", "gross")} <= invoice.places.keys()


@pytest.mark.parametrize(
    "lines",
    [
        [
            *PRINT,
            "Offen aus Vormonat                 500,00 EUR",
            "Rechnungsbetrag                    619,00 EUR",
        ],
        [line.replace("19,00 EUR", "18,00 EUR") for line in PRINT],
        [line.replace("Netto  ", "Netto -").replace("MwSt. 19 %   ", "MwSt. 19 %  -") for line in PRINT],
    ],
)
def test_what_is_in_doubt_is_not_found_by_looking_alone(lines: list[str]) -> None:
    """A greater total below, a missing sum and mixed signs are left to the reading of the pages."""
    data = hybrid(lines, cii([10000], 1900))
    invoice = only(read(data, "r.pdf"), Invoice)
    with pdftext.open_pdf(data) as document:
        found = against_words.values_on_pages(
            pdftext.layers(document), invoice, Pen(Locator("d"), seen=False)
        )
    assert set(found) == {"number"}


@pytest.mark.parametrize("path", sorted(DATA.glob("*.pdf")), ids=lambda path: path.name)
def test_looking_and_reading_agree(path: object) -> None:
    """On the third parties' hybrids both ways give the same values for what they both find."""
    assert hasattr(path, "read_bytes")
    data = path.read_bytes()
    invoice = only(intake.read(blob(data, "x.pdf"), BERLIN), Invoice)
    with pdftext.open_pdf(data) as document:
        quick = against_words.values_on_pages(
            pdftext.layers(document), invoice, Pen(Locator("d"), seen=False)
        )
        whole = against_picture._values_on_pages(document, invoice)
    assert set(quick) >= {"net", "vat", "gross"}
    assert {n: v.value for n, v in quick.items()} == {n: whole[n].value for n in quick}


def test_a_large_file_is_unpacked_step_by_step() -> None:
    """The same invoice comes out of a file whose attachments might swell."""
    more = random.Random(1).randbytes(attachments.SMALL)
    small, large = (
        only(read(hybrid(PRINT, cii([10000], 1900), more=m), "r.pdf"), Invoice) for m in (b"", more)
    )
    assert (small.number, small.gross, small.proven_by) == (large.number, large.gross, large.proven_by)


def test_attachments_that_swell_are_left_alone() -> None:
    """Sixty megabytes of blanks in a file of sixty kilobytes are not an invoice; the file is read without."""
    bomb = b"<Invoice>" + b" " * (60 * 1024 * 1024)
    reading = read(hybrid(PRINT, b"", more=bomb), "r.pdf")
    assert not any(isinstance(record, Invoice) for record in reading.records)


def test_a_broken_file_is_read_from_a_repaired_copy() -> None:
    """What PDFium cannot open is written anew by qpdf, picture included, and that is said."""
    whole = (DATA / "fail_python-factur-x.pdf").read_bytes()
    reading = read(whole[: whole.rfind(b"xref") - 20], "halb.pdf")
    invoice = only(reading, Invoice)
    assert "picture" in invoice.proven_by and "pdf-mended" in codes(reading)
