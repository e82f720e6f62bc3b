"""'Nobody saw when it began.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.outage import OpenStart
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Counted is from the first look on, so nothing is lost by it."""
    unseen = [o for part in attack.parts for o in part.detection.outages if isinstance(o.start, OpenStart)]
    if unseen:
        said = text(
            "Counted is from {at} on, when the line was seen as down; what was before is not claimed.",
            at=unseen[0].span.start,
        )
        yield Objection(
            "unseen_start",
            text("Nobody saw when the outage began."),
            norm("ZPO-286"),
            attack.claim.waterfall.due,
            Answered.CONCEDED,
            (Ground(said),),
            Range(),
        )


OBJECTION = _objections
