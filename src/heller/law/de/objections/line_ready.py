"""'The line was ready before: our technician, or the router, said so.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from heller.law.de.rules import norm
from heller.law.objections import Attack, business_of, of_days
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """The earliest end that somebody names and that does not hold, at what a day costs."""
    found = [
        (part, end)
        for part in attack.parts
        for o in part.detection.outages
        for end in o.ends
        if not end.holds
    ]
    if not found:
        return
    part, end = min(found, key=lambda one: one[1].at)
    longer = max(part.detection.outages[-1].span.end - end.at, timedelta())
    off = of_days(part, Fraction(longer // timedelta(seconds=1), 86400))
    yield Objection(
        "line_ready",
        text("The line was ready on {day} already; {who} said so.", day=end.at, who=end.said_by),
        norm("BGB-249"),
        attack.less(business_of(part, off)),
        Answered.RECORD,
        (Ground(end.why, sources=end.sources),),
        off,
    )


OBJECTION = _objections
