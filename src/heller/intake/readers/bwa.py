"""A bookkeeper's monthly evaluation (BWA) as a table: takings, goods and gross profit of each month.

The rows are those of DATEV's form 01 and of forms like it. What is worked out from them is the business of the margin.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.intake.books.months import month
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import cells
from heller.intake.tables.cells import CellRow
from heller.intake.written import numbers
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.summary import Summary
from heller.model.money import Money
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "bwa"
ROWS = {
    "revenue": ("umsatzerloese", "umsatzerlose", "umsatz", "erloese", "gesamtleistung", "betriebsleistung", "umsaetze"),
    "goods": (
        "material wareneinkauf", "mat wareneinkauf", "wareneinkauf", "wareneinsatz", "materialaufwand", "material",
        "mat wareneinkauf", "wareneinsatz materialeinsatz", "material und wareneinkauf", "aufwendungen fuer waren",
    ),
    "gross_profit": ("rohertrag", "rohgewinn", "betrieblicher rohertrag", "rohergebnis", "deckungsbeitrag i", "db i"),
    "wages": ("personalkosten", "personalaufwand", "loehne und gehaelter"),
}  # fmt: skip
SEARCH = 40


class _Sheet(Struct, frozen=True):
    """Where the months stand, and the rows that are known."""

    delimiter: str
    head: CellRow
    months: dict[int, date]


def identify(head: bytes, name: str) -> Confidence:
    """By a row of months over a row of takings and one of goods or gross profit."""
    content = numbers.tabular(head)[:32768]
    found = _sheet(content)
    if found is None:
        return NOT_MINE
    known = {role for line in cells.first_lines(content, found.delimiter) if (role := _role(line))}
    if "revenue" in known and known & {"goods", "gross_profit"}:
        return Confidence(88, text("It has months over takings and goods, as a bookkeeper's evaluation has."))
    return NOT_MINE


def _sheet(content: str) -> _Sheet | None:
    for delimiter in cells.delimiters(content) if content else ():
        for line in cells.first_lines(content, delimiter)[:SEARCH]:
            months = {at: found for at, cell in enumerate(line.cells) if (found := month(cell))}
            if months and len(set(months.values())) == len(months):
                return _Sheet(delimiter, line, months)
    return None


def _role(line: CellRow) -> str:
    """What a row holds by its label, '' where it is none of those that are asked."""
    label = next((fold(cell) for cell in line.cells if any(c.isalpha() for c in cell)), "")
    return next((role for role, words in ROWS.items() if label in words), "")


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The months with their takings, goods and gross profit; other rows are counted as not used."""
    content = numbers.decode(blob.data)
    sheet = _sheet(content)
    at = Locator(blob.digest, "row 1")
    if sheet is None:
        said = text("{name} has no row of months.", name=blob.name)
        return nothing(blob, Finding("bwa-months", said, None, Weight.REFUSED, at), NAME)
    body = [
        line
        for line in cells.lines(content, sheet.delimiter)
        if line.number > sheet.head.number and line.filled
    ]
    used: dict[str, CellRow] = {}
    for line in body:
        if role := _role(line):
            used.setdefault(role, line)
    values: dict[str, Value] = {}
    doubts = list[Finding]()
    for place, on in sorted(sheet.months.items(), key=lambda one: one[1]):
        sums = {role: _amount(line, place) for role, line in used.items()}
        proven = _proves(sums)
        if proven is False:
            doubts.append(_open(on, blob))
        for role, amount in sums.items():
            if amount is None and place < len(used[role].cells) and used[role].cells[place].strip():
                doubts.append(_unread(on, used[role], place, blob))
            if amount is not None:
                grade = Support.PROVEN if proven and role != "wages" else Support.STATED
                where = Locator(
                    blob.digest, f"row {used[role].number} column {place + 1}", used[role].cells[place]
                )
                by = ("revenue-goods",) if grade is Support.PROVEN else ()
                values[f"{role} {on:%Y-%m}"] = Value(str(amount.decimal), grade, where, by)
    unused = [line for line in body if line.number not in {one.number for one in used.values()}]
    findings = [*doubts, *_unused(blob, unused)]
    return Reading(NAME, blob.name, (Summary("bwa", values, at),), tuple(findings), len(body), 0)


def _amount(line: CellRow, place: int) -> Money | None:
    raw = line.cells[place] if place < len(line.cells) else ""
    return numbers.amount(raw, "EUR", "," if "," in raw else "") if raw else None


def _proves(sums: dict[str, Money | None]) -> bool | None:
    """Whether takings less goods are the gross profit; None where one of them is not there."""
    revenue, goods, left = (sums.get(role) for role in ("revenue", "goods", "gross_profit"))
    if revenue is None or goods is None or left is None:
        return None
    return revenue.cents - abs(goods.cents) == left.cents


def _unread(on: date, line: CellRow, place: int, blob: Blob) -> Finding:
    raw = line.cells[place][:40]
    said = text(
        "'{value}' in row {row} of the evaluation is no amount of {month}.",
        value=raw, row=line.number, month=f"{on:%m.%Y}",
    )  # fmt: skip
    at = Locator(blob.digest, f"row {line.number} column {place + 1}", raw)
    return Finding("bwa-unread", said, text("Look it up and enter the margin by hand."), Weight.WARNING, at)


def _open(on: date, blob: Blob) -> Finding:
    said = text(
        "In {month} takings less goods are not the gross profit of the evaluation.", month=f"{on:%m.%Y}"
    )
    do = text("Look whether a row between them is missing, as changes of stock.")
    return Finding("bwa-open", said, do, Weight.WARNING, Locator(blob.digest, f"{on:%Y-%m}"))


def _unused(blob: Blob, lines: list[CellRow]) -> Iterator[Finding]:
    """The word about rows that the margin does not need."""
    if lines:
        named = ", ".join(cell for line in lines[:5] if (cell := next(filter(None, line.cells), "")))
        said = text(
            "{n} rows are not used: {named}.", "One row is not used: {named}.", n=len(lines), named=named
        )
        yield Finding("rows-unused", said, None, Weight.NOTE, Locator(blob.digest, f"row {lines[0].number}"))
