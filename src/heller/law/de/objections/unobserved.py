"""'For part of the time nobody looked.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.span import Span, union
from heller.model.text import text
from heller.model.worked_out import EventPart

SHORT = timedelta(hours=1)  # less than this nobody argues about


def _objections(attack: Attack) -> Iterator[Objection]:
    """The time inside the outages in which nobody watched, at what was lost in it."""
    blind = [(part, _holes(part)) for part in attack.parts]
    watched_not = sum((span.length for _, holes in blind for span in holes), timedelta())
    if watched_not <= SHORT:
        return
    due, off = attack.shorter(blind)
    said = text("Before and after that time the line was measured as down; no sign of life lies in it.")
    yield Objection(
        "unobserved",
        text("For {time} of the outage nobody was measuring; the line may have worked.", time=watched_not),
        norm("ZPO-286"),
        due,
        Answered.WORDS,
        (Ground(said),),
        off,
    )


def _holes(part: EventPart) -> tuple[Span, ...]:
    met = (hole.meet(outage.span) for outage in part.detection.outages for hole in union(outage.unobserved))
    return tuple(hole for hole in met if hole is not None)


OBJECTION = _objections
