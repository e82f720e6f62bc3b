"""'That was announced work', where the notice came afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.finding import Ground
from heller.model.kinds.announced_work import AnnouncedWork
from heller.model.objection import Answered, Objection
from heller.model.text import text
from heller.model.worked_out import EventPart


def _objections(attack: Attack) -> Iterator[Objection]:
    """The time of a notice that was given when the line was dead already, at what was lost in it."""
    late = [
        (part, one) for part in attack.parts for one in part.case.records(AnnouncedWork) if _late(part, one)
    ]
    if not late:
        return
    due, off = attack.shorter([(part, [one.span]) for part, one in late])
    one = late[0][1]
    said = text("The notice is of {day}; the line was down already.", day=one.announced or one.span.start)
    yield Objection(
        "announced_afterwards",
        text("The line was down for work that was announced."),
        norm("BGB-280"),
        due,
        Answered.RECORD,
        (Ground(said, one.announced, (one.source,) if one.source else ()),),
        off,
    )


def _late(part: EventPart, one: AnnouncedWork) -> bool:
    met = any(one.span.overlaps(outage.span) for outage in part.detection.outages)
    return met and one.announced is not None and one.announced > part.event.began


OBJECTION = _objections
