"""Reads what rrdtool gives of a SmokePing database: `xport` as JSON or XML, `fetch` as text.

A row stands at the END of its step, and so does the `start` of an xport. The database shifts each poll onto
its grid: at the edges of an outage the loss is a fraction, and the poll itself may lie one step later. Its
heartbeat is two steps long, so a single missed poll leaves no trace. The database itself is not read: it is
in the byte order of the computer that wrote it.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors import probes
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.intake.written.numbers import decode
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Observation
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "smokeping"

PINGS = 20  # of one poll, unless the file says otherwise
UNCERTAINTY = 1.0  # seconds
_EPS = 1e-6
_FETCH = re.compile(r"^\s*(\d{9,10}):((?:\s+[-+]?(?:nan|inf|\d[\d.,]*(?:e[-+]?\d+)?))+)\s*$", re.I | re.M)
_ROW = re.compile(r"<row>(?:\s*<t>\s*(\d{9,10})\s*</t>)?((?:\s*<v>[^<]*</v>)+)\s*</row>")


class _Table(NamedTuple):
    """Columns by name, rows as (row of the file, end of the step, values); NaN where nothing is known."""

    names: list[str]
    rows: list[tuple[int, float, list[float]]]
    step: float


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of the database, the shape of an xport, or the rows of a fetch under its names."""
    if head.startswith((b"RRD\x00", b"<?xml")) and (head.startswith(b"RRD") or b"<rrd>" in head[:4096]):
        return Confidence(95, text("It is a database of rrdtool."))
    if re.search(rb'"legend"\s*:\s*\[', head[:8192]) and re.search(rb'"step"\s*:\s*\d+', head[:8192]):
        return Confidence(92, text("It is an export of rrdtool."))
    if b"<xport>" in head[:2048] and b"<legend>" in head[:16384]:
        return Confidence(92, text("It is an export of rrdtool."))
    if re.search(rb"(?mi)^[^\n:]*\b(loss|median|ping1)\b[^\n:]*\r?\n\s*\r?\n\s*\d{9,10}: ", head[:8192]):
        return Confidence(92, text("It is what rrdtool fetch prints."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log; `zone` is not needed. The database itself is refused with the way to export it."""
    if blob.data.startswith(b"RRD\x00") or b"<rrd>" in blob.data[:4096]:
        return nothing(blob, _database(blob), NAME)
    table = _table(blob)
    at = next((i for i, name in enumerate(table.names) if re.search(r"loss|verlust", name, re.I)), None)
    if at is None or not table.rows or table.step <= 0:
        return nothing(blob, _no_loss(blob), NAME)
    pings, sure = _pings(table, at)
    log, gaps = _log(blob, table, at, pings)
    findings = tuple(_doubts(log, gaps, pings, sure=sure))
    return Reading(
        NAME, f"SmokePing: {log.target}", (log,) if log.observations else (), findings, len(table.rows)
    )


def _table(blob: Blob) -> _Table:
    content = decode(blob.data)
    if content.lstrip()[:1] == "{":
        return _xport(blob)
    return _xml(content) if "<xport>" in content[:4096] else _fetched(content)


def _xport(blob: Blob) -> _Table:
    """An export as JSON; the first row ends at `start`."""
    found = json_documents.documents(blob).found
    whole = json_documents.mapping(found[0].value) if found else {}
    meta = json_documents.mapping(whole.get("meta"))
    start, step = json_documents.number(meta.get("start")), json_documents.number(meta.get("step"))
    if start is None or step is None:
        return _Table([], [], 0.0)
    first = next((n for n, line in enumerate(decode(blob.data).split("\n"), 1) if '"data"' in line), 0)
    names = [str(name) for name in json_documents.as_list(meta.get("legend"))]
    rows = [
        (first + 1 + n, start + n * step, [_value(v) for v in json_documents.as_list(row)])
        for n, row in enumerate(json_documents.as_list(whole.get("data")))
    ]
    return _Table(names, rows, step)


def _value(raw: object) -> float:
    found = json_documents.number(raw)
    return math.nan if found is None else found


def _xml(content: str) -> _Table:
    """An export as XML; rows without a time follow each other from `start` on."""
    names = re.findall(r"<entry>([^<]*)</entry>", content)
    told = {key: float(v) for key, v in re.findall(r"<(start|step)>\s*(\d+)\s*</\1>", content)}
    step, start = told.get("step", 0.0), told.get("start", 0.0)
    rows = []
    for n, hit in enumerate(_ROW.finditer(content)):
        values = [_float(v) for v in re.findall(r"<v>\s{0,40}([^<\s]{0,60})\s{0,40}</v>", hit[2])]
        rows.append(
            (content.count("\n", 0, hit.start()) + 1, float(hit[1]) if hit[1] else start + n * step, values)
        )
    return _Table(names, rows, step)


def _fetched(content: str) -> _Table:
    """What fetch prints: the names, an empty line, then a row per step."""
    names: list[str] = []
    rows: list[tuple[int, float, list[float]]] = []
    for number, line in enumerate(content.splitlines(), 1):
        if hit := _FETCH.match(line):
            rows.append((number, float(hit[1]), [_float(v) for v in hit[2].split()]))
        elif line.strip() and not rows:
            names = line.split()
    steps = sorted(b[1] - a[1] for a, b in itertools.pairwise(rows))
    return _Table(names, rows, steps[len(steps) // 2] if steps else 0.0)


def _float(raw: str) -> float:
    found = json_documents.number(raw.replace(",", "."))
    return math.nan if found is None else found


def _pings(table: _Table, at: int) -> tuple[float, bool]:
    """How many pings a poll has: by their own columns, else 20; of 100 where the loss is in percent."""
    own = sum(bool(re.fullmatch(r"ping\d+", name)) for name in table.names)
    if own > 1:
        return float(own), True
    most = max((row[at] for _, _, row in table.rows if at < len(row) and row[at] == row[at]), default=0.0)
    return (float(PINGS), abs(most - PINGS) < _EPS) if most <= PINGS + _EPS else (100.0, False)


def _log(blob: Blob, table: _Table, at: int, pings: float) -> tuple[ProbeLog, int]:
    """The steps as probes: all lost, or something answered. Steps without a value are gaps."""
    found: list[Observation] = []
    gaps = 0
    down = False
    for row, end, values in table.rows:
        start = wall_time.instant(end - table.step)
        loss = values[at] if at < len(values) else math.nan
        if start is None or loss != loss or not -_EPS <= loss <= pings + _EPS:
            gaps, down = gaps + 1, False
        elif loss >= pings - _EPS and not _median(table.names, values):
            found += probes.losses(start, row, table.step, round(pings))
            down = True
        else:
            late = table.step if down and loss > _EPS else 0.0  # the poll of this value came a step later
            found.append(Observation(start, row, width=table.step + late))
            down = False
    return probes.log(_target(blob.name), found, blob.digest, step=table.step, uncertainty=UNCERTAINTY), gaps


def _median(names: Sequence[str], values: Sequence[float]) -> bool:
    """Whether a time of an answer stands beside the loss."""
    return any(
        value == value
        for name, value in zip(names, values, strict=False)
        if re.search(r"median|rtt|ping\d|latenz|latency", name, re.I)
    )


def _target(name: str) -> str:
    """The target is not in the file: its name stands for it, without the ending where it is an address."""
    stem = name.rsplit(".", 1)[0]
    for part in (name, stem):
        try:
            return str(ip_address(part))
        except ValueError:
            continue
    return name if "." in name else f"{name} (SmokePing.rrd)"


def _doubts(log: ProbeLog, gaps: int, pings: float, *, sure: bool) -> Iterator[Finding]:
    if not log.observations:
        said = text("No step of the export holds a value.")
        yield Finding("smokeping.empty", said, None, Weight.REFUSED, log.source)
    if gaps:
        said = text("{n} steps hold no value; that time counts as not watched.", n=gaps)
        yield Finding("smokeping.gaps", said, None, Weight.NOTE, log.source)
    if not sure:
        said = text("How many pings a poll has does not stand in the export; {n} are taken.", n=round(pings))
        do = text("Export the columns ping1, ping2 and so on as well.")
        yield Finding("smokeping.pings", said, do, Weight.NOTE, log.source)
    said = text("A single missed poll leaves no trace in SmokePing; bounds are one to two steps wide.")
    yield Finding("smokeping.coarse", said, None, Weight.NOTE, log.source)


def _database(blob: Blob) -> Finding:
    said = text(
        "{name} is the database of SmokePing; it can be read on the computer that wrote it only.",
        name=blob.name,
    )
    do = text(
        "Export it there: rrdtool xport --json --start -100d DEF:l=FILE:loss:AVERAGE DEF:m=FILE:median:AVERAGE "
        "XPORT:l:loss XPORT:m:median > FILE.json"
    )
    return Finding("smokeping.database", said, do, Weight.REFUSED, Locator(blob.digest))


def _no_loss(blob: Blob) -> Finding:
    said = text("The export has no column of losses; it cannot show an outage.")
    do = text("Export the column loss, and median beside it.")
    return Finding("smokeping.no_loss", said, do, Weight.REFUSED, Locator(blob.digest))
