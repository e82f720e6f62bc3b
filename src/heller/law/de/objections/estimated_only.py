"""'That is a figure that you made up.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import ProofGrade, Range
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """What only the firm's word carries."""
    stated = [one for one in attack.positions if one.grade is ProofGrade.STATED and one.amount.likely]
    if not stated:
        return
    yield Objection(
        "estimated_only",
        text("Nothing but the firm's own word supports that sum."),
        norm("ZPO-287"),
        attack.less(lambda one: one.amount if one.grade is ProofGrade.STATED else None),
        Answered.OPEN,
        (),
        sum((one.amount for one in stated), Range()),
    )


OBJECTION = _objections
