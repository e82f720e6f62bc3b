"""'You asked a lawyer before we were in default.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.chain.claim_chain import PRE_TRIAL
from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.facts import lawyer
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: a mandate before default gives no fee, and the step says so."""
    mandate, fall = attack.claim.case.facts[lawyer.MANDATE], attack.claim.waterfall
    step = next((one for one in fall.steps if one.key == PRE_TRIAL), None)
    if mandate is None or step is None or step.effect.likely:
        return
    yield Objection(
        "lawyer_too_early",
        text("The lawyer was asked before anybody was in default."),
        norm("HEAD-12"),
        fall.due,
        Answered.CONCEDED,
        (Ground(step.reason, mandate),),
        Range(),
    )


OBJECTION = _objections
