"""The events of the claim one by one: what of the case belongs to each, and its damage, on any day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller import damage
from heller.intake.across.parts import CasePart, parts_of
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.closing import StatedSums
from heller.model.damage import Assessment
from heller.model.event import EventKind, LineEvent
from heller.model.outage import Detection
from heller.model.worked_out import EventPart, WorkedOut

NOTHING = Assessment((), (), Range(), ())


def parts_in(
    case: Case, seen: Detection, events: Sequence[LineEvent], stated: Sequence[StatedSums] = ()
) -> tuple[EventPart, ...]:
    """Each event of the claim with its damage; where there is none, the case as a whole without an outage."""
    parts = _unassessed(case, seen, events, parts_of(case, events)[0])
    return once_each([assessed(part, parts, stated) for part in parts])


def once_each(parts: Sequence[EventPart]) -> tuple[EventPart, ...]:
    """The parts with what each thing is worth counted once over all of them."""
    damages = damage.once_each([(part.event.name, part.assessment) for part in parts])
    return tuple(replace(part, assessment=found) for part, found in zip(parts, damages, strict=True))


def _unassessed(
    case: Case, seen: Detection, events: Sequence[LineEvent], found: Sequence[CasePart]
) -> tuple[EventPart, ...]:
    if not found:
        began = case.opened.astimezone(case.tz).date()
        none = LineEvent("", case.line, EventKind.MICRO, began, ())
        left = tuple(o for o in seen.outages if all(o not in event.outages for event in events))
        return (EventPart(none, case, replace(seen, outages=left), NOTHING),)
    return tuple(EventPart(part.event, part.case, _of(seen, part.event), NOTHING) for part in found)


def _of(seen: Detection, event: LineEvent) -> Detection:
    """What is seen of an event alone: its outages on its line."""
    lines = {one.line: one for one in seen.others}
    of_line = lines.get(event.line, seen) if event.line != seen.line else seen
    return replace(of_line, outages=event.outages, others=())


def assessed(part: EventPart, parts: Sequence[EventPart], stated: Sequence[StatedSums] = ()) -> EventPart:
    """A part with its damage. The other outages of its line say nothing of what would have been sold without it."""
    others = tuple(
        p.event.span for p in parts if p.event.line == part.event.line and p.event.key != part.event.key
    )
    mine = [one for one in stated if one.event in ("", part.event.key)]
    return replace(part, assessment=damage.assess(part.case, part.detection, mine, others))


def parts_on(
    known: WorkedOut, found: Sequence[CasePart], as_of: date, stated: Sequence[StatedSums] = ()
) -> tuple[EventPart, ...]:
    """The events as they stand on a day, with the damage that is known or, where an outage goes on, worked out until
    then; `found` is what of the case belongs to each."""
    parts = _unassessed(known.case, known.detection, known.events, found)
    whole = tuple(
        replace(part, assessment=found) for part, found in zip(parts, known.assessments, strict=True)
    )
    return until_day(whole, as_of, stated)


def parts_of_claim(claim: Claim) -> tuple[EventPart, ...]:
    """The events of a claim with the damage that it says; none where no event enters it."""
    if not claim.by_event:
        return ()
    found, _ = parts_of(claim.case, claim.events)
    parts = _unassessed(claim.case, claim.detection, claim.events, found)
    return tuple(
        replace(
            part,
            assessment=one.assessment,
            detection=as_far(part.detection, claim.waterfall.as_of, claim.case.tz),
        )
        for part, one in zip(parts, claim.by_event, strict=True)
    )


def until_day(
    parts: Sequence[EventPart], as_of: date, stated: Sequence[StatedSums] = ()
) -> tuple[EventPart, ...]:
    """The events with what is still dead counted until the end of a day."""
    found = []
    for part in parts:
        seen = as_far(part.detection, as_of, part.case.tz)
        again = seen != part.detection
        found.append(assessed(replace(part, detection=seen), parts, stated) if again else part)
    return once_each(found)


def as_far(detection: Detection, as_of: date, zone: ZoneInfo) -> Detection:
    """The detection as far as it has come by the end of a day: a line that is still dead is counted until then."""
    now = datetime.combine(as_of, time(23, 59, 59), zone).astimezone(UTC)
    return replace(detection, outages=tuple(one.until(now) for one in detection.outages))
