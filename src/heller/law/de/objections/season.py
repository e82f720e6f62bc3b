"""'That month is weak every year.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.business import BUSINESS, SALES, UNITS
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
    lost = attack.sum_of(*BUSINESS)
    if lost.likely <= lost.low:
        return
    yield Objection(
        "season",
        text("Takings in that season are weak every year; the expectation is too high."),
        norm("BGB-252"),
        attack.less(_to_the_cautious),
        _answered(attack),
        tuple(_answers(attack)),
        Range.exact(lost.likely - lost.low),
    )


def _answered(attack: Attack) -> Answered:
    """Units stand in a list; a forecast is as good as it did on quiet weeks."""
    tested = any(one.backtest is not None for part in attack.parts for one in part.assessment.sales)
    return Answered.RECORD if tested or not attack.sum_of(SALES).likely else Answered.WORDS


def _answers(attack: Attack) -> Iterator[Ground]:
    if attack.sum_of(SALES).likely:
        yield Ground(
            text(
                "The expectation follows the weeks before and the days of the week; its cautious figure is demanded."
            )
        )
    if attack.sum_of(UNITS).likely:
        units = [one for one in attack.positions if one.head == UNITS]
        said = text("What was agreed and did not take place is counted one by one, not expected.")
        yield Ground(said, sources=units[0].sources[:1])


def _to_the_cautious(one: Position) -> Range | None:
    """The likely and the high figure fall to the cautious one."""
    if one.head not in BUSINESS:
        return None
    return Range(ZERO, one.amount.likely - one.amount.low, one.amount.high - one.amount.low)


OBJECTION = _objections
