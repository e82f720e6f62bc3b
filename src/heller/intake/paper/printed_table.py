"""A printed table as the text that a table program would have saved: what bookkeepers print, as they export it.

The row of headings says where the columns stand: figures belong to the heading whose right edge is near theirs, words
to a column of words. What stands above the headings is kept, line by line. What a row means is said elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from heller.intake.paper.layout import Cell, Sheet, Word
from heller.intake.written.canonical import fold

NEAR = 5.0  # heights of a letter between the right edges of a heading and of its figures
ABOVE = 6  # lines between the headings and the first figures, at most
_AMOUNT = re.compile(r"[-+]?\d{1,3}(?:[.'’]?\d{3})*,\d{2}-?|[-+]?\d{1,3}(?:,?\d{3})*\.\d{2}-?")
_FIGURE = re.compile(rf"{_AMOUNT.pattern}|[-+]?0")
_SIDE = re.compile(r"[SH]|EUR|€|%|-")  # what belongs to the figure before it
IsMonth: TypeAlias = Callable[[str], bool]
_SIDES = frozenset({"soll", "haben", "saldo", "eb wert", "debit", "credit", "balance"})


def as_text(sheet: Sheet, is_month: IsMonth) -> str:
    """The table behind semicolons; '' where no line heads columns of months or of debit and credit."""
    first = next((n for n, line in enumerate(sheet.lines) if _has_figures(line)), 0)
    above = [n for n in range(max(0, first - ABOVE), first) if _heads(sheet.lines[n], is_month)]
    if not above:
        return ""
    at = above[-1]
    heads = _parted(sheet.lines[at], is_month)
    words = sum(1 for head in heads if not _is_figures(_said(head), is_month))
    lines = [" ".join(cell.text for cell in line).replace(";", ",") for line in sheet.lines[:at]]
    lines.append(";".join(map(_said, heads)))
    for line in sheet.lines[at + 1 :]:
        if not _heads(line, is_month):  # the headings of the next page
            lines.append(";".join(_row([word for cell in line for word in cell.words], heads, words)))
    return "\n".join(lines) + "\n"


def _heads(line: Sequence[Cell], is_month: IsMonth) -> bool:
    said = [_said(head) for head in _parted(line, is_month)]
    if _has_figures(line):
        return False
    sides = {fold(one) for one in said} & _SIDES
    return len(sides) > 2 or (len(said) > 1 and any(map(is_month, said)))


def _has_figures(line: Sequence[Cell]) -> bool:
    return any(_AMOUNT.fullmatch(word.text) for cell in line for word in cell.words)


def _parted(line: Sequence[Cell], is_month: IsMonth) -> list[tuple[Word, ...]]:
    """The headings; names of columns that stand closely side by side are parted ('Konto Bezeichnung')."""
    found: list[tuple[Word, ...]] = []
    for cell in line:
        if is_month(cell.text) or len(cell.words) == 1:
            found.append(cell.words)
        elif all(fold(word.text) in _SIDES or _is_label(word.text) for word in cell.words):
            found += [(word,) for word in cell.words]
        else:
            found.append(cell.words)
    return found


def _is_label(said: str) -> bool:
    return fold(said) in ("konto", "kto", "bezeichnung", "account", "name", "beschriftung", "kontonummer")


def _is_figures(heading: str, is_month: IsMonth) -> bool:
    return not _is_label(heading) and (fold(heading) in _SIDES or is_month(heading) or "%" in heading)


def _said(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _row(words: Sequence[Word], heads: Sequence[tuple[Word, ...]], labels: int) -> list[str]:
    """The cells of a row; figures that stand under no heading follow behind the last column."""
    cells: list[list[str]] = [[] for _ in heads]
    beside: list[str] = []
    last: list[str] | None = None
    for word in words:
        if _FIGURE.fullmatch(word.text) and (len(words) > 1):
            place = min(range(len(heads)), key=lambda n: abs(heads[n][-1].x1 - word.x1))
            near = abs(heads[place][-1].x1 - word.x1) <= NEAR * word.height
            last = cells[place] if near and place >= min(labels, 1) and not _figure(cells[place]) else beside
            last.append(word.text)
        elif last is not None and _SIDE.fullmatch(word.text):
            last.append(word.text)
        else:
            left = [n for n in range(max(labels, 1)) if heads[n][0].x0 <= word.x0 + word.height]
            cells[left[-1] if left else 0].append(word.text)
    return [" ".join(cell).replace(";", ",") for cell in cells] + beside


def _figure(cell: Sequence[str]) -> bool:
    return any(map(_FIGURE.fullmatch, cell))
