"""The chain of steps from gross damage to money in hand: each step changes the three figures of a range.

It adds and refuses; which steps there are is the business of `waterfall`.
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


class RunningSteps:
    """Steps so far and what stands after them."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.running = Range()

    def to(
        self,
        after: Range,
        key: str,
        label: Text,
        reason: Text,
        norm: NormRef | None = None,
        working: tuple[WorkingLine, ...] = (),
    ) -> Range:
        """Add the step that leads to `after`; returns its effect.

        Raises NotUsable if the step changes the sum and its norm is INF or UNVERIFIED.
        """
        effect = change(self.running, after)
        if norm is not None and effect != Range() and not may_be_summed(norm):
            raise NotUsable(norm.id, norm.mark)
        self.steps.append(Step(key, label, effect, after, reason, norm, working))
        self.running = after
        return effect


def change(before: Range, after: Range) -> Range:
    """What a step did to the three figures, the smallest first; the likely one always adds up."""
    likely = after.likely - before.likely
    columns = (after.low - before.low, likely, after.high - before.high)
    return Range(min(columns), likely, max(columns))


def each(amount: Range, formula: Callable[[Money], Money]) -> Range:
    """A formula that never falls as its input grows, applied to low, likely and high."""
    return Range(formula(amount.low), formula(amount.likely), formula(amount.high))


def less(amount: Range, taken: Range) -> Range:
    """Figure by figure, never below zero and never upside down."""
    low, likely, high = (
        max(a - b, ZERO)
        for a, b in ((amount.low, taken.low), (amount.likely, taken.likely), (amount.high, taken.high))
    )
    return Range(min(low, likely), likely, max(likely, high))
