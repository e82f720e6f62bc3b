"""What several witnesses say of one line, put together over time: each says down, up, or nothing.

Who was not looking shortens nobody else's statement. Where one was answered while another calls the line dead,
the two contradict each other: that time is no outage, both statements are kept, and it is said. It reads no log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import reduce
from typing import TypeAlias

from msgspec.structs import replace

from heller.model.outage import (
    Cause,
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
from heller.outage.detours import distinct
from heller.outage.rule import NOTICES

Heard: TypeAlias = "Callable[[Span], Sequence[Span]]"  # in which parts of a span the line was answered
DEAD = ("down", "detour")
STATES = ("detour", "down", "unobserved", "half", "degraded", "slow", "up")  # from what outweighs all


def together(base: Detection, other: Detection, heard: Heard, up: Witness | None) -> Detection:
    """The base with the outages of another witness, its findings left to the caller. `heard` says when the base
    was answered, `up` is the words for that; without it nothing the other says is contradicted."""
    ways = [detour.longest for one in other.outages for detour in one.detours]
    outages, blind = list(base.outages), (*_blind(base, other), *ways)
    against: list[Contradiction] = []
    for one in other.outages:
        disputed = _disputed(one, outages, heard) if up else ()
        if up:
            against += _contradicting(one, disputed, up)
        for piece in _pieces(one, disputed):
            outages = _absorbed(outages, piece, blind)
    found = replace(base, outages=tuple(outages), contradictions=(*base.contradictions, *against))
    return replace(found, **_observations(base, other, found.outages))


def suppose_other(found: Detection, contradiction: Contradiction) -> Detection:
    """The detection if the other of the two statements were right."""
    span = contradiction.span
    if contradiction.counted:
        kept = [
            piece for o in found.outages for piece in _pieces(o, (span,) if o.span.overlaps(span) else ())
        ]
        return replace(found, outages=tuple(kept))
    start, end = Bounds(span.start, span.start), Bounds(span.end, span.end)
    down = contradiction.down
    one = Outage(start, end, Cause.UNKNOWN, Strength.SUSPECTED, down.saw, (down,))
    return replace(found, outages=tuple(_absorbed(found.outages, one, (span,))))


def _blind(base: Detection, other: Detection) -> tuple[Span, ...]:
    """When the base was not looking, as far as the other reaches."""
    whole = union(one.widest for one in other.outages)
    if base.observed is None or not whole:
        return (*base.unobserved, *whole)
    reach = Span(min(whole[0].start, base.observed.start), max(whole[-1].end, base.observed.end))
    return (*base.unobserved, *without(reach, (base.observed,)))


def _contradicting(one: Outage, disputed: Sequence[Span], up: Witness) -> Iterator[Contradiction]:
    """The two statements, once for each outage that lasted longer than a device is slow."""
    if disputed and one.shortest > NOTICES and one.witnesses:
        yield Contradiction(Span(disputed[0].start, disputed[-1].end), one.witnesses[0], up)


def _disputed(one: Outage, outages: Sequence[Outage], heard: Heard) -> tuple[Span, ...]:
    """When the base was answered while the other calls the line dead. Beside an outage that both saw, a device may
    be slow to notice."""
    certain, slow = one.span, NOTICES if any(_near(one, o) for o in outages) else timedelta()
    if certain.length <= 2 * slow:
        return ()
    return union(heard(Span(certain.start + slow, certain.end - slow)))


def _near(a: Outage, b: Outage) -> bool:
    return a.widest.start - NOTICES < b.widest.end and b.widest.start - NOTICES < a.widest.end


def _pieces(one: Outage, disputed: Sequence[Span]) -> Iterator[Outage]:
    """What is left of an outage beside the time that is disputed; a cut edge is as sharp as the answer there."""
    if not disputed:
        yield one
        return
    whole, certain = one.widest, one.span
    for part in without(whole, disputed):
        sure = part.meet(certain)
        if sure is None or sure.length < NOTICES:
            continue
        start = one.start if part.start == whole.start else Bounds(part.start, sure.start)
        end = one.end if part.end == whole.end else Bounds(sure.end, part.end)
        holes = tuple(both for hole in one.unobserved if (both := hole.meet(sure)))
        yield replace(one, start=start, end=end, unobserved=holes)


def _absorbed(outages: Sequence[Outage], piece: Outage, blind: Sequence[Span]) -> list[Outage]:
    """The outages with one more, joined to those that it meets."""
    met = [o for o in outages if _meet(o, piece)]
    rest = [o for o in outages if not _meet(o, piece)]
    whole = reduce(lambda a, b: _join_outages(b, a, blind), met, piece)
    return sorted((*rest, whole), key=lambda o: o.start.latest)


def witnessed(outages: Sequence[Outage], others: Sequence[Outage]) -> list[Outage]:
    """Outages with what another log says of the same times: a witness of each that it meets, where both may be right
    about it; an outage of its own only where it meets none."""
    found, left = list(outages), []
    for other in others:
        met = [n for n, one in enumerate(found) if _meet(one, other)]
        for n in met:
            found[n] = _join_outages(found[n], other, ())
        left += [] if met else [other]
    return [*found, *left]


def _meet(a: Outage, b: Outage) -> bool:
    return a.widest.start <= b.widest.end and b.widest.start <= a.widest.end


def _join_outages(base: Outage, other: Outage, blind: Sequence[Span]) -> Outage:
    """Two statements about one outage: what either is certain of is certain; the base's bounds stand where it
    looked."""
    both = base.span.meet(other.span)
    start, end = _start(base, other, blind), _end(base, other, blind)
    certain = Span(start.latest, max(start.latest, end.earliest))
    unseen = without(certain, (base.span, other.span))
    rest = (part for hole in other.unobserved for part in without(hole, (base.span,)))
    ends = {(e.at, e.said_by): e for e in (*other.ends, *base.ends)}
    longer = base if base.shortest >= other.shortest else other
    return replace(
        base,
        start=start,
        end=end,
        cause=other.cause if base.cause is Cause.UNKNOWN else base.cause,
        cause_reason=other.cause_reason if base.cause is Cause.UNKNOWN else base.cause_reason,
        strength=_agreed(base.strength, other.strength) if both else longer.strength,
        witnesses=(*base.witnesses, *(w for w in other.witnesses if not _is_known(w, base))),
        ends=tuple(ends[key] for key in sorted(ends)),
        unobserved=union((*base.unobserved, *rest, *unseen)),
        detours=distinct((*base.detours, *other.detours)),
    )


def _is_known(witness: Witness, outage: Outage) -> bool:
    """Whether the same log is a witness of the outage already."""
    return any(
        (known.name, known.source.object) == (witness.name, witness.source.object)
        for known in outage.witnesses
    )


def _agreed(one: Strength, other: Strength) -> Strength:
    """Two that saw it at the same time prove it, where at least the second measured it itself."""
    if other is Strength.SUSPECTED:
        return one
    return Strength.PROVEN


def _start(base: Outage, other: Outage, blind: Sequence[Span]) -> Bounds | OpenStart:
    a, b = base.start, other.start
    if isinstance(a, OpenStart):
        if isinstance(b, OpenStart):
            return OpenStart(min(a.latest, b.latest))
        return b if b.latest <= a.latest else Bounds(b.earliest, a.latest) if b.earliest <= a.latest else a
    if b.latest < a.latest and any(hole.overlaps(Span(b.latest, a.latest)) for hole in blind):
        return b if b.latest < a.earliest else Bounds(a.earliest, b.latest)
    return a


def _end(base: Outage, other: Outage, blind: Sequence[Span]) -> Bounds | OpenEnd:
    a, b = base.end, other.end
    if isinstance(a, OpenEnd):
        if isinstance(b, OpenEnd):
            return OpenEnd(max(a.earliest, b.earliest))
        return (
            b if a.earliest <= b.earliest else Bounds(a.earliest, b.latest) if a.earliest <= b.latest else a
        )
    if a.earliest < b.earliest and any(hole.overlaps(Span(a.earliest, b.earliest)) for hole in blind):
        return b if a.latest < b.earliest else Bounds(b.earliest, a.latest)
    return a


def _observations(base: Detection, other: Detection, outages: Iterable[Outage]) -> dict[str, object]:
    """What was observed by either: the states of the base, those of the other outside the base's time, and each
    outage as far as it is certain and was watched."""
    if base.observed is None or other.observed is None:
        found = other if base.observed is None else base
        return {"observed": found.observed, "stretches": found.stretches}
    whole = Span(min(base.observed.start, other.observed.start), max(base.observed.end, other.observed.end))
    outages = tuple(outages)
    down = union(part for o in outages for part in without(o.span, o.unobserved))
    ways = union(detour.longest for o in outages for detour in o.detours)
    runs = [
        Stretch(s, "detour")
        for span in down
        for way in ways
        if (b := span.meet(way)) and (s := b.meet(whole))
    ]
    runs += [Stretch(s, "down") for span in down for part in without(span, ways) if (s := part.meet(whole))]
    layers = (
        [Stretch(s.span, s.state) for s in base.stretches if s.state not in DEAD],
        [Stretch(base.observed, "unobserved")],
        [s for s in other.stretches if s.state not in DEAD],
        [Stretch(whole, "unobserved")],
    )
    left = list(without(whole, down))
    for layer in layers:
        for state in STATES:
            spans = union(s.span for s in layer if s.state == state)
            runs += [Stretch(both, state) for free in left for s in spans if (both := free.meet(s))]
            left = [part for free in left for part in without(free, spans)]
    return {"observed": whole, "stretches": tuple(sorted(runs, key=lambda s: s.span))}
