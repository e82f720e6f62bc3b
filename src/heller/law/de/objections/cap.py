"""'The law caps what we owe.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.damage import NO_RULE
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: the chain stops at the cap, and says what would lift it."""
    fall = attack.claim.waterfall
    step = next((one for one in fall.steps if one.key == "cap" and one.effect != Range()), None)
    if step is None:
        return
    yield Objection(
        "cap",
        text("Liability is capped by law."),
        step.norm or NO_RULE,
        fall.due,
        Answered.CONCEDED,
        (Ground(step.reason),),
        Range(),
    )


OBJECTION = _objections
