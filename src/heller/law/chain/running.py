"""The chain of steps from gross damage to money in hand: each step changes the three figures of a range.

It adds and refuses; which steps there are, and in which order, is the business of a country.
"""

from __future__ import annotations

from collections.abc import Callable

from heller.law.book.refusals import NotUsable
from heller.law.book.rules import may_be_summed
from heller.model.amount import Range, WorkingLine
from heller.model.claim import Step
from heller.model.damage import NormRef
from heller.model.money import ZERO, Money
from heller.model.text import Text

Formula = Callable[[Money], Money]


def unchanged(amount: Money) -> Money:
    """A step that leaves a single damage as it is."""
    return amount


class RunningSteps:
    """Steps so far and what stands after them; for each step what it does to a single damage, a draw."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.formulas: list[Formula] = []
        self.running = Range()

    def to(
        self,
        after: Range,
        key: str,
        label: Text,
        reason: Text,
        norm: NormRef | None = None,
        working: tuple[WorkingLine, ...] = (),
        of_one: Formula = unchanged,
    ) -> Range:
        """Add the step that leads to `after`; returns its effect. `of_one` never falls as its input grows.

        Raises NotUsable if the step changes the sum and its norm is INF or UNVERIFIED.
        """
        effect = change(self.running, after)
        if norm is not None and effect != Range() and not may_be_summed(norm):
            raise NotUsable(norm.id, norm.mark)
        self.steps.append(Step(key, label, effect, after, reason, norm, working))
        self.formulas.append(of_one)
        self.running = after
        return effect

    def stay(self, key: str, label: Text, reason: Text, norm: NormRef | None = None) -> None:
        """A step that changes nothing, and says why."""
        self.to(self.running, key, label, reason, norm)

    def index(self, *keys: str) -> int:
        """Where the first of these steps stands; behind the last one where the country has none of them."""
        return next((n for n, step in enumerate(self.steps) if step.key in keys), len(self.steps))

    def before(self, *keys: str) -> Range:
        """What stood before the first of these steps; all of it where the country has none of them."""
        at = self.index(*keys)
        return self.steps[at - 1].running if at else Range()

    def effect(self, key: str) -> Range:
        """What a step did; nothing where the country has no such step."""
        return next((step.effect for step in self.steps if step.key == key), Range())

    def carried(self, amount: Money, first: int, last: int) -> Money:
        """A single amount through the steps from one to before another."""
        for formula in self.formulas[first:last]:
            amount = formula(amount)
        return amount


def change(before: Range, after: Range) -> Range:
    """What a step did to the three figures, the smallest first; the likely one always adds up."""
    likely = after.likely - before.likely
    columns = (after.low - before.low, likely, after.high - before.high)
    return Range(min(columns), likely, max(columns))


def each(amount: Range, formula: Formula) -> Range:
    """A formula that never falls as its input grows, applied to low, likely and high."""
    return Range(formula(amount.low), formula(amount.likely), formula(amount.high))


def less(amount: Range, taken: Range) -> Range:
    """Figure by figure, never below zero and never upside down."""
    low, likely, high = (
        max(a - b, ZERO)
        for a, b in ((amount.low, taken.low), (amount.likely, taken.likely), (amount.high, taken.high))
    )
    return Range(min(low, likely), likely, max(likely, high))


def figures(amount: Range) -> tuple[Money, Money, Money]:
    """Low, likely, high."""
    return amount.low, amount.likely, amount.high
