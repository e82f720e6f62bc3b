"""Rows of a table that are sums of other rows: found by their label or because they equal what stands above them.

A sum that is read like a row counts everything twice. What a label and a value mean is the business of the readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from heller.intake.written.canonical import LONGEST, fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.text import text

WORDS = frozenset(
    {
        "summe", "summen", "gesamt", "gesamtsumme", "zwischensumme", "endsumme", "total", "totals", "subtotal", "sum",
        "insgesamt", "gesamtstunden", "monatssumme", "wochensumme", "tagessumme", "totale", "gesamtergebnis",
    }
)  # fmt: skip
_BEFORE = frozenset({"grand", "sub", "month", "monthly", "weekly", "daily", "overall", "sum"})


class Labelled(NamedTuple):
    """A row as far as a sum can be told: its cells of words, the key column's cell, its value, whether it has words
    of its own besides the key."""

    words: tuple[str, ...]
    value: Decimal | None
    key: str = ""
    bare: bool = False  # nothing but numbers (and a day): only its value can tell


class Sum(NamedTuple):
    """A row that is a sum, and whether it is the sum of what stands above it."""

    at: int
    agrees: bool


def find(rows: Sequence[Labelled]) -> tuple[Sum, ...]:
    """The rows that are sums, by their places among the rows.

    A cell that is a word for a sum makes the row one; a cell that only begins or ends with it does where it stands in
    the key column, or where the value is the sum of rows above. A row without words is one where it equals them.
    """
    found: list[Sum] = []
    for at, row in enumerate(rows):
        named = row.bare or any(map(names_sum, (*row.words, row.key)))
        if not named:  # most rows: nothing in them could be a sum
            continue
        agrees = _adds_up(rows, at, {one.at for one in found})
        whole = any(map(_is_sum, row.words)) or (bool(row.key) and names_sum(row.key))
        if whole or agrees:
            found.append(Sum(at, agrees))
    return tuple(found)


def _is_sum(cell: str) -> bool:
    """'Summe', 'Summe:', 'Grand total': nothing else stands in the cell."""
    words = fold(cell[:LONGEST]).split()
    return bool(words) and words[-1] in WORDS and all(word in _BEFORE | WORDS for word in words[:-1])


def names_sum(cell: str) -> bool:
    """Whether a cell begins or ends with a word for a sum: 'Gesamt Anna', 'Summe KW 6', 'Anna gesamt'."""
    if len(cell) > LONGEST or not cell[:1].isalpha():
        return False
    words = fold(cell).split()
    return bool(words) and (words[0] in WORDS or words[-1] in WORDS)


def _adds_up(rows: Sequence[Labelled], at: int, sums: set[int]) -> bool:
    """Whether a row equals the sum of all rows above, of those since the last sum, of those of the key that it
    names, or of the sums above; of two rows at least."""
    value = rows[at].value
    if value is None or not value:
        return False
    above = [n for n in range(at) if n not in sums and rows[n].value is not None]
    last = max((n for n in sums if n < at), default=-1)
    named = " ".join([*rows[at].words, rows[at].key])
    groups = [
        above,
        [n for n in above if n > last],
        [n for n in above if rows[n].key and fold(rows[n].key) in fold(named)],
        sorted(sums),
    ]
    return any(len(group) > 1 and value == sum((rows[n].value or 0) for n in group) for group in groups)


def note(row: int, agrees: bool, digest: str, raw: str = "") -> Finding:
    """The word about a row that was left out as a sum."""
    at = Locator(digest, f"row {row}", raw[:80])
    if agrees:
        said = text("Row {row} is the sum of rows above; it was left out.", row=row)
        return Finding("row.sum", said, None, Weight.NOTE, at)
    said = text(
        "Row {row} is called a sum and was left out; it is not the sum of what was read above it.", row=row
    )
    return Finding(
        "row.sum", said, text("Look whether rows are missing or were not read."), Weight.WARNING, at
    )
