"""'Your own people were paid anyway.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    worked = attack.sum_of("removal_hours")
    if not worked.likely:
        return
    rule = norm("HEAD-04")
    answer = text(
        "Hours of own people for removing the damage count even where nothing extra was paid ({cite}).",
        cite=rule.cite,
    )
    yield Objection(
        "own_staff",
        text("Your own people were paid anyway; their hours are no damage."),
        norm("BGB-249"),
        attack.without("removal_hours"),
        Answered.RULE,
        (Ground(answer),),
        worked,
    )


OBJECTION = _objections
