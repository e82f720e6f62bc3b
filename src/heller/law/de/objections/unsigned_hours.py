"""'Nobody signed the hours.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.finding import Ground
from heller.model.kinds.shift import Shift
from heller.model.objection import Answered, Objection
from heller.model.text import text

OF_HOURS = ("removal_hours", "overtime")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Sheets of hours prove what their writer says; who worked can be heard as a witness."""
    hours, shifts = (
        attack.sum_of(*OF_HOURS),
        [one for one in attack.claim.case.records(Shift) if not one.signed],
    )
    if not hours.likely or not shifts:
        return
    people = len({one.person for one in shifts})
    said = text(
        "{n} people who worked the hours can be heard; each row names day, time and person.",
        "The person who worked the hours can be heard; each row names day and time.",
        n=people,
    )
    yield Objection(
        "unsigned_hours",
        text("The sheets of hours are the firm's own and unsigned."),
        norm("ZPO-287"),
        attack.without(*OF_HOURS),
        Answered.RECORD,
        (Ground(said, sources=(shifts[0].source,)),),
        hours,
    )


OBJECTION = _objections
