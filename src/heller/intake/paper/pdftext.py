"""The words of a PDF's text layer with their boxes. Nothing in the file is run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from heller.intake.paper.layout import Word

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

PAGES = 60  # an invoice has fewer; what lies behind is said to be unread
CHARACTERS = 400_000  # of all pages
BLANK = " \t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\x00\ufffe"


def words(pdf: PdfDocument) -> tuple[list[Word], list[tuple[float, float]]]:
    """The words of the first pages and the pages' sizes, in points from the upper left."""
    found: list[Word] = []
    sizes, left = [], CHARACTERS
    for n in range(min(len(pdf), PAGES)):
        page = pdf[n]
        sizes.append(page.get_size())
        found += _page(page, n + 1, left)
        left -= sum(map(len, (word.text for word in found if word.page == n + 1)))
        page.close()
        if left <= 0:
            break
    return found, sizes


def _page(page: PdfPage, number: int, most: int) -> Iterator[Word]:
    import pypdfium2.raw as pdfium

    left, _, _, top = page.get_bbox() if page.get_rotation() == 0 else (0, 0, *page.get_size())
    layer = page.get_textpage()
    count = min(layer.count_chars(), most)
    letters: list[tuple[str, tuple[float, float, float, float]]] = []
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(layer.raw, at)
        char = " " if 0xD800 <= code < 0xE000 else chr(code)  # half of a pair: a pictograph
        if not math.isclose(math.cos(pdfium.FPDFText_GetCharAngle(layer.raw, at)), 1, abs_tol=0.1):
            continue  # a note along the edge: its letters stand one over the other
        box = layer.get_charbox(at, loose=True)
        if char in BLANK or (letters and _apart(letters[-1][1], box)):
            yield from _word(letters, number, left, top)
            letters = []
        if char not in BLANK:
            letters.append((char, box))
    yield from _word(letters, number, left, top)
    layer.close()


def _apart(last: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Whether a letter does not follow the one before on its line."""
    tall = max(last[3] - last[1], box[3] - box[1], 1.0)
    return (
        abs(last[1] - box[1]) > 0.6 * tall or box[0] - last[2] > 0.35 * tall or box[0] < last[0] - 0.5 * tall
    )


def _word(
    letters: list[tuple[str, tuple[float, float, float, float]]], page: int, left: float, top: float
) -> Iterator[Word]:
    if not letters:
        return
    boxes = [box for _, box in letters]
    x0, x1 = min(b[0] for b in boxes), max(b[2] for b in boxes)
    y0, y1 = min(b[1] for b in boxes), max(b[3] for b in boxes)
    if y1 <= y0 or x1 <= x0:
        return
    said = "".join(c for c, _ in letters)
    yield Word(said, page, x0 - left, top - y1, x1 - left, top - y0)
