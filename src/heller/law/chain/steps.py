"""Steps that any country may take, each made with the rule that grants it there; a country sets their order.

A step adds itself to the chain with its reason, also where it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from heller.law.book.interest import Interest
from heller.law.book.rules import may_be_summed
from heller.law.chain.cap import Cap, Limit, limited
from heller.law.chain.claim_chain import CAP, INTEREST, Footing, StepOf
from heller.law.chain.interest_lines import interest_lines
from heller.law.chain.running import RunningSteps, each, figures, less
from heller.model.amount import Range, WorkingLine
from heller.model.damage import Assessment, NormRef, Position
from heller.model.money import ZERO, Money
from heller.model.text import Text, text


def gross(norm: NormRef) -> StepOf:
    """All positions, also those that cannot be claimed; the sum of the others as the draws give it."""

    def step(chain: RunningSteps, footing: Footing) -> None:
        add_gross(chain, footing.assessment, norm)

    return step


def add_gross(chain: RunningSteps, assessment: Assessment, norm: NormRef | None) -> None:
    """The first step of every chain."""
    positions = tuple(p for p in assessment.positions if not p.apart)
    refused = sum((p.amount for p in positions if not p.recoverable), Range())
    reason = (
        text("The sum of all positions of the schedule of damages, {n} in number.", n=len(positions))
        if positions
        else text("The schedule of damages is empty.")
    )
    chain.to(assessment.total + refused, "gross", text("Gross damage"), reason, norm)


def not_recoverable(norm: NormRef) -> StepOf:
    """Positions that no rule grants, and positions whose rule is not verified, come off."""

    def step(chain: RunningSteps, footing: Footing) -> None:
        take_off_refused(chain, footing.assessment, norm)

    return step


def take_off_refused(chain: RunningSteps, assessment: Assessment, norm: NormRef) -> None:
    """What cannot be claimed comes off, line by line."""
    positions = [p for p in assessment.positions if not p.apart]
    refused = [p for p in positions if not counts(p)]
    after = assessment.total
    for position in refused:
        after = less(after, position.amount) if position.recoverable else after
    taken = assessment.total.likely - after.likely
    chain.to(
        after,
        "not_recoverable",
        text("Not recoverable"),
        _refused(refused, len(positions)),
        norm,
        tuple(WorkingLine(_with_reason(p), -p.amount, p.sources) for p in refused),
        of_one=lambda damage: max(damage - taken, ZERO),
    )


def _refused(refused: list[Position], n: int) -> Text:
    open_rule = sum(one.recoverable for one in refused)
    if not refused:
        return text("Every position can be claimed.")
    if open_rule:
        return text(
            "Shown and not claimed: {n} of {all} positions, {m} because their rule is not verified.",
            n=len(refused),
            all=n,
            m=open_rule,
        )
    return text("Shown and not claimed: {n} of {all} positions.", n=len(refused), all=n)


def contributory_fault(norm: NormRef) -> StepOf:
    """The firm's share of the fault comes off; the cautious figure bears the largest share."""

    def step(chain: RunningSteps, footing: Footing) -> None:
        least, likely, most = footing.situation.given.party.fault
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
        label = text("Contributory fault")
        chain.to(after, "fault", label, reason, norm, of_one=lambda damage: damage * (1 - likely))

    return step


def cap(chain: RunningSteps, footing: Footing) -> None:
    """The most that one end user gets; without a cap the reason why there is none."""
    label, limit = text("Cap on liability"), footing.limit
    if not isinstance(limit, Cap):
        chain.stay(CAP, label, limit.reason, limit.norm)
        return
    reason = limit.reason
    if chain.running.high <= limit.amount:
        reason = text("The damage stays below the cap of {cap}.", cap=limit.amount)
    after = chain.running.capped(limit.amount)
    chain.to(after, CAP, label, reason, limit.norm, of_one=lambda damage: limited(damage, limit))


def insurers(norm: NormRef) -> StepOf:
    """What the own insurer paid is his claim now, but never to the firm's disadvantage: it keeps its claim up to the
    damage that the payment left uncovered, as it was before fault and cap."""

    def step(chain: RunningSteps, footing: Footing) -> None:
        insured = footing.situation.given.insured
        label, damage = text("Paid by insurers"), chain.before("fault", CAP)
        if not insured.paid or insured.same_kind is False:
            chain.stay("insurers", label, _no_insurer(insured.paid), norm)
            return
        share, limit = footing.situation.given.party.fault[1], footing.limit

        def of_one(amount: Money) -> Money:
            return _share_kept(amount, _whole_damage(amount, share, limit, damage.likely), insured.paid)

        columns = zip(figures(chain.running), figures(damage), strict=True)
        after = Range(*(_share_kept(amount, whole, insured.paid) for amount, whole in columns))
        chain.to(after, "insurers", label, _passed(damage.likely, insured.paid), norm, of_one=of_one)

    return step


def _no_insurer(paid: Money) -> Text:
    if paid:
        return text("The own insurer paid for loss of another kind; nothing of this claim has passed to him.")
    return text("No payment by an own insurer is stated.")


def _passed(damage: Money, paid: Money) -> Text:
    return text(
        "The own insurer paid {paid}. The firm keeps its claim up to the damage that is still uncovered, {damage} less "
        "{paid}; only what goes beyond it has passed to him.",
        paid=paid,
        damage=damage,
    )


def _share_kept(claim: Money, damage: Money, paid: Money) -> Money:
    """What the insured keeps of a claim."""
    return min(claim, max(damage - paid, ZERO))


def _whole_damage(claim: Money, share: Decimal, limit: Limit, likely: Money) -> Money:
    """The damage behind a single claim, a draw: without the own share of fault; where the cap cuts it, at least the
    likely one."""
    whole = claim * (1 / Fraction(1 - share)) if share < 1 else claim
    return max(whole, likely) if isinstance(limit, Cap) and claim >= limit.amount else whole


def own_claims(norm: NormRef) -> StepOf:
    """Claims of their own beside the damage, as the refund of the fee: no own fault, no cap and no lump sum cuts them,
    and they bear interest like the rest. One whose rule nobody has verified is not added."""

    def step(chain: RunningSteps, footing: Footing) -> None:
        positions = footing.assessment.positions
        added = [p for p in positions if p.apart and p.amount != Range() and may_be_summed(p.norm)]
        sum_ = sum((p.amount for p in added), Range())
        label = text("Claims of their own")
        reason = (
            text("No damages: nothing that cuts damages cuts them.") if added else text("There is none here.")
        )
        lines = tuple(WorkingLine(p.title, p.amount, p.sources) for p in added)
        after = chain.running + sum_
        chain.to(after, "own_claims", label, reason, norm, lines, of_one=lambda one: one + sum_.likely)

    return step


class InterestLaw(Struct, frozen=True):
    """Interest on damages. `earned` works it out on a sum from one day to another, both included; `known_until`
    is the last day for which the rates are known; `words` says in a sentence what was counted, `runs_on` how it is owed
    after the last known day."""

    norm: NormRef
    earned: Callable[[Money, date, date], Interest]
    known_until: Callable[[], date]
    words: Callable[[Interest, date, date], Text]
    runs_on: Callable[[], Text | None] = lambda: None


def interest(law: InterestLaw) -> StepOf:
    """Interest from the first day of default."""

    def step(chain: RunningSteps, footing: Footing) -> None:
        label, given = text("Default interest"), footing.situation.given
        if given.default is None:
            reason = text(
                "No demand letter with a date is in the case, so the provider is not in default yet."
            )
            chain.stay(INTEREST, label, reason, law.norm)
        elif given.default > given.as_of:
            chain.stay(INTEREST, label, text("Default begins on {day}.", day=given.default), law.norm)
        else:
            _interest(chain, law, given.default, min(given.as_of, law.known_until()))

    return step


def _interest(chain: RunningSteps, law: InterestLaw, first: date, last: date) -> None:
    sums = {amount: law.earned(amount, first, last) for amount in figures(chain.running)}
    likely = sums[chain.running.likely]
    after = each(chain.running, lambda amount: amount + sums[amount].amount)
    reason = law.words(likely, first, last)
    lines = interest_lines(likely)
    if chain.running.low != chain.running.likely:
        cautious = sums[chain.running.low]
        lines = (*_on(text("On the cautious figure"), cautious), *_on(text("On the likely figure"), likely))
    chain.to(after, INTEREST, text("Default interest"), reason, law.norm, lines)


def _on(figure: Text, made: Interest) -> tuple[WorkingLine, ...]:
    """The working of one of the figures, under its name: the one that is demanded comes first."""
    return (WorkingLine(figure, Range.exact(made.amount)), *interest_lines(made))


def counts(position: Position) -> bool:
    """Whether a position enters the sum: it can be claimed, and its rule is verified."""
    return position.recoverable and may_be_summed(position.norm)


def _with_reason(position: Position) -> Text:
    return text("{title}: {reason}", title=position.title, reason=position.reason)
