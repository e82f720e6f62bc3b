"""From gross damage to money in hand: who owes what under which rule and up to which cap.

The order of the steps is the order in which a court goes. It works out no damage and writes no letter.
"""

from __future__ import annotations

from datetime import date

from heller.law import court, doubts, readings, timeline
from heller.law.chain import Chain, each, less
from heller.law.de import costs, interest, liability, lumpsums
from heller.law.de.liability import Cap
from heller.law.given import Given, first_day, gather, last_day
from heller.law.refused import LawRefused
from heller.law.rules import may_be_summed, norm, rule, usable
from heller.model.amount import Range, WorkingLine
from heller.model.case import Case
from heller.model.claim import Waterfall
from heller.model.damage import Assessment, Position
from heller.model.finding import Finding, Weight
from heller.model.money import ZERO, Money
from heller.model.outage import Detection
from heller.model.text import Text, text


def waterfall(case: Case, detection: Detection, assessment: Assessment, as_of: date) -> Waterfall:
    """The whole chain on a day. Never raises for a poor case: no outage, no damage or a day outside the
    rules end the chain at zero and say so."""
    given = gather(case, as_of)
    chain = Chain()
    gross(chain, assessment)
    not_recoverable(chain, assessment)
    if not detection.outages:
        reason = text("No outage is proven, so nothing can be demanded for one.")
        return _stopped(chain, given, reason, "law.no_outage")
    outage = min(detection.outages, key=lambda one: one.start.latest)
    began, back = first_day(case, outage), last_day(case, outage)
    try:
        cap = liability.cap(began, given.agreed_cap)
    except LawRefused as refused:
        return _stopped(chain, given, refused.what, "law.unknown", refused.do)

    fault(chain, given)
    lump_sums(chain, began)
    before_cap = chain.running
    apply_cap(chain, cap)
    insurers(chain, given)
    principal = chain.running
    earned = add_interest(chain, given)
    pre_trial(chain, given, principal)
    situation = readings.Situation(given, outage, began, back, cap, before_cap, principal, earned)
    cost, over = court.costs_of(given, principal.likely, before_cap.likely)
    return Waterfall(
        as_of=as_of,
        law=cap.law,
        steps=tuple(chain.steps),
        due=chain.running,
        interest=earned,
        alternatives=readings.alternatives(situation, assessment),
        lifts=readings.lifts(situation),
        deadlines=timeline.deadlines(given, began),
        costs=cost,
        overclaim=over,
        settlement=court.settlement(given, chain.running.likely, cost),
        findings=(
            *given.findings,
            *doubts.of_case(given, detection, assessment, began),
            *timeline.findings(given, began),
        ),
    )


def gross(chain: Chain, assessment: Assessment) -> None:
    """All positions, also those that cannot be claimed; the sum of the others as the draws give it."""
    refused = sum((p.amount for p in assessment.positions if not p.recoverable), Range())
    reason = (
        text(
            "The sum of all positions of the schedule of damages, {n} in number.", n=len(assessment.positions)
        )
        if assessment.positions
        else text("The schedule of damages is empty.")
    )
    chain.to(assessment.total + refused, "gross", text("Gross damage"), reason, norm("BGB-249"))


def not_recoverable(chain: Chain, assessment: Assessment) -> None:
    """Positions that no rule grants, and positions whose rule is not verified."""
    refused = [p for p in assessment.positions if not _counts(p)]
    open_rule = [p for p in refused if p.recoverable]
    after = assessment.total
    for position in open_rule:
        after = less(after, position.amount)
    if not refused:
        reason = text("Every position can be claimed.")
    elif open_rule:
        reason = text(
            "Shown and not claimed: {n} of {all} positions, {m} because their rule is not verified.",
            n=len(refused),
            all=len(assessment.positions),
            m=len(open_rule),
        )
    else:
        reason = text(
            "Shown and not claimed: {n} of {all} positions.", n=len(refused), all=len(assessment.positions)
        )
    lines = tuple(WorkingLine(_named(p), -p.amount, p.sources) for p in refused)
    chain.to(after, "not_recoverable", text("Not recoverable"), reason, norm("BGB-253"), lines)


def fault(chain: Chain, given: Given) -> None:
    """§ 254 BGB: the firm's share of the fault comes off."""
    left = 1 - given.fault_share
    reason = (
        text("The firm bears {share:percent} of the damage itself.", share=given.fault_share)
        if given.fault_share
        else text("No contributory fault is stated.")
    )
    after = each(chain.running, lambda amount: amount * left)
    chain.to(after, "fault", text("Contributory fault"), reason, norm("BGB-254"))


def lump_sums(chain: Chain, began: date) -> None:
    """Lump sums and damages are set off both ways; before December 2021 there are none."""
    rule_of_day = lumpsums.set_off(began)
    chain.to(
        chain.running, "lump_sums", text("Set off against lump sums"), rule_of_day.reason, rule_of_day.norm
    )


def apply_cap(chain: Chain, cap: Cap) -> None:
    """The most that one end user gets."""
    reason = cap.reason
    if chain.running.high <= cap.amount:
        reason = text("The damage stays below the cap of {cap}.", cap=cap.amount)
    chain.to(chain.running.capped(cap.amount), "cap", text("Cap on liability"), reason, cap.norm)


def insurers(chain: Chain, given: Given) -> None:
    """§ 86 VVG: what the own insurer paid is his claim now."""
    reason = (
        text("What the own insurer paid has passed to him.")
        if given.insured
        else text("No payment by an own insurer is stated.")
    )
    after = each(chain.running, lambda amount: max(amount - given.insured, ZERO))
    chain.to(after, "insurers", text("Paid by insurers"), reason, norm("VVG-86"))


def add_interest(chain: Chain, given: Given) -> Range:
    """§ 288 (1) BGB from the first day of default; returns the interest."""
    label, grants = text("Default interest"), norm("BGB-288-1")
    if given.default is None:
        reason = text("No demand letter with a date is in the case, so the provider is not in default yet.")
    elif given.default > given.as_of:
        reason = text("Default begins on {day}.", day=given.default)
    else:
        return _interest(chain, given, given.default, label)
    return chain.to(chain.running, "interest", label, reason, grants)


def _interest(chain: Chain, given: Given, first: date, label: Text) -> Range:
    last = min(given.as_of, interest.last_known_day())
    sums = {amount: interest.interest(amount, first, last) for amount in _figures(chain.running)}
    likely = sums[chain.running.likely]
    reason = text(
        "From {first} to {last}, {days} days: five points above the base rate, act/365, "
        "no compound interest.",
        first=first,
        last=last,
        days=likely.days,
    )
    lines = tuple(
        WorkingLine(
            text(
                "{first} to {last}: {days} days at {rate} % on {sum}",
                first=segment.first,
                last=segment.last,
                days=segment.days,
                rate=segment.rate,
                sum=likely.principal,
            ),
            Range.exact(segment.amount),
        )
        for segment in likely.segments
    )
    after = each(chain.running, lambda amount: amount + sums[amount].amount)
    return chain.to(after, "interest", label, reason, norm("BGB-288-1"), lines)


def pre_trial(chain: Chain, given: Given, principal: Range) -> None:
    """The 1.3 fee on the justified value, once the debtor is in default (HEAD-12)."""
    label, grants = text("Pre-trial costs"), usable(rule("HEAD-12")).norm
    if given.mandate is None or given.mandate > given.as_of:
        reason = text("No lawyer is mandated yet; what one would cost stands under the costs.")
    elif given.default is None or given.mandate < given.default:
        reason = text(
            "The lawyer was mandated before the provider was in default; the fee is not owed as damage."
        )
    elif not principal.likely:
        reason = text("Nothing is due, so there is no value to charge a fee on.")
    else:
        mandate, vat = given.mandate, given.deducts_vat is False
        after = Range(
            *(
                total + _fee(value, mandate, with_vat=vat)
                for total, value in zip(_figures(chain.running), _figures(principal), strict=True)
            )
        )
        bill = costs.out_of_court(principal.likely, mandate)
        lines = tuple(WorkingLine(fee.label, Range.exact(fee.amount)) for fee in bill.fees)
        if vat:
            lines = (*lines, WorkingLine(text("VAT"), Range.exact(bill.vat)))
        reason = text(
            "The fee on the justified value of {value}, with the table of {day}.",
            value=principal.likely,
            day=mandate,
        )
        chain.to(after, "pre_trial", label, reason, grants, lines)
        return
    chain.to(chain.running, "pre_trial", label, reason, grants)


def _fee(value: Money, mandate: date, *, with_vat: bool) -> Money:
    return costs.out_of_court(value, mandate).sum(with_vat=with_vat) if value else ZERO


def _figures(amount: Range) -> tuple[Money, Money, Money]:
    return amount.low, amount.likely, amount.high


def _counts(position: Position) -> bool:
    return position.recoverable and may_be_summed(position.norm)


def _named(position: Position) -> Text:
    return text("{title}: {reason}", title=position.title, reason=position.reason)


def _stopped(chain: Chain, given: Given, reason: Text, code: str, do: Text | None = None) -> Waterfall:
    """The chain ends at zero, with the reason as a step and as a finding."""
    chain.to(Range(), "no_claim", text("No claim can be worked out"), reason)
    finding = Finding(code, reason, do, Weight.WARNING)
    return Waterfall(
        given.as_of, "", tuple(chain.steps), Range(), Range(), findings=(*given.findings, finding)
    )
