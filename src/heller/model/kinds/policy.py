"""Policies: what every room needs to know of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.money import ZERO, Money
from heller.model.record_field import AnswerSet, RecordForm, choice, day, money, number, prose, words, yes_no
from heller.model.record_kind import RecordKind, RecordNoun
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
    allows for the notice, `notified` the day on which it was given, `refused` the day on which the insurer refused
    cover and `refusal` his reason."""

    kind: PolicyKind
    insurer: str = ""
    deductible: Money = ZERO
    waiting_hours: int = 0
    waiting_deducted: bool | None = None
    limit: Money | None = None
    notice_days: int | None = None
    notified: date | None = None
    covers: bool | None = None
    refused: date | None = None
    refusal: str = ""
    source: Locator | None = None


POLICIES: dict[PolicyKind, Text] = {
    PolicyKind.BUSINESS_INTERRUPTION: text("Business-interruption insurance"),
    PolicyKind.ELECTRONICS: text("Electronics insurance"),
    PolicyKind.CYBER: text("Cyber insurance"),
    PolicyKind.LEGAL_EXPENSES: text("Legal-expenses insurance"),
}


WORDS = {
    "Betriebsunterbrechung": PolicyKind.BUSINESS_INTERRUPTION,
    "business interruption": PolicyKind.BUSINESS_INTERRUPTION,
    "Elektronik": PolicyKind.ELECTRONICS,
    "Cyber": PolicyKind.CYBER,
    "Rechtsschutz": PolicyKind.LEGAL_EXPENSES,
    "legal expenses": PolicyKind.LEGAL_EXPENSES,
}
FIELDS = (
    choice("kind", text("Which insurance?"), AnswerSet(POLICIES, WORDS), listed=True),
    words("insurer", text("Insurer"), listed=True),
    yes_no("covers", text("Do its terms cover this?")),
    money("deductible", text("What the firm bears itself")),
    money("limit", text("The most that it pays")),
    number("waiting_hours", text("Hours until it begins to pay"), most=24 * 366, option="waiting"),
    yes_no("waiting_deducted", text("Do these hours stay unpaid?")),
    number("notice_days", text("Days in which the loss must be reported"), most=3660, option="notice"),
    day("notified", text("Reported on")),
    day("refused", text("Cover refused on")),
    prose("refusal", text("The insurer's reason"), needed=False),
)
FORMS = (RecordForm("policy", 40, text("An own policy"), ("kind", "insurer"), german="police"),)


def _before(record: Policy, end: datetime, last: date) -> Policy:
    """What was reported or refused later was not yet."""
    if record.notified is not None and record.notified > last:
        record = replace(record, notified=None)
    if record.refused is not None and record.refused > last:
        record = replace(record, refused=None, refusal="")
    return record


KIND = RecordKind(Policy, text("Policies"), "policies", FIELDS, FORMS, timeless=True, cut_of=_before)
