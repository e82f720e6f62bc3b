"""The degree of fault that is pleaded: the main claim stands on it, and what is left without it is the auxiliary claim.

It weighs nothing: a person decides what is pleaded, with reasons, and a court finds the degree.
"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.chain.cap import Limit
from heller.law.chain.claim_chain import ClaimChain
from heller.law.chain.lifts import admissions
from heller.model.finding import Ground
from heller.model.kinds.pleading import FaultDegree, Pleading
from heller.model.pleaded_fault import Auxiliary, PleadedFault
from heller.model.text import text


def pleaded_fault(made: ClaimChain, limit: Limit) -> PleadedFault | None:
    """What is pleaded in a chain that runs at it; `limit` is what limits the claim at simple negligence."""
    said = made.situation.given.pleading
    if said is None:
        return None
    held = made.footing.limit
    return PleadedFault(
        said.degree, tuple(_grounds(made, said)), held.reason, held.norm, _auxiliary(made, limit)
    )


def _grounds(made: ClaimChain, said: Pleading) -> Iterator[Ground]:
    """The reasons of who decided, then the admissions that speak for the degree; simple negligence needs none."""
    yield Ground(text("{reasons}", reasons=said.reasons), said.on, (said.source,) if said.source else ())
    if said.degree is not FaultDegree.SIMPLE:
        yield from admissions(made, intent=said.degree is FaultDegree.INTENT)


def _auxiliary(made: ClaimChain, limit: Limit) -> Auxiliary | None:
    other = made.supposing(limit=limit)
    if other.due == made.due:
        return None
    return Auxiliary(other.principal, other.interest, other.pre_trial, other.due, limit.reason, limit.norm)
