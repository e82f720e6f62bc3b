"""'That was announced work.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: what lay in announced work enters no damage."""
    if any(outage.announced for part in attack.parts for outage in part.detection.outages):
        yield Objection(
            "announced_work",
            text("The line was down for work that was announced."),
            norm("BGB-280"),
            attack.claim.waterfall.due,
            Answered.CONCEDED,
            (Ground(text("The time that was announced before is out; counted is what outlasted it.")),),
            Range(),
        )


OBJECTION = _objections
