"""What a provider would hold against a measurement, said before he says it, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from heller.model.finding import Finding, Weight
from heller.model.kinds.device_log import DeviceLog, DeviceSign
from heller.model.outage import Contradiction, Outage
from heller.model.sample import QUESTION
from heller.model.span import Span
from heller.model.text import text
from heller.outage.evidence.device import place
from heller.outage.evidence.router import Clock, Down
from heller.outage.line import Line
from heller.outage.rule import COARSE, NOTICES
from heller.outage.silence import Silences


def targets(seen: Line, found: Silences) -> Iterator[Finding]:
    """Too few targets, all in one network, one that was silent alone, noise."""
    source = seen.source
    names = sorted({track.probed.name for track in seen.outer})
    if len(names) == 1:
        told = text("Only one target outside was probed: {target}.", target=names[0])
        do = text("It may be said that the target failed, not the line; probe two or more in other networks.")
        yield Finding("outage.one_target", told, do, source=source)
    elif len({track.probed.network for track in seen.outer}) == 1:
        told = text("All {n} targets lie in one network.", n=len(names))
        do = text("It may be said that this network failed; probe a target of another provider too.")
        yield Finding("outage.one_network", told, do, source=source)
    for i, n in sorted(found.alone.items() if len(names) > 1 else ()):
        probed = seen.outer[i].probed
        if probed.protocol == QUESTION:
            continue  # names that were not resolved are told as such
        told = text(
            "{target} was silent {n} times while another target was not; that is no outage.",
            "{target} was silent once while another target was not; that is no outage.",
            target=probed.name,
            n=n,
        )
        yield Finding("outage.target_alone", told, None, Weight.NOTE, probed.source)
    if found.learnt.chance and found.cuts:
        told = text("Losses in a row by chance while the line was up: {n} at most.", n=found.learnt.longest)
        do = text(
            "Losses left out at each end of an outage, since they may be chance: {n}.", n=found.learnt.chance
        )
        yield Finding("outage.noise", told, do, Weight.NOTE, source)


def clocks(seen: Line, routers: Sequence[tuple[DeviceLog, Clock]], *, any_outage: bool) -> Iterator[Finding]:
    """Whether anything shows that the watcher's clock was right."""
    if not any_outage:
        return
    fitting = [(log, clock) for log, clock in routers if clock.agree]
    for log, clock in fitting:
        if clock.offset:
            told = text(
                "The clock of {device} and the watcher's are {apart} apart, the same on {n} events.",
                device=log.device,
                apart=abs(clock.offset),
                n=clock.agree,
            )
            do = text("Lengths do not change by it; say which clock was set by a time server.")
            yield Finding("outage.clocks_apart", told, do, source=log.source)
        else:
            told = text(
                "{device} and the watcher agree on {n} events within {apart}.",
                device=log.device,
                n=clock.agree,
                apart=max(clock.apart, timedelta(seconds=1)),
            )
            yield Finding("outage.clocks_agree", told, None, Weight.NOTE, log.source)
    if not fitting:
        told = text("Nothing shows that the watching computer's clock was right.")
        do = text("Lengths do not depend on it; keep a record of the time server it was set by.")
        yield Finding("outage.clock_unproven", told, do, source=seen.source)


def gaps(
    seen: Line, outages: Sequence[Outage], routers: Sequence[tuple[Sequence[Down], Clock]]
) -> Iterator[Finding]:
    """Time in which nobody watched, and wide steps."""
    source = seen.source
    blind = sum((hole.length for hole in seen.holes), timedelta())
    if blind:
        told = text(
            "Stretches in which nobody watched: {n}, together {blind}; they count neither as up nor as down.",
            blind=_seconds(blind),
            n=len(seen.holes),
        )
        yield Finding("outage.unobserved", told, None, Weight.NOTE, source)
    inferred = sum((o.shortest - o.proven_down for o in outages), timedelta())
    if inferred:
        told = text(
            "{blind} within outages were not watched, down before and after.", blind=_seconds(inferred)
        )
        do = text("The measured length leaves it out; another log of these hours would close the gap.")
        if all(_saw_it_down(hole, routers) for o in outages for hole in o.unobserved):
            do = text(
                "The measured length leaves it out; the router's log shows the line down all through it."
            )
        yield Finding("outage.unobserved_inside", told, do, source=source)
    if seen.local:
        told = text(
            "{n} probes could not leave the watching computer; they say nothing of the line.",
            "One probe could not leave the watching computer; it says nothing of the line.",
            n=seen.local,
        )
        yield Finding("outage.local_errors", told, None, Weight.NOTE, source)
    if seen.offline:
        told = text(
            "The watching computer's own link was down {n} times, together {length}; the line is not charged "
            "with it.",
            n=len(seen.offline),
            length=_seconds(sum((o.length for o in seen.offline), timedelta())),
        )
        yield Finding("outage.own_link", told, None, Weight.NOTE, source)
    step = max(seen.steps)
    if outages and min(seen.steps) >= COARSE:
        told = text(
            "Probes went out every {s} seconds; alone they bound an outage no closer than that.",
            s=round(step),
        )
        do = text("The claim uses the shortest length; a probe each second would narrow the bounds.")
        yield Finding("outage.wide_step", told, do, Weight.NOTE, source)


def _saw_it_down(hole: Span, routers: Sequence[tuple[Sequence[Down], Clock]]) -> bool:
    """Whether a router saw the line down all through a gap."""
    return any(
        d.first.at + clock.offset <= hole.start and hole.end <= d.end + clock.offset
        for downs, clock in routers
        for d in downs
        if d.last
    )


def neither(seen: Line, found: Sequence[Span]) -> Iterator[Finding]:
    """Losses that are too few to tell anything."""
    if found:
        told = text(
            "For {length} probes were lost, too few to tell whether the line was down; that time counts neither "
            "as up nor as down.",
            length=_seconds(sum((one.length for one in found), timedelta())),
        )
        do = text("Another log of that time would tell.")
        yield Finding("outage.neither", told, do, Weight.NOTE, seen.source)


def edges(seen: Line, found: Silences) -> Iterator[Finding]:
    """Outages that had begun before the log did, or went on after it."""
    for cut in found.cuts:
        if cut.open_start:
            told = text("The log begins with the line down; the outage is older than what is measured.")
            do = text("Look for other logs of the time before {start}.", start=cut.start.latest)
            yield Finding("outage.open_start", told, do, source=seen.source)
        if cut.open_end:
            told = text(
                "The log ends with the line down at {end}; the end is not measured.", end=cut.end.latest
            )
            do = text("Add the log of the time after it.")
            yield Finding("outage.open_end", told, do, source=seen.source)


def no_gateway(seen: Line) -> Finding:
    """Nothing in the house was probed."""
    return Finding(
        "outage.no_gateway",
        text("No target inside the house was probed, so the own network is not ruled out by measurement."),
        text("Probe the router too; add its log."),
        source=seen.source,
    )


def contradiction(found: Contradiction) -> Finding:
    """Two statements that cannot both be right. Neither is to be changed: somebody has to say what explains it."""
    told = text(
        "{down}: {dead} {up}: {alive} Both cannot be right for {start} to {end}.",
        down=found.down.name,
        dead=found.down.saw,
        up=found.up.name,
        alive=found.up.saw,
        start=found.span.start,
        end=found.span.end,
    )
    do = text(
        "Leave both as they are and say what explains it: another line, another fault, a clock, a detour over "
        "the mobile network. heller note CASE fact outage.contradiction TEXT"
    )
    return Finding("outage.contradiction", told, do, source=found.down.source)


def own_acts(log: DeviceLog, outages: Sequence[Outage], clock: Clock) -> Iterator[Finding]:
    """Something that the own side did at the router while the line was dead or just before."""
    for event in log.events:
        at = event.at + clock.offset
        near = any(o.widest.start - NOTICES <= at <= o.widest.end for o in outages)
        if near and event.sign in (DeviceSign.OWN_ACT, DeviceSign.RESTART):
            source = place(log, event)
            told = text("At {at} the router's log shows an act of the own side or a restart.", at=at)
            do = text("Say who did it and why, before the provider puts the outage down to it.")
            yield Finding("outage.own_act", told, do, source=source)


def _seconds(length: timedelta) -> timedelta:
    return timedelta(seconds=round(length.total_seconds()))
