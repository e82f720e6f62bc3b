"""The ledger of one debtor as a day leaves it: debts and costs, what was taken of them, and the lines that say so.

It decides nothing: what a movement, a settlement or an assignment does stands in a file of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from heller.law.account.account_law import AccountLaw
from heller.law.account.appropriation import Payables, Took
from heller.law.account.pieces import OwedCost, OwedDebt, Payable
from heller.model.account import AccountLine, Charge, Debt, Parts, SettlementPlan
from heller.model.finding import Locator
from heller.model.kinds.movement import DebtPart
from heller.model.money import Money
from heller.model.text import Text


@dataclass
class Sums:
    """What went where, for one creditor, in cents."""

    paid: int = 0
    given_up: int = 0
    passed: int = 0
    agreed: int = 0
    beyond: int = 0
    withheld: int = 0


class Ledger:
    """The debts of one debtor, of one currency. The costs are owed to the firm; holidays are those of `region`."""

    def __init__(
        self, debts: Sequence[Debt], charges: Iterable[Charge], law: AccountLaw, region: str = ""
    ) -> None:
        self.law = law
        self.region = region
        self.currency = debts[0].principal.currency if debts else "EUR"
        self.pieces = [OwedDebt(debt, law.rates[debt.rate], debt.arose) for debt in debts]
        self.charges = sorted(charges, key=lambda one: one.on)
        self.costs = [OwedCost(one.label, one.on, one.amount.cents) for one in self.charges]
        self.sums: dict[str, Sums] = defaultdict(Sums)
        self.lines: list[tuple[str, AccountLine]] = []
        self.settlements: list[SettlementPlan] = []
        self.forfeited: list[SettlementPlan] = []
        self.day = date.min

    def money(self, cents: int) -> Money:
        """Cents in the currency of the debts."""
        return Money(cents, self.currency)

    def until(self, day: date) -> None:
        """Interest up to a day, this day included."""
        for piece in self.pieces:
            piece.count(day)
        self.day = max(self.day, day)

    def there(self, creditor: str, day: date) -> Payables:
        """What a creditor is owed on a day."""
        own = [one for one in self.pieces if one.since <= day and one.debt.creditor == creditor]
        costs = [one for one in self.costs if one.since <= day] if not creditor else []
        return Payables(own, costs)

    def open(self, creditor: str) -> Parts:
        """What is open for a creditor on the day that the ledger has reached."""
        there = self.there(creditor, self.day)
        return Parts(
            self.money(sum(one.cents for one in there.costs)),
            self.money(sum(one.interest for one in there.pieces)),
            self.money(sum(one.principal for one in there.pieces)),
        )

    def parts(self, took: Iterable[Took]) -> Parts:
        """What was taken, part by part."""
        cents = dict.fromkeys(DebtPart, 0)
        for one in took:
            cents[one.part] += one.cents
        return Parts(*(self.money(cents[part]) for part in DebtPart))

    def say(
        self,
        creditor: str,
        on: date,
        label: Text,
        amount: Money,
        *,
        topic: str,
        reason: Text | None = None,
        took: Iterable[Took] = (),
        beyond: int = 0,
        sources: Iterable[Locator | None] = (),
    ) -> None:
        """Add a line to the account of a creditor."""
        line = AccountLine(
            on=on,
            label=label,
            amount=amount,
            took=self.parts(took),
            left=self.open(creditor),
            norm=self.law.ground(topic),
            reason=reason,
            beyond=self.money(beyond),
            sources=tuple(one for one in sources if one is not None),
        )
        self.lines.append((creditor, line))


def creditor_of(what: Payable) -> str:
    """Whom something is owed to: costs are the firm's."""
    return what.debt.creditor if isinstance(what, OwedDebt) else ""
