"""A paper's own number, and the numbers and days of the other documents that it names.

What names a document's own number on one class of papers names another document on the next: 'Lieferscheinnummer'
on an invoice. So both are asked with the class known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from heller.intake.paper import naming, titles
from heller.intake.paper.days import DayOrder, NamedDay, days, order
from heller.intake.paper.layout import Cell, Sheet
from heller.intake.paper.naming import NamedValue
from heller.intake.paper.placing import Pen
from heller.intake.paper.vocabulary import Hit, has_part, hits
from heller.model.document_class import DocumentClass, Reference

NEAR = 30  # characters between the number of another document and its day
COLUMN = 20  # invoices that a reminder lists
# Papers that name invoices; on others 'Rechnung' with a number is their own.
OF_INVOICES = frozenset(
    {DocumentClass.REMINDER, DocumentClass.CANCELLATION, DocumentClass.CORRECTED, DocumentClass.CREDIT_NOTE}
    | {DocumentClass.FINAL, DocumentClass.STATEMENT, DocumentClass.CARD_SLIP, DocumentClass.RECEIPT}
)
LISTS = frozenset({DocumentClass.REMINDER, DocumentClass.STATEMENT})
# Whose number is that of an invoice where no label of their own names another.
BILLS = frozenset(
    {DocumentClass.INVOICE, DocumentClass.PARTIAL, DocumentClass.FINAL, DocumentClass.CREDIT_NOTE}
    | {DocumentClass.CANCELLATION, DocumentClass.CORRECTED, DocumentClass.RECEIPT, DocumentClass.SELF_BILLED}
    | {DocumentClass.OTHER}
)
PARTS = frozenset({DocumentClass.PARTIAL, DocumentClass.FINAL})  # a final invoice lists the partial ones
UNDER = 3.2  # heights of the title within which its number stands
_BARE = re.compile(r"(?:nr|no|nummer|number|n°)\s?[.:]?\s{0,3}(?=\S*\d)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:nummer|nr|no|number|id|n°|#)[\s.:]*$", re.IGNORECASE)


class NamedDocument(Struct, frozen=True):
    """Another document that a paper names: class, number, and the day that stands behind it in its cell."""

    of: DocumentClass
    number: NamedValue
    cell: Cell
    end: int
    issued: date | None = None

    def holds(self, day: NamedDay) -> bool:
        """Whether a day on the paper is this document's: it stands behind the number, or bare in the same row."""
        if day.cell == self.cell:
            return 0 <= day.dated.start - self.end <= NEAR
        bare = not day.cell.text[: day.dated.start].strip(" :")
        return bare and day.cell.line == self.cell.line

    def reference(self, pen: Pen) -> Reference:
        """As a record keeps it."""
        return Reference(
            self.number.value, self.of, self.issued, pen.at(self.number.words, self.number.value)
        )


def own_number(sheet: Sheet, of: DocumentClass) -> tuple[NamedValue | None, bool]:
    """The paper's own number, and whether several are named: by a label of its class, else as on an invoice,
    else behind its title."""
    found = [value for cell, label in _labels(sheet, of) for value in _after(sheet, cell, label)]
    if found:
        return naming.choose(found[:1])
    if of not in BILLS:
        return _behind_title(sheet) or _under_title(sheet), False
    if of in titles.BEFORE_OTHERS | PARTS and (behind := _behind_title(sheet) or _under_title(sheet)):
        return behind, False
    number, torn = naming.choose(naming.numbers_of(sheet))
    return number if number or torn else _under_title(sheet), torn


def _behind_title(sheet: Sheet) -> NamedValue | None:
    """The number in the cell of the title: 'Angebot A-77 vom 05.02.2026', not that of 'Storno zu Rechnung R-1'."""
    title = titles.best(sheet)
    if title is None:
        return None
    rest = title.cell.text[title.hit.end :]
    other = next(iter(hits("refers", rest)), None)
    label = Hit("title", title.hit.start, title.hit.end)
    end = title.hit.end + (other.start if other else len(rest))
    behind = naming.values_after(sheet, title.cell, label, end)
    return next((value for value in behind if set(value.words) <= set(title.cell.words)), None)


def _under_title(sheet: Sheet) -> NamedValue | None:
    """The number in the line below the title: 'Nr. ST-4 vom 12.02.2026'."""
    title = titles.best(sheet)
    below = next(iter(sheet.below(title.cell, UNDER)), None) if title else None
    label = _BARE.match(below.text) if below else None
    if below is None or label is None:
        return None
    return next(naming.values_after(sheet, below, Hit("sure", 0, label.end()), len(below.text)), None)


def named(sheet: Sheet, of: DocumentClass, own: str) -> list[NamedDocument]:
    """The documents that a paper names, its own number left out, each once."""
    first, found = order(sheet), dict[tuple[DocumentClass, str], NamedDocument]()
    for cell in sheet.cells():
        for label in hits("refers", cell.text):
            other = DocumentClass(label.sense)
            if other is of or (other is DocumentClass.INVOICE and of not in OF_INVOICES):
                continue
            values = (_column(sheet, cell, label) if of in LISTS else []) or list(_after(sheet, cell, label))
            for value in values:
                if _plain(value.value) != _plain(own):
                    found.setdefault((other, _plain(value.value)), _document(sheet, other, value, first))
    return list(found.values())


def _labels(sheet: Sheet, of: DocumentClass) -> Iterator[tuple[Cell, Hit]]:
    """The labels of the own number on papers of a class."""
    part = f"own {of.value}"
    if has_part(part):
        for cell in sheet.cells():
            yield from ((cell, hit) for hit in hits(part, cell.text))


def _after(sheet: Sheet, cell: Cell, label: Hit) -> Iterator[NamedValue]:
    sure = _NUMBERED.search(cell.text[label.start : label.end])
    yield from naming.values_after(
        sheet, cell, label._replace(sense="sure" if sure else "title"), len(cell.text)
    )


def _column(sheet: Sheet, cell: Cell, label: Hit) -> list[NamedValue]:
    """The numbers under the heading of a column."""
    heading = label.start < 3 and not cell.text[label.end :].strip(" :.")
    below = list(sheet.below(cell, 2 * COLUMN))[:COLUMN] if heading else []
    tokens = [(c, c.text.split()[0]) for c in below if c.text.strip()]
    return [
        NamedValue(t, c.words[:1])
        for c, t in tokens
        if any(map(str.isdigit, t)) and not next(days(t, DayOrder(True)), None)
    ]


def _document(sheet: Sheet, of: DocumentClass, value: NamedValue, first: DayOrder) -> NamedDocument:
    cell = next(c for c in sheet.cells() if value.words[0] in c.words)
    end = cell.text.find(value.words[-1].text) + len(value.words[-1].text)
    day = next((d for d in days(cell.text, first) if 0 <= d.start - end <= NEAR), None)
    return NamedDocument(of, value, cell, end, day.value if day else None)


def _plain(number: str) -> str:
    return "".join(filter(str.isalnum, number)).casefold()
