"""The verdict: outages with bounds, cause, strength, witnesses and competing ends, and every doubt.

Raw logs stay untouched, observations are handed in; a better rule, or the other side's expert, can work
the verdict out again. The version of the rule goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from heller.model.finding import Finding
from heller.model.outage import Degraded, Detection, Outage, Strength, Stretch, Witness
from heller.model.record import Contact, ContactKind, DeviceLog, HitLog, ProbeLog, QueueLog
from heller.model.sample import Depth, SampleHeader
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text
from heller.outage import doubts
from heller.outage.cause import cause, gateway
from heller.outage.columns import Frame, Probed, of_log
from heller.outage.degradation import degradations
from heller.outage.ends import ends_by_router, ends_claimed, router_witness
from heller.outage.evidence.router import Clock, Down, Match, clock, downs, match, narrow
from heller.outage.evidence.witness import Monitor, against, contradicts, monitors, over, seen_by, told_by
from heller.outage.line import Line, answer_counts, is_inside, line, network_of, of_head
from heller.outage.lone import from_contacts, from_routers
from heller.outage.rule import ALIVE, CLAIMED_LATER, RULE, SURE
from heller.outage.silence import Cut, Silences, find


class Router(NamedTuple):
    """A router's log, the times it saw its ports down, and how its clock stands."""

    log: DeviceLog
    downs: tuple[Down, ...]
    clock: Clock


class Evidence(NamedTuple):
    """All that bears on one line beside its own probes."""

    routers: tuple[Router, ...]
    monitors: tuple[Monitor, ...]
    others: tuple[Line, ...]
    contacts: Sequence[Contact]


def detect(
    probes: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
    samples: Sequence[tuple[SampleHeader, Frame]] = (),
    hits: Sequence[HitLog] = (),
    queues: Sequence[QueueLog] = (),
    office: Sequence[str] = (),
) -> Detection:
    """All outages that the logs show, in order of time.

    Probes of outside targets decide, those of the own watch (`samples`: tables by `heller.model.sample`, in
    memory or lazy) before imported ones. Targets inside the house tell of the cause, routers' logs, other
    monitors and other uplinks are second witnesses, and contacts claim ends. Without outside probes the
    routers' logs alone are read, and without those the contacts: the strength says so. Servers that the office
    used are witnesses too, or tell of an outage by its silence; `office` are its addresses or prefixes.
    """
    found = _by_line(probes, devices, contacts, samples)
    if not hits and not queues:
        return found
    from heller.outage.evidence import servers  # for those who have such logs

    return servers.join(found, hits, queues, office)


def _by_line(
    probes: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
    samples: Sequence[tuple[SampleHeader, Frame]],
) -> Detection:
    """What probes, routers and people say: the first of them that can."""
    own = uplinks(samples)
    deciding, beside = sides(probes, own=bool(own))
    imported = line("", [of_log(log, _probed(log)) for log in deciding])
    lines = [*own, *([imported] if imported else [])]
    if lines:
        main, others = lines[0], lines[1:]
        told = _measured(main, others, beside, devices, contacts)
        rest = tuple(_measured(o, [x for x in lines if x is not o], (), (), ()) for o in others)
        return replace(told, others=rest)
    inside_only = any(is_inside(log.target) for log in probes)
    if any(log.events for log in devices):
        return from_routers(devices, contacts, inside_only=inside_only)
    return from_contacts(contacts, inside_only=inside_only)


def uplinks(samples: Sequence[tuple[SampleHeader, Frame]]) -> list[Line]:
    """The lines of the own watch, those without a budget first."""
    names = dict.fromkeys(target.uplink for head, _ in samples for target in head.targets)
    metered = {name for head, _ in samples for name in head.metered}
    found = []
    for name in sorted(names, key=lambda n: n in metered):
        seen = line(name, [of_head(head, frame, name) for head, frame in samples])
        if seen is not None:
            found.append(seen)
    return found


def sides(probes: Sequence[ProbeLog], *, own: bool) -> tuple[list[ProbeLog], list[ProbeLog]]:
    """The imported logs that decide, and those that stand beside as witnesses: all outside ones where there is
    a watch of our own, else those that give no more than a step where others give the second."""
    logs = [log for log in probes if log.observations]
    outside = [log for log in logs if not is_inside(log.target)]
    wide = [log for log in outside if len(log.observations.width)]
    if own:
        return [], outside
    if len(wide) == len(outside):
        return logs, []
    return [log for log in logs if log not in wide], wide


def _probed(log: ProbeLog) -> Probed:
    """The target of an imported log; of one inside the house the answers tell of the gateway."""
    depth = Depth.GATEWAY if is_inside(log.target) else Depth.OUTSIDE
    return Probed("", depth, log.target, network_of(log.target), log.step, log.uncertainty, log.source)


def _measured(
    seen: Line,
    others: Sequence[Line],
    beside: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
) -> Detection:
    """Outages from probes, with all other sources as witnesses."""
    found = find(seen)
    routers = []
    for log in devices:
        down = downs(log)
        routers.append(Router(log, down, clock(log, found.cuts, down)))
    all_else = Evidence(tuple(routers), tuple(monitors(beside, found.cuts)), tuple(others), contacts)
    outages = tuple(_outage(cut, seen, all_else) for cut in found.cuts)
    poor = degradations(seen, found.cuts)
    return Detection(
        outages=outages,
        unobserved=seen.holes,
        observed=seen.span,
        stretches=stretches(seen.span, outages, seen.holes, poor),
        findings=tuple(_findings(seen, found, outages, all_else)),
        rule=RULE,
        degraded=poor,
        line=seen.name,
    )


def _outage(cut: Cut, seen: Line, beside: Evidence) -> Outage:
    cut = _reported(cut, beside.contacts)
    matches = [(r, match(r.log, cut, r.downs, r.clock)) for r in beside.routers]
    witnesses = [*_probe_witnesses(cut, seen)]
    ends = [*ends_claimed(cut, seen, beside.contacts)]
    measured = cut
    for router, found in matches:
        tighter = narrow(cut, found, router.clock)
        told = router_witness(found, router.clock, narrows=tighter != cut)
        if told is not None:
            witnesses.append(told)
            ends += ends_by_router(measured, seen, found, router.clock)
        cut = tighter
    second = [*_second(measured, seen, beside)]
    why, reason = cause(cut, seen.inner, seen.hops, [found for _, found in matches])
    return Outage(
        start=cut.start,
        end=cut.end,
        cause=why,
        strength=_strength(cut, seen, [found for _, found in matches], second, beside.monitors),
        cause_reason=reason,
        witnesses=(*witnesses, *second),
        ends=tuple(sorted(ends, key=lambda e: e.at)),
        unobserved=tuple(both for hole in seen.holes if (both := hole.meet(cut.certain))),
        line=seen.name,
    )


def _second(cut: Cut, seen: Line, beside: Evidence) -> Iterator[Witness]:
    """What other monitors and other uplinks saw of it."""
    for monitor in beside.monitors:
        told = told_by(monitor, seen_by(monitor, cut))
        if told is not None:
            yield told
    yield from over(beside.others, seen, cut)


def _strength(
    cut: Cut, seen: Line, matches: Sequence[Match], second: Sequence[Witness], others: Sequence[Monitor]
) -> Strength:
    """Measured: silence of targets in two networks at least, with a gateway that answered throughout where
    one was probed. Proven: a second witness agrees. Else it is suspected."""
    if any(found.agrees and not found.log.stated for found in matches):
        return Strength.PROVEN
    house = gateway(seen.inner, cut.certain)
    steady = house is None or house.worst[2] >= ALIVE * house.worst[1]
    if cut.belief < SURE or not steady or any(against(monitor, cut) for monitor in others):
        return Strength.SUSPECTED
    return Strength.PROVEN if second else Strength.MEASURED


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
    for track, sent, good in answer_counts(seen.outer, span):
        saw = text("{lost} of {sent} probes stayed without an answer.", lost=sent - good, sent=sent)
        yield Witness(text("Probes of {target}", target=track.probed.name), saw, track.probed.source, span)
    for track, sent, good in answer_counts(seen.inner, span):
        saw = text("{good} of {sent} probes inside the house were answered.", good=good, sent=sent)
        state = "up" if good * 2 > sent else "down"
        name = text("Probes of {target}", target=track.probed.name)
        yield Witness(name, saw, track.probed.source, span, state)


def stretches(
    observed: Span, outages: Sequence[Outage], holes: Sequence[Span], poor: Sequence[Degraded] = ()
) -> tuple[Stretch, ...]:
    """The observed time as runs of up, degraded, down and unobserved, without overlap or rest.

    Down is only what is certain of an outage and was watched; the time between two bounds counts as up.
    """
    blind = union(holes)
    sure = (both for o in outages if (both := o.span.meet(observed)))
    down = union(part for span in sure for part in without(span, blind))
    bad = (both for d in poor if (both := d.span.meet(observed)))
    part_up = union(part for span in bad for part in without(span, (*blind, *down)))
    up = without(observed, (*blind, *down, *part_up))
    named = ((blind, "unobserved"), (down, "down"), (part_up, "degraded"), (up, "up"))
    return tuple(
        sorted((Stretch(span, state) for spans, state in named for span in spans), key=lambda s: s.span)
    )


def _findings(seen: Line, found: Silences, outages: Sequence[Outage], beside: Evidence) -> Iterator[Finding]:
    """Everything that a provider would hold against the measurement, said first."""
    yield from doubts.targets(seen, found)
    yield from doubts.clocks(seen, [(r.log, r.clock) for r in beside.routers], any_outage=bool(outages))
    yield from doubts.gaps(seen, outages, [(r.downs, r.clock) for r in beside.routers])
    yield from doubts.edges(seen, found)
    if outages and not seen.inner:
        yield doubts.no_gateway(seen)
    for router in beside.routers:
        yield from doubts.disagreement(seen, outages, router.log, router.downs, router.clock)
        yield from doubts.own_acts(router.log, outages, router.clock)
    for monitor in beside.monitors:
        answers = (against(monitor, cut) for cut in found.cuts)
        yield from (contradicts(monitor, answer) for answer in answers if answer)
