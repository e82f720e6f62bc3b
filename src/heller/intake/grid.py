"""A table as rows of cells with their row numbers, whatever its delimiter; it knows no headings."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

DELIMITERS = ";,\t|"
MOST = 500_000  # rows of one table
HEAD_LINES = 80


class Line(Struct, frozen=True):
    """One row: its number in the file (from 1) and its cells without blanks around them."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell)


def lines(content: str, delimiter: str) -> Iterator[Line]:
    """The rows of a text. A quotation mark inside a cell is a character of it; rows end where marks make
    no sense, and the reader sees that rows are missing by the count of lines."""
    rows = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(islice(rows, MOST), 1):
            yield Line(number, tuple(cell.strip().strip("\N{ZERO WIDTH NO-BREAK SPACE}") for cell in cells))
    except csv.Error:
        return


def delimiters(content: str) -> Sequence[str]:
    """The delimiters that occur in the first lines, the most frequent one first; one that `sep=` names alone."""
    first = content[:16384].lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    if first[:4].casefold() == "sep=":
        named = first[4:5]
        return (named,) if named in DELIMITERS else DELIMITERS
    count = Counter(c for c in first if c in DELIMITERS)
    return [delimiter for delimiter, _ in count.most_common()]
