"""Account statements of any format: booked entries, and the proof that the balances close.

The proof is run on every statement: it alone shows a wrong sign or a missing entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.bank_entry import BankEntry
from heller.model.money import Money
from heller.model.record import Account, Reading
from heller.model.text import text


class Statement(Struct, frozen=True):
    """One statement or page of one account. Balances are None where the format has none.

    `pending` entries are announced, not booked; `rejected` could not be read.
    """

    account: str
    source: Locator
    entries: tuple[BankEntry, ...] = ()
    opening: Money | None = None
    closing: Money | None = None
    pending: int = 0
    rejected: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    announced: tuple[Money, ...] = ()
    begins: bool = True
    ends: bool = True


def proof(statement: Statement) -> Finding | None:
    """The doubt about a statement whose opening balance and entries do not give its closing balance."""
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None:
        return None
    if {entry.amount.currency for entry in statement.entries} | {closing.currency} != {opening.currency}:
        return Finding(
            "currencies-mixed",
            text("The statement of account {account} mixes currencies.", account=statement.account),
            text("Its balance cannot be proven; check its entries."),
            source=statement.source,
        )
    reached = sum((entry.amount for entry in statement.entries), opening)
    if reached == closing or (statement.rejected and not statement.entries):
        return None
    return Finding(
        "balance-open",
        text(
            "The balance of account {account} does not close: {opening} and the entries give {reached}, "
            "the statement says {closing}.",
            account=statement.account,
            opening=opening,
            reached=reached,
            closing=closing,
        ),
        text("An entry may be missing or wrong: ask the bank for the statement again."),
        source=statement.source,
    )


def reading(reader: str, name: str, statements: Sequence[Statement]) -> Reading:
    """The reading of a file of statements."""
    entries = tuple(entry for statement in statements for entry in statement.entries)
    rejected = tuple(finding for statement in statements for finding in statement.rejected)
    pending = sum(statement.pending for statement in statements)
    accounts = tuple(map(_account, statements))
    findings = [f for s in statements if (f := proof(s))] + [note for s in statements for note in s.notes]
    findings += _currencies(statements, entries)
    findings += [
        _apart(name) for name in dict.fromkeys(a.name for a in accounts) if chain(accounts, name) is None
    ]
    if pending:
        said = text(
            "{n} entries are announced but not booked; they were left out.",
            "One entry is announced but not booked; it was left out.",
            n=pending,
        )
        findings.append(Finding("pending", said, None, Weight.NOTE, statements[0].source))
    if not entries and not rejected:
        said = text("{name} holds no booked entry.", name=name)
        findings.append(Finding("no-entries", said, None, Weight.NOTE))
    return Reading(
        reader,
        title(name, entries),
        entries,
        (*rejected, *findings),
        rows=len(entries) + pending + len(rejected),
        rows_rejected=len(rejected),
        accounts=accounts,
    )


def _currencies(statements: Sequence[Statement], entries: Sequence[BankEntry]) -> list[Finding]:
    """The word about entries in several currencies: what moved in each, as no sum goes over them."""
    units = sorted({entry.amount.currency for entry in entries})
    if len(units) < 2:
        return []
    moved = [[entry.amount.cents for entry in entries if entry.amount.currency == unit] for unit in units]
    sides = (
        f"{unit} {Money(sum(c for c in cents if c > 0)).decimal} / {Money(-sum(c for c in cents if c < 0)).decimal}"
        for unit, cents in zip(units, moved, strict=True)
    )
    said = text("The statement mixes currencies; money in and out of each: {sides}.", sides="; ".join(sides))
    do = text("Only entries in euro enter a claim: for the others take the debit in euro, or a dated rate.")
    return [Finding("currencies-mixed", said, do, source=statements[0].source)]


def _account(statement: Statement) -> Account:
    """The balances of a statement, with whether they close on what was read."""
    balances = (statement.opening, statement.closing)
    return Account(
        statement.account,
        len(statement.entries),
        statement.source,
        statement.pending,
        *balances,
        closes=None not in balances and not statement.rejected and proof(statement) is None,
        announced=statement.announced,
        begins=statement.begins,
        ends=statement.ends,
    )


def chain(pages: Sequence[Account], name: str) -> tuple[Account, ...] | None:
    """The pages of one account, oldest first, each taking up the balance of the one before.

    Banks write the newest page first or last. None where the pages do not follow each other either way;
    a page without balances contradicts nothing.
    """
    own = tuple(page for page in pages if page.name == name)
    for order in (own, own[::-1]):
        turns = ((one.closing, other.opening) for one, other in pairwise(order))
        if all(None in turn or turn[0] == turn[1] for turn in turns):
            return order
    return None


def _apart(account: str) -> Finding:
    return Finding(
        "pages-apart",
        text(
            "The pages of the statement of account {account} do not follow each other: "
            "a page does not begin with the balance that the page before ends with.",
            account=account,
        ),
        text("A page may be missing: export the whole period in one piece."),
    )


def title(name: str, entries: Sequence[BankEntry]) -> str:
    """Account and days, else the file's name."""
    if not entries:
        return name
    days = sorted({entry.booked.isoformat() for entry in entries})
    return f"{entries[0].account} {days[0]}" + (f" / {days[-1]}" if len(days) > 1 else "")


def row_refusal(source: Locator) -> Finding:
    """The finding for an entry that cannot be read; the entry is counted as rejected."""
    return Finding(
        "entry-unreadable",
        text("An entry of the account statement cannot be read: '{raw}'.", raw=source.raw[:60]),
        text("Look it up in the statement and enter it by hand if it matters."),
        source=source,
    )


def no_currency(at: Locator) -> Finding:
    """The note about amounts whose currency nothing names."""
    return Finding(
        "no-currency",
        text("The account statement names no currency, so its amounts enter no claim."),
        text("Export it again with its balances."),
        Weight.NOTE,
        at,
    )
