"""'The claim is time-barred.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where the day has passed: then nothing is left of the claim once it is raised. Before it nobody says it."""
    fall = attack.claim.waterfall
    days = (debt.barred for of in attack.claim.debts for debt in of.events)
    passed = [day for day in days if day is not None and day < fall.as_of]
    if not passed:
        return
    said = text(
        "The last day was {day}; only talks, an acknowledgement or proceedings move it.", day=min(passed)
    )
    yield Objection(
        "time_barred",
        text("The claim is time-barred."),
        norm("BGB-195"),
        Range(),
        Answered.OPEN,
        (Ground(said, min(passed)),),
        attack.claim.assessment.total,
    )


OBJECTION = _objections
