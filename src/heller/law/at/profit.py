"""Lost profit: between businesses always owed (§ 349 UGB), to others only for gross negligence or intent (§§ 1324, 1331
ABGB)."""

from __future__ import annotations

from heller.law.at.liability import GROSS
from heller.law.at.rules import norm
from heller.law.chain.claim_chain import Footing
from heller.law.chain.running import RunningSteps, less
from heller.law.chain.steps import counts
from heller.model.amount import Range, WorkingLine
from heller.model.money import ZERO, Money
from heller.model.text import text

PROFIT = ("lost_sales",)  # the heads of what was not earned


def step(chain: RunningSteps, footing: Footing) -> None:
    """What was not earned comes off where the fault is slight and the firm is no business."""
    label = text("Lost profit")
    if footing.limit.norm.id == GROSS:
        chain.stay("profit", label, text("Gross negligence or intent: lost profit is owed."), norm(GROSS))
        return
    if not footing.situation.given.party.consumer:
        said = text("Between businesses lost profit is owed whatever the degree of fault.")
        chain.stay("profit", label, said, norm("AT-UGB-349"))
        return
    lost = [one for one in footing.assessment.positions if one.head in PROFIT and counts(one)]
    taken = sum((one.amount for one in lost), Range())

    def rest(damage: Money) -> Money:
        return max(damage - taken.likely, ZERO)

    chain.to(
        less(chain.running, taken),
        "profit",
        label,
        text("A consumer has lost profit only for gross negligence or intent; slight negligence is counted."),
        norm(GROSS),
        tuple(WorkingLine(one.title, -one.amount, one.sources) for one in lost),
        of_one=rest,
    )
