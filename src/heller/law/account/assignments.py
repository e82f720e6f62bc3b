"""What an assignment does: principal goes to another creditor, with the interest from the day after."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from heller.law.account.ledger import Ledger
from heller.law.account.pieces import DAY, OwedDebt
from heller.model.kinds.assignment import Assignment
from heller.model.money import Money
from heller.model.text import Text, text


def assign(made: Assignment, ledger: Ledger, day: date) -> None:
    """Move principal that is open from the firm to another creditor, of all debts in proportion. What interest there
    is until that day, and the costs, stay with the firm."""
    own = [
        one for one in ledger.there("", day).pieces if one.principal and made.event in ("", one.debt.event)
    ]
    opens = [one.principal for one in own]
    asked = made.amount.cents if made.amount else (Money(sum(opens)) * made.share).cents
    moved = min(asked, sum(opens))
    if moved:
        for piece, part in zip(own, Money(moved).split(opens), strict=True):
            _move(piece, part.cents, made, ledger, day)
    ledger.sums[""].passed += moved
    for whose, label in (
        ("", text("Assignment to {who}", who=made.to)),
        (made.to, text("Assignment by the firm")),
    ):
        ledger.say(
            whose,
            made.on,
            label,
            ledger.money(moved),
            topic="assignment",
            reason=_words(made),
            sources=(made.source,),
        )


def _move(piece: OwedDebt, cents: int, made: Assignment, ledger: Ledger, day: date) -> None:
    if not cents:
        return
    piece.principal -= cents
    begins = max(piece.bears_from, day + DAY) if piece.bears_from else None
    debt = replace(
        piece.debt, creditor=made.to, principal=ledger.money(cents), interest_from=begins, due=piece.due
    )
    ledger.pieces.append(OwedDebt(debt, piece.law, day, piece.number, made.notice))


def _words(made: Assignment) -> Text:
    if made.notice is None:
        return text(
            "The debtor has not been told: what it pays to the firm until then counts against the assigned part too."
        )
    return text("The debtor was told on {day}.", day=made.notice)
