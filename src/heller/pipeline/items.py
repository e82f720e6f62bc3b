"""The items of a claim that the other side rules on, and what is due for what it agrees to. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from heller import law
from heller.model.amount import Range
from heller.model.claim import Claim
from heller.model.dispute import ClaimItem
from heller.model.money import Money
from heller.pipeline.parts import parts_of_claim


def items(claimed: Claim) -> tuple[ClaimItem, ...]:
    """What is demanded, item by item: what the other side rules on."""
    return law.items(parts_of_claim(claimed), claimed.waterfall.as_of)


def if_agreed(claimed: Claim, agreed: Mapping[str, Money]) -> Range:
    """What would be due if nothing but what is agreed of each item were asked for."""
    as_of = claimed.waterfall.as_of
    parts = law.agreed_parts(parts_of_claim(claimed), agreed, as_of)
    return law.due_of(parts, as_of, law.account_records(claimed.case, as_of))
