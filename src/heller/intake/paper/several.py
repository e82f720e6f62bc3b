"""Which pages of one file begin a document of their own: bills scanned in one go, a slip behind an invoice.

A page goes on with what stands before it unless it says otherwise: by a title with another number, by 'page 1 of 2',
by a total of another seller. Conditions, lists of calls and pages of the same number stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heller.intake.paper import ocr_process, page_pictures, reading
from heller.intake.paper.layout import Sheet, Word, sheet
from heller.intake.written.canonical import fold
from heller.model.document_class import DocumentClass
from heller.model.errors import InputRefused
from heller.model.finding import Locator
from heller.model.kinds.paper import Paper

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PAGE = re.compile(
    r"\b(?:Seite|Blatt|page|pagina|sheet)\s{0,3}(?:Nr\.?)?:?\s{0,3}(\d{1,3})(?:\s{0,3}(?:von|of|/|-)\s{0,3}\d{1,3})?\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"übertrag\b|carried (?:forward|over)|brought forward|report à nouveau", re.IGNORECASE)


def pages_of(words: Sequence[Word], sizes: Sequence[tuple[float, float]]) -> list[Sheet]:
    """Each page as a sheet of its own."""
    by_page: list[list[Word]] = [[] for _ in sizes]
    for word in words:
        by_page[word.page - 1].append(Word(word.text, 1, word.x0, word.y0, word.x1, word.y1, word.sure))
    return [sheet(own, (size,)) for own, size in zip(by_page, sizes, strict=True)]


def parts(pages: Sequence[Sheet]) -> tuple[range, ...]:
    """The documents of a file as ranges of pages, counted from 0; one range where it is a single document."""
    said = cache(
        lambda n: reading.read(pages[n], Locator(""))[0]
    )  # a page is read where its number does not say it
    begin = [0]
    for n in range(1, len(pages)):
        number = _number(pages[n])
        if number <= 1 and said(n) is not None:
            before = [paper for m in range(begin[-1], n) if (paper := said(m)) is not None]
            if _begins(said(n), before, number):
                begin.append(n)
    return tuple(map(range, begin, [*begin[1:], len(pages)]))


def parts_of_text(
    document: PdfDocument, words: list[Word], sizes: list[tuple[float, float]]
) -> tuple[list[int], tuple[range, ...]]:
    """The pages behind the first that are pictures, from 0, and the documents, those on such pages among them."""
    pages = pages_of(words, sizes)
    scans = [n for n, page in enumerate(pages) if n and not page.lines and page_pictures.is_scan(document[n])]
    try:
        for n in scans[: page_pictures.SCANNED]:
            seen = page_pictures.page_seen(document[n], n + 1)
            pages[n] = pages_of([replace(word, page=1) for word in seen.words()], [seen.size()])[0]
    except (ocr_process.Absent, InputRefused):
        pass  # they are named as not read
    return scans, parts(pages)


def _begins(paper: Paper | None, before: Sequence[Paper], number: int) -> bool:
    """Whether a page begins a document, by what it says and what the pages of the one before it say."""
    if paper is None or number > 1:
        return False
    titled = "title" in paper.kind.by
    told = titled or paper.kind.of is DocumentClass.RECEIPT or "number" in paper.values
    if not before:
        return told
    if number == 1 and told:
        return True
    if any(one.kind.is_money for one in before) and not any("gross" in one.values for one in before):
        return False  # its total is still to come
    if (titled or "label" in paper.kind.by) and (own := paper.said("number")):
        return own not in {one.said("number") for one in before}
    if titled and paper.kind.of not in {one.kind.of for one in before}:
        return bool(paper.values.keys() & {"gross", "date"})
    return _is_slip(paper) and all(_another(paper, one) for one in before)


def _is_slip(paper: Paper) -> bool:
    """A receipt with a day of its own: the sums of an invoice that goes over two pages have none."""
    return paper.kind.of is DocumentClass.RECEIPT and {"gross", "date"} <= paper.values.keys()


def _another(slip: Paper, before: Paper) -> bool:
    sellers = {fold(one.said("seller")) for one in (slip, before)} - {""}
    return len(sellers) > 1 or slip.said("gross") != before.said("gross")


def _number(page: Sheet) -> int:
    """The number that a page gives itself, 2 where a sum is carried onto it; 0 where it gives none."""
    cells = [cell.text for cell in page.cells()]
    if any(map(_CARRIED.search, cells[: len(cells) // 2])):
        return 2
    return next((int(match[1]) for cell in cells if (match := _PAGE.search(cell))), 0)
