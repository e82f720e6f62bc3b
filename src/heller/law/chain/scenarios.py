"""The chain under each degree of fault, and under an agreed clause: side by side, so that everybody sees
what each assumption changes. Nothing of it is added to what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from heller.law.chain.steps import ClaimChain, claim_chain
from heller.law.de import liability
from heller.law.de.liability import Cap, Lifter
from heller.law.de.set_off import Lump
from heller.law.facts_of_case import LegalFacts
from heller.model.claim import Scenario
from heller.model.damage import Assessment, NormRef
from heller.model.text import Text, text

GROSS, INTENT = "gross_negligence", "intent"


def scenarios(given: LegalFacts, assessment: Assessment, lump: Lump, began: date) -> tuple[Scenario, ...]:
    """Simple negligence, gross negligence, intent, and the clause where one was agreed; in this order
    none gives less than the one before, the clause apart."""
    return tuple(_scenarios(given, assessment, lump, began))


def without_cap(given: LegalFacts, assessment: Assessment, lump: Lump, began: date) -> ClaimChain:
    """The chain without a cap: what the provider owes who acted with intent."""
    lifter = _lifter(began, INTENT)
    return claim_chain(given, assessment, lump, None, lifter.text, lifter.norm)


def _scenarios(given: LegalFacts, assessment: Assessment, lump: Lump, began: date) -> Iterator[Scenario]:
    def made(key: str, label: Text, cap: Cap | None, reason: Text, norm: NormRef) -> Scenario:
        run = claim_chain(given, assessment, lump, cap, reason, norm)
        return Scenario(
            key,
            label,
            reason,
            norm,
            cap.amount if cap else None,
            tuple(step.running for step in run.chain.steps),
            run.chain.running,
        )

    of_law = liability.cap(began)
    yield made("simple", text("Simple negligence"), of_law, of_law.reason, of_law.norm)
    gross, intent = _lifter(began, GROSS), _lifter(began, INTENT)
    yield made("gross", text("Gross negligence"), None if gross.lifts else of_law, gross.text, gross.norm)
    yield made("intent", text("Intent"), None, intent.text, intent.norm)
    if given.agreed_cap is not None:
        agreed = liability.cap(began, given.agreed_cap)
        yield made("clause", text("Agreed clause"), agreed, agreed.reason, agreed.norm)


def _lifter(began: date, key: str) -> Lifter:
    return next(one for one in liability.lifters(began) if one.key == key)
