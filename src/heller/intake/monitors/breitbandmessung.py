"""What the authority's program Breitbandmessung writes, as speed tests: shared by its table and its protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.intake.written import numbers, wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.speed_test import MBIT, Promised, SpeedTest
from heller.model.record import Blob, Reading
from heller.model.text import text

TOOL = "Breitbandmessung"
MOST = Decimal(1_000_000)  # Mbit/s; beyond it a figure is none


def rate(raw: str) -> int | None:
    """Bits per second from Mbit/s in German writing: '1.000,50' is a thousand and a half."""
    found = numbers.decimal(raw, ",")
    return round(found * MBIT) if found is not None and 0 <= found < MOST else None


def speeds_promised(cells: Mapping[str, str]) -> Promised | None:
    """The tariff's speeds, where the table has columns for them."""
    found = {key: rate(cells[key]) for key in Promised.__struct_fields__ if cells.get(key)}
    found = {key: value for key, value in found.items() if value}
    return Promised(**found) if found else None


NAMED = "Breitbandmessung"  # stands on the first page of a protocol
_LINE = re.compile(
    r"(?m)^[^\S\n]{0,40}(\d{1,3})\s{1,20}(\d{2}\.\d{2}\.\d{4})\s{1,20}(\d{2}:\d{2}(?::\d{2})?)\s{1,20}([\d.,]{1,20})\s{0,20}Mbit/s(?:\s{1,20}([\d.,]{1,20})\s{0,20}Mbit/s)?"
)
_VERDICT = re.compile(r"wurde\s+(nicht\s+)?festgestellt")


def is_protocol(pages: str) -> bool:
    """Whether the text of a PDF is that of the authority's measuring protocol."""
    return NAMED in pages and bool(_LINE.search(pages))


def protocol(blob: Blob, pages: str, zone: ZoneInfo) -> Reading:
    """The measurements of a protocol: its lines hold number, day, time to the minute, and a rate. Download and
    upload stand in one line or in two tables one after the other; how the real paper looks is not confirmed."""
    rows: dict[str, list[int]] = {}
    for hit in _LINE.finditer(pages):
        found = rows.setdefault(f"{hit[2]} {hit[3]}", [])
        found += [value for raw in (hit[4], hit[5]) if raw and (value := rate(raw)) is not None]
    source = Locator(blob.digest, "page 1")
    tests = []
    for when, rates in rows.items():
        at = wall_time.stamp(when, zone)
        if at is not None and rates:
            up = rates[1] if len(rates) > 1 else None
            tests.append(SpeedTest(at.at, TOOL, source, rates[0], up, width=at.width))
    said = text("The measuring protocol was read by its lines; this form was not tried on a real one.")
    do = text("Compare the figures with the paper, or add the table (CSV) of the same measurements.")
    findings = [Finding("breitband.protocol", said, do, Weight.WARNING, source)]
    if verdict := _VERDICT.search(pages):
        told = (
            text("The protocol itself says that no deviation was found.")
            if verdict[1]
            else text("The protocol itself says that a deviation was found.")
        )
        findings.append(Finding("breitband.verdict", told, None, Weight.NOTE, source))
    return Reading("pdf", TOOL, tuple(tests), tuple(findings), len(rows), len(rows) - len(tests))
