"""The account: each movement with what it took of costs, interest and principal, and what is owed at the end."""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier import account_words
from heller.dossier.blocks import Block, Cell, Heading, Note, Para, Part, Table, TableColumn, TableRow
from heller.dossier.parts import working
from heller.dossier.writer import Pen
from heller.model.account import AccountLine, ClaimAccount, Parts
from heller.model.text import text


def part(pen: Pen) -> Part | None:
    """All accounts of the claim on which something moved, at the cautious figure; None where nothing did."""
    moved = [one for one in pen.claim.waterfall.accounts if one.lines]
    if not moved:
        return None
    lead = text(
        "What was paid, credited, settled and assigned until {day}, at the figure that is demanded. A payment goes to "
        "what the payer named, else to costs, interest and principal in this order.",
        day=pen.claim.waterfall.as_of,
    )
    blocks: list[Block] = [Para(pen(lead))]
    for account in moved:
        blocks += _account(pen, account)
    return Part("account", pen(text("Account")), tuple(blocks))


def _account(pen: Pen, account: ClaimAccount) -> Iterator[Block]:
    yield Heading(pen(account_words.owner(account, pen.case)))
    columns = (
        TableColumn(pen(text("Day")), "left", "20mm"),
        TableColumn(pen(text("Movement and reason")), "left", "1fr"),
        TableColumn(pen(text("Amount")), "right"),
        TableColumn(pen(text("Costs")), "right"),
        TableColumn(pen(text("Interest")), "right"),
        TableColumn(pen(text("Principal")), "right"),
    )
    claimed = (Cell(), Cell(pen(text("Claimed in all"))), *_parts(pen, account.claimed))
    open_ = (Cell(), Cell(pen(account_words.conclusion(account))), *_parts(pen, account.open))
    rows = [TableRow(claimed), *(_line(pen, line) for line in account.lines), TableRow(open_, "total")]
    note = text(
        "In euros. A line shows what the movement took of each part; the last one what is open of it."
    )
    yield Table(columns, tuple(rows), pen(note), size="small")
    for one in account.instalments:
        yield Para(pen(account_words.instalment(one)), style="small")
    for said in account_words.beside(account):
        yield Note(pen(text("Beside the account")), pen(said))
    if account.interest:
        yield Heading(pen(text("Interest, from day to day")))
        yield working.table(pen, account.interest)


def _line(pen: Pen, line: AccountLine) -> TableRow:
    norm = f" {pen.norm(line.norm)}." if line.norm.id else ""
    reason = f"{pen(line.reason) if line.reason else ''}{norm}".strip()
    amounts = (line.amount, line.took.costs, line.took.interest, line.took.principal)
    cells = (Cell(pen.bare(amount)) for amount in amounts)
    return TableRow((Cell(pen.words.day(line.on)), pen.cell(line.label, line.sources, reason), *cells))


def _parts(pen: Pen, parts: Parts) -> tuple[Cell, ...]:
    return tuple(Cell(pen.bare(one)) for one in (parts.sum, parts.costs, parts.interest, parts.principal))
