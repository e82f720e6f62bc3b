"""Account statements of banks as they are printed: rows with a day and an amount, and the balances that prove them.

A row whose sign neither the page nor a balance tells is not read. A statement of another firm (open items) has no
balances that close, and stays a paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from heller.intake.bank import printed_rows
from heller.intake.bank.directions import unproven
from heller.intake.bank.marks import account_of
from heller.intake.bank.printed_rows import CARRIED, CLOSING, EITHER, OPENING, Columns, PrintedLine
from heller.intake.bank.statement import Statement, no_currency, proof
from heller.intake.paper import amounts, titles
from heller.intake.paper.layout import Sheet
from heller.intake.tables.cells import CellRow
from heller.model.document_class import DocumentClass
from heller.model.finding import Finding, Locator
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import NO_CURRENCY, Money

MOST = 40  # lines of words that belong to one row


class _Entry(NamedTuple):
    """A row: its day, its words with those of the lines below, its amount, the balance after it."""

    day: date
    words: tuple[str, ...]
    cents: int  # without its sign
    way: int  # 1, -1, or 0 where the page does not say it
    role: str
    x1: float
    after: int | None
    at: Locator


def read(sheet: Sheet, digest: str) -> Statement | None:
    """The statement on the pages; None where it is none, or nothing proves that it was read right."""
    titled = (title := titles.best(sheet)) is not None and title.of is DocumentClass.STATEMENT
    if not titled and not printed_rows.names_a_balance(sheet):
        return None
    found = list(printed_rows.lines(sheet, amounts.decimal_mark(sheet)))
    opening, closing = _balances(found)
    if not titled and opening is None:
        return None
    rows = _rows(sheet, found, digest)
    if not rows or not (titled or (opening is not None and closing is not None) or _runs(rows, opening)):
        return None
    unit = printed_rows.unit(sheet)
    begin, end = (
        None if cents is None else Money(cents, unit or NO_CURRENCY) for cents in (opening, closing)
    )
    ways = _ways(rows, opening, closing)
    account = account_of(
        [CellRow(n, tuple(cell.text for cell in line)) for n, line in enumerate(sheet.lines, 1)]
    )
    entries, rejected = list[BankEntry](), list[Finding]()
    for row, way in zip(rows, ways, strict=True):
        if way:
            amount = Money(way * row.cents, unit or NO_CURRENCY)
            words = " ".join(row.words)
            entries.append(BankEntry(account, row.day, amount, "", words, row.at))
        else:
            rejected.append(unproven(len(entries) + len(rejected) + 1, row.at))
    if begin is None and rows[0].after is not None and ways[0]:
        begin = Money(rows[0].after - ways[0] * rows[0].cents, unit or NO_CURRENCY)
    if end is None and rows[-1].after is not None:
        end = Money(rows[-1].after, unit or NO_CURRENCY)
    notes = () if unit or not entries else (no_currency(Locator(digest)),)
    made = Statement(
        account, Locator(digest, "page 1"), tuple(entries), begin, end, 0, tuple(rejected), notes
    )
    closes = begin is not None and end is not None and not rejected and proof(made) is None
    return made if closes or (titled and (begin is not None or end is not None)) else None


def _balances(found: Sequence[PrintedLine]) -> tuple[int | None, int | None]:
    """Opening and closing balance in cents; a line that says neither is the opening one where it comes first."""
    opening = closing = None
    either = list[int]()
    for line in found:
        if not line.amounts:
            continue
        if line.begins(OPENING) and opening is None:
            opening = _balance(line)
        elif line.begins(CLOSING):
            closing = _balance(line)
        elif line.begins(EITHER):
            either.append(_balance(line))
    if opening is None and len(either) > 1:
        opening = either.pop(0)
    if closing is None and either:
        closing = either[-1]
    return opening, closing


def _runs(rows: Sequence[_Entry], opening: int | None) -> bool:
    """Whether a balance runs along all rows from a stated one: each is the one before it with the row's amount."""
    if opening is None or len(rows) < 2 or any(row.after is None for row in rows):
        return False
    before = [opening, *(row.after or 0 for row in rows)]
    return all(abs((row.after or 0) - last) == row.cents for row, last in zip(rows, before, strict=False))


def _balance(line: PrintedLine) -> int:
    last = line.amounts[-1]
    return int(last.value * 100) * (-1 if last.way < 0 else 1)


def _rows(sheet: Sheet, found: Sequence[PrintedLine], digest: str) -> list[_Entry]:
    """The rows of all pages, each with the words of the lines below it up to the next row or balance."""
    aside = (*OPENING, *CLOSING, *EITHER, *CARRIED)
    first = next(
        (n for n, line in enumerate(found) if line.day and line.amounts and not line.begins(aside)), None
    )
    if first is None:
        return []
    heads = {line.page: printed_rows.columns(sheet, line.number) for line in found[first:] if line.day}
    made: list[_Entry] = []
    known = printed_rows.years(sheet)
    last_page, open_row = 0, False
    for line in found[first:]:
        columns = heads.get(line.page, Columns({}))
        columns = columns if columns.edges else next((c for c in heads.values() if c.edges), columns)
        if line.begins(aside):
            open_row = False
        elif line.day and line.amounts:
            row = _row(line, columns, known, digest)
            made += [row] if row else []
            open_row, last_page = row is not None, line.page
        elif open_row and made and line.page == last_page and not line.amounts and len(made[-1].words) < MOST:
            made[-1] = made[-1]._replace(words=(*made[-1].words, line.said))
    return made


def _row(line: PrintedLine, columns: Columns, known: Sequence[date], digest: str) -> _Entry | None:
    day = _day(line.day, known) if line.day else None
    if day is None:
        return None
    by_role = {columns.of(amount): amount for amount in line.amounts}
    after = by_role.get("balance") if len(line.amounts) > 1 else None
    rest = [amount for amount in line.amounts if amount is not after]
    if after is None and len(rest) > 1:
        after, rest = rest[-1], rest[:-1]
    amount = rest[-1]
    role = columns.of(amount)
    way = amount.way or {"debit": -1, "credit": 1}.get(role, 0)
    at = Locator(digest, f"page {line.page} line {line.number}", line.said[:80])
    balance = None if after is None else int(after.value * 100) * (-1 if after.way < 0 else 1)
    return _Entry(day, (line.words,), int(amount.value * 100), way, role, amount.x1, balance, at)


def _day(raw: tuple[int, int, int], known: Sequence[date]) -> date | None:
    """The day of a row; one without a year lies next to the last full day on the pages."""
    day, month, year = raw
    latest = max(known, default=None)
    wanted = [year] if year else [latest.year, latest.year - 1] if latest else []
    found = [made for one in wanted if (made := _date_of(one, month, day))]
    if year or latest is None or not found:
        return found[0] if found else None
    return min(found, key=lambda one: (one > latest, abs(one - latest)))


def _date_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ways(rows: Sequence[_Entry], opening: int | None, closing: int | None) -> list[int]:
    """The sign of each row: the one beside it, the one that the running balance shows, that of its column; a column
    without a name by what closes the statement. 0 where nothing tells it."""
    ways = [row.way for row in rows]
    before = opening
    for n, row in enumerate(rows):
        if row.after is not None and before is not None and not ways[n]:
            step = row.after - before
            ways[n] = 1 if step == row.cents else -1 if step == -row.cents else 0
        before = row.after
    if all(ways) or opening is None or closing is None:
        return _unsigned_are_in(rows, ways, opening, closing)
    edges = sorted({round(row.x1 / 8) for row, way in zip(rows, ways, strict=True) if not way})
    choices = [(1,), (-1,)] if len(edges) == 1 else [(-1, 1), (1, -1)] if len(edges) == 2 else []
    for choice in choices:
        side = dict(zip(edges, choice, strict=True))
        tried = [way or side[round(row.x1 / 8)] for row, way in zip(rows, ways, strict=True)]
        if opening + sum(w * r.cents for w, r in zip(tried, rows, strict=True)) == closing:
            return tried
    return ways


def _unsigned_are_in(
    rows: Sequence[_Entry], ways: list[int], opening: int | None, closing: int | None
) -> list[int]:
    """Where some rows bear a minus and others nothing, those without came in, if the balances do not say otherwise."""
    some = any(row.way < 0 and row.role not in ("debit", "credit") for row in rows)
    return [way or (1 if some else 0) for way in ways] if opening is None or closing is None else ways
