"""'It was not our fault.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, place_of, pleas
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text

DENIES = ("nicht zu vertreten", "kein verschulden", "keine schuld", "not our fault", "no fault")


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where somebody of the other side says so: fault is presumed, and the provider must prove that he bears none."""
    said = pleas(attack, DENIES)
    if said:
        rule = norm("BGB-280")
        answer = text("Fault is presumed; who owes proves that he bears none ({cite}).", cite=rule.cite)
        yield Objection(
            "fault_denied",
            text("The provider bears no fault."),
            rule,
            Range(),
            Answered.RULE,
            (Ground(answer, said[-1].at.date(), place_of(said[-1])),),
            attack.claim.assessment.total,
        )


OBJECTION = _objections
