"""The account of a claim: debts, what pursuing them costs, and what movements left of both on a day.

It holds what was worked out. How a payment is spent is the business of `heller.law.account`.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

from heller.model.amount import WorkingLine
from heller.model.damage import NO_RULE, NormRef
from heller.model.finding import Locator
from heller.model.kinds.assignment import Assignment
from heller.model.kinds.instalment import Instalment
from heller.model.kinds.movement import Movement
from heller.model.kinds.settlement import Settlement
from heller.model.money import ZERO, Money
from heller.model.text import Text

DAMAGES = "damages"  # the rate of a debt that bears interest as damages do


class Debt(Struct, frozen=True):
    """What one debtor owes one creditor for one event, in one figure of the range.

    `event` is its stable key ('' where there is only one), `arose` its day, `due` the day on which it is to be paid
    where that is not at once, `interest_from` the first day that bears interest (None: none yet), `rate` the name of
    what it bears. '' is the provider of the case as debtor, the firm as creditor.
    """

    event: str
    label: Text
    arose: date
    principal: Money
    debtor: str = ""
    creditor: str = ""
    interest_from: date | None = None
    rate: str = DAMAGES
    due: date | None = None


class Charge(Struct, frozen=True):
    """A cost of pursuing the claim that the debtor owes since a day, once for the whole matter."""

    on: date
    amount: Money
    label: Text
    debtor: str = ""


class SettlementPlan(Struct, frozen=True):
    """A settlement with the instalments that it is paid in; they add up to its sum."""

    settlement: Settlement
    instalments: tuple[Instalment, ...]

    @property
    def on(self) -> date:
        """The day of the settlement."""
        return self.settlement.on


class AccountRecords(Struct, frozen=True):
    """All that moved the accounts, in any order; what is later than the day asked for is not looked at."""

    movements: tuple[Movement, ...] = ()
    settlements: tuple[SettlementPlan, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.movements or self.settlements or self.assignments)

    def of(self, debtor: str) -> AccountRecords:
        """Those of one debtor."""
        return AccountRecords(
            tuple(one for one in self.movements if one.debtor == debtor),
            tuple(one for one in self.settlements if one.settlement.debtor == debtor),
            tuple(one for one in self.assignments if one.debtor == debtor),
        )


class Parts(Struct, frozen=True):
    """Costs, interest and principal: of a movement what it took of each, of an account what is open of each."""

    costs: Money = ZERO
    interest: Money = ZERO
    principal: Money = ZERO

    @property
    def sum(self) -> Money:
        """All three."""
        return self.costs + self.interest + self.principal

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            self.costs + other.costs, self.interest + other.interest, self.principal + other.principal
        )


class AccountLine(Struct, frozen=True):
    """What happened on a day: `took` of costs, interest and principal, `left` what was open after it, and why.

    `beyond` is what of the amount paid nothing, as nothing more was owed.
    """

    on: date
    label: Text
    amount: Money
    took: Parts
    left: Parts
    norm: NormRef = NO_RULE
    reason: Text | None = None
    beyond: Money = ZERO
    sources: tuple[Locator, ...] = ()


class AccountState(Enum):
    """How a claim stands."""

    OPEN = "open"
    SETTLED = "settled"  # a settlement stands, and not all of it is paid
    FORFEITED = "forfeited"  # an instalment was late, and the settlement says what follows
    PAID = "paid"
    GIVEN_UP = "given_up"  # nothing is owed, and nothing was paid


class Due(Struct, frozen=True):
    """An instalment of a settlement: its day, its sum, what is open of it, and the first day of default where it was
    late (None: it was not, or is not due)."""

    number: int
    amount: Money
    due: date | None
    open: Money
    interest: Money = ZERO
    default: date | None = None


class ClaimAccount(Struct, frozen=True):
    """What one debtor owes one creditor at the end of a day, and how it came to that.

    `open` is all that is owed, `later` the part of it that is not due yet, `claimed` what was owed in all: principal,
    interest and costs. `claimed` + `agreed` is always `paid` + `given_up` + `passed` + `open`: `agreed` is what a
    settlement put on top, `passed` went to another creditor. `beyond` was paid without being owed.
    """

    debtor: str
    creditor: str
    as_of: date
    state: AccountState
    claimed: Parts
    open: Parts
    lines: tuple[AccountLine, ...] = ()
    later: Money = ZERO
    paid: Money = ZERO
    given_up: Money = ZERO
    passed: Money = ZERO
    agreed: Money = ZERO
    beyond: Money = ZERO
    withheld: Money = ZERO
    instalments: tuple[Due, ...] = ()
    interest: tuple[WorkingLine, ...] = ()

    @property
    def due(self) -> Money:
        """What is owed today."""
        return self.open.sum - self.later

    @property
    def over(self) -> bool:
        """Whether a settlement stands in the place of the claim, or nothing is owed any more."""
        return self.state in (AccountState.SETTLED, AccountState.PAID, AccountState.GIVEN_UP) or bool(
            self.instalments
        )
