"""Reads tables of speed tests: speedtest-tracker, LibreSpeed and others with a download and an upload per row.

A test that failed is a record with its reason. It makes no outage: a slow line is not a dead one.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import export, kinds
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.tables.kinds import Kind
from heller.intake.written import numbers, wall_time
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.speed_test import MBIT, SpeedTest
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "speed-list"
LARGE = 20_000  # a rate without a unit that is larger counts bits or bytes, not Mbit/s
UTC = ZoneInfo("UTC")


def identify(head: bytes, name: str) -> Confidence:
    """By headings of a time, a download and an upload."""
    if kinds.kind(numbers.tabular(head)[:32768]) is Kind.SPEED:
        return Confidence(79, text("Its rows are speed tests: a download and an upload each."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The tests; times without an offset are taken in `zone`, those of speedtest-tracker are UTC."""
    content = numbers.decode(blob.data)
    found = export.find(content, kinds.SPEED, ("time", "down", "up"))
    if found is None:
        return nothing(blob, _none(blob), NAME)
    tracker = "tracker" in found.places
    tests: list[SpeedTest] = []
    stamps: list[Moment] = []
    bad: list[CellRow] = []
    rows = 0
    for line in found.rows(content):
        rows += 1
        at = wall_time.stamp(found.cell(line, "time"), UTC if tracker else zone)
        down, up = (_rate(found, line, key, bytes_=tracker) for key in ("down", "up"))
        if at is None:
            bad.append(line)
            continue
        raw = " ".join(filter(None, (found.cell(line, "down"), found.cell(line, "up"))))
        failed = "" if down is not None or up is not None else f"'{raw or '-'}'"
        delay = numbers.plain(found.cell(line, "latency"))
        tests.append(
            SpeedTest(
                at.at,
                "speedtest-tracker" if tracker else blob.name,
                Locator(blob.digest, f"row {line.number}"),
                down,
                up,
                float(delay) / 1000 if delay else None,
                failed=failed,
                width=at.width,
            )
        )
        stamps.append(at)
    source = Locator(blob.digest, f"row {found.head.number}")
    findings = [] if tracker else list(wall_time.doubts(stamps, zone, source))
    if bad:
        said = text(
            "{n} measurements have no time that can be read; the first is in row {row}.",
            n=len(bad),
            row=bad[0].number,
        )
        findings.append(
            Finding("speed.unread", said, None, Weight.WARNING, Locator(blob.digest, f"row {bad[0].number}"))
        )
    if not tests:
        findings.append(_none(blob))
    return Reading(NAME, blob.name, tuple(tests), tuple(findings), rows, len(bad))


def _rate(found: Listing, line: CellRow, key: str, *, bytes_: bool) -> int | None:
    """Bits per second of a cell: in the unit of its heading; without one Mbit/s, or bytes per second in a database of
    Ookla's figures, or bits where the number is too large for Mbit/s."""
    value = numbers.decimal(found.cell(line, key)) or numbers.plain(found.cell(line, key))
    if value is None or value < 0:
        return None
    heading = found.heading(key).casefold()
    if re.search(r"mbit|mbps|mb/s", heading):
        return int(value * MBIT)
    if re.search(r"_bps|bit/s\b", heading):
        return int(value)
    if value >= LARGE:
        return int(value * 8) if bytes_ else int(value)
    return int(value * MBIT)


def _none(blob: Blob) -> Finding:
    said = text("The table holds no speed test that can be read.")
    return Finding("speed.nothing", said, None, Weight.REFUSED, Locator(blob.digest))
