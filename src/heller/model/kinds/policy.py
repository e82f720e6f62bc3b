"""Policies: what every room needs to know of them."""

from __future__ import annotations

from datetime import date
from enum import Enum

from heller.model.finding import Locator
from heller.model.money import ZERO, Money
from heller.model.record_kind import NOBODY, RecordKind, RecordNoun
from heller.model.text import Text, text


class PolicyKind(Enum):
    """The own insurances that an outage may touch."""

    BUSINESS_INTERRUPTION = "business_interruption"
    ELECTRONICS = "electronics"
    CYBER = "cyber"
    LEGAL_EXPENSES = "legal_expenses"


class Policy(RecordNoun, frozen=True, tag="policy"):
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


POLICIES: dict[PolicyKind, Text] = {
    PolicyKind.BUSINESS_INTERRUPTION: text("Business-interruption insurance"),
    PolicyKind.ELECTRONICS: text("Electronics insurance"),
    PolicyKind.CYBER: text("Cyber insurance"),
    PolicyKind.LEGAL_EXPENSES: text("Legal-expenses insurance"),
}


def _line(record: Policy) -> tuple[object, ...]:
    return (
        POLICIES[record.kind],
        record.insurer,
    )


KIND = RecordKind(Policy, text("Policies"), "policies", _line, NOBODY)
