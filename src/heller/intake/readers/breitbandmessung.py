"""Reads the tables of measurements of the authority's program and web test, Breitbandmessung.

Decimal comma, thousands' point; the web test has the day in `Messzeitpunkt` and the time in `Uhrzeit`, its last
column; the program has both in one cell. Some carry the tariff's speeds.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from heller.intake.monitors import breitbandmessung
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.tables import export
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.written import numbers, wall_time
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.speed_test import SpeedTest
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "breitbandmessung"

WORDS = {
    "day": ("Messzeitpunkt", "Datum", "Messdatum", "Zeitpunkt"),
    "clock": ("Uhrzeit", "Zeit", "Messzeit"),
    "down": ("Download (Mbit/s)", "Download", "Download-Geschwindigkeit (Mbit/s)", "Download in Mbit/s"),
    "up": ("Upload (Mbit/s)", "Upload", "Upload-Geschwindigkeit (Mbit/s)", "Upload in Mbit/s"),
    "latency": ("Laufzeit (ms)", "Laufzeit", "Ping (ms)"),
    "down_max": ("Download Soll maximal (Mbit/s)", "Download maximal (Mbit/s)"),
    "down_normal": ("Download Soll normalerweise (Mbit/s)", "Download normalerweise (Mbit/s)"),
    "down_min": ("Download Soll minimal (Mbit/s)", "Download minimal (Mbit/s)"),
    "up_max": ("Upload Soll maximal (Mbit/s)", "Upload maximal (Mbit/s)"),
    "up_normal": ("Upload Soll normalerweise (Mbit/s)", "Upload normalerweise (Mbit/s)"),
    "up_min": ("Upload Soll minimal (Mbit/s)", "Upload minimal (Mbit/s)"),
}


def identify(head: bytes, name: str) -> Confidence:
    """By its headings of day, download and upload in Mbit/s."""
    content = numbers.tabular(head)[:32768]
    if not re.search(r"Mbit/s|Messzeitpunkt", content):
        return NOT_MINE
    found = _listing(content)
    return Confidence(92, text("It has the headings of Breitbandmessung.")) if found else NOT_MINE


def _listing(content: str) -> Listing | None:
    return export.find(content, WORDS, ("day", "down", "up"))


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One speed test per row; the wall clock is taken in `zone`."""
    content = numbers.decode(blob.data)
    found = _listing(content)
    if found is None:
        return nothing(blob, _none(blob), NAME)
    tests: list[SpeedTest] = []
    stamps: list[Moment] = []
    bad: list[CellRow] = []
    for line in found.rows(content):
        told = _test(found, line, blob, zone)
        if told is None:
            bad.append(line)
        else:
            tests.append(told[0])
            stamps.append(told[1])
    source = Locator(blob.digest, f"row {found.head.number}")
    findings = list(wall_time.doubts(stamps, zone, source))
    if bad:
        findings.append(_unread(blob, bad))
    if not tests:
        findings.append(_none(blob))
    return Reading(NAME, "Breitbandmessung", tuple(tests), tuple(findings), len(tests) + len(bad), len(bad))


def _test(found: Listing, line: CellRow, blob: Blob, zone: ZoneInfo) -> tuple[SpeedTest, Moment] | None:
    """The test of a row: one without a figure failed; None where it has no time."""
    cells = {key: found.cell(line, key) for key in WORDS}
    at = wall_time.stamp(" ".join(filter(None, (cells["day"], cells["clock"]))), zone)
    if at is None:
        return None
    down, up = breitbandmessung.rate(cells["down"]), breitbandmessung.rate(cells["up"])
    raw = " ".join(filter(None, (cells["down"], cells["up"])))
    failed = "" if down is not None or up is not None else f"'{raw or '-'}'"
    delay = numbers.decimal(cells["latency"], ",")
    test = SpeedTest(
        at.at,
        breitbandmessung.TOOL,
        Locator(blob.digest, f"row {line.number}"),
        down,
        up,
        float(delay) / 1000 if delay else None,
        failed=failed,
        promised=breitbandmessung.speeds_promised(cells),
        width=at.width,
    )
    return test, at


def _unread(blob: Blob, bad: list[CellRow]) -> Finding:
    said = text(
        "{n} measurements have no time that can be read; the first is in row {row}.",
        n=len(bad),
        row=bad[0].number,
    )
    return Finding(
        "breitband.no_time", said, None, Weight.WARNING, Locator(blob.digest, f"row {bad[0].number}")
    )


def _none(blob: Blob) -> Finding:
    said = text("The table holds no measurement.")
    return Finding("breitband.nothing", said, None, Weight.REFUSED, Locator(blob.digest))
