"""What was agreed or offered: the terms of an offer, the terms of an own insurance policy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


class Waiver(Enum):
    """What is given up by taking an offer."""

    UNSTATED = "unstated"
    NONE = "none"  # nothing: the payment counts on the sum, the rest stays open
    OUTAGE = "outage"  # every claim from this outage
    ALL = "all"  # every claim from the contract, known or not


class Terms(Struct, frozen=True):
    """What an offer holds beside its cash. `credit_worth` is the share of a credit on future bills that
    it is worth to the firm, None where nobody said."""

    credit: Money | None = None
    credit_worth: Decimal | None = None
    waiver: Waiver = Waiver.UNSTATED


class PolicyKind(Enum):
    """The own insurances that an outage may touch."""

    BUSINESS_INTERRUPTION = "business_interruption"
    ELECTRONICS = "electronics"
    CYBER = "cyber"
    LEGAL_EXPENSES = "legal_expenses"


POLICIES: dict[PolicyKind, Text] = {
    PolicyKind.BUSINESS_INTERRUPTION: text("Business-interruption insurance"),
    PolicyKind.ELECTRONICS: text("Electronics insurance"),
    PolicyKind.CYBER: text("Cyber insurance"),
    PolicyKind.LEGAL_EXPENSES: text("Legal-expenses insurance"),
}


class Policy(Struct, frozen=True, tag="policy"):
    """A policy of the firm. `covers` says whether its terms cover an outage without damage to a thing
    (legal expenses: this dispute), None where nobody has read them; `waiting_deducted` whether the
    waiting period stays unpaid once it is over, None likewise; `notice_days` the days that the policy
    allows for the notice, `notified` the day on which it was given."""

    kind: PolicyKind
    insurer: str = ""
    deductible: Money = ZERO
    waiting_hours: int = 0
    waiting_deducted: bool | None = None
    limit: Money | None = None
    notice_days: int | None = None
    notified: date | None = None
    covers: bool | None = None
    source: Locator | None = None
