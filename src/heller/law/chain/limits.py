"""What a country says of limits: the cap of a case, what lifts it, what lies outside it, the degrees of fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from heller.law.book.refusals import LawRefused
from heller.law.chain.cap import Cap, Lifter, Limit, Uncapped
from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.scenarios import Assumption
from heller.law.facts_of_case import Situation
from heller.model.advice import CapAhead
from heller.model.claim import Lift, Outside
from heller.model.kinds.pleading import FaultDegree
from heller.model.money import ZERO, Money
from heller.model.text import text

LiftOf: TypeAlias = Callable[[ClaimChain], Iterable[Lift]]


def nothing_outside(made: ClaimChain) -> tuple[Outside, ...]:
    """Where no cap is set by law, nothing lies outside one."""
    return ()


class CapLaw(Struct, frozen=True):
    """What limits a claim. `limit` is that of a case and `on` that of a day, before there is a case, with what
    lifts it; both raise LawRefused for a day outside the rules. `pleaded` is what limits it where a degree of fault is
    shown, None where the degree changes nothing. `free` is what holds where the cap falls, None where the law knows
    none; `degrees` are the assumptions that are shown side by side."""

    limit: Callable[[Situation], Limit]
    on: Callable[[date], tuple[Limit, tuple[Lifter, ...]]]
    free: Callable[[Situation], Uncapped] | None = None
    degrees: Callable[[Situation], Iterable[Assumption]] | None = None
    lifts: tuple[LiftOf, ...] = ()
    outside: Callable[[ClaimChain], tuple[Outside, ...]] = nothing_outside
    pleaded: Callable[[Situation, FaultDegree], Limit] | None = None

    def held(self, situation: Situation) -> Limit:
        """What limits the claim at the degree of fault that is pleaded; at simple negligence where none is."""
        said = situation.given.pleading
        if said is None or self.pleaded is None:
            return self.limit(situation)
        return self.pleaded(situation, said.degree)


def ahead(law: CapLaw, outage: date, per_day: Money) -> CapAhead:
    """The cap that a running loss of so much a day will meet, by the day of the outage: how high, when it is
    reached, what lifts it."""
    try:
        limit, lifters = law.on(outage)
    except LawRefused:
        return CapAhead(None, None, None, (text("The law of that day is not known here: no cap is shown."),))
    if not isinstance(limit, Cap):
        return CapAhead(None, limit.norm, None, (limit.reason,))
    reached = -(-limit.amount.cents // per_day.cents) if per_day > ZERO else None
    words = [limit.reason]
    if reached is not None:
        words.append(
            text(
                "At the likely figure it is reached after {n} working days.",
                "At the likely figure it is reached after one working day.",
                n=reached,
            )
        )
    return CapAhead(limit.amount, limit.norm, reached, (*words, *(one.text for one in lifters)))
