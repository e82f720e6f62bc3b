"""'Where is the original?'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.damage import Position
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """What rests on a file that is lost for good."""
    lost = {one.digest for one in attack.claim.case.exhibits if one.lost}
    if not lost:
        return

    def rests(one: Position) -> bool:
        return any(source.object in lost for source in one.sources)

    yield Objection(
        "original_lost",
        text("The original of what proves it is lost."),
        norm("ZPO-416/440"),
        attack.less(lambda one: one.amount if rests(one) else None),
        Answered.OPEN,
        (),
        sum((one.amount for one in attack.positions if rests(one)), Range()),
    )


OBJECTION = _objections
