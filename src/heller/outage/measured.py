"""The outages of one line as its probes show them, with everything else as witnesses: routers, other monitors,
other uplinks, people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from heller.model.finding import Finding
from heller.model.kinds.contact import Contact
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.outage import (
    CompetingEnd,
    Contradiction,
    Detection,
    OpenEnd,
    OpenStart,
    Outage,
    Strength,
    Stretch,
    Witness,
)
from heller.model.span import Bounds, Span, union, without
from heller.model.text import text
from heller.outage import doubts
from heller.outage.carriage import carried, own_hops
from heller.outage.cause import cause, gateway
from heller.outage.degradation import degradations
from heller.outage.detours import bridged
from heller.outage.ends import ends_by_router, ends_claimed, router_witness
from heller.outage.evidence.router import Clock, Down, Match, clock, downs, match, narrow
from heller.outage.evidence.witness import Monitor, against, monitor_answer, monitors, over, seen_by, told_by
from heller.outage.families import doubts as family_doubts
from heller.outage.families import halves
from heller.outage.line import Line, answer_counts
from heller.outage.redirection import degraded_of, explained, outages_of, redirected
from heller.outage.redirection import doubts as redirection_doubts
from heller.outage.rule import ALIVE, RULE, SURE
from heller.outage.silence import Cut, Silences, doubtful
from heller.outage.slowness import slowness


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


def measured(
    seen: Line,
    found: Silences,
    others: Sequence[Line],
    beside: Sequence[ProbeLog],
    devices: Sequence[DeviceLog],
    contacts: Sequence[Contact],
) -> Detection:
    """Outages from the silences of a line's probes, with all other sources as witnesses."""
    routers = []
    for log in devices:
        down = downs(log)
        routers.append(Router(log, down, clock(log, found.cuts, down)))
    all_else = Evidence(tuple(routers), tuple(monitors(beside, found.cuts)), tuple(others), contacts)
    half, led_astray = halves(seen, found), redirected(seen)
    found = found._replace(alone=dict(half.alone))
    silent = explained((_outage(cut, seen, all_else) for cut in found.cuts), led_astray)
    ways, asked = carried(seen)
    outages = bridged(bridged(silent, ways), outages_of(seen, led_astray))
    cuts = (*found.cuts, *half.cuts)
    poor = (*degradations(seen, cuts), *degraded_of(seen, led_astray, found.cuts))
    slow, doubt = slowness(seen), doubtful(seen, cuts)
    return Detection(
        outages=outages,
        unobserved=seen.holes,
        observed=seen.span,
        contradictions=tuple(_contradictions(silent, all_else.monitors, found.cuts)),
        stretches=stretches(
            seen.span,
            outages,
            (*seen.holes, *doubt),
            {
                "half": [one.span for one in half.outages],
                "degraded": [one.span for one in poor],
                "slow": [one.span for one in slow],
            },
        ),
        findings=(
            *_findings(seen, found, outages, all_else),
            *asked,
            *doubts.neither(seen, doubt),
            *family_doubts(half.outages),
            *redirection_doubts(seen, led_astray),
        ),
        rule=RULE,
        degraded=tuple(sorted(poor, key=lambda one: one.start.earliest)),
        halves=half.outages,
        slow=slow,
        line=seen.name,
    )


def _outage(cut: Cut, seen: Line, beside: Evidence) -> Outage:
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
    why, reason = cause(cut, seen.inner, own_hops(seen), [found for _, found in matches])
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
    for track, sent, good in answer_counts(seen.outer, cut.losses or span):
        saw = text("{lost} of {sent} probes stayed without an answer.", lost=sent - good, sent=sent)
        yield Witness(text("Probes of {target}", target=track.probed.name), saw, track.probed.source, span)
    for track, sent, good in answer_counts(seen.inner, span):
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
                    outage.span, outage.witnesses[0], monitor_answer(monitor, answer), counted=True
                )


def stretches(
    observed: Span, outages: Sequence[Outage], holes: Sequence[Span], less: Mapping[str, Iterable[Span]] = {}
) -> tuple[Stretch, ...]:
    """The observed time as runs of one state, without overlap or rest; what comes first outweighs what follows.

    Down is only what is certain of an outage and was watched; the time between two bounds counts as up. `less` are the
    states that are no outage.
    """
    over = [both for o in outages for d in o.detours if (both := d.longest.meet(o.span))]
    layers: dict[str, Iterable[Span]] = {
        "unobserved": holes,
        "detour": over,
        "down": [o.span for o in outages],
        **less,
        "up": [observed],
    }
    left, runs = [observed], []
    for state, spans in layers.items():
        whole = union(spans)
        runs += [Stretch(both, state) for free in left for span in whole if (both := free.meet(span))]
        left = [part for free in left for part in without(free, whole)]
    return tuple(sorted(runs, key=lambda s: s.span))


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
