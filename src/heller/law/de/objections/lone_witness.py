"""'One source alone proves nothing.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.outage import Strength
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where no second witness agrees on an outage: what its event comes to falls."""
    weak = [
        part
        for part in attack.parts
        if any(o.strength is not Strength.PROVEN for o in part.detection.outages)
    ]
    if not weak:
        return
    others = [part for part in attack.parts if part not in weak]
    yield Objection(
        "lone_witness",
        text("One source alone says that the line was down; no second witness agrees."),
        norm("ZPO-286"),
        attack.due_of(others) if others else Range(),
        Answered.WORDS,
        (Ground(text("A court weighs one good source freely; nothing contradicts it.")),),
        sum((part.assessment.total for part in weak), Range()),
    )


OBJECTION = _objections
