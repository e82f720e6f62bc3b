"""Rows of delimited text: split at their delimiter, and kept apart where a quotation mark is never closed. What a row
means is said elsewhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from heller.intake.tables.row import HeadingRow


def split(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Number of the row, number of its last line, and its cells; ends where the marks make no sense."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, reader.line_num, cells
    except csv.Error:
        return


def rows_below(content: str, head: HeadingRow) -> Iterator[tuple[int, list[str], bool]]:
    """Below the headings: row number, cells, and whether the row's quotation marks do not close.

    A quotation mark that is never closed would swallow the rows below it; then each line is a row.
    """
    found = _whole(content, head)
    if found is not None:
        yield from ((number, cells, False) for number, cells in enumerate(found, 1) if number > head.row)
        return
    for number, line in enumerate(io.StringIO(content, newline=""), 1):
        if number > head.line:
            cells = next((cells for _, _, cells in split([line], head.delimiter)), [line])
            yield number, cells, line.count('"') % 2 == 1


def _whole(content: str, head: HeadingRow) -> list[list[str]] | None:
    """All rows, None where a quotation mark swallows rows.

    It does where a cell over several lines holds as many delimiters as a row; text has blanks after them.
    """
    try:
        rows = csv.reader(io.StringIO(content, newline=""), delimiter=head.delimiter, strict=True)
        found = list(rows)
    except csv.Error:
        return None
    if rows.line_num == len(found):
        return found
    packed = re.compile(re.escape(head.delimiter) + r"(?! )")
    enough = max(1, len(head.cells) - 1)
    cells = (cell for row in found for cell in row if "\n" in cell or "\r" in cell)
    return None if any(len(packed.findall(cell)) >= enough for cell in cells) else found
