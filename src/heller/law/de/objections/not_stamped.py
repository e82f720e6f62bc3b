"""'You wrote that afterwards.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where nothing of the case has an end that somebody else proves: papers and logs stay what they are."""
    brackets = attack.claim.case.brackets
    if any(one.not_after is not None for one in brackets) or not brackets:
        return
    yield Objection(
        "not_stamped",
        text("No time stamp shows when the evidence was written; it may have been made afterwards."),
        norm("ZPO-286"),
        Range(),
        Answered.WORDS,
        (
            Ground(
                text("Each entry names the one before it; papers and logs of others bear days of their own.")
            ),
        ),
        attack.claim.assessment.total,
    )


OBJECTION = _objections
