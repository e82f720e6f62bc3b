"""What a walked ledger comes to: the account of each creditor, with its state, its instalments and its interest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from heller.law.account.ledger import Ledger, Sums
from heller.law.account.pieces import OwedDebt
from heller.law.account.settlements import Revived
from heller.law.chain.interest_lines import interest_lines
from heller.model.account import AccountState, ClaimAccount, Due, Parts
from heller.model.amount import WorkingLine
from heller.model.money import half_up


def outcome(debtor: str, ledger: Ledger, as_of: date, revived: Sequence[Revived]) -> tuple[ClaimAccount, ...]:
    """The firm's account first, then those of other creditors."""
    whose = sorted({"", *(piece.debt.creditor for piece in ledger.pieces)})
    return tuple(_account(debtor, creditor, ledger, as_of, revived) for creditor in whose)


def _account(
    debtor: str, creditor: str, ledger: Ledger, as_of: date, revived: Sequence[Revived]
) -> ClaimAccount:
    sums, money = ledger.sums[creditor], ledger.money
    own = [piece for piece in ledger.pieces if piece.debt.creditor == creditor]
    open_ = ledger.open(creditor)
    return ClaimAccount(
        debtor=debtor,
        creditor=creditor,
        as_of=as_of,
        state=_state(open_, sums, ledger, creditor, bool(revived)),
        claimed=_claimed(own, ledger, creditor),
        open=open_,
        lines=tuple(line for whose, line in ledger.lines if whose == creditor),
        later=money(sum(one.principal for one in own if one.due is not None and one.due > as_of)),
        paid=money(sums.paid),
        given_up=money(sums.given_up),
        passed=money(sums.passed),
        agreed=money(sums.agreed),
        beyond=money(sums.beyond),
        withheld=money(sums.withheld),
        instalments=tuple(_instalment(one, ledger, as_of) for one in own if one.number),
        interest=tuple(_working(own)),
    )


def _claimed(own: Iterable[OwedDebt], ledger: Ledger, creditor: str) -> Parts:
    """Debts, all interest that they earned, and the costs; instalments stand in the place of debts."""
    pieces = list(own)
    principal = sum(one.debt.principal.cents for one in pieces if not one.number or creditor)
    interest = sum(half_up(one.exact) for one in pieces)
    costs = sum(one.amount.cents for one in ledger.charges) if not creditor else 0
    return Parts(ledger.money(costs), ledger.money(interest), ledger.money(principal))


def _state(open_: Parts, sums: Sums, ledger: Ledger, creditor: str, revived: bool) -> AccountState:
    if not open_.sum:
        if sums.paid:
            return AccountState.PAID
        return AccountState.GIVEN_UP if sums.given_up else AccountState.OPEN
    if not creditor and (revived or ledger.forfeited):
        return AccountState.FORFEITED
    return AccountState.SETTLED if ledger.settlements and not creditor else AccountState.OPEN


def _instalment(piece: OwedDebt, ledger: Ledger, as_of: date) -> Due:
    late = piece.bears_from is not None and piece.bears_from <= as_of and bool(piece.exact)
    return Due(
        number=piece.number,
        amount=piece.debt.principal,
        due=piece.due,
        open=ledger.money(piece.principal),
        interest=ledger.money(piece.interest),
        default=piece.bears_from if late else None,
    )


def _working(own: Iterable[OwedDebt]) -> Iterator[WorkingLine]:
    """Each stretch of interest: the days, the rate, the sum that was open."""
    for piece in own:
        for made in piece.earned:
            yield from interest_lines(made)
