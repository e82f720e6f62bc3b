"""What a paper is: by its title, else by the labels and sums that only papers of one class have.

A title is a short cell on the first page that begins with the name of a class; 'Lieferschein: L-99' under a title
'Rechnung' names another document. A paper without any of that is of no class, and a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from heller.intake.paper.amounts import Figures
from heller.intake.paper.layout import Cell, Sheet
from heller.intake.paper.placing import Pen
from heller.intake.paper.totals import Totals
from heller.intake.paper.vocabulary import Hit, hits
from heller.model.document_class import Classification, DocumentClass
from heller.model.finding import Locator
from heller.model.value import Support

HEADLINE = 64  # characters of a cell that may be a title
LARGE = 1.35  # times the usual height of letters from which a line is set as a title
_BEFORE = re.compile(
    r"(?:[\W_]|\d{1,2}\s?[.)]|\d(?:st|nd|rd|th)|betreff|betr|subject|re|ihre?|unsere?|your|our|copy|kopie|duplikat"
    r"|zweitschrift|entwurf)*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[#/&(\-\N{EN DASH}\N{EM DASH}|]|nr|no\b|num|n[°º]|zu[rm]?\b|für|fuer|über|ueber|der\b|vom\b|von\b|und\b"
    r"|im\b|in\b|and\b|for\b|of\b|from\b|to\b|dated\b|[\w\-/.]*\d|(?-i:[A-Z]{1,5}[ .\-]?\d))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\s{0,4}(?:#|nr\.?|no\.?|number|nummer)\s{0,4}:?\s{0,4}[\w\-/.]*\d[\w\-/.]*", re.IGNORECASE
)
_ADDRESS = re.compile(r"\s{1,4}(?:to|an)\b", re.IGNORECASE)  # 'Bill to', 'Rechnung an': whom, not what
_LABEL = re.compile(r"\s{0,40}(?:nr\.?|no\.?|number|nummer)?\s{0,40}:\s*\S", re.IGNORECASE)
# Titles that a paper bears although it names other documents in titles of their own.
BEFORE_OTHERS = frozenset(
    {DocumentClass.REMINDER, DocumentClass.CANCELLATION, DocumentClass.CORRECTED, DocumentClass.SELF_BILLED}
    | {DocumentClass.PRO_FORMA, DocumentClass.CREDIT_NOTE}
)
OFFERS = frozenset({"estimate", "proposal", "offer"})
SHORT_OF = OFFERS | {"order", "statement", "refund", "tarif", "pricing", "auftrag", "ticket"}


class Title(NamedTuple):
    """A cell that may be the title, the class that it names, and how much speaks for it."""

    of: DocumentClass
    cell: Cell
    hit: Hit
    worth: int


def classify(sheet: Sheet, found: Figures, totals: Totals, pen: Pen) -> Classification:
    """The class of a paper with the place of what says so; `OTHER` where nothing does."""
    title = best(sheet)
    if title:
        place = pen.at(title.cell.words_at(title.hit.start, title.hit.end), title.cell.text)
        return Classification(title.of, pen.grade, place, ("title",))
    if self_billed := _anywhere(sheet, "type", "389"):
        return Classification(DocumentClass.SELF_BILLED, pen.grade, _place(pen, *self_billed), ("label",))
    label = next((hit for hit in _labels(sheet, "number", "sure")), None)
    if label:
        return Classification(DocumentClass.INVOICE, pen.grade, _place(pen, *label), ("label",))
    if totals.cash or totals.proven or _paid_as_summed(found, totals):
        at = pen.at(totals.gross.words, totals.gross.raw) if totals.gross else None
        return Classification(DocumentClass.RECEIPT, pen.grade, at, ("sums",))
    return Classification(DocumentClass.OTHER, Support.ABSENT, pen.source)


def is_labelled(sheet: Sheet) -> bool:
    """Whether a label says the class where no title does."""
    return bool(_anywhere(sheet, "type", "389") or _anywhere(sheet, "number", "sure"))


def best(sheet: Sheet) -> Title | None:
    """The title that most speaks for; of two the first."""
    titles = list(_titles(sheet))
    if not titles:
        return None
    if billed := _anywhere(sheet, "class", DocumentClass.SELF_BILLED.value):
        first = next((t for t in titles if t.of in (DocumentClass.CREDIT_NOTE, DocumentClass.INVOICE)), None)
        if first:  # 'Gutschrift', and below: 'Abrechnung im Gutschriftsverfahren'
            return first._replace(of=DocumentClass.SELF_BILLED, cell=billed[0], hit=billed[1])
    most = max(title.worth for title in titles)
    return next(title for title in titles if title.worth == most)


def _titles(sheet: Sheet) -> Iterator[Title]:
    cells = [cell for cell in sheet.cells() if cell.page == 1]
    usual = median(cell.height for cell in cells) if cells else 0
    for cell in cells:
        if len(cell.text) > HEADLINE:
            continue
        for hit in hits("class", _closed(cell.text)):
            if _BEFORE.fullmatch(cell.text[: hit.start]) is None:
                break
            if worth := _worth(cell, hit, usual, _beside(sheet, cell)):
                yield Title(DocumentClass(hit.sense), cell, hit, worth)
            break


def _beside(sheet: Sheet, cell: Cell) -> bool:
    """Whether the cell heads a row: a number or day without a label of its own stands to its right."""
    right = sheet.right_of(cell)
    return right is not None and any(c.isdigit() for c in right.text) and len(right.text.split()) < 3


def _worth(cell: Cell, hit: Hit, usual: float, beside: bool) -> int:
    """How much speaks for a title: it stands alone or with its number, and it is set large."""
    rest, of = cell.text[hit.end :], DocumentClass(hit.sense)
    if rest[:1] == "_":
        return 0  # 'CONTRACT_2020-25987' is a number
    if of is DocumentClass.INVOICE and _ADDRESS.match(rest):
        return 0
    large = cell.height > LARGE * usual
    if _closed(cell.text) != cell.text or not rest.strip(" :.*_-!"):
        worth = 2 if beside else 4
    elif _LABEL.match(rest):
        worth = 2
    elif _AFTER.match(rest):
        worth = 3
    else:
        return 0
    word = cell.text[hit.start : hit.end].casefold()
    numbered = word in OFFERS and _NUMBERED.fullmatch(rest)
    if word in SHORT_OF and not large and not numbered and worth < 4:
        return 0  # a word of everyday, not set as a title
    return worth + 2 * large + 2 * (of in BEFORE_OTHERS and worth > 2)


def _closed(said: str) -> str:
    """A title in spaced letters ('R E C H N U N G') as one word."""
    letters = said.split()
    return "".join(letters) if len(letters) > 4 and all(len(word) == 1 for word in letters) else said


def _labels(sheet: Sheet, part: str, sense: str) -> Iterable[tuple[Cell, Hit]]:
    return ((cell, hit) for cell in sheet.cells() for hit in hits(part, cell.text) if hit.sense == sense)


def _anywhere(sheet: Sheet, part: str, sense: str) -> tuple[Cell, Hit] | None:
    return next(iter(_labels(sheet, part, sense)), None)


def _place(pen: Pen, cell: Cell, hit: Hit) -> Locator:
    return pen.at(cell.words_at(hit.start, hit.end), cell.text[hit.start : hit.end])


def _paid_as_summed(found: Figures, totals: Totals) -> bool:
    """Whether the slip of a till names its total a second time as what was paid: 'SUMME 13,78, EC-Karte 13,78'."""
    if totals.gross is None:
        return False
    paid = (a for a in found.amounts if "paid" in a.senses and a is not totals.gross)
    return any(amount.value == totals.gross.value for amount in paid)
