"""What limits a claim in Austria: no statute; only what was agreed. The degree of fault decides on lost profit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from heller.law.at.rules import NAME, norm
from heller.law.chain.cap import Cap, Lifter, Limit, Uncapped
from heller.law.chain.limits import CapLaw
from heller.law.chain.scenarios import Assumption
from heller.law.facts_of_case import Situation
from heller.model.text import text

GROSS = "AT-1324-1331"


def limit(situation: Situation) -> Limit:
    """An agreed cap where one is stated, else none."""
    agreed = situation.given.contract.agreed_cap
    if agreed is None:
        return no_cap()
    reason = text(
        "The contract limits the claim to {cap}; a term that is grossly unfair is void.", cap=agreed
    )
    return Cap(agreed, NAME, norm("AT-879-3"), reason, agreed=True)


def no_cap() -> Uncapped:
    """The Act sets none."""
    reason = text(
        "No statute limits it. A cap may stand in the provider's terms: state it where one was agreed."
    )
    return Uncapped(NAME, norm("AT-TKG-NOCAP"), reason)


def gross(situation: Situation) -> Uncapped:
    """Gross negligence or intent: all is owed, whatever was agreed."""
    return Uncapped(
        NAME, norm(GROSS), text("Gross negligence or intent: all damage is owed, lost profit too.")
    )


def on(outage: date) -> tuple[Limit, tuple[Lifter, ...]]:
    """What limits a claim on a day, before there is a case."""
    return no_cap(), ()


def degrees(situation: Situation) -> Iterator[Assumption]:
    """Slight, and gross negligence or intent."""
    yield Assumption("slight", text("Slight negligence"), limit(situation))
    yield Assumption("gross", text("Gross negligence or intent"), gross(situation))


CAP = CapLaw(limit, on, gross, degrees)
