"""A bank's table as statements, one for each account, with the running balance as their proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heller.intake.bank.marks import jumps, running
from heller.intake.bank.profile import Profile
from heller.intake.bank.sections import sections
from heller.intake.bank.sheet import Sheet
from heller.intake.bank.statement import Statement, no_currency
from heller.intake.tables.cells import CellRow
from heller.model.finding import Locator
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import NO_CURRENCY, Money


def statements(rows: Sequence[CellRow], profile: Profile, digest: str) -> Iterator[Statement]:
    """One statement for each account of each table in the file."""
    for section in sections(rows, profile):
        sheet = Sheet(section, profile, digest)
        sheet.read()
        names = list(dict.fromkeys(entry.account for entry, _ in sheet.entries)) or [sheet.account]
        for name in [*names, *(n for n in sheet.pending if n not in names)]:
            own = [pair for pair in sheet.entries if pair[0].account == name]
            yield _statement(sheet, name, own, alone=len(names) == 1, first=name == names[0])


def _statement(
    sheet: Sheet, name: str, own: list[tuple[BankEntry, Money | None]], *, alone: bool, first: bool
) -> Statement:
    opening, closing = (sheet.opening, sheet.closing) if alone else (None, None)
    notes = list(sheet.notes) if first else []
    if first and any(entry.amount.currency == NO_CURRENCY for entry, _ in own):
        notes.append(no_currency(Locator(sheet.digest)))
    chain = running(own)
    if chain is None:
        notes.append(jumps(name, own))
    elif chain:
        opening, closing = (opening or chain[0]), (closing or chain[1])
    row = sheet.section.place.head.number or 1
    where = Locator(sheet.digest, f"row {row}")
    entries = tuple(entry for entry, _ in own)
    rejected = tuple(sheet.rejected) if first else ()
    return Statement(
        name, where, entries, opening, closing, sheet.pending.get(name, 0), rejected, tuple(notes)
    )
