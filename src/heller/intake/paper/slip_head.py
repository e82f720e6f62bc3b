"""Who sells, at the head of a till's slip: what stands above its title, its first figure and its first label.

It reads slips alone; letters and forms have their letterhead (`letterhead`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from heller.intake.paper import legal_forms
from heller.intake.paper.layout import Cell, Sheet, cell_of
from heller.intake.paper.letterhead import POSTCODE, Party, is_name, is_title, says_how

STRIP = 32  # heights of a letter: about fifty letters
LINES = 12  # of which a head has at most so many
SURELY = 88  # what the recognition says of each word of a name that nothing else bears out
_ADDRESS = re.compile(r"\d|,$")
_GOES_ON = re.compile(r"(?:&|\band|\bund|\([^)]*)$", re.IGNORECASE)
_GOES_ON_WITH = re.compile(r"co\b\.?|& |und |and ", re.IGNORECASE)  # in the next line


def is_slip(sheet: Sheet) -> bool:
    """Whether this is the strip of a till: a narrow page, or one column that is narrow beside its letters."""
    if sheet.sizes and sheet.sizes[0][0] < 0.6 * sheet.sizes[0][1]:
        return True
    cells = [cell for cell in sheet.cells() if cell.page == 1]
    wide = max((c.x1 for c in cells), default=0) - min((c.x0 for c in cells), default=0)
    return len(cells) > 4 and wide < STRIP * median(cell.height for cell in cells)


def seller(sheet: Sheet) -> Party | None:
    """The name in the head that bears a legal form, else the one right over the first line of its address."""
    if not is_slip(sheet):
        return None
    head = list(_head(sheet))
    for cell in head:
        for party in legal_forms.parties(cell):
            if _surely(party):
                return party
    over = _over_address(head)
    return over if over and _surely(over) else None


def _head(sheet: Sheet) -> Iterator[Cell]:
    """The lines above the title: each one cell, those of a name that goes on in the next line joined."""
    began: Cell | None = None
    for line in sheet.lines[:LINES]:
        cell = cell_of(tuple(word for one in line for word in one.words), line[0].line)
        named = _plain_name(cell)
        if is_title(cell, within=3):
            if began:
                return
            continue  # 'TAX INVOICE' above the name
        if began is not None and named and _goes_on(began.text, cell.text):
            cell = cell_of((*began.words, *cell.words), cell.line)
        began = cell if named else began
        yield cell


def _goes_on(said: str, then: str) -> bool:
    """Whether a name goes on in the next line."""
    return bool(_GOES_ON.search(said) or _GOES_ON_WITH.match(then)) or legal_forms.only_form(then)


def _over_address(head: Sequence[Cell]) -> Party | None:
    """The name that stands right over the first line with a figure or a way to reach the firm; over a town's line
    stands its street, so the name is one line higher."""
    last: list[Cell] = []
    for cell in head:
        if last and (_ADDRESS.search(cell.text) or says_how(cell.text)):
            name = last[-2] if POSTCODE.match(cell.text) and len(last) > 1 else last[-1]
            return Party(name.text, name.words)
        if _plain_name(cell):
            last = [*last, cell]
        elif not last and len(cell.text.split()) > 1 and _ADDRESS.search(cell.text):
            if cell is not head[0] or not _plain_name(cell, legal_forms.unnumbered(cell.text)):
                return None  # the address began before any name that could be read
            last = [cell]
        else:
            last = []
    return None


def _plain_name(cell: Cell, said: str = "") -> bool:
    return is_name(said or cell.text) and not any(c.isdigit() for c in said or cell.text)


def _surely(party: Party) -> bool:
    return min(word.sure for word in party.words) >= SURELY
