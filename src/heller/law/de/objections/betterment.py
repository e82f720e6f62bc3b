"""'You still have the hardware: new for old.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.purpose import Purpose
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The hardware, unless what is left of its worth was taken off already."""
    paid = attack.sum_of("hardware")
    if not paid.likely:
        return
    left = [one for one in attack.claim.case.records(Purpose) if one.head == "hardware" and one.residual]
    said = text("What the hardware is still worth is taken off its price.")
    yield Objection(
        "betterment",
        text("The hardware is still there and of use; its price is no damage."),
        norm("HEAD-02"),
        attack.claim.waterfall.due if left else attack.without("hardware"),
        Answered.CONCEDED if left else Answered.OPEN,
        (Ground(said, sources=tuple(one.source for one in left if one.source)),) if left else (),
        Range() if left else paid,
    )


OBJECTION = _objections
