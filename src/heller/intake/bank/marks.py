"""What the lines and cells of a bank's table show besides its rows: account, decimal mark, running balance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from heller.intake.tables.cells import CellRow
from heller.intake.written.canonical import fold
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import Money
from heller.model.text import text

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7} ?[A-Z0-9]{1,4}\b")
_MARK = re.compile(r"\d([.,])\d{1,2}\s*[A-Z€$]*$", re.IGNORECASE)


def begins(cell: str, words: Sequence[str]) -> bool:
    """Whether a cell is one of the words, or begins with it."""
    plain = fold(cell)
    return any(plain == fold(word) or plain.startswith(fold(word) + " ") for word in words)


def account_of(above: Sequence[CellRow]) -> str:
    """The account that the lines above the headings name: its IBAN, else its number."""
    for line in above:
        for cell in line.cells:
            if match := _IBAN.search(cell):
                return match[0].replace(" ", "")
    for line in above:
        for label, value in pairwise(line.cells):
            if fold(label) in ("konto", "kontonummer", "konto nr", "account") and re.search(r"\d{4}", value):
                return value.split("/")[0].strip()
    return ""


def proven_mark(cells: list[str]) -> str:
    """The decimal mark that the amounts prove: one of them has it, and none the other."""
    marks = {match[1] for cell in cells if (match := _MARK.search(cell))}
    return marks.pop() if len(marks) == 1 else ""


def excel(at: Locator) -> Finding:
    """The doubt about a table whose long numbers a spreadsheet program wrote anew."""
    return Finding(
        "excel-damaged",
        text(
            "The table went through a spreadsheet program, which spoilt long numbers ('{raw}').", raw=at.raw
        ),
        text("Ask the bank for the original export and add it unopened: references are lost here."),
        Weight.WARNING,
        at,
    )


def running(own: list[tuple[BankEntry, Money | None]]) -> tuple[Money, Money] | tuple[()] | None:
    """Opening and closing balance by the running one; () where it says nothing, None where it jumps.

    Banks write the newest entry first or last: one of the two orders must hold for every row.
    """
    if (
        len(own) < 2
        or any(balance is None for _, balance in own)
        or len({e.amount.currency for e, _ in own}) > 1
    ):
        return ()
    for order in (own, own[::-1]):
        known = [(entry.amount, balance) for entry, balance in order if balance is not None]
        if all(before + amount == after for (_, before), (amount, after) in pairwise(known)):
            return known[0][1] - known[0][0], known[-1][1]
    return None


def jumps(name: str, own: list[tuple[BankEntry, Money | None]]) -> Finding:
    """The doubt about a running balance that does not follow from its entries."""
    return Finding(
        "balance-jumps",
        text("The running balance of account {account} does not follow from its entries.", account=name),
        text("An entry may be missing, or the table was sorted or filtered: export it again."),
        source=own[0][0].source,
    )


def unreadable(role: str, at: Locator) -> Finding:
    """The doubt about a balance or a currency that is there and cannot be read."""
    said = {
        "balance": text("The balance '{raw}' cannot be read, so it proves nothing.", raw=at.raw[:40]),
        "currency": text("The currency '{raw}' cannot be read; the amount enters no claim.", raw=at.raw[:40]),
    }[role]
    return Finding(
        f"{role}-unreadable", said, text("Look at the row, and export the table again."), source=at
    )


def no_entry(row: int, day: str, amount: str, at: Locator) -> Finding:
    """A row that is no entry that can be read."""
    said = text(
        "Row {row} of the bank's table cannot be read: day '{day}', amount '{amount}'.",
        row=row,
        day=day[:30],
        amount=amount[:30],
    )
    do = text("Look it up in the statement, and export the table again without opening it in Excel.")
    return Finding("entry-unreadable", said, do, Weight.WARNING, at)


def words_below(row: int, raw: str, digest: str) -> Finding:
    """The word about a line below a table that is no row of it."""
    said = text(
        "Row {row} is a line of words below the table and was not read: '{raw}'.", row=row, raw=raw[:60]
    )
    return Finding("words-below", said, None, Weight.NOTE, Locator(digest, f"row {row}", raw[:80]))
