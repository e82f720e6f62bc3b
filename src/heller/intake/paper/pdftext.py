"""The words of a PDF's text layer with their boxes. Nothing in the file is run."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct

from heller.intake.paper.layout import Word
from heller.model.record import Blob

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

ENOUGH = 60  # letters and digits below which a page is taken for a picture
ONE_AT_A_TIME = Lock()  # PDFium is not made for several threads
PAGES = 60  # an invoice has fewer; what lies behind is said to be unread
CHARACTERS = 400_000  # of all pages
CLOSE, LEVEL = (
    0.35,
    0.6,
)  # points, or of the height of a letter, that two of one word are apart, beside and below
COLUMN = 0.6  # of the height of a letter: a wider blank parts two columns
_HALF = re.compile("[\ud800-\udfff]")  # half of a pair: a pictograph
_PAIR = re.compile("[\U00010000-\U0010ffff]")  # PDFium counts both halves
BLANK = " \t\r\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\x00\ufffe"
_BLANKS = frozenset(BLANK)
_BOX = struct.Struct("4f").unpack  # left, top, right, bottom

Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top


class PdfOpened(Struct, frozen=True, eq=False):
    """A PDF that is open; two are equal where their bytes are."""

    blob: Blob
    document: PdfDocument

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PdfOpened) and self.blob.data == other.blob.data

    def __hash__(self) -> int:
        return hash(self.blob.data)


@contextmanager
def open_pdf(data: bytes) -> Iterator[PdfDocument]:
    """A PDF while it is read; raises PdfiumError where it is broken."""
    import pypdfium2

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


class TextLayer(NamedTuple):
    """The characters of a page in the order of the file, while the document is open; pictographs are blanks."""

    number: int  # from 1
    said: str
    raw: PdfTextPage
    frame: tuple[float, float]  # left and upper edge of the page in its own points
    size: tuple[float, float]

    def word(self, start: int, end: int) -> Word | None:
        """A stretch of `said` with its box; None where it does not stand on the page that people see."""
        first, last = self._box(start), self._box(end - 1)
        if first is None or last is None:
            return None
        (left, top), (width, height) = self.frame, self.size
        x0, x1 = min(first[0], last[0]) - left, max(first[2], last[2]) - left
        y0, y1 = top - max(first[3], last[3]), top - min(first[1], last[1])
        seen = 0 <= x0 < x1 <= width + 1 and 0 <= y0 < y1 <= height + 1
        return Word(self.said[start:end], self.number, x0, y0, x1, y1) if seen else None

    def parted(self, at: int) -> bool:
        """Whether the blank at a place in `said` is as wide as one between two columns."""
        before, behind = self._box(at - 1), self._box(at + 1)
        return before is None or behind is None or _wide(before, behind)

    def _box(self, at: int) -> Box | None:
        import pypdfium2.raw as pdfium

        rect = pdfium.FS_RECTF()
        char = pdfium.FPDFText_GetCharIndexFromTextIndex(self.raw.raw, at)
        if char < 0 or not pdfium.FPDFText_GetLooseCharBox(self.raw.raw, char, rect):
            return None
        return rect.left, rect.bottom, rect.right, rect.top


def _wide(before: Box, behind: Box) -> bool:
    tall = max(before[3] - before[1], behind[3] - behind[1], 1.0)
    return not 0 <= behind[0] - before[2] <= COLUMN * tall or abs(before[1] - behind[1]) > 0.5 * tall


def layers(pdf: PdfDocument, most: int = PAGES) -> list[TextLayer]:
    """The text layers of the first pages; they are closed with the document."""
    found: list[TextLayer] = []
    left = CHARACTERS
    for n in range(min(len(pdf), most)):
        page = pdf[n]
        layer = page.get_textpage()
        raw = layer.get_text_range(0, min(layer.count_chars(), left), errors="surrogatepass")
        said = raw if raw.isascii() else _PAIR.sub("  ", _HALF.sub(" ", raw))
        found.append(TextLayer(n + 1, said, layer, _frame(page), page.get_size()))
        left -= len(said)
        if left <= 0:
            break
    return found


def _frame(page: PdfPage) -> tuple[float, float]:
    left, _, _, top = page.get_bbox() if page.get_rotation() == 0 else (0, 0, *page.get_size())
    return left, top


def enough(words: list[Word]) -> bool:
    """Whether there are letters enough for a text layer."""
    letters = (True for word in words for c in word.text if c.isalnum())
    return next(islice(letters, ENOUGH - 1, None), False)


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
    """The words of a page. A page has thousands of letters, so each is looked at once, and nothing is kept of it."""
    import pypdfium2.raw as pdfium
    from pypdfium2 import PdfiumError

    frame = _frame(page)
    layer = page.get_textpage()
    raw, rect = layer.raw, pdfium.FS_RECTF()
    here, box_at = byref(rect), pdfium.FPDFText_GetLooseCharBox
    said = _letters(layer, min(layer.count_chars(), most))
    begun = -1  # where the word began whose box is x0 ... y1
    x0 = y0 = x1 = y1 = 0.0
    last: Box = (x0, y0, x1, y1)
    for at, char in enumerate(said):
        if char in _BLANKS:
            if begun >= 0:
                yield from _word(said[begun:at], number, frame, (x0, y0, x1, y1))
                begun = -1
            continue
        if not box_at(raw, at, here):
            raise PdfiumError("a letter without a box")
        left, high, right, low = _BOX(rect)
        box = (left, low, right, high)
        close = left - last[2] <= CLOSE and left >= last[0] and -LEVEL <= low - last[1] <= LEVEL
        if begun >= 0 and not close and not _follows(last, box):
            yield from _word(said[begun:at], number, frame, (x0, y0, x1, y1))
            begun = -1
        last = box
        if begun < 0:
            # a note along the edge has its letters one over the other: each would begin a word
            if not _is_turned(pdfium.FPDFText_GetCharAngle(raw, at)):
                begun, (x0, y0, x1, y1) = at, box
            continue
        if left < x0:
            x0 = left
        if low < y0:
            y0 = low
        if right > x1:
            x1 = right
        if high > y1:
            y1 = high
    if begun >= 0:
        yield from _word(said[begun:], number, frame, (x0, y0, x1, y1))
    layer.close()


def _letters(layer: PdfTextPage, count: int) -> str:
    """The letters of a page by their numbers, pictographs as blanks."""
    import pypdfium2.raw as pdfium

    raw = layer.get_text_range(0, count, errors="surrogatepass")
    said = raw if raw.isascii() else _PAIR.sub("  ", _HALF.sub(" ", raw))
    if len(said) == count:
        return said
    codes = (pdfium.FPDFText_GetUnicode(layer.raw, at) for at in range(count))
    return "".join(" " if 0xD800 <= code < 0xE000 else chr(code) for code in codes)


def _follows(last: Box, box: Box) -> bool:
    """Whether a letter follows the one before on its line."""
    gap, down = box[0] - last[2], abs(last[1] - box[1])
    tall = max(last[3] - last[1], box[3] - box[1], 1.0)
    return gap <= CLOSE * tall and down <= LEVEL * tall and box[0] >= last[0] - 0.5 * tall


def _is_turned(angle: float) -> bool:
    return angle != 0 and abs(math.cos(angle) - 1) > 0.1


def _word(said: str, page: int, frame: tuple[float, float], box: Box) -> Iterator[Word]:
    """A word with its box from the upper left; none without an extent."""
    x0, y0, x1, y1 = box
    left, top = frame
    if y1 > y0 and x1 > x0:
        yield Word(said, page, x0 - left, top - y1, x1 - left, top - y0)
