"""The chain under each assumption about the fault, and under an agreed clause: side by side, so that everybody
sees what each changes. Nothing of it is added to what is due."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from heller.law.chain.cap import Cap, Limit
from heller.law.chain.claim_chain import ClaimChain
from heller.model.claim import Scenario
from heller.model.text import Text


class Assumption(Struct, frozen=True):
    """What is assumed, and what would limit the claim then."""

    key: str
    label: Text
    limit: Limit


def scenarios(made: ClaimChain, assumptions: Iterable[Assumption]) -> tuple[Scenario, ...]:
    """The same steps under each assumption, in the order in which a country names them."""
    return tuple(_scenario(made, one) for one in assumptions)


def _scenario(made: ClaimChain, assumed: Assumption) -> Scenario:
    run, limit = made.supposing(limit=assumed.limit), assumed.limit
    return Scenario(
        assumed.key,
        assumed.label,
        limit.reason,
        limit.norm,
        limit.amount if isinstance(limit, Cap) else None,
        tuple(step.running for step in run.steps),
        run.due,
        claimed=limit == made.footing.limit,
    )
