"""A claim worked out: a country's steps taken in their order, and the sums that others ask of them.

It knows no country, no scenario, no lawsuit and no offer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from heller.law.chain.cap import Limit
from heller.law.chain.running import RunningSteps, each
from heller.law.facts_of_case import Situation
from heller.model.amount import Range
from heller.model.claim import Step
from heller.model.damage import Assessment
from heller.model.money import Money

# The three steps that others ask for by their key; a country may do without any of them.
CAP, INTEREST, PRE_TRIAL = "cap", "interest", "pre_trial"


class Footing(Struct, frozen=True):
    """What the steps stand on: the facts and the outage, the schedule of damages, what limits the claim. `value` is
    what a fee is charged on where that is not all that bears interest."""

    situation: Situation
    assessment: Assessment
    limit: Limit
    value: Range | None = None


StepOf: TypeAlias = Callable[[RunningSteps, Footing], None]


class ClaimChain(Struct, frozen=True):
    """The steps that were taken, what they stand on, and what stands between them."""

    chain: RunningSteps
    footing: Footing
    taken: tuple[StepOf, ...]

    @property
    def situation(self) -> Situation:
        """The facts and the outage."""
        return self.footing.situation

    @property
    def assessment(self) -> Assessment:
        """The schedule of damages."""
        return self.footing.assessment

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps."""
        return tuple(self.chain.steps)

    @property
    def before_cap(self) -> Range:
        """What stands before anything limits it."""
        return self.chain.before(CAP, INTEREST)

    @property
    def principal(self) -> Range:
        """What bears interest: all steps but interest and costs."""
        return self.chain.before(INTEREST)

    @property
    def interest(self) -> Range:
        """The interest in it."""
        return self.chain.effect(INTEREST)

    @property
    def pre_trial(self) -> Range:
        """The costs before a lawsuit that are owed as damage."""
        return self.chain.effect(PRE_TRIAL)

    @property
    def due(self) -> Range:
        """What stands after the last step."""
        return self.chain.running

    def principal_of(self, damage: Money) -> Money:
        """What a single damage, a draw, leaves after the same steps. It never falls as the damage rises."""
        return self.chain.carried(damage, 0, self.chain.index(INTEREST))

    def under_cap(self, amount: Range) -> Range:
        """What would stand as principal if `amount` stood before the cap."""
        first, last = self.chain.index(CAP, INTEREST), self.chain.index(INTEREST)
        return each(amount, lambda one: self.chain.carried(one, first, last))

    def after_cap(self, amount: Range) -> Range:
        """What would stand as principal if `amount` stood after the cap."""
        first, last = self.chain.index(CAP, INTEREST), self.chain.index(INTEREST)
        return each(amount, lambda one: self.chain.carried(one, first + 1, last))

    def without(self, steps: Sequence[StepOf]) -> ClaimChain:
        """The same without some of its steps."""
        return claim_chain(tuple(step for step in self.taken if step not in steps), self.footing)

    def supposing(self, situation: Situation | None = None, limit: Limit | None = None) -> ClaimChain:
        """The same steps on other facts or under another limit."""
        footing = replace(
            self.footing, situation=situation or self.footing.situation, limit=limit or self.footing.limit
        )
        return claim_chain(self.taken, footing)


def claim_chain(steps: Sequence[StepOf], footing: Footing) -> ClaimChain:
    """All steps of a country, in its order. Raises LawRefused where one of them cannot be worked out."""
    chain = RunningSteps()
    for step in steps:
        step(chain, footing)
    return ClaimChain(chain, footing, tuple(steps))
