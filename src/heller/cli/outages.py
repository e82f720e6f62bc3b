"""heller outages: what the logs say about the line, in a case or in files by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple
from zoneinfo import ZoneInfo

from cyclopts import Parameter
from msgspec.structs import replace

from heller import outage
from heller.casefile.derived.reading_anew import anew
from heller.cli import band, doubts, screen, typed_words
from heller.cli.screen import tr
from heller.dossier.names import STRENGTHS, slow_words
from heller.dossier.wording import BERLIN, Words
from heller.intake import as_plain
from heller.intake.monitors.sealed_samples import open_segment
from heller.intake.readers import segment
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.contact import Contact
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.kinds.speed_test import SpeedTest
from heller.model.outage import Degraded, Detection, OpenEnd, OpenStart, Outage
from heller.model.record import Record
from heller.model.sample import SampleHeader
from heller.model.span import Bounds
from heller.model.text import text
from heller.outage.plain import as_json
from heller.outage.speed import promise

PLACE = 110
VERB = text("The outage: its bounds, blind spans, competing ends, cause.")

if TYPE_CHECKING:
    from polars import LazyFrame

REFUSED = 3
FINE = timedelta(seconds=10)  # narrower bounds are shown to the hundredth of a second
LARGE = 8 << 20  # bytes from which reading may take over a second
SPEED = "speed."  # how the codes of findings about speed begin
OF_THE_LINE = (ProbeLog, DeviceLog, Contact, HitLog, QueueLog, SpeedTest)


class Files(NamedTuple):
    """What files by themselves say about the line; `names` are those that could be opened, by digest."""

    records: list[Record]
    samples: list[tuple[SampleHeader, LazyFrame]]
    names: dict[str, str]
    doubts: list[Finding]


def run(
    paths: Annotated[list[Path], Parameter(help=tr("The case folder, or log files without a case."))],
    *,
    tz: Annotated[
        str | None, Parameter(help=tr("Time zone of logs without an offset: Europe/Berlin."))
    ] = None,
    year: Annotated[
        int | None, Parameter(help=tr("Year of the last line of logs that write no year."))
    ] = None,
    office: Annotated[
        list[str] | None,
        Parameter(
            negative="", help=tr("The office's public address or prefix in a server's log: 203.0.113.7.")
        ),
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> int:
    """What the logs say about the line."""
    if _is_case(paths):
        _case(paths, tz, json, stated=year is not None or bool(office))
        return 0
    zone = BERLIN if tz is None else typed_words.zone(tz)
    until = None if year is None else typed_words.last_day(year)
    addresses = [typed_words.network(said) for said in office or ()]
    with _progress(paths) as done:
        files = _read(paths, zone, until, done)
    found = bool(files.records or files.samples)
    detection = _detect(files, addresses) if found else Detection()
    files.doubts.extend(promise.findings([r for r in files.records if isinstance(r, SpeedTest)], zone))
    if json:
        probes = [record for record in files.records if isinstance(record, ProbeLog)]
        screen.as_json(as_json(detection, probes, files.names, files.doubts, screen.words(zone)))
    else:
        show(zone, detection, files)
    return 0 if found else REFUSED


def _is_case(paths: Sequence[Path]) -> bool:
    """A folder is a case; so is a single path that is not there and has no ending, as folders have none."""
    first = paths[0]
    return first.is_dir() or (len(paths) == 1 and not first.exists() and not first.suffix)


def _case(paths: Sequence[Path], tz: str | None, json: bool, *, stated: bool) -> None:
    from heller import casefile
    from heller.casefile import watching

    if stated:
        raise InputRefused(
            what=text("In a case the year and the office's address are not said on the command line."),
            why=text("A case keeps what was stated, so that it can be checked."),
            do=text(
                "Write heller note CASE fact line.addresses 203.0.113.7; name a log after its last day, as in"
                " router-20150218.log."
            ),
        )
    if len(paths) > 1 or tz is not None:
        raise InputRefused(
            what=text("A case is looked at by itself, in its own time zone."),
            why=text("It already holds its files and its zone; nothing else is mixed in."),
            do=text("Take the files into the case with heller add, or name files only."),
        )
    with screen.progress(tr("Reading")) as done:
        known = casefile.worked_out(paths[0], done)
    folded, detection = known.case, known.detection
    if json:
        screen.as_json(detection)
    else:
        show(folded.tz, detection, speeds=tuple(promise.findings(folded.records(SpeedTest), folded.tz)))
        _unsealed(paths[0], watching.seconds_to_seal(paths[0]))


def _unsealed(case: Path, seconds: int) -> None:
    """What a watch measured and this does not count yet."""
    if seconds:
        say = screen.words()
        length = timedelta(seconds=seconds)
        more = text(
            "{length} more are measured and not sealed yet: heller watch {case} --seal",
            length=length,
            case=str(case),
        )
        screen.out().print()
        screen.out().print(say(more), soft_wrap=True)


@contextmanager
def _progress(paths: Sequence[Path]) -> Iterator[Callable[[str], None]]:
    """Which file is read, where that may take over a second."""
    if sum(path.stat().st_size for path in paths if path.is_file()) < LARGE:
        yield lambda name: None
        return
    with screen.progress(tr("Reading"), total=len(paths)) as done:
        yield done


def _read(paths: Sequence[Path], zone: ZoneInfo, until: date | None, done: Callable[[str], None]) -> Files:
    """All files; what cannot be read, says nothing about the line or was named twice costs a finding."""
    files = Files([], [], {}, [])
    for number, path in enumerate(paths):
        try:
            blob = replace(typed_words.blob(path), until=until)
        except InputRefused as error:
            files.doubts.append(Finding("refused", error.what, error.do, Weight.REFUSED))
            continue
        at, first = Locator(blob.digest), files.names.setdefault(blob.digest, str(path))
        if first != str(path) or path in paths[:number]:
            said = text("{name} is the same file as {first}; it counts once.", name=str(path), first=first)
            files.doubts.append(Finding("same-file", said, None, Weight.NOTE, at))
            continue
        reading = anew(blob, zone)
        done(path.name)
        found = [record for record in reading.records if isinstance(record, OF_THE_LINE)]
        files.records.extend(found)
        files.doubts.extend(map(as_plain.outside, reading.findings))
        if reading.reader == segment.NAME and reading.records:
            files.samples.append(open_segment(blob.data, blob.name, blob.digest))
        elif not found and (reading.records or not reading.findings):
            said = text("{name} says nothing about the line.", name=blob.name)
            files.doubts.append(Finding("not-about-the-line", said, None, Weight.REFUSED, at))
    return files


def _detect(files: Files, office: Sequence[str]) -> Detection:
    records = files.records
    if not files.samples and all(isinstance(record, SpeedTest) for record in records):
        return Detection()  # a slow line is not a dead one
    now = datetime.now(UTC)
    probes, early = outage.without_future([r for r in records if isinstance(r, ProbeLog)], now)
    devices, more = outage.without_future([r for r in records if isinstance(r, DeviceLog)], now)
    found = outage.detect(
        probes,
        devices,
        [record for record in records if isinstance(record, Contact)],
        samples=files.samples,
        hits=[record for record in records if isinstance(record, HitLog)],
        queues=[record for record in records if isinstance(record, QueueLog)],
        office=office,
    )
    found = replace(found, findings=(*found.findings, *early, *more))
    return outage.with_citations(found, files.samples)


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
    first = text("before {at}: dead from the first measurement on", at=say.moment(start.latest, seconds=True))
    return tr("Start"), say(first)


def _end(say: Words, end: Bounds | OpenEnd) -> tuple[str, str]:
    if isinstance(end, Bounds):
        return tr("End between"), _between(say, end)
    last = text("still dead, last measured at {at}", at=say.moment(end.earliest, seconds=True))
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
        rows.append((tr("Another way carried"), f"{way}: {say(detour.why)}"))
    for span in outage.unobserved:
        blind = f"{say.moment(span.start)} – {say.moment(span.end)} ({say.duration(span.length)})"
        rows.append((tr("Not watched"), blind))
    for end in outage.ends:
        mark = "✓" if end.holds else "✗"
        rows.append((tr("Claimed end"), f"{mark} {say.moment(end.at)}, {end.said_by}: {say(end.why)}"))
    for witness in outage.witnesses:
        rows.append((tr("Witness"), f"{say(witness.name)}: {say(witness.saw)}"))
    screen.labels(rows)
