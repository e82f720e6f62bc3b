"""'The claim is no longer yours.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.assignment import Assignment
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded as far as it passed to another: the account takes it off."""
    passed = [one for one in attack.claim.case.records(Assignment) if one.on <= attack.claim.waterfall.as_of]
    if passed:
        said = text("What passed to {who} on {day} is off the account.", who=passed[0].to, day=passed[0].on)
        yield Objection(
            "wrong_claimant",
            text("The claim was assigned; the firm can no longer ask for it."),
            norm("BGB-398"),
            attack.claim.waterfall.due,
            Answered.CONCEDED,
            (Ground(said, passed[0].on),),
            Range(),
        )


OBJECTION = _objections
