"""heller outages: what the logs say about the line, in a case or in files by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter
from msgspec.structs import replace

from heller import outage
from heller.casefile.derived.reading_anew import anew
from heller.cli import screen, typed_words
from heller.cli.outage_view import Files, show
from heller.cli.screen import tr
from heller.dossier.wording import BERLIN
from heller.intake import as_plain
from heller.intake.monitors.sealed_samples import open_segment
from heller.intake.readers import segment
from heller.model.errors import InputRefused
from heller.model.facts import firm
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.contact import Contact
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.kinds.speed_test import SpeedTest
from heller.model.outage import Detection
from heller.model.text import text
from heller.outage.plain import as_json
from heller.outage.speed import promise

PLACE = 110
VERB = text("The outage: its bounds, blind spans, competing ends, cause.")

if TYPE_CHECKING:
    pass

REFUSED = 3
LARGE = 8 << 20  # bytes from which reading may take over a second
OF_THE_LINE = (ProbeLog, DeviceLog, Contact, HitLog, QueueLog, SpeedTest)


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
        files = _files_at(paths, zone, until, done)
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
                "Write heller note CASE fact line.addresses 203.0.113.7, and heller add CASE LOG --year 2015."
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
        show(
            folded.tz,
            detection,
            speeds=tuple(
                promise.findings(
                    folded.records(SpeedTest), folded.tz, consumer=folded.facts[firm.CONSUMER] is True
                )
            ),
        )
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


def _files_at(
    paths: Sequence[Path], zone: ZoneInfo, until: date | None, done: Callable[[str], None]
) -> Files:
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
