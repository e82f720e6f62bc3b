"""'You claim the same thing twice.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: what two heads wanted to spend counts once, and the rule that settled it is printed."""
    conflicts = [one for part in attack.parts for one in part.assessment.conflicts if one.left_out.likely]
    if conflicts:
        yield Objection(
            "double_claim",
            text("The same thing is claimed under two heads."),
            norm("BGB-249"),
            attack.claim.waterfall.due,
            Answered.CONCEDED,
            tuple(Ground(one.rule) for one in conflicts[:2]),
            Range(),
        )


OBJECTION = _objections
