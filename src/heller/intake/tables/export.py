"""A table with one row of headings as rows that are asked by heading; for exports of programs, whose
headings are fixed, where `heller.intake.tables.headings` is for what offices type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.written.canonical import fold

SEARCH = 12  # rows among which the headings are looked for

_UTC = re.compile(r"(?<![\s_])[\s_]*(?:[(\[]\s*)?(?:UTC|GMT)(?:\s*[)\]])?\s*$")

Words = Mapping[str, Sequence[str | re.Pattern[str]]]  # a pattern is of the folded heading


class Listing(Struct, frozen=True):
    """Where the headings stand, and which column has which key."""

    delimiter: str
    head: CellRow
    places: dict[str, int]

    def cell(self, line: CellRow, key: str) -> str:
        """The cell under a heading, '' where there is none."""
        at = self.places.get(key)
        return line.cells[at] if at is not None and at < len(line.cells) else ""

    def rows(self, content: str) -> Iterator[CellRow]:
        """The rows below the headings that hold something."""
        return (
            line
            for line in cells.lines(content, self.delimiter)
            if line.number > self.head.number and line.filled
        )

    def stamp(self, line: CellRow, key: str) -> str:
        """The time under a heading, with the zone that the heading names."""
        said = self.cell(line, key)
        at = self.places.get(key)
        return f"{said} UTC" if said and at is not None and _UTC.search(self.head.cells[at]) else said

    def heading(self, key: str) -> str:
        """The heading of a key as the file writes it."""
        at = self.places.get(key)
        return self.head.cells[at] if at is not None else key


def find(content: str, words: Words, needed: Sequence[str]) -> Listing | None:
    """The row of headings that has all the needed keys, and the most of them; None where there is none."""
    if not content:
        return None
    named = {fold(word): key for key, options in words.items() for word in options if isinstance(word, str)}
    patterns = [
        (word, key) for key, options in words.items() for word in options if isinstance(word, re.Pattern)
    ]
    best: Listing | None = None
    for delimiter in cells.delimiters(content):
        for line in cells.first_lines(content, delimiter)[:SEARCH]:
            places: dict[str, int] = {}
            for at, cell in enumerate(line.cells):
                folded = fold(_UTC.sub("", cell))
                key = named.get(folded) or next((k for p, k in patterns if p.fullmatch(folded)), None)
                if key and key not in places:
                    places[key] = at
            if set(needed) <= places.keys() and (best is None or len(places) > len(best.places)):
                best = Listing(delimiter, line, places)
    return best
