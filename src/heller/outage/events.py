"""Which outages of a line are one event, and which are none of the claim. It reads no log and knows no money.

Outages less than a day apart are one event for the business. Those of minutes join only what is close by, so that
they move nothing else; alone, or within announced work, they are listed and enter no claim. What a person decided
comes before all that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.model.event import EventKind, LineEvent
from heller.model.kinds.announced_work import AnnouncedWork
from heller.model.kinds.grouping import Grouping, GroupingVerdict
from heller.model.outage import Cause, Detection, Outage
from heller.model.span import Bounds, Span
from heller.model.text import Text, text

APART = timedelta(days=1)  # outages less than that apart are one event for the business
CLOSE = timedelta(hours=1)  # and those of minutes where they are closer than that
MICRO = timedelta(minutes=15)  # shorter in all than that: no event of a claim
NEARBY = timedelta(days=7)  # outages less than that apart may be one event: it is proposed
GAP = timedelta(hours=6)  # a working time of at least that much in an event may part it: it is proposed
OWN_SIDE = (Cause.OWN_HOST, Cause.LAN, Cause.TARGET)

Group = tuple[Outage, ...]


def events_of(
    line: str,
    detection: Detection,
    works: Sequence[AnnouncedWork],
    decided: Sequence[Grouping],
    zone: ZoneInfo,
) -> tuple[LineEvent, ...]:
    """All events of a line, in order of time: outages of the claim, and what is only listed beside them."""
    mine = [one for one in decided if one.line == line]
    counted = [g.one for g in mine if g.verdict is GroupingVerdict.COUNTED]
    kept = [o for o in detection.outages if any(_nearest(at, detection.outages) is o for at in counted)]
    open_: list[Outage] = []
    during: list[Outage] = []
    for outage in detection.outages:
        windows = [] if outage in kept else _windows(outage, line, works)
        rest = _after_work(outage, windows)
        (during if rest is None else open_).append(outage if rest is None else rest)
    groups = _by_decision(_grouped(open_), mine)
    found = [_event(line, group, counted=any(o in kept for o in group), zone=zone) for group in groups]
    found += [_work(line, outage, zone) for outage in during]
    found += _slow(line, detection, zone)
    return tuple(sorted(found, key=lambda event: (event.span.start, event.kind.value)))


def asked(events: Iterable[LineEvent]) -> Iterator[LineEvent]:
    """Events of a line that nobody has named: they are shown, and enter no claim."""
    said = text("Nobody has said which line this is; nothing of it enters the claim.")
    for event in events:
        yield replace(event, kind=EventKind.ASKED, footing=said)


def nearby(
    line: str, events: Sequence[LineEvent], decided: Sequence[Grouping]
) -> tuple[tuple[datetime, datetime, bool, bool], ...]:
    """Outages of a line that may be one event or two: a moment of each, whether they are together, whether that
    was decided. The closest ones first."""
    asked = {frozenset((g.one, g.other)) for g in decided if g.line == line and g.other}
    claimed = [event for event in events if event.kind is EventKind.OUTAGE]
    found = [*_joints(claimed), *_gaps(claimed)]
    ordered = sorted(found, key=lambda pair: pair[1] - pair[0])
    return tuple((a, b, together, frozenset((a, b)) in asked) for a, b, together in ordered)


def _gaps(events: Sequence[LineEvent]) -> Iterator[tuple[datetime, datetime, bool]]:
    """Events close to each other whose causes do not speak against one."""
    for one, other in pairwise(events):
        causes = {o.cause for o in (*one.outages, *other.outages)} - {Cause.UNKNOWN}
        if other.span.start - one.span.end < NEARBY and len(causes) < 2:
            yield one.outages[-1].span.start, other.outages[0].span.start, False


def _joints(events: Sequence[LineEvent]) -> Iterator[tuple[datetime, datetime, bool]]:
    """Where the line worked for hours within an event."""
    for event in events:
        for one, other in pairwise(event.outages):
            if other.span.start - one.span.end >= GAP:
                yield one.span.start, other.span.start, True


def _grouped(outages: Iterable[Outage]) -> list[Group]:
    """Outages as the time between them says: the long ones first, then those of minutes where they are close."""
    ordered = sorted(outages, key=lambda o: o.span)
    own = [(o,) for o in ordered if o.cause in OWN_SIDE]
    long_ = _chained((o for o in ordered if o.cause not in OWN_SIDE and not _short(o)), APART)
    alone: list[Outage] = []
    for short in (o for o in ordered if o.cause not in OWN_SIDE and _short(o)):
        home = next((n for n, group in enumerate(long_) if _apart(group, short) < CLOSE), None)
        if home is None:
            alone.append(short)
        else:
            long_[home] = _ordered((*long_[home], short))
    return [*own, *long_, *_chained(alone, CLOSE)]


def _short(outage: Outage) -> bool:
    """Whether it cannot have lasted long; one with an open end or start may."""
    return outage.longest is not None and outage.longest < MICRO


def _apart(group: Group, outage: Outage) -> timedelta:
    """How far an outage lies from a group; nothing where it lies within it."""
    whole = Span(group[0].span.start, max(one.span.end for one in group))
    return max(whole.start - outage.span.end, outage.span.start - whole.end, timedelta())


def _chained(outages: Iterable[Outage], apart: timedelta) -> list[Group]:
    groups: list[Group] = []
    for outage in outages:
        if groups and _apart(groups[-1], outage) < apart:
            groups[-1] = (*groups[-1], outage)
        else:
            groups.append((outage,))
    return groups


def _by_decision(groups: list[Group], decided: Iterable[Grouping]) -> list[Group]:
    """The groups as people decided, one decision after the other."""
    for one in decided:
        if one.other is None or not groups:
            continue
        every = [outage for group in groups for outage in group]
        a, b = sorted((_nearest(one.one, every), _nearest(one.other, every)), key=lambda o: o.span)
        at, to = (next(n for n, g in enumerate(groups) if o in g) for o in (a, b))
        if one.verdict is GroupingVerdict.TOGETHER and at != to:
            joined = _ordered((*groups[at], *groups[to]))
            groups = [*(g for n, g in enumerate(groups) if n not in (at, to)), joined]
        elif one.verdict is GroupingVerdict.APART and at == to and a != b:
            cut = groups[at].index(b)
            parts = [groups[at][:cut], groups[at][cut:]]
            groups = [*(g for n, g in enumerate(groups) if n != at), *parts]
    return groups


def _nearest(at: datetime, outages: Sequence[Outage]) -> Outage:
    return min(outages, key=lambda o: (max(o.span.start - at, at - o.span.end, timedelta()), o.span))


def _ordered(outages: Iterable[Outage]) -> Group:
    return tuple(sorted(outages, key=lambda o: o.span))


def _windows(outage: Outage, line: str, works: Iterable[AnnouncedWork]) -> list[Span]:
    """The announced work that meets an outage; what was announced afterwards was not announced."""
    return [
        work.span
        for work in works
        if work.line in ("", line)
        and work.span.overlaps(outage.widest)
        and (work.announced is None or work.announced <= outage.span.start.date())
    ]


def _after_work(outage: Outage, windows: Iterable[Span]) -> Outage | None:
    """What of an outage lies outside announced work; None where nothing of it does."""
    for window in sorted(windows):
        if window.start <= outage.span.start and outage.span.end <= window.end:
            return None
        if window.start <= outage.span.start < window.end:
            cut = Span(outage.span.start, window.end)
            outage = replace(outage, start=Bounds(window.end, window.end), announced=(*outage.announced, cut))
        elif window.start < outage.span.end <= window.end:
            cut = Span(window.start, outage.span.end)
            outage = replace(
                outage, end=Bounds(window.start, window.start), announced=(*outage.announced, cut)
            )
    return outage


def _event(line: str, group: Group, *, counted: bool, zone: ZoneInfo) -> LineEvent:
    whole = Span(group[0].span.start, max(o.widest.end for o in group))
    dead = sum((o.shortest for o in group), timedelta())
    short = not counted and dead < MICRO and all(_short(o) for o in group)
    if not short:
        return LineEvent(_key(line, whole, zone), line, EventKind.OUTAGE, _day(whole, zone), group)
    return LineEvent(_key(line, whole, zone), line, EventKind.MICRO, _day(whole, zone), group, _micro())


def _micro() -> Text:
    return text(
        "Shorter than {length} in all: no damage is worked out for it. What was agreed on availability, and the "
        "fee for the time, are its footing.",
        length=MICRO,
    )


def _work(line: str, outage: Outage, zone: ZoneInfo) -> LineEvent:
    said = text(
        "Work that was announced before: what was agreed on maintenance is its footing; it enters no damage."
    )
    return LineEvent(
        _key(line, outage.span, zone), line, EventKind.WORK, _day(outage.span, zone), (outage,), said
    )


def _slow(line: str, detection: Detection, zone: ZoneInfo) -> Iterator[LineEvent]:
    said = text(
        "The line was usable, but badly impaired: the speed and quality that were promised, and the fee, are its "
        "footing."
    )
    poor = [one.span for one in detection.degraded]
    for span in (*poor, *(one.span for one in detection.slow)):
        if span.length >= MICRO:
            yield LineEvent(_key(line, span, zone), line, EventKind.SLOW, _day(span, zone), (), said, span)


def _key(line: str, span: Span, zone: ZoneInfo) -> str:
    return f"{line} {span.start.astimezone(zone):%Y-%m-%d %H:%M}".strip()


def _day(span: Span, zone: ZoneInfo) -> date:
    return span.start.astimezone(zone).date()
