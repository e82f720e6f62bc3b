"""'We have paid already.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.movement import Movement, MovementKind
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Conceded: what was paid and credited is off the account."""
    paid = [one for one in attack.claim.case.records(Movement) if one.kind in PAYS and _known(attack, one)]
    if paid:
        said = text("What was paid and credited up to {day} is off.", day=paid[-1].on)
        yield Objection(
            "already_paid",
            text("The provider has paid on it."),
            norm("BGB-367"),
            attack.claim.waterfall.due,
            Answered.CONCEDED,
            (Ground(said, paid[-1].on),),
            Range(),
        )


PAYS = (MovementKind.PAYMENT, MovementKind.CREDIT_NOTE, MovementKind.SERVICE_CREDIT)


def _known(attack: Attack, one: Movement) -> bool:
    return one.on <= attack.claim.waterfall.as_of


OBJECTION = _objections
