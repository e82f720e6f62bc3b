"""'The overtime cost more than it brought back.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    paid = attack.sum_of("overtime")
    if not paid.likely:
        return
    sales = [one for part in attack.parts for one in part.assessment.sales]
    back = sum((one.catch_up for one in sales), Range())
    more = back.likely > paid.likely
    said = text(
        "Takings of {amount} came back in the days after; they are off the lost {takings}.",
        amount=back.likely,
    )
    yield Objection(
        "overtime",
        text(
            "Overtime is a cost of keeping the loss low: it counts up to what it brought back, and no further."
        ),
        norm("BGB-254"),
        attack.without("overtime"),
        Answered.RECORD if more else Answered.OPEN,
        (Ground(said),) if back.likely else (),
        paid,
    )


OBJECTION = _objections
