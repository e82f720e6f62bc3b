"""The verdict: outages with bounds, cause, strength, witnesses and competing ends, and every doubt.

Raw logs stay untouched, observations are handed in; a better rule, or the other side's expert, can work
the verdict out again. The version of the rule goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heller.model.finding import Finding
from heller.model.outage import Detection, Outage, Strength, Stretch, Witness
from heller.model.record import Contact, ContactKind, DeviceLog, HitLog, ProbeLog, QueueLog
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text
from heller.outage import doubts
from heller.outage.cause import cause
from heller.outage.ends import claimed, linked, router_witness
from heller.outage.lone import from_contacts, from_routers
from heller.outage.router import Clock, Down, Match, clock, downs, match, narrowed
from heller.outage.rule import CLAIMED_LATER, RULE
from heller.outage.silence import Cut, Found, find
from heller.outage.watch import Watch, answered, is_inside, watch


class Router(NamedTuple):
    """A router's log, the times it saw its ports down, and how its clock stands."""

    log: DeviceLog
    downs: tuple[Down, ...]
    clock: Clock


def detect(
    probes: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
    hits: Sequence[HitLog] = (),
    queues: Sequence[QueueLog] = (),
    office: Sequence[str] = (),
) -> Detection:
    """All outages that the logs show, in order of time.

    Probes of outside targets decide. Targets inside the house tell of the cause, routers' logs are the
    second witness and contacts claim ends. Without outside probes the routers' logs alone are read, and
    without those the contacts: the strength says so. Servers that the office used are witnesses too, or tell of
    an outage by its silence; `office` are its addresses or prefixes.
    """
    found = _by_line(probes, devices, contacts)
    if not hits and not queues:
        return found
    from heller.outage import servers  # numpy, for those who have such logs

    return servers.joined(found, hits, queues, office)


def _by_line(
    probes: Sequence[ProbeLog], devices: Sequence[DeviceLog], contacts: Sequence[Contact]
) -> Detection:
    """What probes, routers and people say, the first of them that can."""
    inside = [log for log in probes if is_inside(log)]
    seen = watch([log for log in probes if not is_inside(log)])
    if seen is not None:
        return _measured(seen, inside, devices, contacts)
    if any(log.events for log in devices):
        return from_routers(devices, contacts, inside_only=bool(inside))
    return from_contacts(contacts, inside_only=bool(inside))


def _measured(
    seen: Watch, inside: Sequence[ProbeLog], devices: Sequence[DeviceLog], contacts: Sequence[Contact]
) -> Detection:
    """Outages from probes, with all other sources as witnesses."""
    found = find(seen)
    routers = []
    for log in devices:
        down = downs(log)
        routers.append(Router(log, down, clock(log, found.cuts, down)))
    outages = tuple(_outage(cut, seen, inside, routers, contacts) for cut in found.cuts)
    return Detection(
        outages=outages,
        unobserved=seen.holes,
        observed=seen.span,
        stretches=stretches(seen.span, outages, seen.holes),
        findings=tuple(_findings(seen, found, outages, inside, routers)),
        rule=RULE,
    )


def _outage(
    cut: Cut, seen: Watch, inside: Sequence[ProbeLog], routers: Sequence[Router], contacts: Sequence[Contact]
) -> Outage:
    cut = _reported(cut, contacts)
    matches = [(r, match(r.log, cut, r.downs, r.clock)) for r in routers]
    witnesses = [*_probe_witnesses(cut, seen, inside)]
    ends = [*claimed(cut, seen, contacts)]
    measured = cut
    for router, found in matches:
        tighter = narrowed(cut, found, router.clock)
        told = router_witness(found, router.clock, narrows=tighter != cut)
        if told is not None:
            witnesses.append(told)
            ends += linked(measured, seen, found, router.clock)
        cut = tighter
    why, reason = cause(cut, inside, [found for _, found in matches])
    certain = Span(cut.start.latest, max(cut.start.latest, cut.end.earliest))
    return Outage(
        start=cut.start,
        end=cut.end,
        cause=why,
        strength=_strength(cut, [found for _, found in matches]),
        cause_reason=reason,
        witnesses=tuple(witnesses),
        ends=tuple(sorted(ends, key=lambda e: e.at)),
        unobserved=tuple(both for hole in seen.holes if (both := hole.meet(certain))),
    )


def _strength(cut: Cut, matches: Sequence[Match]) -> Strength:
    """Measured by at least two targets, proven by a second witness; one target alone only suspects."""
    if any(found.agrees for found in matches):
        return Strength.PROVEN
    return Strength.MEASURED if len(cut.logs) > 1 else Strength.SUSPECTED


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


def _probe_witnesses(cut: Cut, seen: Watch, inside: Sequence[ProbeLog]) -> Iterator[Witness]:
    """What the probes of each target saw, the outside ones first."""
    span = Span(cut.start.latest, max(cut.start.latest, cut.end.earliest))
    for log, sent, good in answered(seen.logs, span):
        saw = text("{lost} of {sent} probes stayed without an answer.", lost=sent - good, sent=sent)
        yield Witness(text("Probes of {target}", target=log.target), saw, log.source, span)
    for log, sent, good in answered(inside, span):
        saw = text("{good} of {sent} probes inside the house were answered.", good=good, sent=sent)
        state = "up" if good * 2 > sent else "down"
        yield Witness(text("Probes of {target}", target=log.target), saw, log.source, span, state)


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
    seen: Watch,
    found: Found,
    outages: Sequence[Outage],
    inside: Sequence[ProbeLog],
    routers: Sequence[Router],
) -> Iterator[Finding]:
    """Everything that a provider would hold against the measurement, said first."""
    yield from doubts.targets(seen, found)
    yield from doubts.clocks(seen, [(r.log, r.clock) for r in routers], any_outage=bool(outages))
    yield from doubts.gaps(seen, outages, [(r.downs, r.clock) for r in routers])
    yield from doubts.edges(seen, found)
    if outages and not inside:
        yield doubts.no_gateway(seen)
    for router in routers:
        yield from doubts.disagreement(seen, outages, router.log, router.downs, router.clock)
        yield from doubts.own_acts(router.log, outages, router.clock)
