"""Turns places in originals into 'Anlage K 3, Zeile 12', few and short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from heller.dossier.blocks import Ref
from heller.dossier.wording import NBSP, Words
from heller.model.case import Exhibit
from heller.model.finding import Locator
from heller.model.text import text

ROW = re.compile(r"(?:row|line) (\d+)(?:\s*(?:-|–|to|\.\.)\s*(\d+))?")
PAGE = re.compile(r"page (\d+)")
MOST = 4  # more runs of rows than these are counted, not listed


class Refs:
    """Knows the numbers of the exhibits and how a place is said."""

    def __init__(self, exhibits: Iterable[Exhibit], words: Words) -> None:
        self._numbers = {e.digest: e.number for e in exhibits}
        self._words = words

    def name(self, number: int) -> str:
        """'Anlage K 3' without a break in it."""
        return self._words(text("Exhibit K {n}", n=number)).replace(" ", NBSP)

    def __call__(self, sources: Iterable[Locator | None]) -> tuple[Ref, ...]:
        """One pointer per exhibit, in order of their numbers; what is no exhibit is left out."""
        places: dict[int, list[Locator]] = {}
        for source in sources:
            if source is not None and source.object in self._numbers:
                places.setdefault(self._numbers[source.object], []).append(source)
        return tuple(Ref(n, self._label(n, places[n])) for n in sorted(places))

    def _label(self, number: int, sources: Sequence[Locator]) -> str:
        name = self.name(number)
        rows = rows_of(source.place for source in sources)
        if rows:
            return f"{name}, {self._rows(rows)}"
        pages = sorted({int(m[1]) for s in sources if (m := PAGE.match(s.place))})
        if len(pages) == 1:
            page = self._words(text("page {n}", n=pages[0])).replace(" ", NBSP)
            return f"{name}, {page}"
        return name

    def _rows(self, rows: Sequence[int]) -> str:
        runs = runs_of(rows)
        if len(runs) > MOST:
            return self._words(text("{n} rows", "one row", n=len(rows))).replace(" ", NBSP)
        said = ", ".join(f"{a}" if a == b else f"{a}–{b}" for a, b in runs)
        if len(rows) == 1:
            return self._words(text("row {rows}", rows=said)).replace(" ", NBSP)
        return self._words(text("rows {rows}", rows=said)).replace(" ", NBSP, 1)


def rows_of(places: Iterable[str]) -> list[int]:
    """The row numbers that places name, each once, sorted.

    >>> rows_of(["row 12", "row 3-5", "page 1", "row 12"])
    [3, 4, 5, 12]
    """
    rows: set[int] = set()
    for place in places:
        if found := ROW.match(place):
            first, last = int(found[1]), int(found[2] or found[1])
            rows.update(range(first, min(last, first + 9999) + 1))
    return sorted(rows)


def runs_of(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring numbers.

    >>> runs_of([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
