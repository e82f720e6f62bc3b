"""'Your own insurer has paid that.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.damage import NO_RULE
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded as far as it passed to the insurer: the chain takes it off."""
    fall = attack.claim.waterfall
    step = next((one for one in fall.steps if one.key == "insurers" and one.effect != Range()), None)
    if step is None:
        return
    yield Objection(
        "insurer_paid",
        text("Your own insurer has paid for that loss."),
        step.norm or NO_RULE,
        fall.due,
        Answered.CONCEDED,
        (Ground(step.reason),),
        Range(),
    )


OBJECTION = _objections
