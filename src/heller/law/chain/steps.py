"""The single steps from gross damage to what is due; `claim_chain` takes them in the order of a court.

It knows no scenario, no lawsuit and no offer.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from heller.law.book.rules import may_be_summed, norm, rule, usable
from heller.law.chain.running import RunningSteps, each, less
from heller.law.de import costs, interest
from heller.law.de.liability import Cap
from heller.law.de.set_off import Lump
from heller.law.facts_of_case import LegalFacts
from heller.model.amount import Range, WorkingLine
from heller.model.damage import Assessment, NormRef, Position
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


class ClaimChain(Struct, frozen=True):
    """The chain with its steps, the sums before the cap and after the insurers, and the interest in it.

    `refused` is what comes off the damage because its rule is not verified.
    """

    chain: RunningSteps
    before_cap: Range
    principal: Range
    interest: Range
    refused: Money
    lump: Lump
    cap: Cap | None


def claim_chain(
    given: LegalFacts, assessment: Assessment, lump: Lump, cap: Cap | None, lifted: Text, grants: NormRef
) -> ClaimChain:
    """All steps. Where `cap` is None there is none, for the reason `lifted` under the norm `grants`."""
    chain = RunningSteps()
    gross(chain, assessment)
    not_recoverable(chain, assessment)
    refused = assessment.total.likely - chain.running.likely
    fault(chain, given)
    lump_sums(chain, lump)
    before_cap = chain.running
    apply_cap(chain, cap, lifted, grants)
    insurers(chain, given)
    principal = chain.running
    earned = add_interest(chain, given)
    pre_trial(chain, given, principal)
    return ClaimChain(chain, before_cap, principal, earned, refused, lump, cap)


def principal_of(given: LegalFacts, made: ClaimChain, damage: Money) -> Money:
    """What a single damage, a draw, leaves after the same steps. It never falls as the damage rises."""
    left = max(damage - made.refused, ZERO) * (1 - given.fault[1])
    left = max(left, made.lump.amount)
    left = left if made.cap is None else min(left, made.cap.amount)
    return max(left - given.insured, ZERO)


def gross(chain: RunningSteps, assessment: Assessment) -> None:
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


def not_recoverable(chain: RunningSteps, assessment: Assessment) -> None:
    """Positions that no rule grants, and positions whose rule is not verified."""
    refused = [p for p in assessment.positions if not counts(p)]
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


def fault(chain: RunningSteps, given: LegalFacts) -> None:
    """§ 254 BGB: the firm's share of the fault comes off; the cautious figure bears the largest share."""
    least, likely, most = given.fault
    if least != most:
        reason = text(
            "The firm bears {least:percent} to {most:percent} of the damage itself, likely {likely:percent}.",
            least=least,
            most=most,
            likely=likely,
        )
    elif likely:
        reason = text("The firm bears {share:percent} of the damage itself.", share=likely)
    else:
        reason = text("No contributory fault is stated.")
    now = chain.running
    after = Range(now.low * (1 - most), now.likely * (1 - likely), now.high * (1 - least))
    chain.to(after, "fault", text("Contributory fault"), reason, norm("BGB-254"))


def lump_sums(chain: RunningSteps, lump: Lump) -> None:
    """Lump sums and damages are set off both ways: the higher one counts (§§ 58 (3), 59 (4), 69 TKG)."""
    after = each(chain.running, lambda damage: max(damage, lump.amount))
    chain.to(after, "lump_sums", text("Set off against lump sums"), lump.reason, lump.norm, lump.working)


def apply_cap(chain: RunningSteps, cap: Cap | None, lifted: Text, norm: NormRef) -> None:
    """The most that one end user gets; without a cap the reason why it falls."""
    label = text("Cap on liability")
    if cap is None:
        chain.to(chain.running, "cap", label, lifted, norm)
        return
    reason = cap.reason
    if chain.running.high <= cap.amount:
        reason = text("The damage stays below the cap of {cap}.", cap=cap.amount)
    chain.to(chain.running.capped(cap.amount), "cap", label, reason, cap.norm)


def insurers(chain: RunningSteps, given: LegalFacts) -> None:
    """§ 86 VVG: what the own insurer paid is his claim now."""
    reason = (
        text("What the own insurer paid has passed to him.")
        if given.insured
        else text("No payment by an own insurer is stated.")
    )
    after = each(chain.running, lambda amount: max(amount - given.insured, ZERO))
    chain.to(after, "insurers", text("Paid by insurers"), reason, norm("VVG-86"))


def add_interest(chain: RunningSteps, given: LegalFacts) -> Range:
    """§ 288 (1) BGB from the first day of default; returns the interest."""
    label, grants = text("Default interest"), norm("BGB-288-1")
    if given.default is None:
        reason = text("No demand letter with a date is in the case, so the provider is not in default yet.")
    elif given.default > given.as_of:
        reason = text("Default begins on {day}.", day=given.default)
    else:
        return _interest(chain, given, given.default, label)
    return chain.to(chain.running, "interest", label, reason, grants)


def _interest(chain: RunningSteps, given: LegalFacts, first: date, label: Text) -> Range:
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


def pre_trial(chain: RunningSteps, given: LegalFacts, principal: Range) -> None:
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
                total + fee(given, value)
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


def fee(given: LegalFacts, value: Money) -> Money:
    """The lawyer's fee out of court on a value, with the table of the mandate."""
    mandate, vat = given.mandate or given.as_of, given.deducts_vat is False
    return costs.out_of_court(value, mandate).sum(with_vat=vat) if value else ZERO


def _figures(amount: Range) -> tuple[Money, Money, Money]:
    return amount.low, amount.likely, amount.high


def counts(position: Position) -> bool:
    """Whether a position enters the sum: it can be claimed, and its rule is verified."""
    return position.recoverable and may_be_summed(position.norm)


def _named(position: Position) -> Text:
    return text("{title}: {reason}", title=position.title, reason=position.reason)
