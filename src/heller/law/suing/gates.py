"""What stops a claim whatever its merits: limitation, a settlement that gave it up, what a country adds.

A gate counts only as far as the chance that it closes is known; what nobody knows is shown with both figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from heller.law.chain.limitation import LimitationLaw, time_bar
from heller.law.facts_of_case import Situation
from heller.model.damage import NO_RULE, NormRef
from heller.model.kinds.settlement import Forfeiture
from heller.model.money import Money
from heller.model.terms import Waiver
from heller.model.text import Text, text

CERTAIN = Decimal(1)


class Bar(Struct, frozen=True):
    """A gate without its euros: see `heller.model.decision.ClaimGate`."""

    key: str
    label: Text
    why: Text
    norm: NormRef
    closes: Decimal | None


GateOf: TypeAlias = Callable[[Situation, Money], Iterable[Bar]]


def bars(
    situation: Situation, limitation: LimitationLaw, due: Money, more: Sequence[GateOf] = ()
) -> tuple[Bar, ...]:
    """All that stand in the way of what is due on the day of a case, limitation first."""
    found = [*_limitation(situation, limitation), *_settlement_bars(situation)]
    return (*found, *(bar for of in more for bar in of(situation, due)))


def passes(found: Iterable[Bar]) -> Fraction:
    """The chance that none of them stops the claim; what nobody knows stops nothing."""
    chance = Fraction(1)
    for bar in found:
        chance *= 1 - Fraction(bar.closes or 0)
    return chance


def beside(found: Sequence[Bar]) -> Iterator[tuple[Bar, Fraction]]:
    """Each with the chance that none of the others stops the claim."""
    for n, bar in enumerate(found):
        yield bar, passes((*found[:n], *found[n + 1 :]))


def _limitation(situation: Situation, law: LimitationLaw) -> Iterator[Bar]:
    """The time is over. Nobody who owes lets that pass, so the plea counts as certain."""
    bar = time_bar(law, situation.began, situation.given.dealings)
    if bar is None or situation.given.as_of <= bar.end:
        return
    why = text(
        "By what is known here the claim is time-barred since {day}. Who owes may refuse to pay from then on, however "
        "well the damage is proven; that he does is counted as certain.",
        day=bar.end,
    )
    yield Bar("limitation", text("Limitation"), why, law.plea, CERTAIN)


def _settlement_bars(situation: Situation) -> Iterator[Bar]:
    """A settlement gave the claim up beyond its sum; one that may revive the claim counts nothing."""
    for agreed in situation.given.dealings.settlements:
        if agreed.waives is Waiver.NONE or agreed.events:
            continue
        why = text(
            "The settlement of {day} gives up what goes beyond {sum}; that sum is owed whatever the damage was.",
            day=agreed.on,
            sum=agreed.amount,
        )
        known = agreed.forfeits is not Forfeiture.CLAIM_REVIVES
        yield Bar("settled", text("Settlement"), why, NO_RULE, CERTAIN if known else None)
