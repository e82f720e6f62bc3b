"""Which pages of one file begin a document of their own: bills scanned in one go, a slip behind an invoice.

A page goes on with what stands before it unless it says otherwise: by a title with another number, by 'page 1 of 2',
by a total of another seller. Conditions, lists of calls and pages of the same number stay where they are. Most say by
their title alone, or by none, that they go on; only the others are read for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from heller.intake.paper import days, ocr_process, page_pictures, reading, references, titles
from heller.intake.paper.layout import Sheet, sheet
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


def parts(pages: Sequence[Sheet]) -> tuple[range, ...]:
    """The documents of a file as ranges of pages, counted from 0; one range where it is a single document."""
    said = cache(
        lambda n: reading.read(pages[n], Locator(""))[0]
    )  # a page is read where its number does not say it
    begin = [0]
    for n in range(1, len(pages)):
        number = _number(pages[n])
        if number > 1 or (number == 0 and _goes_on(pages[n], pages[begin[-1]])):
            continue
        if said(n) is not None:
            before = [paper for m in range(begin[-1], n) if (paper := said(m)) is not None]
            if _begins(said(n), before, number):
                begin.append(n)
    return tuple(map(range, begin, [*begin[1:], len(pages)]))


def _goes_on(page: Sheet, first: Sheet) -> bool:
    """Whether a page surely goes on with the document that begins on another, and need not be read to be told so: it
    has the same title with the same number, or neither a title nor a label nor a day."""
    begun, title = titles.best(first), titles.best(page)
    if begun is None:
        return False
    if title is None:
        return not titles.is_labelled(page) and not days.days_on(page)
    if title.of is not begun.of or title.of is DocumentClass.RECEIPT:
        return False
    own, other = (references.own_number(one, title.of)[0] for one in (page, first))
    return own is not None and other is not None and own.value == other.value


def parts_of_text(document: PdfDocument, laid: Sheet) -> tuple[list[int], tuple[range, ...]]:
    """The pages behind the first that are pictures, from 0, and the documents, those on such pages among them."""
    pages = laid.pages()
    scans = [n for n, page in enumerate(pages) if n and not page.lines and page_pictures.is_scan(document[n])]
    try:
        for n in scans[: page_pictures.SCANNED]:
            seen = page_pictures.page_seen(document[n], n + 1)
            pages[n] = sheet([replace(word, page=1) for word in seen.words()], [seen.size()])
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
