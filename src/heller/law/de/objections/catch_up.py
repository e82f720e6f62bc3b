"""'Your customers ordered later.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """All of the lost sales, where nothing that came back was taken off; else what is left of them."""
    lost = attack.sum_of("lost_sales")
    sales = [one for part in attack.parts for one in part.assessment.sales]
    if not lost.likely or not sales:
        return
    back = sum((one.catch_up for one in sales), Range())
    seen = any(one.path and one.path[-1].day > attack.parts[-1].event.began for one in sales)
    said = text("Takings of {amount} that came back after the outage are off the loss.", amount=back.likely)
    yield Objection(
        "catch_up",
        text("{customers:cap} who could not come then came later; nothing was lost."),
        norm("HEAD-05"),
        attack.without("lost_sales"),
        Answered.RECORD if seen else Answered.OPEN,
        (Ground(said),),
        lost,
    )


OBJECTION = _objections
