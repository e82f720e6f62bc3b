"""Joins what servers' logs show to what was measured: a second witness, an outage of its own, or a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

import numpy as np
from msgspec.structs import replace

from heller.model.finding import Finding, Weight
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.outage import Cause, Detection, OpenEnd, OpenStart, Outage, Strength, Witness
from heller.model.span import Bounds, Span
from heller.model.text import Text, text
from heller.outage.evidence import office as offices
from heller.outage.evidence import passive
from heller.outage.evidence.office import Server
from heller.outage.evidence.passive import Silence
from heller.outage.evidence.queue import from_queues

SAID_ALONE = ("outage.not_measured", "outage.no_end")  # findings of outages that people only spoke of
TOLD = 3  # silences without a statement that are mentioned
NOTABLE = 1e-3  # of at most this probability
SLACK = timedelta(seconds=60)  # a hit so close to the edge of a measured outage may be the clocks' doing


def join(
    found: Detection, hits: Sequence[HitLog], queues: Sequence[QueueLog], office: Sequence[str]
) -> Detection:
    """The detection with what servers saw of the office, and what its own mail server could not send.

    A silence that covers a measured outage is a second witness of it; one by itself is a suspected outage; one
    in which probes were answered is none. Hits of the office within an outage are a doubt about it.
    """
    known = offices.servers(hits, office)
    present = [server for server in known if server.office.any()]
    doubts = list(offices.unknown(known) if not office else _absent(known, office))
    silent = [s for server in present for s in passive.silences(server)]
    stated = [_outage(s) for s in silent if not s.why and not _seen_elsewhere(s, present)]
    stated = _merge_silences(stated)
    late, more = from_queues(queues)
    doubts += [*more, *_unstated(silent, present, found), *_heard(silent, present)]
    outages = list(found.outages)
    if (stated or late) and not found.stretches:  # nothing was measured: what people said gives way
        outages = [o for o in outages if not any(_overlap(o, s) for s in (*stated, *late))]
        found = replace(found, findings=tuple(f for f in found.findings if f.code not in SAID_ALONE))
    for one in (*stated, *late):
        outages, doubt = _with(outages, one, found)
        doubts += doubt
    for outage in outages:
        doubts += _contradicted(outage, present)
    return replace(
        found,
        outages=tuple(sorted(outages, key=lambda o: o.start.latest)),
        findings=(*found.findings, *doubts),
        rule=found.rule,
    )


def _absent(known: Sequence[Server], office: Sequence[str]) -> Iterator[Finding]:
    for server in known:
        if not server.office.any():
            told = text("{office} does not occur in {server}.", office=", ".join(office), server=server.name)
            do = text("Check the address: it is the one that the office's line had at that time.")
            yield Finding("outage.office_absent", told, do, source=server.logs[0].source)


def _outage(silence: Silence) -> Outage:
    """The bounds: dead at the earliest right after the last hit, back at the latest with the first one."""
    server, unsure = silence.server, timedelta(seconds=silence.server.uncertainty)
    by, back = (datetime.fromtimestamp(at, UTC) for at in silence.by)
    start = Bounds(silence.start - unsure, max(by, silence.start) + unsure)
    end = Bounds(min(back, silence.end) - unsure, silence.end + unsure)
    reason = text(
        "At its usual rate the office would have come {times} times in these hours; that it did not come once "
        "has a probability of at most 1 in {odds} (negative binomial law, k = {k}, {days} days of log). Whether "
        "line, router or power failed, the log of a server does not say.",
        times=round(silence.expected),
        odds=_odds(silence.p),
        k=Decimal(f"{silence.k:.1f}"),
        days=silence.days,
    )
    saw = text(
        "It served {n} hits of others and none of the office, whose last one before was at {at}.",
        n=silence.others,
        at=silence.start,
    )
    name = text("Log of {device}", device=server.name)
    certain = Span(silence.start, silence.end)
    return Outage(
        start=start,
        end=end,
        cause=Cause.UNKNOWN,
        strength=Strength.SUSPECTED,
        cause_reason=reason,
        witnesses=(Witness(name, saw, server.place(silence.before), certain),),
    )


def _odds(p: float) -> int:
    """The n of '1 in n', two digits of it, rounded down; no more than a million millions."""
    n = int(min(1 / max(p, 1e-12), 1e12) * (1 + 1e-9))
    unit: int = 10 ** max(len(str(n)) - 2, 0)
    return n // unit * unit


def _seen_elsewhere(silence: Silence, present: Sequence[Server]) -> bool:
    """Whether another server was hit by the office meanwhile: then it was this server's matter."""
    begin, end = silence.start.timestamp() + 60, silence.end.timestamp() - 60
    return any(_hits(server, begin, end) for server in present if server is not silence.server)


def _hits(server: Server, begin: float, end: float) -> int:
    """The office's hits between two instants."""
    mine = server.times[server.office]
    return max(0, int(np.searchsorted(mine, end) - np.searchsorted(mine, begin, side="right")))


def _merge_silences(found: Sequence[Outage]) -> list[Outage]:
    """Silences of several servers at the same time as one: its bounds are those of all."""
    out: list[Outage] = []
    for one in sorted(found, key=lambda o: o.widest.start):
        if out and _overlap(out[-1], one):
            last = out.pop()
            start, end = _met(last.start, one.start), _met(last.end, one.end)
            one = replace(last, start=start, end=end, witnesses=(*last.witnesses, *one.witnesses))
        out.append(one)
    return out


Edge = TypeVar("Edge", Bounds | OpenStart, Bounds | OpenEnd)


def _met(a: Edge, b: Edge) -> Edge | Bounds:
    """What two bounds have in common; the first where they contradict each other or one is open."""
    if not isinstance(a, Bounds) or not isinstance(b, Bounds):
        return a
    low, high = max(a.earliest, b.earliest), min(a.latest, b.latest)
    return Bounds(low, high) if low <= high else a


def _overlap(a: Outage, b: Outage) -> bool:
    return a.widest.start < b.widest.end and b.widest.start < a.widest.end


def _with(outages: list[Outage], one: Outage, found: Detection) -> tuple[list[Outage], list[Finding]]:
    """The outages with one more from a server's log: as a witness where one of them lies in it."""
    up = sum(
        (both.length for s in found.stretches if s.state == "up" and (both := s.span.meet(one.span))),
        timedelta(),
    )
    inside = [o for o in outages if _covers(one, o)]
    if inside:
        return [_witnessed(o, one) if o in inside else o for o in outages], []
    if up * 2 > one.shortest > timedelta():
        told = text(
            "{witness} is silent from {start} to {end}, but outside targets answered meanwhile.",
            witness=one.witnesses[0].name,
            start=one.widest.start,
            end=one.widest.end,
        )
        return outages, [Finding("outage.sources_disagree", told, None, Weight.NOTE, one.witnesses[0].source)]
    if any(_overlap(one, o) for o in outages):
        told = text(
            "{witness} tells of an outage from {start} to {end}; another source bounds it otherwise.",
            witness=one.witnesses[0].name,
            start=one.widest.start,
            end=one.widest.end,
        )
        return outages, [Finding("outage.bounds_differ", told, None, source=one.witnesses[0].source)]
    return [*outages, one], []


def _covers(one: Outage, other: Outage) -> bool:
    """Whether nothing was heard of the office all through what is certain of another outage."""
    return (
        one.widest.start <= other.start.latest + SLACK
        and one.widest.end >= other.end.earliest - SLACK
        and _overlap(one, other)
    )


def _witnessed(outage: Outage, one: Outage) -> Outage:
    proven = Strength.PROVEN if outage.strength is Strength.MEASURED else outage.strength
    return replace(outage, strength=proven, witnesses=(*outage.witnesses, *one.witnesses))


def _contradicted(outage: Outage, present: Sequence[Server]) -> Iterator[Finding]:
    """Hits of the office while the line is said to be dead."""
    begin, end = (outage.span.start + SLACK).timestamp(), (outage.span.end - SLACK).timestamp()
    for server in present:
        n = _hits(server, begin, end)
        if n and begin < end:
            told = text(
                "{server} was hit {n} times by the office's address while the line is said to be down from "
                "{start} on.",
                server=server.name,
                n=n,
                start=outage.start.latest,
            )
            do = text("Say whether that address is the line's own, and whether it was in use elsewhere.")
            yield Finding("outage.office_seen", told, do, source=server.logs[0].source)


def _unstated(silent: Sequence[Silence], present: Sequence[Server], found: Detection) -> Iterator[Finding]:
    """Silences that are no statement, with the reason: those at known outages, and the least probable."""
    open_ = [s for s in silent if s.why or _seen_elsewhere(s, present)]
    at = [s for s in open_ if any(Span(s.start, s.end).overlaps(o.span) for o in found.outages)]
    rest = sorted((s for s in open_ if s not in at and (s.p <= NOTABLE)), key=lambda s: s.p)
    for silence in [*at, *rest[:TOLD]]:
        told = text(
            "No statement about the silence of the office in {server} from {start} to {end}: {why}",
            server=silence.server.name,
            start=silence.start,
            end=silence.end,
            why=_why(silence),
        )
        yield Finding("outage.no_statement", told, None, Weight.NOTE, silence.server.place(silence.before))


def _heard(silent: Sequence[Silence], present: Sequence[Server]) -> Iterator[Finding]:
    """Servers in whose log the office is, and no silence of it is an outage."""
    for server in present:
        if any(s.server is server and not s.why for s in silent):
            continue
        mine = server.times[server.office]
        told = text(
            "{server} has {n} hits of the office between {start} and {end}; none of its silences is an outage.",
            server=server.name,
            n=len(mine),
            start=datetime.fromtimestamp(int(mine[0]), UTC),
            end=datetime.fromtimestamp(int(mine[-1]), UTC),
        )
        yield Finding("outage.office_heard", told, None, Weight.NOTE, server.logs[0].source)


def _why(silence: Silence) -> Text:
    match silence.why:
        case "short":
            return text(
                "the log has {days} days beside it, and at least {least} are needed to know the office's rate.",
                days=silence.days,
                least=passive.LEAST_DAYS,
            )
        case "server":
            return text("the server served nobody else for most of that time.")
        case "moved":
            return text(
                "programs that only the office uses came from another address meanwhile. If that was the "
                "emergency line, say so; else the office's address had changed."
            )
        case "probable":
            return text(
                "its probability is 1 in {odds}, and an outage is told from 1 in {least} on.",
                odds=_odds(silence.p),
                least=_odds(passive.MOST),
            )
        case _:
            return text("another server was hit by the office meanwhile.")
