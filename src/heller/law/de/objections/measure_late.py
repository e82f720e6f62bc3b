"""'You could have had that help earlier.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.business import BUSINESS
from heller.law.de.rules import norm
from heller.law.objections import Attack, Cut
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """What the days cost between the offer of a measure and its taking."""
    late = [
        one
        for part in attack.parts
        for one in part.assessment.mitigation.options
        if one.lost_by_waiting.likely
    ]
    if not late:
        return
    one = max(late, key=lambda option: option.lost_by_waiting.likely)
    off = one.lost_by_waiting
    said = (
        (Ground(text("Why it was taken then: {why}", why=one.why), one.taken, one.sources),)
        if one.why
        else ()
    )
    yield Objection(
        "measure_late",
        text("{measure} could be had earlier than it was taken.", measure=one.name),
        norm("BGB-254-2"),
        attack.less(_first_of(attack, off)),
        Answered.WORDS if said else Answered.OPEN,
        said,
        off,
    )


def _first_of(attack: Attack, off: Range) -> Cut:
    """Takes it off the largest position of the business."""
    business = [one for one in attack.positions if one.head in BUSINESS]
    largest = max(business, key=lambda one: one.amount.likely, default=None)
    return lambda one: off if one is largest else None


OBJECTION = _objections
