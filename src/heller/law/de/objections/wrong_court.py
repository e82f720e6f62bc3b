"""'You sue before the wrong court.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where the court that is stated is not the one of the value: it refers the case on request."""
    decided = attack.claim.waterfall.decision
    for gate in decided.gates if decided else ():
        if gate.key == "forum":
            due = attack.claim.waterfall.due
            because = (Ground(gate.why),)
            yield Objection("wrong_court", gate.label, gate.norm, due, Answered.RULE, because, Range())


OBJECTION = _objections
