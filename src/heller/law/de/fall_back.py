"""At a change of provider the old line must be given back if the change fails (§ 46 TKG 2004, § 59 TKG)."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.book.versions import choose, in_force
from heller.law.chain.claim_chain import ClaimChain
from heller.law.de.rules import norm
from heller.model.advice import Duty
from heller.model.damage import NormRef
from heller.model.text import text


def fall_back(made: ClaimChain) -> Iterator[Duty]:
    """To demand it."""
    if made.situation.given.contract.provider_change:
        said = text(
            "Demand that the old provider serves again until the change succeeds; note it as a contact."
        )
        yield Duty("fall_back", said, None, choose(made.situation.began, (_back_2004, _back_2021))())


@in_force(since="2012-07-02", until="2021-11-30")
def _back_2004() -> NormRef:
    return norm("TKG04-46-2")


@in_force(since="2021-12-01")
def _back_2021() -> NormRef:
    return norm("TKG21-59-1")
