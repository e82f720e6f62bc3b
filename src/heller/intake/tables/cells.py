"""A table as rows of cells with their row numbers, whatever its delimiter; it knows no headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from heller.model.errors import InputRefused
from heller.model.text import Text, text

DELIMITERS = ";,\t|"
MOST = 500_000  # rows of one table
HEAD_LINES = 80
FIRST = 60  # rows that are looked at to tell what a table is


class CellRow(Struct, frozen=True):
    """One row: its number in the file (from 1) and its cells without blanks around them."""

    number: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(1 for cell in self.cells if cell)


def lines(content: str, delimiter: str) -> Iterator[CellRow]:
    """The rows of a text, numbered. Raises InputRefused where there are too many or the marks make no sense.

    A quotation mark that is opened and never closed would swallow the rows below it; then each line of the
    text is a row, and the reader rejects the one that it cannot read.
    """
    rows = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        found = list(islice(rows, MOST + 1))
        if _swallowed(found, delimiter):
            found = [_alone(line, delimiter) for line in content.splitlines()]
    except csv.Error as error:
        raise _refuse(text("The quotation marks of the table make no sense.")) from error
    if len(found) > MOST:
        raise _refuse(text("The table has more than {n} rows.", n=MOST))
    for number, cells in enumerate(found, 1):
        yield CellRow(number, tuple(cell.strip().strip("\N{ZERO WIDTH NO-BREAK SPACE}") for cell in cells))


def _swallowed(rows: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Whether a cell over several lines holds a row: as many delimiters as rows have, without blanks after."""
    widths = sorted(len(cells) for cells in rows if len(cells) > 1)
    enough = max(2, widths[len(widths) // 2] - 1) if widths else 2
    packed = re.compile(re.escape(delimiter) + r"(?! )")
    cells = (cell for row in rows for cell in row if "\n" in cell or "\r" in cell)
    return any(len(packed.findall(cell)) >= enough for cell in cells)


def _alone(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _refuse(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Rows could be lost without anybody seeing it."),
        text("Export the table again, or a shorter period of it."),
    )


def delimiters(content: str) -> Sequence[str]:
    """The delimiters that occur in the first lines, the most frequent one first; one that `sep=` names alone."""
    first = content[:16384].lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    if first[:4].casefold() == "sep=":
        named = first[4:5]
        return (named,) if named in DELIMITERS else DELIMITERS
    there = [delimiter for delimiter in DELIMITERS if delimiter in first]
    return sorted(there, key=lambda delimiter: (-first.count(delimiter), first.index(delimiter)))


@lru_cache(maxsize=2 * len(DELIMITERS))
def first_lines(content: str, delimiter: str) -> tuple[CellRow, ...]:
    """The first rows of a table: every reader of tables looks at the same ones."""
    return tuple(islice(lines(content[:65536], delimiter), FIRST))
