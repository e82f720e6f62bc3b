"""Files that hold several documents: each is read by itself, and what belongs together stays together."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from tests.intake.documents import codes, read
from tests.intake.papers import page
from tests.intake.test_chains import given

from heller.intake.paper import several
from heller.intake.paper.layout import sheet
from heller.model.kinds.paper import Paper

SIZE = (595.0, 842.0)
SCAN = Path(__file__).parent / "data" / "paper" / "scan_zugferd_invoice.jpg"
FIRST = [
    "Funkladen Beispiel GmbH    Musterweg 1, 00000 Musterstadt",
    "RECHNUNG",
    "Rechnungsnummer: R-17     Rechnungsdatum: 05.02.2026",
    "Router     1 Stk     100,00",
]
SUMS = ["Netto    100,00 EUR", "USt 19 %    19,00 EUR", "Gesamtbetrag    119,00 EUR"]
SECOND = [
    "Eilbote Beispiel GmbH    Hafenstr. 2, 00000 Musterstadt",
    "RECHNUNG",
    "Rechnungsnummer: E-99     Rechnungsdatum: 06.02.2026",
    "Fahrt    50,00",
    "Gesamtbetrag    59,50 EUR",
]
SLIP = [
    "Baumarkt Beispiel GmbH",
    "06.02.2026 10:12",
    "Kabel    13,78",
    "SUMME EUR    13,78",
    "Bar EUR    20,00",
    "Rückgeld    6,22",
]
TERMS = [
    "Allgemeine Geschäftsbedingungen",
    "1. Angebote sind freibleibend.",
    "2. Rechnungen sind sofort fällig.",
]
CALLS = ["Einzelverbindungsnachweis", "Rechnungsnummer: R-17", "05.02.2026  10:00  0,12", "Summe    0,12"]
NOTE = ["Lieferschein L-5 vom 04.02.2026", "Kabel    1 Stk    20,00", *SUMS]
REMINDER = ["Funkladen Beispiel GmbH", "Mahnung", "01.03.2026", "Rechnung R-17 vom 05.02.2026    119,00 EUR"]


def merged(*names: str) -> bytes:
    """The given papers behind each other in one PDF."""
    import pikepdf

    out, kept = pikepdf.new(), io.BytesIO()
    for name in names:
        with pikepdf.open(io.BytesIO(given(name))) as one:
            out.pages.extend(one.pages)
    out.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("pages", "begin"),
    [
        ([[*FIRST, *SUMS], SECOND], [0, 1]),
        ([[*FIRST, *SUMS], SLIP], [0, 1]),
        ([SLIP, [*SLIP[:1], "07.02.2026 09:00", "Kabel    5,00", "SUMME EUR    5,00", "Bar EUR    5,00"]], [0, 1]),
        ([[*FIRST, *SUMS], REMINDER], [0, 1]),
        ([[*FIRST, *SUMS], TERMS], [0]),
        ([[*FIRST, *SUMS], CALLS], [0]),
        ([[*FIRST, *SUMS], TERMS, SECOND, TERMS], [0, 2]),
        ([FIRST, SUMS], [0]),
        ([FIRST, NOTE], [0]),  # the total is still to come: the note heads a part of the invoice
        ([[*FIRST, "Zwischensumme    100,00"], ["Übertrag    100,00", "06.02.2026", *SUMS]], [0]),
        ([[*FIRST, *SUMS], ["Seite 2 von 2", *SECOND]], [0]),
        ([[*FIRST, *SUMS, "Seite 1/1"], [*SECOND, "Seite 1/1"]], [0, 1]),
    ],
)  # fmt: skip
def test_which_page_begins_a_document(pages: list[list[str]], begin: list[int]) -> None:
    """A number or a slip of its own begins one; conditions, calls and a sum that is carried over do not."""
    found = several.parts([sheet(page(lines)) for lines in pages])
    assert [part.start for part in found] == begin
    assert found[-1].stop == len(pages)


PAGES = (
    FIRST,
    [*FIRST, *SUMS],
    SUMS,
    SECOND,
    SLIP,
    TERMS,
    CALLS,
    NOTE,
    REMINDER,
    ["Kabel    1 Stk    20,00"],
    ["Seite 1"],
)


@pytest.mark.parametrize("first", PAGES)
def test_a_page_that_is_not_read_would_not_begin_a_document(
    first: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the title alone says that a page goes on, reading all of it says the same, of any two pages."""
    pairs = [[sheet(page(first)), sheet(page(second))] for second in PAGES]
    found = [several.parts(pair) for pair in pairs]
    monkeypatch.setattr(several, "_goes_on", lambda page, first: False)
    assert [several.parts(pair) for pair in pairs] == found


def test_a_page_by_itself_is_laid_out_as_if_it_were_alone() -> None:
    """The pages of a sheet have the cells, lines and labels of pages that were laid out one by one."""
    words = [replace(word, page=n) for n, said in enumerate(PAGES, 1) for word in page(said)]
    together = sheet(words, [SIZE] * len(PAGES)).pages()
    alone = [sheet(page(said), [SIZE]) for said in PAGES]
    for one, other in zip(together, alone, strict=True):
        assert [(c.text, c.line, c.page, c.x0, c.y0) for c in one.cells()] == [
            (c.text, c.line, c.page, c.x0, c.y0) for c in other.cells()
        ]
        assert [[c.text for c in line] for line in one.labels] == [
            [c.text for c in line] for line in other.labels
        ]


def test_no_bill_of_a_batch_is_lost() -> None:
    """Three bills in one PDF are three papers, each with its own values and the pages that it stands on."""
    found = read(merged("rechnung.pdf", "kartenbon.pdf", "schlussrechnung.pdf"), "stapel.pdf")
    papers = {r.source.member: r.said("gross") for r in found.records if isinstance(r, Paper)}
    assert papers == {"page-1.pdf": "119.00", "page-2.pdf": "13.78", "page-3.pdf": "3570.00"}
    assert {"several-documents", "members"} <= codes(found)


def test_a_scan_behind_a_text_is_a_paper_or_is_named() -> None:
    """A scanned bill behind a printed one is read; a picture that is no bill is named as not used."""
    import pikepdf

    def behind(picture: Image.Image) -> bytes:
        out, scan = io.BytesIO(), io.BytesIO()
        picture.convert("L").save(scan, "PDF")
        with pikepdf.open(io.BytesIO(given("rechnung.pdf"))) as pdf, pikepdf.open(scan) as more:
            pdf.pages.extend(more.pages)
            pdf.save(out)
        return out.getvalue()

    found = read(behind(Image.open(SCAN)), "x.pdf")
    numbers = {r.said("number") for r in found.records if isinstance(r, Paper)}
    assert numbers == {"R-1", "2014-03"}
    plain = read(behind(Image.new("L", (1200, 1600), 200)), "x.pdf")
    assert "pages-unused" in codes(plain)
    assert len([r for r in plain.records if isinstance(r, Paper)]) == 1


def test_the_frames_of_a_tiff_are_pages() -> None:
    """What a scanner or a fax put into one file is read to its end."""
    blank = Image.new("L", Image.open(SCAN).size, 255)
    out = io.BytesIO()
    blank.save(
        out, "TIFF", save_all=True, append_images=[Image.open(SCAN).convert("L")], compression="tiff_deflate"
    )
    found = read(out.getvalue(), "fax.tif")
    assert {r.said("gross") for r in found.records if isinstance(r, Paper)} == {"1005.55"}
