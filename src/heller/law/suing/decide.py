"""Settle or sue: what suing is worth over the draws of the damage and the user's range of odds, what an
offer is worth beside it, which counter-offer is sensible, and which sum is the right one to sue for.

It invents no probability: without stated odds there are break-even odds only.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from heller.law.book.refusals import LawRefused
from heller.law.chain.running import change
from heller.law.suing import offers, routes, swings
from heller.law.suing.gates import beside
from heller.law.suing.inputs import BEARS_ALL, Stakes, Table, inputs, notes, table
from heller.law.suing.routes import RouteOf
from heller.law.suing.suit import ONE, best_value, exposure, if_lost, if_won, mean, outcomes, quantile, worth
from heller.model.amount import Range
from heller.model.claim import AGREED, Step
from heller.model.damage import NormRef
from heller.model.decision import Chance, ClaimGate, Decision, SuitSize, best_offer
from heller.model.money import ZERO, Money
from heller.model.text import Text, text

SCALE = (Decimal(0), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal(1))  # a scale, nobody's odds
LOW, MIDDLE, HIGH = Fraction(1, 20), Fraction(1, 2), Fraction(19, 20)
CANDIDATES = 24  # draws that are tried as the sum to sue for


def decision(case: Stakes, ways: Sequence[RouteOf] = ()) -> Decision | None:
    """The whole answer; None where nothing is due, or where the tables of fees do not carry the day."""
    value = case.value
    if not value:
        return None
    try:
        return _decision(case, value, ways)
    except LawRefused:
        return None


def _decision(case: Stakes, value: Money, ways: Sequence[RouteOf]) -> Decision:
    made = table(case)
    odds = case.given.suit.odds
    expected = None if odds is None else (made.at(value, odds[0]), made.at(value, odds[1]))
    counter = None if odds is None or expected is None else _counter(made, value, odds, expected)
    weighed = offers.weigh(case.given, made, value, expected, case.agreed)
    found = routes.routes(routes.crossroads(case, made, value, best_offer(weighed), counter), ways)
    return Decision(
        inputs=inputs(case, made, value),
        value=value,
        risk=made.suit.risk(value),
        won=_spread(made, value),
        lost=if_lost(made.suit, value),
        offers=weighed,
        odds=odds,
        expected=expected,
        counter=counter,
        chances=tuple(_chance(made, value, one, odds) for one in _scale(odds)),
        sizes=_sizes(case, made, value),
        swings=() if odds is None else swings.swings(case, made, value, odds, found),
        notes=notes(case),
        gates=_gates(case, made, value),
        routes=found,
        best_route=routes.best(found),
    )


def _gates(case: Stakes, made: Table, value: Money) -> tuple[ClaimGate, ...]:
    """What stops the claim, each with what suing is worth on either side of it, the others as they are."""
    odds, found = case.given.suit.odds, case.bars
    at = ONE if odds is None else Fraction(odds[0] + odds[1]) / 2
    lost = if_lost(made.suit, value)
    return tuple(
        ClaimGate(
            b.key, b.label, b.why, b.norm, b.closes, lost, worth(replace(made.suit, passes=free), value, at)
        )
        for b, free in beside(found)
    )


def _spread(made: Table, value: Money) -> Range:
    """What is left if the claim succeeds: in the worst of twenty draws, in the middle, in the best."""
    draws = [(amount, Fraction(n)) for amount, n in if_won(made.suit, value)]
    return Range(quantile(draws, LOW), quantile(draws, MIDDLE), quantile(draws, HIGH))


def _counter(
    made: Table, value: Money, odds: tuple[Decimal, Decimal], expected: tuple[Money, Money]
) -> tuple[Money, Money] | None:
    """From what suing is worth on the cautious odds to what the other side loses on the hopeful ones; none where the
    other side has nothing to lose."""
    if not made.suit.passes:
        return None
    most = exposure(made.suit, value, Fraction(odds[1]))
    least = max(expected[0], ZERO)
    return least, max(most, least)


def _scale(odds: tuple[Decimal, Decimal] | None) -> list[Decimal]:
    return sorted({*SCALE, *(odds or ())})


def _chance(made: Table, value: Money, odds: Decimal, asked: tuple[Decimal, Decimal] | None) -> Chance:
    spread = outcomes(made.suit, value, Fraction(odds))
    return Chance(
        odds=odds,
        expected=made.at(value, odds),
        low=quantile(spread, LOW),
        middle=quantile(spread, MIDDLE),
        high=quantile(spread, HIGH),
        asked=asked is not None and odds in asked,
    )


def _sizes(case: Stakes, made: Table, value: Money) -> tuple[SuitSize, ...]:
    """What is due, the whole damage where it is more, and the best sums: each with what it leaves."""
    whole = max(case.claimed.before_cap.likely - case.agreed, ZERO)
    rows = [_size(made, case, "due", text("What is due"), value)]
    if whole > value:
        rows.append(_size(made, case, "whole", text("The whole damage"), whole))
    return (*rows, *_best(made, case, _candidates(case, made, value)))


def _best(made: Table, case: Stakes, candidates: Sequence[Money]) -> list[SuitSize]:
    odds = case.given.suit.odds
    if not made.suit.passes:
        return [_size(made, case, "best", text("Worth most at any odds"), ZERO)]
    if odds is None:
        sure = best_value(made.suit, candidates, Fraction(1))
        return [_size(made, case, "best", text("Leaves most if the claim succeeds"), sure)]
    low, high = (best_value(made.suit, candidates, Fraction(one)) for one in odds)
    if low == high:
        return [_size(made, case, "best", text("Worth most on your odds"), low)]
    return [
        _size(made, case, "best_low", text("Worth most on your cautious odds"), low),
        _size(made, case, "best_high", text("Worth most on your hopeful odds"), high),
    ]


def _candidates(case: Stakes, made: Table, value: Money) -> tuple[Money, ...]:
    """Where the best sum can lie: at a draw, where a fee is about to rise, or at nothing: not to sue."""
    sums = [owed for owed, _ in made.suit.owed if owed]
    picked = sums[:: max(len(sums) // CANDIDATES, 1)]
    most = max(sums, default=value)
    return tuple(sorted({ZERO, value, most, *picked, *case.law.tops(case.given.fees, most)}))


def _size(made: Table, case: Stakes, key: str, label: Text, value: Money) -> SuitSize:
    odds = case.given.suit.odds
    plain = replace(made.suit, gain=_nothing, bearing=BEARS_ALL, discount=ONE)
    return SuitSize(
        key=key,
        label=label if value else text("{label}: not to sue at all", label=label),
        value=value,
        risk=made.suit.risk(value),
        won=mean(if_won(made.suit, value)),
        lost_to_costs=-mean(if_won(plain, value)),
        expected=None if odds is None else (made.at(value, odds[0]), made.at(value, odds[1])),
    )


def _nothing(award: Money) -> Money:
    return ZERO


def part_payment(due: Range, agreed: Money) -> Step:
    """What is agreed comes off before anything is weighed: it is paid as a part, the rest is fought over."""
    left = Range(*(max(one - agreed, ZERO) for one in (due.low, due.likely, due.high)))
    reason = text("Nobody disputes {agreed} of it; what follows is about the rest.", agreed=agreed)
    return Step(AGREED, text("Agreed, to be paid at once"), change(due, left), left, reason)


def beyond(decided: Decision, due: Range, quota: NormRef) -> tuple[Step, ...]:
    """The last steps of the waterfall, for the firm alone: costs, worth of suing, the offer beside it."""
    shut = decided.shut
    steps = [] if shut is None else [_gate_step(shut, due)]
    steps.append(_costs_step(decided, steps[-1].running if steps else due, quota))
    if decided.expected is not None and decided.odds is not None:
        steps.append(_worth_step(decided, steps[-1].running, quota))
    if decided.best is not None:
        steps.append(_offer_step(decided, steps[-1].running))
    return tuple(steps)


def _gate_step(shut: ClaimGate, due: Range) -> Step:
    """The claim in two columns: raised nothing stands, not raised what is due."""
    reason = text("{why} If it is not raised, {due} stands.", why=shut.why, due=due.likely)
    return Step(
        "gate", text("{gate} is raised", gate=shut.label), change(due, Range()), Range(), reason, shut.norm
    )


def _costs_step(decided: Decision, due: Range, quota: NormRef) -> Step:
    if decided.shut is not None:
        left = Range.exact(decided.lost)
        lost = text("Suing for {value} all the same costs {risk}.", value=decided.value, risk=decided.risk)
        return Step("costs", text("Costs of suing"), change(due, left), left, lost, quota)
    reason = text(
        "Suing for {value}: {risk} of costs are at risk; who wins a part bears the part of them that he lost. "
        "The figures are what is left if the claim succeeds.",
        value=decided.value,
        risk=decided.risk,
    )
    return Step("costs", text("Costs of suing"), change(due, decided.won), decided.won, reason, quota)


def _worth_step(decided: Decision, before: Range, quota: NormRef) -> Step:
    assert decided.expected is not None and decided.odds is not None
    low, high = decided.expected
    worth_now = Range(low, Money((low.cents + high.cents) // 2, low.currency), high)
    reason = text(
        "On your odds of {low:percent} to {high:percent}; if the claim fails, {lost} are left.",
        low=decided.odds[0],
        high=decided.odds[1],
        lost=decided.lost,
    )
    return Step("worth", text("Worth of suing"), change(before, worth_now), worth_now, reason, quota)


def _offer_step(decided: Decision, before: Range) -> Step:
    best = decided.best
    assert best is not None
    stands = Range.exact(best.worth)
    return Step("offer", text("The offer instead"), change(before, stands), stands, best.words)
