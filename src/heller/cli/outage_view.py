"""An outage on the screen: bounds, cause, witnesses, blind spans, what is slow or degraded, speeds and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from heller.cli import band, doubts, screen
from heller.cli.screen import tr
from heller.dossier.names import STRENGTHS, slow_words
from heller.dossier.wording import Words
from heller.model.finding import Finding
from heller.model.outage import Degraded, Detection, OpenEnd, OpenStart, Outage
from heller.model.record import Record
from heller.model.sample import SampleHeader
from heller.model.span import Bounds
from heller.model.text import text

if TYPE_CHECKING:
    from polars import LazyFrame

FINE = timedelta(seconds=10)  # narrower bounds are shown to the hundredth of a second
SPEED = "speed."  # how the codes of findings about speed begin


class Files(NamedTuple):
    """What files by themselves say about the line; `names` are those that could be opened, by digest."""

    records: list[Record]
    samples: list[tuple[SampleHeader, LazyFrame]]
    names: dict[str, str]
    doubts: list[Finding]


def show(
    zone: ZoneInfo, detection: Detection, files: Files | None = None, speeds: Sequence[Finding] = ()
) -> None:
    """Every outage with bounds, cause, witnesses, competing ends and blind spans; then speeds and doubts."""
    say = screen.words(zone)
    out = screen.out()
    if not detection.outages:
        out.print(tr("No outage can be told from what was taken in."))
    band.show(detection, say)
    for number, found in enumerate(detection.outages, 1):
        screen.heading(say(text("Outage {n}", n=number)))
        _outage(say, found)
    for other in detection.others:
        for number, found in enumerate(other.outages, 1):
            screen.heading(say(text("Outage {n} of the uplink {line}", n=number, line=other.line)))
            _outage(say, found)
    halves = [half for one in (detection, *detection.others) for half in one.halves]
    if halves:
        screen.heading(tr("Half the line, and not counted as an outage"))
    for half in halves:
        lines = f"{half.line}  {half.family.value}: {_between(say, half.start)}; {_between(say, half.end)}"
        screen.point(f"{lines}: {say(half.reason)}".strip())
    poor = [stretch for one in (detection, *detection.others) for stretch in one.degraded]
    if poor:
        screen.heading(tr("Degraded, and not counted as an outage"))
    for stretch in poor:
        _degraded(say, stretch)
    slow = [minutes for seen in (detection, *detection.others) for minutes in seen.slow]
    if slow:
        screen.heading(tr("Slow, and not counted as an outage"))
    for one in slow:
        first, last = say.moment(one.span.start), say.moment(one.span.end)
        screen.point(f"{one.line}  {first} – {last}: {say(slow_words(one))}".strip())
    if detection.findings:
        screen.heading(tr("What the other side may attack"))
        doubts.show(detection.findings, say)
    read = files.doubts if files else []
    fast = [*speeds, *(finding for finding in read if finding.code.startswith(SPEED))]
    rest = [finding for finding in read if not finding.code.startswith(SPEED)]
    names = files.names if files else {}

    def where(finding: Finding) -> str:
        return names.get(finding.source.object, "") if finding.source else ""

    for heading, findings in ((tr("Speed"), fast), (tr("Doubts"), rest)):
        if findings:
            screen.heading(heading)
        doubts.show(findings, say, where)


def _degraded(say: Words, found: Degraded) -> None:
    first, last = say.moment(found.start.earliest), say.moment(found.end.latest)
    length = say.duration(found.span.length)
    screen.point(f"{found.line}  {first} – {last} ({length}): {say(found.reason)}".strip())


def _between(say: Words, bounds: Bounds) -> str:
    """Two instants to the second, and to the hundredth, rounded outward, where they are that close."""
    early, late = say.moment(bounds.earliest, seconds=True), say.moment(bounds.latest, seconds=True)
    if bounds.width >= FINE or not bounds.width:
        return f"{early} – {late} ({say.duration(bounds.width)})"
    point = say.number(0.5, 1)[1]
    ends = [
        say.moment(at, seconds=True).replace(f"{at:%M:%S}", f"{at:%M:%S}{point}{at.microsecond // 10_000:02}")
        for at in (bounds.earliest, bounds.latest + timedelta(microseconds=9_999))
    ]
    return f"{ends[0]} – {ends[1]} ({say.number(bounds.width.total_seconds(), 2)} {tr('s')})"


def _start(say: Words, start: Bounds | OpenStart) -> tuple[str, str]:
    if isinstance(start, Bounds):
        return tr("Start between"), _between(say, start)
    first = text("before {at}: down from the first measurement on", at=say.moment(start.latest, seconds=True))
    return tr("Start"), say(first)


def _end(say: Words, end: Bounds | OpenEnd) -> tuple[str, str]:
    if isinstance(end, Bounds):
        return tr("End between"), _between(say, end)
    last = text("still down, last measured at {at}", at=say.moment(end.earliest, seconds=True))
    return tr("End"), say(last)


def _outage(say: Words, outage: Outage) -> None:
    rows = []
    rows.append(_start(say, outage.start))
    rows.append(_end(say, outage.end))
    lasted = text("at least {shortest}", shortest=outage.shortest)
    if outage.longest is not None:
        lasted = text(
            "at least {shortest}, at most {longest}", shortest=outage.shortest, longest=outage.longest
        )
    rows.append((tr("Lasted"), say(lasted)))
    rows.append((tr("Cause"), say(outage.cause_reason)))
    rows.append((tr("Proof"), say(STRENGTHS[outage.strength])))
    for detour in outage.detours:
        way = f"{_between(say, detour.start)}; {_between(say, detour.end)}"
        rows.append((tr("Another connection was in use"), f"{way}: {say(detour.why)}"))
    for span in outage.unobserved:
        blind = f"{say.moment(span.start)} – {say.moment(span.end)} ({say.duration(span.length)})"
        rows.append((tr("Not watched"), blind))
    for end in outage.ends:
        mark = "✓" if end.holds else "✗"
        rows.append((tr("Claimed end"), f"{mark} {say.moment(end.at)}, {end.said_by}: {say(end.why)}"))
    for witness in outage.witnesses:
        rows.append((tr("Witness"), f"{say(witness.name)}: {say(witness.saw)}"))
    screen.labels(rows)
