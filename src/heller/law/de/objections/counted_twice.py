"""'Idle hours, backlog and lost sales at once: that is the same loss three times.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    idle = [one for part in attack.parts for one in part.assessment.positions if one.head == "idle_hours"]
    if not idle or not attack.sum_of("lost_sales", "cancelled_orders", "lost_units").likely:
        return
    answer = text(
        "Wages of idle people are owed with and without the outage alike; they add nothing to the sum."
    )
    yield Objection(
        "counted_twice",
        text("Idle hours and lost takings at once count the same loss twice."),
        norm("HEAD-03"),
        attack.claim.waterfall.due,
        Answered.CONCEDED,
        (Ground(answer, sources=idle[0].sources[:1]),),
        Range(),
    )


OBJECTION = _objections
