"""'It was our supplier, or somebody's digger.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack, place_of, pleas
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text

BLAMES = (
    "vorlieferant",
    "subunternehmer",
    "vorleister",
    "bagger",
    "tiefbau",
    "supplier",
    "subcontractor",
    "digger",
)


def _objections(attack: Attack) -> Iterator[Objection]:
    """Where somebody of the other side says so: whom he uses for his duty is his helper."""
    said = pleas(attack, BLAMES)
    if said:
        rule = norm("BGB-276/278")
        answer = text("Whom the provider uses for what he owes is his helper ({cite}).", cite=rule.cite)
        yield Objection(
            "third_party",
            text("Somebody else caused it: a supplier, a subcontractor, a digger."),
            rule,
            Range(),
            Answered.RULE,
            (Ground(answer, said[-1].at.date(), place_of(said[-1])),),
            attack.claim.assessment.total,
        )


OBJECTION = _objections
