"""What can be paid: a debt with its interest, and a cost. Both only shrink, and never below nothing.

Interest is counted exactly from day to day and rounded once in all, so that a payment more or less changes no cent
of it. It decides nothing about who is paid first.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

from heller.law.book.interest import Interest
from heller.law.chain.steps import InterestLaw
from heller.model.account import Debt
from heller.model.kinds.movement import DebtPart
from heller.model.money import Money, half_up
from heller.model.text import Text

DAY = timedelta(1)


class OwedDebt:
    """A debt as a day leaves it, in cents. `number` counts the instalments of a settlement, 0 where it is none;
    `notice` is the day on which the debtor learned of its creditor, None where he knows no other."""

    def __init__(
        self, debt: Debt, law: InterestLaw, since: date, number: int = 0, notice: date | None = None
    ) -> None:
        self.debt = debt
        self.law = law
        self.since = since
        self.number = number
        self.notice = notice
        self.due = debt.due
        self.bears_from = debt.interest_from
        self.principal = debt.principal.cents
        self.exact = Fraction()
        self.taken = 0  # of the interest
        self.counted = date.min  # up to here interest is counted
        self.earned: list[Interest] = []

    @property
    def interest(self) -> int:
        """The interest that is open."""
        return half_up(self.exact) - self.taken

    def bears(self, day: date) -> bool:
        """Whether it bears interest on a day."""
        return self.bears_from is not None and self.bears_from <= day

    def count(self, day: date) -> None:
        """Interest on what is open, up to a day and this day included."""
        if self.bears_from is not None and self.principal:
            first = max(self.bears_from, self.counted + DAY if self.counted > date.min else date.min)
            last = min(day, self.law.known_until())
            if first <= last:
                made = self.law.earned(Money(self.principal, self.debt.principal.currency), first, last)
                self.exact += made.exact
                self.earned.append(made)
        self.counted = max(self.counted, day)

    def open(self, part: DebtPart) -> int:
        """What is open of one part."""
        if part is DebtPart.INTEREST:
            return self.interest
        return self.principal if part is DebtPart.PRINCIPAL else 0

    def take(self, part: DebtPart, cents: int) -> None:
        """Something of one part is no longer open."""
        if part is DebtPart.INTEREST:
            self.taken += cents
        else:
            self.principal -= cents


class OwedCost:
    """A cost of pursuing the claim, in cents. It bears no interest."""

    def __init__(self, label: Text, on: date, cents: int) -> None:
        self.label = label
        self.since = on
        self.cents = cents

    def open(self, part: DebtPart) -> int:
        """What is open of it."""
        return self.cents if part is DebtPart.COSTS else 0

    def take(self, part: DebtPart, cents: int) -> None:
        """Something of it is no longer open."""
        del part
        self.cents -= cents


Payable: TypeAlias = OwedDebt | OwedCost
