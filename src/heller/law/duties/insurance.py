"""The own insurances: what each would pay of the damage, until when it must be told, what passes to it.

What is not paid yet is shown and takes nothing off the claim; what is paid has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from heller.law.facts_of_case import Insured, Situation
from heller.model.amount import Range
from heller.model.claim import PolicyCover
from heller.model.damage import Assessment, NormRef
from heller.model.head import InsuredAs
from heller.model.heads import HEADS
from heller.model.kinds.policy import Policy, PolicyKind
from heller.model.money import ZERO, Money
from heller.model.outage import Outage
from heller.model.text import Text, text

COVERED: dict[PolicyKind, tuple[InsuredAs, ...]] = {
    PolicyKind.BUSINESS_INTERRUPTION: (InsuredAs.MARGIN, InsuredAs.AVERTED),
    PolicyKind.CYBER: (InsuredAs.MARGIN, InsuredAs.AVERTED),
    PolicyKind.ELECTRONICS: (InsuredAs.THING,),
    PolicyKind.LEGAL_EXPENSES: (),
}
Grants = Mapping[PolicyKind, NormRef]


def covers(
    insured: Insured, grants: Grants, assessment: Assessment, situation: Situation | None
) -> tuple[PolicyCover, ...]:
    """Each policy in the order in which it was written down, by the rule of its kind. No two of them pay the
    same euro, so together they never pay more than the damage."""
    left = _damage(assessment)
    found = []
    for policy in insured.policies:
        one = _cover(policy, grants[policy.kind], left, situation)
        found.append(one)
        left = _rest(left, _insured(*COVERED[policy.kind]), one.pays)
    return tuple(found)


def _damage(assessment: Assessment) -> dict[str, Range]:
    heads: dict[str, Range] = {}
    for position in assessment.positions:
        if position.recoverable:
            heads[position.head] = heads.get(position.head, Range()) + position.amount
    return heads


def _cover(
    policy: Policy, grants: NormRef, left: dict[str, Range], situation: Situation | None
) -> PolicyCover:
    covered, reason = _covered(policy)
    if situation is None:
        return PolicyCover(policy, covered, reason, Range(), grants)
    pays = Range()
    if covered and policy.kind is not PolicyKind.LEGAL_EXPENSES:
        pays = _pays(policy, left, situation.outage)
    return PolicyCover(policy, covered, reason, pays, grants, notice_by(policy, situation.began))


def _covered(policy: Policy) -> tuple[bool | None, Text]:
    """Whether the terms cover it: as stated; a classic policy needs damage to a thing."""
    if policy.covers:
        return True, text("Its terms are stated to cover this.")
    if policy.covers is False:
        return False, text("Its terms are stated not to cover this.")
    if policy.kind is PolicyKind.BUSINESS_INTERRUPTION:
        return False, text(
            "A classic policy needs damage to a thing; an outage of the line alone is none. "
            "Read whether yours covers the failure of supply too."
        )
    return None, text("Whether its terms cover this is not stated: read them, then note it.")


def _pays(policy: Policy, left: dict[str, Range], outage: Outage) -> Range:
    """The margin for the time beyond the waiting period and what averted it, less the deductible, up to
    the limit. Where the terms on the waiting period are not known, low and high differ."""
    covered = COVERED[policy.kind]
    margin = _sum(left, _insured(InsuredAs.MARGIN) if InsuredAs.MARGIN in covered else ())
    other = _sum(left, _insured(*(one for one in covered if one is not InsuredAs.MARGIN)))
    waits = _time_shares(policy, outage)
    low = _one(policy, margin.low * waits[0] + other.low)
    high = _one(policy, margin.high * waits[1] + other.high)
    likely = _one(policy, margin.likely * waits[0] + other.likely)
    return Range(low, likely, max(high, likely))


def _insured(*parts: InsuredAs) -> tuple[str, ...]:
    """The heads that belong to some parts of a policy, part by part, each in the order of the heads."""
    return tuple(key for part in parts for key, head in HEADS.items() if head.insured is part)


def _sum(left: dict[str, Range], heads: Iterable[str]) -> Range:
    return sum((left[head] for head in sorted(heads) if head in left), Range())


def _one(policy: Policy, damage: Money) -> Money:
    paid = max(damage - policy.deductible, ZERO)
    return paid if policy.limit is None else min(paid, policy.limit)


def _time_shares(policy: Policy, outage: Outage) -> tuple[Fraction, Fraction]:
    """The share of the time that is paid: where the waiting period stays unpaid, and where it does not.

    Two policies with twelve hours pay twelve or all twenty-four hours of the same day.
    """
    dead = int(outage.shortest.total_seconds())
    wait = policy.waiting_hours * 3600
    if dead <= wait:
        return (Fraction(), Fraction()) if wait else (Fraction(1), Fraction(1))
    deducted = Fraction(dead - wait, dead)
    if policy.waiting_deducted is None:
        return deducted, Fraction(1)
    return (deducted, deducted) if policy.waiting_deducted else (Fraction(1), Fraction(1))


def _rest(left: dict[str, Range], heads: tuple[str, ...], paid: Range) -> dict[str, Range]:
    """What no policy has paid yet: the high figure is taken from each figure, head after head, so that a
    second policy never pays the same euro."""
    rest, taken = dict(left), paid.high
    for head in heads:
        if head in rest:
            now = rest[head]
            off = min(taken, now.high)
            rest[head] = Range(*(max(figure - off, ZERO) for figure in (now.low, now.likely, now.high)))
            taken = taken - off
    return rest


def notice_by(policy: Policy, began: date) -> date:
    """The last day of the notice by the policy; without a number of days the day itself: without delay."""
    return began + timedelta(policy.notice_days or 0)
