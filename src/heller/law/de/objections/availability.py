"""'The contract promises 98.5 % a year; so much may fail.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.finding import Ground
from heller.model.kinds.service_terms import ServiceTerms
from heller.model.objection import Answered, Objection
from heller.model.span import Span
from heller.model.text import text
from heller.model.worked_out import EventPart

YEAR = timedelta(days=365)


def _objections(attack: Attack) -> Iterator[Objection]:
    """The time that the promised availability leaves of a year, at what was lost in the first of it."""
    terms = [one for one in attack.claim.case.records(ServiceTerms) if one.availability is not None]
    if not terms or terms[0].availability is None:
        return
    allowed = YEAR * float(1 - terms[0].availability)
    due, off = attack.shorter([(part, [_first(part, allowed)]) for part in attack.parts])
    rule = norm("CASE-10")
    said = text(
        "A clause that takes the main duty away for part of the year does not hold ({cite}).", cite=rule.cite
    )
    yield Objection(
        "availability",
        text(
            "An availability of {share:percent} a year was promised; {time} may fail.",
            share=terms[0].availability,
            time=allowed,
        ),
        rule,
        due,
        Answered.RULE,
        (Ground(said),),
        off,
    )


def _first(part: EventPart, allowed: timedelta) -> Span:
    span = part.event.span
    return Span(span.start, min(span.start + allowed, span.end))


OBJECTION = _objections
