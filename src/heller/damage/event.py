"""Which outage the damage follows from: the longest chain of certain outages. It detects nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from heller.damage.head import Event
from heller.model.finding import Finding, Weight
from heller.model.outage import Cause, Detection, Outage
from heller.model.span import Span, union
from heller.model.text import text

APART = timedelta(days=1)  # outages less than a day apart are one event for the business
OWN_SIDE = (Cause.OWN_HOST, Cause.LAN, Cause.TARGET)


def event_of(detection: Detection) -> tuple[Event | None, tuple[Finding, ...]]:
    """The event, None where no outage is certain, and what was left aside."""
    foreign = [o for o in detection.outages if o.cause not in OWN_SIDE]
    findings = [_own_side(o) for o in detection.outages if o.cause in OWN_SIDE]
    spans = union(o.span for o in foreign if o.shortest)
    if not spans:
        findings.append(_none(bool(foreign)))
        return None, tuple(findings)
    chains = _chains(spans)
    # Equally long ones: the first in time.
    longest = max(chains, key=lambda chain: (_dead(chain), -chain[0].start.timestamp()))
    findings += [_aside(chain) for chain in chains if chain is not longest]
    whole = Span(longest[0].start, longest[-1].end)
    detours = union(both for o in foreign for d in o.detours if (both := d.longest.meet(whole)))
    findings += [_detour(detours)] if detours else []
    return Event(tuple(longest), detours), tuple(findings)


def _chains(spans: Sequence[Span]) -> list[list[Span]]:
    chains: list[list[Span]] = []
    for span in spans:
        if chains and span.start - chains[-1][-1].end < APART:
            chains[-1].append(span)
        else:
            chains.append([span])
    return chains


def _dead(chain: Sequence[Span]) -> timedelta:
    return sum((span.length for span in chain), timedelta())


def _detour(detours: Sequence[Span]) -> Finding:
    return Finding(
        "damage.detour",
        text("Another way carried the firm for up to {length} while the line was dead: no lost sales and no idle "
             "hours are counted for that time. Fee, compensation and repair time run on.",
             length=_dead(detours)),
        text("If the firm could not work over it, note why: too slow, no fixed address, not all workplaces."),
        Weight.NOTE,
    )  # fmt: skip


def _own_side(outage: Outage) -> Finding:
    return Finding(
        "damage.own_side",
        text("The failure from {start} is not one of the provider's line; no damage is worked out for it.",
             start=outage.start.latest),
        text("Check the cause if you think that the line failed."), Weight.NOTE,
    )  # fmt: skip


def _none(uncertain: bool) -> Finding:
    what = (
        text("The bounds of the outage overlap: no moment of it is certain, so no damage is worked out.")
        if uncertain
        else text("No outage is proven, so no damage is worked out.")
    )
    do = text(
        "Hand in logs of the router or of a monitor, or note when the line failed and when it worked again."
    )
    return Finding("damage.no_outage", what, do)


def _aside(chain: Sequence[Span]) -> Finding:
    return Finding(
        "damage.other_outage",
        text("Another outage from {start} to {end} is a case of its own; its damage is not counted here.",
             start=chain[0].start, end=chain[-1].end),
        text("Open a case for it."), Weight.NOTE,
    )  # fmt: skip
