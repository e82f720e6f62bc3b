"""What a backup carried while its line was dead: the time in which the backup itself worked. It detects nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from heller.model.kinds.access_line import AccessLine
from heller.model.outage import Detection, Detour, Outage
from heller.model.span import Bounds, Span, union
from heller.model.text import text
from heller.outage.detours import distinct

CARRYING = ("up", "slow", "degraded", "half")


def with_backups(main: Detection, backups: Iterable[tuple[AccessLine, Detection]]) -> Detection:
    """The outages of a line with the times in which a backup carried. The line stays dead; one over which nobody
    could work, as the firm says, carried nothing."""
    found = [(line, seen) for line, seen in backups if line.carried is not False]
    return replace(main, outages=tuple(_with(outage, found) for outage in main.outages))


def _with(outage: Outage, backups: Iterable[tuple[AccessLine, Detection]]) -> Outage:
    ways = [way for line, seen in backups for way in _detours_of(outage, line, seen)]
    return replace(outage, detours=distinct((*outage.detours, *ways))) if ways else outage


def _detours_of(outage: Outage, line: AccessLine, seen: Detection) -> Iterator[Detour]:
    worked = union(run.span for run in seen.stretches if run.state in CARRYING)
    for span in worked:
        if (both := span.meet(outage.widest)) is not None:
            yield _detour(both, line)


def _detour(span: Span, line: AccessLine) -> Detour:
    start, end = (Bounds(at, at) for at in (span.start, span.end))
    return Detour(start, end, text("The backup {name} answered meanwhile.", name=line.name), line.name)
