"""The verdict: outages with bounds, cause, strength, witnesses and competing ends, and every doubt.

Raw logs stay untouched, observations are handed in; a better rule, or the other side's expert, can work
the verdict out again. The version of the rule goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heller.model.finding import Finding
from heller.model.outage import Detection, Outage, Strength, Stretch, Witness
from heller.model.record import Contact, ContactKind, DeviceLog, ProbeLog
from heller.model.sample import Layer
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text
from heller.outage import doubts
from heller.outage.cause import cause
from heller.outage.columns import Probed, of_log
from heller.outage.ends import claimed, linked, router_witness
from heller.outage.line import Line, answered, is_inside, line, network_of
from heller.outage.lone import from_contacts, from_routers
from heller.outage.router import Clock, Down, Match, clock, downs, match, narrowed
from heller.outage.rule import CLAIMED_LATER, RULE, SURE
from heller.outage.silence import Cut, Found, find


class Router(NamedTuple):
    """A router's log, the times it saw its ports down, and how its clock stands."""

    log: DeviceLog
    downs: tuple[Down, ...]
    clock: Clock


def detect(
    probes: Sequence[ProbeLog], devices: Sequence[DeviceLog], contacts: Sequence[Contact]
) -> Detection:
    """All outages that the logs show, in order of time.

    Probes of outside targets decide. Targets inside the house tell of the cause, routers' logs are the
    second witness and contacts claim ends. Without outside probes the routers' logs alone are read, and
    without those the contacts: the strength says so.
    """
    seen = line("", [of_log(log, _probed(log)) for log in probes if log.observations])
    if seen is not None:
        return _measured(seen, devices, contacts)
    inside_only = any(is_inside(log.target) for log in probes)
    if any(log.events for log in devices):
        return from_routers(devices, contacts, inside_only=inside_only)
    return from_contacts(contacts, inside_only=inside_only)


def _probed(log: ProbeLog) -> Probed:
    """The target of an imported log; of one inside the house the answers tell of the gateway."""
    layer = Layer.GATEWAY if is_inside(log.target) else Layer.TARGET
    return Probed("", layer, log.target, network_of(log.target), log.step, log.uncertainty, log.source)


def _measured(seen: Line, devices: Sequence[DeviceLog], contacts: Sequence[Contact]) -> Detection:
    """Outages from probes, with all other sources as witnesses."""
    found = find(seen)
    routers = []
    for log in devices:
        down = downs(log)
        routers.append(Router(log, down, clock(log, found.cuts, down)))
    outages = tuple(_outage(cut, seen, routers, contacts) for cut in found.cuts)
    return Detection(
        outages=outages,
        unobserved=seen.holes,
        observed=seen.span,
        stretches=stretches(seen.span, outages, seen.holes),
        findings=tuple(_findings(seen, found, outages, routers)),
        rule=RULE,
    )


def _outage(cut: Cut, seen: Line, routers: Sequence[Router], contacts: Sequence[Contact]) -> Outage:
    cut = _reported(cut, contacts)
    matches = [(r, match(r.log, cut, r.downs, r.clock)) for r in routers]
    witnesses = [*_probe_witnesses(cut, seen)]
    ends = [*claimed(cut, seen, contacts)]
    measured = cut
    for router, found in matches:
        tighter = narrowed(cut, found, router.clock)
        told = router_witness(found, router.clock, narrows=tighter != cut)
        if told is not None:
            witnesses.append(told)
            ends += linked(measured, seen, found, router.clock)
        cut = tighter
    why, reason = cause(cut, seen.inner, [found for _, found in matches])
    return Outage(
        start=cut.start,
        end=cut.end,
        cause=why,
        strength=_strength(cut, [found for _, found in matches]),
        cause_reason=reason,
        witnesses=tuple(witnesses),
        ends=tuple(sorted(ends, key=lambda e: e.at)),
        unobserved=tuple(both for hole in seen.holes if (both := hole.meet(cut.certain))),
    )


def _strength(cut: Cut, matches: Sequence[Match]) -> Strength:
    """Measured by targets of two networks at least, proven by a second witness; else it is suspected."""
    if any(found.agrees for found in matches):
        return Strength.PROVEN
    return Strength.MEASURED if cut.belief >= SURE else Strength.SUSPECTED


def _reported(cut: Cut, contacts: Sequence[Contact]) -> Cut:
    """A log that begins with a dead line: the outage is at least as old as the report of the fault."""
    reports = [
        c.at
        for c in contacts
        if c.kind is ContactKind.FAULT_REPORT and c.at <= cut.start.earliest <= c.at + 14 * CLAIMED_LATER
    ]
    if not cut.open_start or not reports:
        return cut
    return cut._replace(start=Bounds(min(reports), cut.start.latest))


def _probe_witnesses(cut: Cut, seen: Line) -> Iterator[Witness]:
    """What the probes of each target saw, the outside ones first."""
    span = cut.certain
    for track, sent, good in answered(seen.outer, span):
        saw = text("{lost} of {sent} probes stayed without an answer.", lost=sent - good, sent=sent)
        yield Witness(text("Probes of {target}", target=track.probed.name), saw, track.probed.source, span)
    for track, sent, good in answered(seen.inner, span):
        saw = text("{good} of {sent} probes inside the house were answered.", good=good, sent=sent)
        state = "up" if good * 2 > sent else "down"
        name = text("Probes of {target}", target=track.probed.name)
        yield Witness(name, saw, track.probed.source, span, state)


def stretches(observed: Span, outages: Sequence[Outage], holes: Sequence[Span]) -> tuple[Stretch, ...]:
    """The observed time as runs of up, down and unobserved, without overlap or rest.

    Down is only what is certain of an outage and was watched; the time between two bounds counts as up.
    """
    blind = union(holes)
    sure = (both for o in outages if (both := o.span.meet(observed)))
    down = union(part for span in sure for part in without(span, blind))
    up = without(observed, (*blind, *down))
    named = ((blind, "unobserved"), (down, "down"), (up, "up"))
    return tuple(
        sorted((Stretch(span, state) for spans, state in named for span in spans), key=lambda s: s.span)
    )


def _findings(
    seen: Line, found: Found, outages: Sequence[Outage], routers: Sequence[Router]
) -> Iterator[Finding]:
    """Everything that a provider would hold against the measurement, said first."""
    yield from doubts.targets(seen, found)
    yield from doubts.clocks(seen, [(r.log, r.clock) for r in routers], any_outage=bool(outages))
    yield from doubts.gaps(seen, outages, [(r.downs, r.clock) for r in routers])
    yield from doubts.edges(seen, found)
    if outages and not seen.inner:
        yield doubts.no_gateway(seen)
    for router in routers:
        yield from doubts.disagreement(seen, outages, router.log, router.downs, router.clock)
        yield from doubts.own_acts(router.log, outages, router.clock)
