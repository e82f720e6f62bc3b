"""The verdict: outages with bounds, cause, strength, witnesses and competing ends, and every doubt.

Raw logs stay untouched, observations are handed in; a better rule, or the other side's expert, can work
the verdict out again. The version of the rule goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from heller.model.finding import Finding
from heller.model.outage import (
    CompetingEnd,
    Contradiction,
    Degraded,
    Detection,
    OpenEnd,
    OpenStart,
    Outage,
    Strength,
    Stretch,
    Witness,
)
from heller.model.record import Contact, DeviceLog, HitLog, ProbeLog, QueueLog
from heller.model.sample import Layer, SampleHeader
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text
from heller.outage import doubts
from heller.outage.cause import cause, gateway
from heller.outage.columns import Frame, Probed, of_log
from heller.outage.degraded import degraded
from heller.outage.ends import claimed, linked, router_witness
from heller.outage.evidence.reports import reported
from heller.outage.evidence.router import Clock, Down, Match, clock, downs, match, narrowed, shifted
from heller.outage.evidence.witness import Monitor, against, answering, monitors, over, seen_by, told_by
from heller.outage.line import Line, answered, heard, is_inside, line, network_of, of_head
from heller.outage.lone import ROUTER_ALONE, from_contacts, from_routers
from heller.outage.micros import ONE
from heller.outage.rule import ALIVE, RULE, SURE
from heller.outage.silence import Cut, Silences, find
from heller.outage.together import together


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
    if hits or queues:
        from heller.outage.evidence import servers  # for those who have such logs

        found = servers.joined(found, hits, queues, office)
    found = reported(found, contacts)
    return replace(found, findings=(*found.findings, *map(doubts.contradiction, found.contradictions)))


def _by_line(
    probes: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
    samples: Sequence[tuple[SampleHeader, Frame]],
) -> Detection:
    """What probes, routers and people say, put together: who was not looking takes nothing from another."""
    own = uplinks(samples)
    deciding, beside = sides(probes, own=bool(own))
    imported = line("", [of_log(log, _probed(log)) for log in deciding])
    lines = [*own, *([imported] if imported else [])]
    inside_only = any(is_inside(log.target) for log in probes)
    if lines:
        main, others = lines[0], lines[1:]
        found = _measured(main, others, beside, devices, contacts)
        rest = tuple(_measured(o, [x for x in lines if x is not o], (), (), ()) for o in others)
        found = _with_all(replace(found, others=rest), main, beside, devices, contacts)
    elif any(log.events for log in devices):
        found = from_routers(devices, contacts, inside_only=inside_only)
    else:
        return from_contacts(contacts, inside_only=inside_only)
    return found


def _with_all(
    found: Detection,
    main: Line,
    beside: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
) -> Detection:
    """With what other monitors and the routers saw while the main line's own probes were not looking."""
    cuts, up = find(main).cuts, _answered(main)
    second = line("", [of_log(m.log, _probed(m.log), m.clock.offset // ONE) for m in monitors(beside, cuts)])
    if second is not None:
        found = together(found, _measured(second, (), (), (), contacts), lambda s: heard(main, s), up)
    moved = [shifted(log, clock(log, cuts, downs(log)).offset) for log in devices if log.events]
    if moved:
        alone = from_routers(moved, contacts, inside_only=False)
        kept = tuple(f for f in alone.findings if f.code != ROUTER_ALONE)
        found = together(found, alone, lambda s: heard(main, s), up)
        found = replace(found, findings=(*found.findings, *kept))
    return found


def _answered(main: Line) -> Witness:
    """The deciding probes as a witness that the line worked."""
    names = ", ".join(sorted({track.probed.name for track in main.outer})[:4])
    return Witness(
        text("Probes of {target}", target=names), text("They were answered."), main.source, None, "up"
    )


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
    layer = Layer.GATEWAY if is_inside(log.target) else Layer.TARGET
    return Probed("", layer, log.target, network_of(log.target), log.step, log.uncertainty, log.source)


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
    poor = degraded(seen, found.cuts)
    return Detection(
        outages=outages,
        unobserved=seen.holes,
        observed=seen.span,
        contradictions=tuple(_contradictions(outages, all_else.monitors, found.cuts)),
        stretches=stretches(seen.span, outages, seen.holes, poor),
        findings=tuple(_findings(seen, found, outages, all_else)),
        rule=RULE,
        degraded=poor,
        line=seen.name,
    )


def _outage(cut: Cut, seen: Line, beside: Evidence) -> Outage:
    matches = [(r, match(r.log, cut, r.downs, r.clock)) for r in beside.routers]
    witnesses = [*_probe_witnesses(cut, seen)]
    ends = [*claimed(cut, seen, beside.contacts)]
    measured = cut
    for router, found in matches:
        tighter = narrowed(cut, found, router.clock)
        told = router_witness(found, router.clock, narrows=tighter != cut)
        if told is not None:
            witnesses.append(told)
            ends += linked(measured, seen, found, router.clock)
        cut = tighter
    second = [*_second(measured, seen, beside)]
    why, reason = cause(cut, seen.inner, seen.hops, [found for _, found in matches])
    return Outage(
        start=OpenStart(cut.start.latest) if cut.open_start else cut.start,
        end=_open(cut, ends) if cut.open_end else cut.end,
        cause=why,
        strength=_strength(cut, seen, [found for _, found in matches], second, beside.monitors),
        cause_reason=reason,
        witnesses=(*witnesses, *second),
        ends=tuple(sorted(ends, key=lambda e: e.at)),
        unobserved=tuple(both for hole in seen.holes if (both := hole.meet(cut.certain))),
        line=seen.name,
    )


def _open(cut: Cut, ends: Sequence[CompetingEnd]) -> Bounds | OpenEnd:
    """The end of an outage that was still there when the probes ended: open, unless somebody claimed an end that
    nothing contradicts."""
    later = [end.at for end in ends if end.holds]
    return Bounds(cut.end.earliest, max(later)) if later else OpenEnd(cut.end.earliest)


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


def _contradictions(
    outages: Sequence[Outage], others: Sequence[Monitor], cuts: Sequence[Cut]
) -> Iterator[Contradiction]:
    """Outages in which another monitor got an answer."""
    for outage, cut in zip(outages, cuts, strict=True):
        for monitor in others:
            answer = against(monitor, cut)
            if answer is not None:
                yield Contradiction(
                    outage.span, outage.witnesses[0], answering(monitor, answer), counted=True
                )


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
        yield from doubts.own_acts(router.log, outages, router.clock)
