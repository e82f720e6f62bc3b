"""What the logs say of each line: read line by line, the backups beside the lines that they stand in for. Pure."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from heller import outage
from heller.intake.across.lines import SortedLogs, by_line
from heller.model.case import Case
from heller.model.event import LineEvent
from heller.model.facts import line
from heller.model.finding import Finding
from heller.model.kinds.acceptance import Acceptance
from heller.model.kinds.announced_work import AnnouncedWork
from heller.model.kinds.contact import Contact
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.grouping import Grouping
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.kinds.slow_time import SlowTime
from heller.model.outage import Detection

Log = TypeVar("Log", ProbeLog, DeviceLog)


def logs_by_line(case: Case) -> dict[str, tuple[str, ...]]:
    """The names of the logs of each line, the main one first; a line that nobody has stated by its file."""
    found = _by_line(case)
    kinds = (ProbeLog, DeviceLog)
    return {
        name: tuple(e.name for e in part.exhibits if any(isinstance(r, kinds) for r in e.reading.records))
        for name, part in found.lines.items()
    }


def _by_line(case: Case) -> SortedLogs:
    apart = outage.of_another_line(case.records(ProbeLog)) if len(case.exhibits) > 1 else frozenset()
    return by_line(case, apart)


def detect(case: Case) -> Detection:
    """The outages of the main line as far as the own watch, logs and contacts say; those of the other lines stand
    under `others`, each by its name."""
    found = _by_line(case)
    (name, part), *rest = found.lines.items()
    seen = _under_name(_detect(part, main=True), name)
    uplinks = {one.line: one for one in seen.others}
    lines = {
        other: uplinks.get(other) or _under_name(_detect(replace(of, samples=()), main=False), other)
        for other, of in rest
    }
    everyone = {name: seen, **lines}
    for stated in case.lines:
        backups = [
            (b, everyone[b.name]) for b in case.lines if b.stands_in and (b.backs or name) == stated.name
        ]
        everyone[stated.name] = outage.with_backups(everyone[stated.name], backups)
    others = [one for at, one in everyone.items() if at != name]
    others += [one for one in seen.others if one.line not in lines]
    findings = [f for at, one in lines.items() if at not in found.unnamed for f in one.findings]
    return replace(
        everyone[name],
        others=tuple(others),
        findings=(*seen.findings, *findings, *found.findings),
    )


def _under_name(seen: Detection, name: str) -> Detection:
    """What is seen of a line under its name; without one as the watch names it."""
    if not name:
        return seen
    return replace(seen, line=name, outages=tuple(replace(one, line=name) for one in seen.outages))


def _detect(case: Case, *, main: bool) -> Detection:
    """One line. The hits of servers tell of it where its own addresses are known, or where it is the main one."""
    probes, early = _before_taken_in(case, ProbeLog)
    devices, more = _before_taken_in(case, DeviceLog)
    addresses = case.facts[line.ADDRESSES]
    found = outage.detect(
        probes,
        devices,
        case.records(Contact),
        samples=case.samples,
        hits=case.records(HitLog) if main or addresses else (),
        queues=case.records(QueueLog) if main or addresses else (),
        office=(addresses or "").replace(",", " ").split(),
        zone=case.tz,
    )
    found = replace(found, findings=(*found.findings, *early, *more))
    if main:
        found = outage.with_slow_times(found, case.records(SlowTime))
    return outage.with_citations(outage.with_tests(found, case.records(Acceptance)), case.samples)


def _before_taken_in(case: Case, kind: type[Log]) -> tuple[list[Log], list[Finding]]:
    """The logs of one kind, those of each exhibit up to the moment at which it was taken in."""
    logs, findings = [record for record in case.noted if isinstance(record, kind)], []
    for exhibit in case.exhibits:
        own = [record for record in exhibit.reading.records if isinstance(record, kind)]
        kept, left_out = outage.without_future(own, exhibit.taken_in)
        logs += kept
        findings += left_out
    return logs, findings


def events_in(case: Case, seen: Detection, more: tuple[Grouping, ...] = ()) -> tuple[LineEvent, ...]:
    """The events of all lines in order of time; `more` decisions come after those of the case. A line that nobody
    has stated is asked for: its events enter no claim."""
    main = case.lines[0].name if case.lines else ""
    decided = groupings(case, more)
    works = case.records(AnnouncedWork)
    stated = [line.name for line in case.lines]
    found = list(outage.events_of(main, seen, works, decided, case.tz))
    for other in seen.others:
        events = outage.events_of(other.line, other, works, decided, case.tz)
        found += events if other.line in stated else outage.asked(events)
    return tuple(sorted(found, key=lambda event: (event.span.start, event.key)))


def groupings(case: Case, more: tuple[Grouping, ...] = ()) -> tuple[Grouping, ...]:
    """The decisions about outages; of one that names no line the main one is meant."""
    main = case.lines[0].name if case.lines else ""
    return tuple(replace(one, line=one.line or main) for one in (*case.records(Grouping), *more))
