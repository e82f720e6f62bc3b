"""Tables as offices keep them: finds the heading row and the delimiter by the words of the headings.

No row is dropped: each is read, or rejected with a finding that names it. What the cells mean is the
business of the readers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from heller.intake.reading import NOT_MINE, Confidence, reading_of_error
from heller.intake.tables.csv_rows import rows_below, split
from heller.intake.tables.row import HeadingRow, Rejected, Row
from heller.intake.written import numbers
from heller.intake.written.canonical import LONGEST, fold
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading, Record
from heller.model.text import Text, text

DELIMITERS = ";,\t|"
SEARCH = 40  # rows among which the headings are looked for: titles and addresses may stand above
WIDEST = 200  # columns in which headings are looked for
SURE, LIKELY, BY_NAME = 95, 50, 15  # all headings known; none but the needed ones; only the file's name

_UNIT = re.compile(
    r"(?<!\s)\s*[(\[].{0,80}?[)\]]\s*"
    r"|(?<!\s)\s+(?:in\s+(?:%|Prozent|Minuten|min\.?)|(?:in\s+)?(?:EUR|Euro|€))\s*$",
    re.IGNORECASE,
)


class ColumnWords(Struct, frozen=True):
    """A column by its headings in any language; the first is the one that is printed."""

    key: str
    words: tuple[str, ...]
    needed: bool = False  # without it, it is another table


class Layout(Struct, frozen=True):
    """What a reader expects: its name, its title, its usual file names, its columns."""

    name: str
    title: Text
    files: tuple[str, ...]
    columns: tuple[ColumnWords, ...]

    @property
    def expected(self) -> str:
        """The headings as a person would type them."""
        return ";".join(column.words[0] for column in self.columns)


def claim(head: bytes, name: str, layout: Layout) -> Confidence:
    """How sure it is that a file is such a table: by the share of headings that are known.

    The order of the columns is free, further columns cost little. A file with a usual name whose
    headings are missing is claimed weakly, so that the person learns what was expected.
    """
    if found := _head(_lines(head), layout):
        why = text("Its headings are those of: {title}", title=layout.title)
        return Confidence(LIKELY + round((SURE - LIKELY) * found.known), why)
    stem, _, ending = name.rpartition(".")
    usual = ending.casefold() in ("csv", "tsv", "txt") and fold(stem) in layout.files
    return (
        Confidence(BY_NAME, text("Only its name is that of: {title}", title=layout.title))
        if usual
        else NOT_MINE
    )


class FirstRow(NamedTuple):
    """One of the first rows by one delimiter: its number, that of its last line, its cells, and each as it is
    compared, as it stands and without its unit ('' where it is too long for a heading)."""

    delimiter: str
    number: int
    line: int
    cells: list[str]
    words: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2)
def _lines(head: bytes) -> tuple[FirstRow, ...]:
    """The first rows of a file; none where it is no text. All readers ask for the same ones."""
    return _first(numbers.tabular(head)[:16384])


def _first(content: str) -> tuple[FirstRow, ...]:
    lines = tuple(islice(io.StringIO(content, newline=""), SEARCH * 2))
    return tuple(
        FirstRow(delimiter, number, line, cells, tuple(map(_words, cells[:WIDEST])))
        for delimiter in DELIMITERS
        for number, line, cells in islice(split(lines, delimiter), SEARCH)
    )


def _words(cell: str) -> tuple[str, str]:
    return ("", "") if len(cell) > LONGEST else (fold(cell), fold(_UNIT.sub(" ", cell)))


def _head(rows: Sequence[FirstRow], layout: Layout) -> HeadingRow | None:
    """The row that knows the most columns, and its delimiter; None where no row has the needed ones."""
    words = _keys(layout.columns)
    needed = {column.key for column in layout.columns if column.needed}
    best: HeadingRow | None = None
    for row in rows:
        places, twice = _places(row, words)
        if needed <= places.keys() and (best is None or len(places) > len(best.places)):
            best = HeadingRow(row.number, row.line, row.delimiter, places, tuple(row.cells), twice)
    return best


@lru_cache(maxsize=64)
def _keys(columns: tuple[ColumnWords, ...]) -> Mapping[str, str]:
    """Which column each heading names."""
    return {fold(word): column.key for column in columns for word in column.words}


def _places(row: FirstRow, words: Mapping[str, str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """The place of each known column, and the headings that name one a second time."""
    places: dict[str, int] = {}
    twice = []
    for place, (cell, bare) in enumerate(row.words):
        key = words.get(cell) or words.get(bare)
        if key and key in places:
            twice.append(row.cells[place].strip())
        elif key:
            places[key] = place
    return places, tuple(twice)


def gather(
    blob: Blob,
    layout: Layout,
    of_row: Callable[[Row], Record | None],
    before: Callable[[Sequence[Row]], None] | None = None,
) -> Reading:
    """All rows of a table as records, in order.

    `of_row` gives the record of a row, None for a row that only belongs to the one before, and raises
    `Rejected` for what cannot be read. `before` sees all rows first, for what only a column can tell.
    `rows` counts the rows below the headings that are not blank, the rejected ones among them.
    """
    try:
        content = numbers.decode(blob.data)
    except InputRefused as error:
        return reading_of_error(layout.name, blob, error)
    head = _head(_first(content), layout)
    if head is None:
        return Reading(layout.name, blob.name, findings=(_no_headings(blob, layout),))
    rows = list(_rows(content, head, blob.digest))
    if before:
        before([row for row, broken in rows if not broken])
    records: list[Record] = []
    findings = _about_head(blob, head)
    rejected = 0
    for row, broken in rows:
        record, refusal = (None, broken) if broken else _one(row, of_row)
        findings += row.doubts
        if refusal:
            rejected += 1
            findings.append(refusal)
        elif record is not None:
            records.append(record)
    if not rows:
        findings.append(_empty(blob, layout))
    return Reading(layout.name, layout.title.id, tuple(records), tuple(findings), len(rows), rejected)


class Gathered(NamedTuple):
    """The rows of a table below its headings, each with the reason why it is broken, and what is said of the table."""

    head: HeadingRow | None
    rows: list[tuple[Row, Finding | None]]
    findings: list[Finding]


def table(blob: Blob, layout: Layout) -> Gathered:
    """The rows of a table for a reader that needs all of them at once. Raises InputRefused where it is no text."""
    content = numbers.decode(blob.data)
    head = _head(_first(content), layout)
    if head is None:
        return Gathered(None, [], [_no_headings(blob, layout)])
    rows = list(_rows(content, head, blob.digest))
    return Gathered(head, rows, [*_about_head(blob, head), *([] if rows else [_empty(blob, layout)])])


def _one(row: Row, of_row: Callable[[Row], Record | None]) -> tuple[Record | None, Finding | None]:
    try:
        return of_row(row), None
    except Rejected as refusal:
        return None, refusal.finding


def _rows(content: str, head: HeadingRow, digest: str) -> Iterator[tuple[Row, Finding | None]]:
    """The rows below the headings that are not blank, each with the reason why it is broken, if it is."""
    width = len(head.cells)
    for number, cells, odd in rows_below(content, head):
        if not any(cell.strip() for cell in cells):
            continue
        row = Row(number, cells, head, digest)
        if odd:
            yield row, _broken_quotes(row)
        elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
            yield row, _too_wide(row, width)
        else:
            yield row, None


def _broken_quotes(row: Row) -> Finding:
    return row.reject(
        "row.quotes",
        text("Row {row} was not read: a quotation mark in it is opened and never closed.", row=row.number),
        text("Export the table again: quotation marks come in pairs."),
    ).finding


def _too_wide(row: Row, width: int) -> Finding:
    said = text(
        "Row {row} was not read: it has {n} cells and the headings are {width}, so values may have moved.",
        row=row.number,
        n=len(row.cells),
        width=width,
    )
    do = text("Export the table again: text that holds the separator belongs between quotation marks.")
    return row.reject("row.too_wide", said, do).finding


def _about_head(blob: Blob, head: HeadingRow) -> list[Finding]:
    if not head.twice:
        return []
    said = text(
        "The headings {twice} name a column that was there already; the first one was read.",
        twice=", ".join(head.twice),
    )
    return [Finding("table.twice", said, None, Weight.WARNING, Locator(blob.digest, f"row {head.row}"))]


def _no_headings(blob: Blob, layout: Layout) -> Finding:
    said = text(
        "{name} was not read: it has no row with the headings {needed}.",
        name=blob.name,
        needed=", ".join(column.words[0] for column in layout.columns if column.needed),
    )
    do = text(
        "Say what its columns are with heller profile, or add a copy with these headings beside it: {expected}",
        expected=layout.expected,
    )
    return Finding("table.no_headings", said, do, Weight.REFUSED, Locator(blob.digest))


def _empty(blob: Blob, layout: Layout) -> Finding:
    said = text("{name} has headings, but no row below them.", name=blob.name)
    do = text("Each row needs: {expected}", expected=layout.expected)
    return Finding("table.empty", said, do, Weight.WARNING, Locator(blob.digest))
