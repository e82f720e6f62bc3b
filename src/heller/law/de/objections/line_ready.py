"""'The line was ready before: our technician, or the router, said so.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.outage import CompetingEnd
from heller.model.span import Span
from heller.model.text import text
from heller.model.worked_out import EventPart


def _objections(attack: Attack) -> Iterator[Objection]:
    """The earliest end of each event that somebody names and that does not hold, at what the time after it cost."""
    found = [(part, end) for part in attack.parts if (end := _earliest(part)) is not None]
    if not found:
        return
    due, off = attack.shorter([(part, [_after(part, end)]) for part, end in found])
    first = min((end for _, end in found), key=lambda one: one.at)
    yield Objection(
        "line_ready",
        text("The line was ready on {day} already; {who} said so.", day=first.at, who=first.said_by),
        norm("BGB-249"),
        due,
        Answered.RECORD,
        tuple(Ground(end.why, sources=end.sources) for _, end in found),
        off,
    )


def _earliest(part: EventPart) -> CompetingEnd | None:
    ends = (end for outage in part.detection.outages for end in outage.ends if not end.holds)
    return min(ends, key=lambda one: one.at, default=None)


def _after(part: EventPart, end: CompetingEnd) -> Span:
    span = part.event.span
    return Span(min(max(end.at, span.start), span.end), span.end)


OBJECTION = _objections
