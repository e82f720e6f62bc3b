"""Words with boxes become lines and cells: how a page is set, in no language."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from statistics import median
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

GAP = 0.95  # of the height of a line: a wider blank separates two cells
_DIGIT = re.compile(r"\d")
SAME_LINE = 0.45  # of the height: middles that lie closer stand on one line


class Word(Struct, frozen=True, gc=False):
    """One word with its box: points from the upper left for PDFs, pixels for pictures.

    `sure` is what the recognition says of itself, 0 to 100; 100 for text that was not recognised.
    """

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    sure: int = 100

    @property
    def height(self) -> float:
        """From the upper to the lower edge."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Half-way between upper and lower edge."""
        return (self.y0 + self.y1) / 2


class Cell(Struct, frozen=True, gc=False):
    """Words of one line without a wide blank between them. `line` numbers the lines of all pages.

    What is asked of a cell again and again is worked out once, by `cell_of`: `text` has single blanks between
    the words, `page` counts from 1, `figured` says whether a digit stands in it.
    """

    words: tuple[Word, ...]
    line: int
    text: str
    page: int
    x0: float
    x1: float
    y0: float
    y1: float
    figured: bool

    @property
    def height(self) -> float:
        """From the upper to the lower edge."""
        return self.y1 - self.y0

    def words_at(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that a stretch of `text` touches."""
        found, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                found.append(word)
            at += len(word.text) + 1
        return tuple(found) or self.words


def cell_of(words: tuple[Word, ...], line: int) -> Cell:
    """The cell of these words."""
    said = " ".join([word.text for word in words])
    y0, y1 = min([word.y0 for word in words]), max([word.y1 for word in words])
    first, last = words[0], words[-1]
    return Cell(words, line, said, first.page, first.x0, last.x1, y0, y1, _DIGIT.search(said) is not None)


class Sheet(Struct, frozen=True):
    """All pages: their cells by line, and the size of each page. `labels` are the cells without a digit, by line."""

    lines: tuple[tuple[Cell, ...], ...]
    sizes: tuple[tuple[float, float], ...] = ()
    labels: tuple[tuple[Cell, ...], ...] = ()

    def cells(self) -> Iterable[Cell]:
        """All cells, line by line."""
        return (cell for line in self.lines for cell in line)

    def pages(self) -> list[Sheet]:
        """Each page as a sheet of its own, as if it were the first; the words keep their page."""
        by_page: list[list[tuple[Cell, ...]]] = [[] for _ in self.sizes]
        for line in self.lines:
            own = by_page[line[0].page - 1]
            own.append(tuple(replace(cell, line=len(own), page=1) for cell in line))
        return [_sheet(tuple(lines), (size,)) for lines, size in zip(by_page, self.sizes, strict=True)]

    def right_of(self, cell: Cell) -> Cell | None:
        """The next cell of the same line."""
        line = self.lines[cell.line]
        at = line.index(cell) + 1
        return line[at] if at < len(line) else None

    def below(self, cell: Cell, most: float = 3.2) -> Iterable[Cell]:
        """The cells that stand under a cell, the nearest first, no farther than `most` heights."""
        for line in self.lines[cell.line + 1 :]:
            if line[0].page != cell.page or line[0].y0 - cell.y1 > most * cell.height:
                return
            yield from (other for other in line if other.x0 < cell.x1 and other.x1 > cell.x0)

    def above(self, page: int, line: int, x0: float, x1: float) -> Iterable[Cell]:
        """The cells of the same page over a stretch, the nearest first."""
        for other in reversed(self.lines[:line]):
            if other[0].page != page:
                return
            yield from (cell for cell in other if cell.x0 < x1 and cell.x1 > x0)

    def labels_above(self, page: int, line: int, x0: float, x1: float, most: int) -> Iterable[Cell]:
        """The cells without a digit over a stretch, the nearest first, no more than `most` lines above."""
        for there in (
            self.labels[bisect_left(self.labels, line, key=_line_of) - 1 :: -1] if self.labels else ()
        ):
            if there[0].line < line - most or there[0].page != page or there[0].line >= line:
                return
            yield from (cell for cell in there if cell.x0 < x1 and cell.x1 > x0)


def _line_of(cells: tuple[Cell, ...]) -> int:
    return cells[0].line


_Placed: TypeAlias = tuple[float, float, Word]  # a word's middle and height, looked at again and again


def sheet(words: Sequence[Word], sizes: Iterable[tuple[float, float]] = ()) -> Sheet:
    """Words in any order become lines from top to bottom, page by page."""
    rows: list[list[Word]] = []
    for page in sorted({word.page for word in words}):
        rows += _rows([word for word in words if word.page == page])
    lines = tuple(tuple(cell_of(group, n) for group in _groups(row)) for n, row in enumerate(rows))
    return _sheet(lines, tuple(sizes))


def _sheet(lines: tuple[tuple[Cell, ...], ...], sizes: tuple[tuple[float, float], ...]) -> Sheet:
    labels = (tuple(cell for cell in line if not cell.figured) for line in lines)
    return Sheet(lines, sizes, tuple(line for line in labels if line))


def _rows(words: list[Word]) -> list[list[Word]]:
    """The lines of one page: words whose middles lie on one height."""
    rows: list[list[_Placed]] = []
    least = 0.8 * median(word.height for word in words)  # a dash or a point is no line of its own
    for placed in sorted(((w.middle, max(w.height, least), w) for w in words), key=itemgetter(0)):
        # a few lines back is enough: rows are made in order of height
        home = next((row for row in rows[:-4:-1] if _level(row[len(row) // 2], placed)), None)
        if home is None:
            rows.append([placed])
        else:
            home.append(placed)
    return [sorted((word for _, _, word in row), key=lambda w: w.x0) for row in rows]


def _level(first: _Placed, other: _Placed) -> bool:
    return abs(first[0] - other[0]) < SAME_LINE * min(first[1], other[1])


def _groups(row: list[Word]) -> Iterable[tuple[Word, ...]]:
    tall = max(word.height for word in row) if len(row) < 3 else median(word.height for word in row)
    group = [row[0]]
    for word in row[1:]:
        if word.x0 - group[-1].x1 > GAP * max(tall, 1e-6):
            yield tuple(group)
            group = []
        group.append(word)
    yield tuple(group)


_APART = {"ß": "s", "ẞ": "s", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "æ": "a", "ı": "i"}


def fold(said: str) -> str:
    """Small letters without accents, character by character, so that places in it stay places.

    >>> folded("Fälligkeit: Größe n°"), len(folded("Straße")) == len("Straße")
    ('falligkeit: grose n°', True)
    """
    return said.lower() if said.isascii() else "".join(map(_fold, said))


@lru_cache(4096)
def _fold(c: str) -> str:
    if c in _APART:
        return _APART[c]
    bare = unicodedata.normalize("NFD", c)[0].lower()
    return bare if len(bare) == 1 else c
