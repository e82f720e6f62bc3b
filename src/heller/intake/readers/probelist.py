"""Reads tables of single probes: a time, and whether it was answered or how long the answer took."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.monitors import probe_columns, probes, probes_in_bulk
from heller.intake.monitors.probes_in_bulk import BulkProbes
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import kinds, outages_and_probes
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.kinds import Kind
from heller.intake.written import numbers, wall_time
from heller.intake.written.wall_clock import is_newest_first
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "probe-list"
LEAST = 0.001  # seconds; where half of the round trips take less, nothing can be told from one of 0

_INSIDE = re.compile(r"router|gateway|fritz|\blan\b|switch|modem|localhost|intern(?!et)", re.IGNORECASE)


def identify(head: bytes, name: str) -> Confidence:
    """By headings of a time and of a state or a round trip, where the first rows bear them out."""
    content = numbers.tabular(head)[:32768]
    found = outages_and_probes.probes(content)
    if found is None or kinds.kind(content) is not Kind.PROBES:
        return NOT_MINE
    rows = [line for line, _ in zip(found.rows(content), range(5), strict=False)]
    zone = ZoneInfo("UTC")
    if rows and all(_probe(found, line, zone) is None for line in rows[:-1] or rows):
        return NOT_MINE
    both = {"state", "rtt"} <= found.places.keys()
    return Confidence(70 if both else 55, text("Its headings name a time and whether a probe was answered."))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log per target of the table; times without an offset are taken in `zone`."""
    content = numbers.decode(blob.data)
    found = outages_and_probes.probes(content)
    if found is None:
        return nothing(blob, _none(blob), NAME)
    if bulk := probes_in_bulk.read(found, content, zone):
        return _in_bulk(blob, found, bulk, zone)
    bad: list[CellRow] = []
    read_: list[tuple[CellRow, Moment, Observation | None]] = []
    rows = 0
    for line in found.rows(content):
        rows += 1
        told = _probe(found, line, zone)
        if told is None:
            bad.append(line)
        else:
            read_.append((line, *told))
    stamps: list[Moment] = []
    by_target: dict[str, list[Observation]] = {}
    neither = 0
    for (line, _, probe), at in zip(read_, wall_time.in_order([one[1] for one in read_], zone), strict=True):
        if at is None:
            bad.append(line)
            continue
        stamps.append(at)
        if probe is None:
            neither += 1
        else:
            timed = replace(probe, at=at.at, width=at.width)
            by_target.setdefault(found.cell(line, "target"), []).append(timed)
    source = Locator(blob.digest, f"row {found.head.number}")
    logs, doubts = _logs(found, blob, by_target, source)
    findings = [*wall_time.doubts(stamps, zone, source), *doubts, *_neither(neither, source)]
    if bad:
        said = text(
            "{n} rows of the table of probes could not be read; the first is row {row}.",
            n=len(bad),
            row=bad[0].number,
        )
        at_row = Locator(blob.digest, f"row {bad[0].number}")
        findings.append(Finding("probes.unread", said, None, Weight.WARNING, at_row))
        findings += wall_time.two_days(bad[0].cells, at_row)
    if not by_target:
        findings.append(_none(blob))
    return Reading(NAME, blob.name, tuple(logs), tuple(findings), rows, len(bad))


def _in_bulk(blob: Blob, found: Listing, bulk: BulkProbes, zone: ZoneInfo) -> Reading:
    """The same of a long table in which each row can be told by itself."""
    source = Locator(blob.digest, f"row {found.head.number}")
    findings = list(wall_time.doubts([bulk.one], zone, source))
    logs = []
    for target, every in bulk.by_target.items():
        own = every if "state" in found.places else probes_in_bulk.without_zeros(every, LEAST)
        if len(own.at) < len(every.at):
            findings.append(_zeros(len(every.at) - len(own.at), source))
        if probe_columns.is_stuck(own):
            findings.append(wall_time.clock_stands(source))
        else:
            logs.append(probe_columns.log(_host(target, blob.name), own, blob.digest, uncertainty=1.0))
    findings += _neither(bulk.neither, source)
    if not bulk.by_target:
        findings.append(_none(blob))
    return Reading(NAME, blob.name, tuple(logs), tuple(findings), bulk.rows)


def _neither(n: int, source: Locator) -> Iterator[Finding]:
    if n:
        said = text(
            "{n} rows are pending, in maintenance or unknown; they count as neither up nor down.", n=n
        )
        yield Finding("probes.neither", said, None, Weight.NOTE, source)


def _logs(
    found: Listing, blob: Blob, by_target: Mapping[str, list[Observation]], source: Locator
) -> tuple[list[ProbeLog], list[Finding]]:
    """One log for each target, and what is doubtful about it."""
    logs, findings = list[ProbeLog](), list[Finding]()
    for target, every in by_target.items():
        own = every if "state" in found.places else _without_zeros(every)
        if len(own) < len(every):
            findings.append(_zeros(len(every) - len(own), source))
        if wall_time.is_stuck(own):
            findings.append(wall_time.clock_stands(source))
        else:
            logs.append(
                probes.log(
                    _host(target, blob.name),
                    probes.in_turn(_in_turn(own)),
                    blob.digest,
                    uncertainty=1.0,
                )
            )
    return logs, findings


def _probe(found: Listing, line: CellRow, zone: ZoneInfo) -> tuple[Moment, Observation | None] | None:
    """When, and the probe: no probe for a row that is neither up nor down; None where it cannot be read."""
    whole = found.cell(line, "time") or found.cell(line, "clock")
    parts = [found.cell(line, "day"), whole]
    at = wall_time.stamp(whole, zone) or wall_time.stamp(" ".join(filter(None, parts)), zone)
    if at is None:
        return None
    said, took = found.cell(line, "state"), found.cell(line, "rtt")
    try:
        up = outages_and_probes.state(said) if said else None
        length = outages_and_probes.rtt(took) if took or "state" not in found.places else None
    except ValueError:
        return None
    if said and up is None:
        return at, None
    if not said:
        if "state" in found.places and not took:
            return None
        up = length is not None
    failure = None if up else Failure.TIMEOUT
    rtt = (length or 0.0) if up else 0.0
    return at, Observation(at.at, line.number, failure, rtt, at.width)


def _in_turn(own: list[Observation]) -> list[Observation]:
    """By time, and those of one coarse stamp as they were written: a table may be printed with its last row first."""
    turned = is_newest_first(probe.at for probe in own)
    return sorted(own, key=lambda probe: (probe.at, -probe.row if turned else probe.row))


def _without_zeros(own: list[Observation]) -> list[Observation]:
    """Without round trips of exactly nothing, where the others took time: a program's way to write a loss, or a
    fault of its own."""
    took = sorted(probe.rtt for probe in own if probe.failure is None and probe.rtt)
    if not took or took[len(took) // 2] < LEAST:
        return own
    return [probe for probe in own if probe.failure is not None or probe.rtt]


def _zeros(n: int, source: Locator) -> Finding:
    said = text(
        "{n} rows name a round trip of 0 ms where the others took longer; they count as neither answered nor lost.",
        n=n,
    )
    do = text("Say how the program writes a lost probe; add a table that says up and down.")
    return Finding("probes.zero", said, do, Weight.WARNING, source)


def _host(target: str, name: str) -> str:
    """The host of a target's cell; the file's name where the table has no such column. A name that is no host
    and does not sound like the own house stands for something outside."""
    host = probes.host_of(target) if target else name
    if host.isdigit():
        return f"monitor no. {host}"
    inside = _INSIDE.search(host) and target
    return host if "." in host or ":" in host or inside else f"{host} (no. 1)"


def _none(blob: Blob) -> Finding:
    said = text("The table holds no probe that can be read.")
    do = text("It needs a time with its day, and whether the probe was answered or how long that took.")
    return Finding("probes.nothing", said, do, Weight.REFUSED, Locator(blob.digest))
