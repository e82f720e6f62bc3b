"""Several events as one matter: their chains added up step by step, and what is owed once for all of them.

Each event keeps its own cap, default and interest. A fee is charged once, on the sum of the values: one lawyer works
for the whole matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec.structs import replace

from heller.law.book.rules import Rulebook
from heller.law.chain.cap import Cap, Limit
from heller.law.chain.claim_chain import ClaimChain, Footing, StepOf
from heller.law.chain.running import RunningSteps, change
from heller.law.facts_of_case import Situation
from heller.model.amount import Range, WorkingLine
from heller.model.claim import Alternative, Step
from heller.model.damage import Assessment
from heller.model.money import Money, total
from heller.model.text import Text, text


class MatterChain(ClaimChain, frozen=True):
    """The chains of several events against one debtor as one; `parts` are theirs, without what is owed `once`."""

    parts: tuple[tuple[Text, ClaimChain], ...] = ()
    once: tuple[StepOf, ...] = ()

    def supposing(self, situation: Situation | None = None, limit: Limit | None = None) -> ClaimChain:
        """The same steps of each event on the firm's facts of another situation, or under another limit."""
        parts = []
        for name, part in self.parts:
            where = part.situation
            if situation is not None:
                where = replace(where, given=replace(where.given, party=situation.given.party))
            parts.append((name, part.supposing(where, limit)))
        return matter(parts, self.once)


def matter(parts: Sequence[tuple[Text, ClaimChain]], once: tuple[StepOf, ...]) -> MatterChain:
    """The sum of the chains of named events, and the steps that are taken once on it. One event at least."""
    chains = [part for _, part in parts]
    running = RunningSteps()
    for n in range(len(chains[0].steps)):
        _add(running, parts, n)
    footing = _footing(chains)
    for step in once:
        step(running, footing)
    return MatterChain(running, footing, chains[0].taken, tuple(parts), once)


def _add(running: RunningSteps, parts: Sequence[tuple[Text, ClaimChain]], n: int) -> None:
    """The n-th step of all events."""
    steps = [(name, part.steps[n]) for name, part in parts]
    first = steps[0][1]
    after = sum((step.running for _, step in steps), Range())
    lines = [line for name, step in steps for line in _lines(name, step)]
    same = all(step.reason == first.reason for _, step in steps)
    reason = first.reason if same else text("Event by event; what each rests on stands under it.")
    chains = [part for _, part in parts]
    running.to(after, first.key, first.label, reason, first.norm, tuple(lines), of_one=_shared(chains, n))


def _lines(name: Text, step: Step) -> list[WorkingLine]:
    """What a step did to one event, with its own working."""
    if step.effect == Range() and not step.working:
        return []
    said = text("{event}: {reason}", event=name, reason=step.reason)
    return [WorkingLine(said, step.effect), *step.working]


def _shared(chains: Sequence[ClaimChain], n: int) -> Callable[[Money], Money]:
    """A step on a single damage of the whole matter: shared out among the events as their likely figures stand
    before it, evenly where nothing stands yet."""
    before = [chain.steps[n - 1].running.likely if n else chain.steps[0].running.likely for chain in chains]
    weights = [one.cents for one in before] if any(before) else [1] * len(chains)

    def step(damage: Money) -> Money:
        shares = (damage * Fraction(weight, sum(weights)) for weight in weights)
        return total(chain.chain.formulas[n](share) for chain, share in zip(chains, shares, strict=True))

    return step


def _footing(chains: Sequence[ClaimChain]) -> Footing:
    """What the steps taken once stand on: the facts of the event that was in default first, all damage, and the value
    of the events that were in default when a lawyer was asked."""
    order = sorted(
        chains,
        key=lambda one: (
            one.situation.given.default is None,
            one.situation.given.default or one.situation.began,
        ),
    )
    first, mandate = order[0], order[0].situation.given.fees.mandate
    late = [one for one in chains if (start := one.situation.given.default) and mandate and start <= mandate]
    assessed = [one.assessment for one in chains]
    return Footing(
        first.situation,
        Assessment.of_all(assessed),
        first.footing.limit,
        value=sum((one.principal for one in late), Range()),
    )


def cap_once(chains: Sequence[ClaimChain], rules: Rulebook) -> tuple[Alternative, ...]:
    """The reading in which the cap counts once for all events of a debtor, where that gives another sum: what it is
    worth, beside the cap of each event, which is what counts."""
    limits = [one.footing.limit for one in chains]
    caps = [limit for limit in limits if isinstance(limit, Cap)]
    if len(caps) < len(limits):
        return ()
    highest = max(caps, key=lambda one: one.amount)
    once = sum((one.before_cap for one in chains), Range()).capped(highest.amount)
    each_one = sum(
        (one.before_cap.capped(cap.amount) for one, cap in zip(chains, caps, strict=True)), Range()
    )
    if once == each_one:
        return ()
    said = text(
        "The cap counts once for all events of one provider, not once for each: {cap} in all. Counted is one for each.",
        cap=highest.amount,
    )
    return (Alternative("cap_once", said, change(each_one, once), rules.open_norm(highest.norm.id)),)
