"""What is certain of an event: when its line was dead, when another way carried. Which outages are one event says
`heller.outage.events`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from heller.damage.head import Event
from heller.model.finding import Finding, Weight
from heller.model.outage import Cause, Detection, Outage
from heller.model.span import Span, union, without
from heller.model.text import text

OWN_SIDE = (Cause.OWN_HOST, Cause.LAN, Cause.TARGET)


def event_of(detection: Detection) -> tuple[Event | None, tuple[Finding, ...]]:
    """The event, None where no moment of it is certain, and what was left aside."""
    foreign = [o for o in detection.outages if o.cause not in OWN_SIDE]
    findings = [_own_side(o) for o in detection.outages if o.cause in OWN_SIDE]
    spans = union(o.span for o in foreign if o.shortest)
    if not spans:
        findings.append(_none(bool(foreign)))
        return None, tuple(findings)
    whole = Span(spans[0].start, spans[-1].end)
    detours = union(both for o in foreign for d in o.detours if (both := d.longest.meet(whole)))
    findings += [_detour(detours)] if detours else []
    return Event(spans, detours), tuple(findings)


def slow_spans(detection: Detection) -> tuple[Span, ...]:
    """When the line carried badly, beside its outages: sustained loss, slow answers, half of it dead."""
    spans = [*(one.span for one in detection.degraded), *(one.span for one in detection.slow)]
    found = union(span for span in spans if span.length > timedelta())
    return tuple(part for span in found for part in without(span, union(o.span for o in detection.outages)))


def _dead(chain: Sequence[Span]) -> timedelta:
    return sum((span.length for span in chain), timedelta())


def _detour(detours: Sequence[Span]) -> Finding:
    return Finding(
        "damage.detour",
        text(
            "The firm worked over another connection for up to {length} during the outage: no lost {takings} and "
            "no idle hours are counted for that time. Fee, compensation and repair time run on.",
            length=_dead(detours),
        ),
        text("If the firm could not work over it, note why: too slow, no fixed address, not all workplaces."),
        Weight.NOTE,
    )


def _own_side(outage: Outage) -> Finding:
    return Finding(
        "damage.own_side",
        text(
            "The failure from {start} is not one of the provider's line; no damage is worked out for it.",
            start=outage.start.latest,
        ),
        text("Check the cause if you think that the line failed."),
        Weight.NOTE,
    )


def _none(uncertain: bool) -> Finding:
    what = (
        text("The bounds of the outage overlap: no moment of it is certain, so no damage is worked out.")
        if uncertain
        else text("No outage is proven, so no damage is worked out.")
    )
    do = text(
        "Add logs of the router or of a monitor, or note when the line failed and when it worked again."
    )
    return Finding("damage.no_outage", what, do)
