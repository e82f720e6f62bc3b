"""Names that stand where a firm writes its own: over its address, in the line over the window, in the foot.

They need no legal form. It decides nothing between them; `heller.intake.paper.parties` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from heller.intake.paper.layout import Cell, Sheet, Word, fold
from heller.intake.paper.vocabulary import hits

SEPARATOR = re.compile(
    r"\s{0,20}[•·|●∙*■▪⋅\N{BULLET}]\s*|\s{1,20}[-\N{EN DASH}\N{EM DASH}/]\s+|,\s+|\s{0,20};\s+"
)
POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,3}[- ])?\d{4,5}(?:\s?[A-Z]{2})?\s+[A-ZÄÖÜÉ][\w.-]+"  # D-44135 Dortmund, 3500 MJ Utrecht
    r"|\b\d{2}-\d{3}\s+[A-ZŚŁŻ]|\b\d{4}-\d{3}\s+[A-Z]|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
)
MARK = re.compile(
    r"\b(ust|umsatzsteuer|vat|tva|btw|hrb|hra|handelsregister|amtsgericht|registergericht|geschaftsfuhr|iban|siret"
    r"|siren|rcs|kvk|nip|p\.? ?iva|partita|capital|sitz der|registered|company no|cif|nif|dic|ico|steuernummer"
    r"|steuer-?nr|st\.? ?-?nr|gln)"
)
_CONTACT = re.compile(
    r"\b(?:tel|telefon|phone|fon|fax|mobil|handy|e-?mail|web|internet|www|https?|inh|inhaber(?:in)?|meisterbetrieb)\b|@"
)
_NOT_A_NAME = re.compile(
    r"^(?:(?:gln|gtin|nr|nummer|globale|tel|fax|e-?mail|www|seite|page|herr|frau|z\.? ?hd|c/o)\b|http|\d)|@|^[\W\d]+$",
    re.IGNORECASE,
)
GAP = 1.3  # heights of a letter that may lie between two lines of one address
TALL = 9.0  # heights of a letter within which an address stands below its name
UPPER = 0.45  # of the page, in which letterhead and address stand
FOOT = 0.6  # of the page, below which its foot may begin


class Party(Struct, frozen=True):
    """A name with the words that say it."""

    name: str
    words: tuple[Word, ...]


class Block(NamedTuple):
    """A name over its address, in the upper part of the first page; `marked`: how to reach the firm stands there."""

    cell: Cell
    marked: bool


def is_name(said: str) -> bool:
    """Whether a text may be a name: mostly letters, not long, no label."""
    letters = sum(c.isalpha() for c in said)
    return (
        letters > 2 and letters * 2 > len(said) and len(said) <= 70 and not _NOT_A_NAME.search(said.strip())
    )


def is_title(cell: Cell, within: int = 12) -> bool:
    """Whether a cell begins with a word that names a document or a value, `within` its first characters."""
    parts = ("type", "number", "date", "sum", "party")
    return any(hit.start < within for part in parts for hit in hits(part, cell.text))


def names(sheet: Sheet) -> Iterator[tuple[Party, int]]:
    """Names where a firm writes its own, with what the place is worth."""
    for line in sheet.lines:
        if party := _in_a_row(line):
            yield party, 3
    for block in blocks(sheet):
        if block.marked:
            yield Party(block.cell.text, block.cell.words), 3
    for cell in sheet.cells():
        if party := _in_foot(sheet, cell):
            yield party, 3


def head(sheet: Sheet) -> Party | None:
    """The upper of several names over addresses, where nothing else tells who writes."""
    found = blocks(sheet)
    return Party(found[0].cell.text, found[0].cell.words) if len(found) > 1 else None


def addressee(sheet: Sheet) -> Party | None:
    """The name over an address that is not the letterhead: the last block that nothing marks."""
    found = blocks(sheet)
    plain = [block for n, block in enumerate(found) if not block.marked and (n or len(found) == 1)]
    return Party(plain[-1].cell.text, plain[-1].cell.words) if plain else None


def blocks(sheet: Sheet) -> list[Block]:
    """The names over addresses in the upper part of the first page, from the top."""
    found: list[Block] = []
    taken: set[tuple[Word, ...]] = set()
    for cell in sheet.cells():
        if cell.page > 1 or not _upper(sheet, cell) or cell.words in taken or not _plain_name(cell):
            continue
        below = list(_close(cell, sheet.below(cell, TALL)))
        end = next((n for n, other in enumerate(below[:5]) if POSTCODE.search(other.text)), None)
        if end is None:
            continue
        taken.update(other.words for other in below[: end + 1])
        near = below[: end + 4]
        found.append(Block(cell, any(says_how(other.text) for other in near)))
    return found


def _close(cell: Cell, below: Iterable[Cell]) -> Iterator[Cell]:
    """The cells below as far as no wide gap parts them."""
    last = cell
    for other in below:
        if other.y0 - last.y1 > GAP * cell.height:
            return
        yield other
        last = other


def says_how(said: str) -> bool:
    """Whether a text says how to reach a firm, or what only a firm prints of itself."""
    plain = fold(said)
    return bool(_CONTACT.search(plain) or MARK.search(plain))


def _plain_name(cell: Cell) -> bool:
    """A name without digits; 'Muster Versand GmbH' names no postage, 'Versand' does."""
    return is_name(cell.text) and not any(c.isdigit() for c in cell.text) and not is_title(cell, within=3)


def _upper(sheet: Sheet, cell: Cell) -> bool:
    height = sheet.sizes[0][1] if sheet.sizes else max(c.y1 for c in sheet.cells() if c.page == 1)
    return cell.y0 < UPPER * height


def _in_a_row(line: tuple[Cell, ...]) -> Party | None:
    """Name, street and town in cells of one line, with strokes or wide blanks between them."""
    cells = [cell for cell in line if any(map(str.isalnum, cell.text))]
    if len(cells) < 3 or not _plain_name(cells[0]) or not any(c.isdigit() for c in cells[1].text):
        return None
    town = any(POSTCODE.search(cell.text) for cell in cells[1:])
    return Party(cells[0].text, cells[0].words) if town else None


def _in_foot(sheet: Sheet, cell: Cell) -> Party | None:
    """The first part of a line of the foot that also names tax number, bank or owner."""
    if not sheet.sizes or cell.y0 < FOOT * sheet.sizes[min(cell.page, len(sheet.sizes)) - 1][1]:
        return None
    parts = SEPARATOR.split(cell.text)
    name = parts[0].strip()
    if len(parts) < 2 or not is_name(name) or any(c.isdigit() for c in name) or is_title(cell):
        return None
    rest = cell.text[len(parts[0]) :]
    return Party(name, cell.words_at(0, len(name))) if says_how(rest) else None
