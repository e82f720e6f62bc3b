"""'You are no small firm.'"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.case import Case
from heller.model.facts import firm
from heller.model.finding import Ground
from heller.model.kinds.fact import Fact
from heller.model.objection import Answered, Objection
from heller.model.text import text
from heller.model.worked_out import EventPart


def _objections(attack: Attack) -> Iterator[Objection]:
    """The lump sums fall where the firm is larger than micro or small."""
    fall = attack.claim.waterfall
    lumps = next((one.effect for one in fall.steps if one.key == "lump_sums" and one.effect.likely), None)
    if lumps is None:
        return
    stated = attack.claim.case.facts.statement(firm.SMALL)
    answers = () if stated is None or stated.source is None else (stated.source,)
    yield Objection(
        "lump_sum_size",
        text("Lump sums are for micro and small firms; this one is larger."),
        norm("TKG21-71-3"),
        attack.due_of([replace(part, case=_larger(part)) for part in attack.parts]),
        Answered.WORDS,
        (Ground(text("The firm states that it is micro or small."), sources=answers),),
    )


def _larger(part: EventPart) -> Case:
    return replace(part.case, noted=(*part.case.noted, Fact(firm.SMALL.key, "no")))


OBJECTION = _objections
