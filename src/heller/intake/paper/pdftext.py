"""The words of a PDF's text layer with their boxes. Nothing in the file is run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from heller.intake.paper.layout import Sheet, Word, sheet

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

ENOUGH = 60  # letters and digits below which a page is taken for a picture
ONE_AT_A_TIME = Lock()  # PDFium is not made for several threads
PAGES = 60  # an invoice has fewer; what lies behind is said to be unread
CHARACTERS = 400_000  # of all pages
BLANK = " \t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\x00\ufffe"


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument]:
    """A PDF while it is read; raises PdfiumError where it is broken."""
    import pypdfium2

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def plain(data: bytes) -> str:
    """The text of the first pages in the order of the file, '' where there is none or the file is broken."""
    import pypdfium2

    try:
        with opened(data) as document:
            pages = range(min(len(document), PAGES))
            return "\n".join(document[n].get_textpage().get_text_bounded() for n in pages).replace("\r", "")
    except pypdfium2.PdfiumError:
        return ""


def layer(data: bytes) -> tuple[str, Sheet | None]:
    """The text of the first pages in the order of the file, and the same as lines and cells.

    '' and None where the file is broken; None where there are too few letters for a text layer.
    """
    import pypdfium2

    said = ""
    try:
        with opened(data) as document:
            pages = range(min(len(document), PAGES))
            said = "\n".join(document[n].get_textpage().get_text_bounded() for n in pages)
            found, sizes = words(document)
    except pypdfium2.PdfiumError:
        return said, None
    return said, sheet(found, sizes) if enough(found) else None


def enough(words: list[Word]) -> bool:
    """Whether there are letters enough for a text layer."""
    return sum(c.isalnum() for word in words for c in word.text) >= ENOUGH


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
    from pypdfium2 import PdfiumError

    left, _, _, top = page.get_bbox() if page.get_rotation() == 0 else (0, 0, *page.get_size())
    layer = page.get_textpage()
    count = min(layer.count_chars(), most)
    raw, rect = layer.raw, pdfium.FS_RECTF()  # one box for all letters: a page has thousands
    letters: list[tuple[str, tuple[float, float, float, float]]] = []
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        char = " " if 0xD800 <= code < 0xE000 else chr(code)  # half of a pair: a pictograph
        angle = pdfium.FPDFText_GetCharAngle(raw, at)
        if angle and abs(math.cos(angle) - 1) > 0.1:
            continue  # a note along the edge: its letters stand one over the other
        if not pdfium.FPDFText_GetLooseCharBox(raw, at, rect):
            raise PdfiumError("a letter without a box")
        box = (rect.left, rect.bottom, rect.right, rect.top)
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
