"""What follows from a case whatever the day: its events, and the part of the case and the damage of each."""

from __future__ import annotations

from msgspec import Struct

from heller.model.case import Case
from heller.model.damage import Assessment
from heller.model.event import EventKind, LineEvent
from heller.model.finding import Finding
from heller.model.outage import Detection


class EventPart(Struct, frozen=True):
    """An event of the claim: the case as far as it belongs to it, its outages, its damage. `agreed` is the same with
    what the other side agreed to of it (None: it has not answered), `without` are steps of the chain, by their keys,
    that are not taken."""

    event: LineEvent
    case: Case
    detection: Detection
    assessment: Assessment
    agreed: EventPart | None = None
    without: tuple[str, ...] = ()


class WorkedOut(Struct, frozen=True):
    """What follows from a case whatever the day: `case` with each invoice counted once, what the logs say,
    the `events` and the damage of each that enters the claim, and the `doubts` of all that was read."""

    case: Case
    detection: Detection
    events: tuple[LineEvent, ...]
    assessments: tuple[Assessment, ...]
    doubts: tuple[Finding, ...] = ()

    @property
    def claimed(self) -> tuple[LineEvent, ...]:
        """The events that enter the claim."""
        return tuple(event for event in self.events if event.kind is EventKind.OUTAGE)

    @property
    def assessment(self) -> Assessment:
        """All damage; where there are several events each flow and position says of which it is."""
        if len(self.assessments) == 1:
            return self.assessments[0]
        named = (a.of_event(e.key, e.name) for e, a in zip(self.claimed, self.assessments, strict=True))
        return Assessment.of_all(tuple(named))
