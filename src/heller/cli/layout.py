"""Tables and points as lines of text, each cell measured once. It knows no case and no language.

Rich lays out anything and weighs each cell a dozen times for it; a list of a hundred small tables took a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

BETWEEN = 3  # spaces between two columns
NARROW = 6  # no column that may be folded is made narrower for another one


class TableRow(NamedTuple):
    """A row of a table: its cells, how it is set."""

    cells: tuple[str, ...]
    style: str = ""


class Table:
    """A quiet table: head in bold, figures right, no boxes. What is too wide is folded."""

    def __init__(
        self, columns: Sequence[str], right: Collection[int], indent: int, least: Sequence[int]
    ) -> None:
        self._columns, self._right, self._indent, self._least = columns, right, indent, least
        self._rows: list[TableRow] = []
        self._sections: set[int] = set()  # rows before which a line is free

    def add_row(self, *cells: str, style: str | None = None) -> None:
        """One row more; cells that are missing are empty."""
        self._rows.append(TableRow(cells, style or ""))

    def add_section(self) -> None:
        """A free line before the next row."""
        self._sections.add(len(self._rows))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        apart = BETWEEN * (len(self._columns) - 1)
        widths = self._widths(options.max_width - self._indent - apart)
        yield from self._lines(TableRow(tuple(self._columns), "bold"), widths, console)
        yield from _line(" " * self._indent + "─" * (sum(widths) + apart), "", console)
        for n, row in enumerate(self._rows):
            if n and n in self._sections:
                yield Segment.line()
            yield from self._lines(row, widths, console)

    def _lines(self, row: TableRow, widths: Sequence[int], console: Console) -> Iterator[Segment]:
        """A row as lines, as many as its longest cell needs."""
        cells = (*row.cells, *[""] * (len(widths) - len(row.cells)))
        folded = (wrapped(cell, width, console) for cell, width in zip(cells, widths, strict=True))
        for parts in zip_longest(*folded, fillvalue=""):
            padded = (self._padded(n, part, widths[n]) for n, part in enumerate(parts))
            yield from _line((" " * self._indent + (" " * BETWEEN).join(padded)).rstrip(), row.style, console)

    def _padded(self, column: int, part: str, width: int) -> str:
        free = " " * (width - cell_len(part))
        return free + part if column in self._right else part + free

    def _widths(self, room: int) -> list[int]:
        """As wide as the widest cell; the widest columns that are no figures give way until all of it fits."""
        every = [TableRow(tuple(self._columns)), *self._rows]
        found = [
            max((cell_len(line) for cell in cells for line in cell.split("\n")), default=0)
            for cells in zip_longest(*(row.cells for row in every), fillvalue="")
        ]
        found = [max(pair) for pair in zip_longest(found, self._least, fillvalue=0)]
        foldable = [n for n in range(len(found)) if n not in self._right]
        while (over := sum(found) - room) > 0 and foldable:
            widest = max(foldable, key=lambda n: found[n])
            others = [found[n] for n in foldable if n != widest]
            least = max(NARROW, min(max(others, default=0), found[widest] - 1), found[widest] - over)
            if least >= found[widest]:
                break
            found[widest] = least
        return found


class Bullet:
    """One point of a list; its further lines hang under its first word."""

    def __init__(self, said: str, mark: str, style: str) -> None:
        self._said, self._mark, self._style = said, mark, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        mark = f"  {self._mark} "
        hang = " " * cell_len(mark)
        for n, line in enumerate(wrapped(self._said, max(options.max_width - len(hang), 1), console)):
            yield from _line((hang if n else mark) + line, self._style, console)


def wrapped(said: str, width: int, console: Console) -> list[str]:
    """Lines that are no wider; a word that is wider by itself is folded."""
    if "\n" not in said and cell_len(said) <= width:
        return [said]
    lines = Text(said).wrap(console, width, overflow="fold")
    return [line.plain.rstrip() for line in lines]


def _line(said: str, style: str, console: Console) -> Iterator[Segment]:
    yield Segment(said, console.get_style(style) if style else None)
    yield Segment.line()
