"""'That month is weak every year.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.damage import Position
from heller.model.finding import Ground
from heller.model.money import ZERO
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """A weaker season leads to the cautious end of what was lost, not below it."""
    lost = attack.sum_of("lost_sales")
    sales = [one for part in attack.parts for one in part.assessment.sales]
    if not lost.likely or not sales:
        return
    off = Range.exact(lost.likely - lost.low)
    tested = next((one.backtest for one in sales if one.backtest is not None), None)
    said = text(
        "The expectation follows the weeks before and the days of the week; its cautious figure is demanded."
    )
    yield Objection(
        "season",
        text("Takings in that season are weak every year; the expectation is too high."),
        norm("BGB-252"),
        attack.less(_to_the_cautious),
        Answered.RECORD if tested is not None else Answered.WORDS,
        (Ground(said),),
        off,
    )


def _to_the_cautious(one: Position) -> Range | None:
    """The likely and the high figure fall to the cautious one."""
    if one.head != "lost_sales":
        return None
    return Range(ZERO, one.amount.likely - one.amount.low, one.amount.high - one.amount.low)


OBJECTION = _objections
