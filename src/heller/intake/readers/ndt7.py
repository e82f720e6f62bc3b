"""Reads what the NDT7 client and M-Lab's archive wrote: a speed test.

The client's summary has no time. The number inside its UUID is the time at which the server was started
(M-Lab, package `uuid`), not that of the test: it is not taken for it.
"""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.speed_test import SpeedTest, mbit
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "ndt7"

_UNITS = {"kbit/s": 1e3, "mbit/s": 1e6, "gbit/s": 1e9, "bit/s": 1.0}
_STAMPS = ("StartTime", "timestamp", "Timestamp", "TestTime", "time", "date")


def identify(head: bytes, name: str) -> Confidence:
    """By the summary's UUID and throughput, the client's events, or the archive's measurements."""
    summary = re.search(rb'"Download"\s*:\s*\{[^{}]*"(?:UUID|Throughput)"', head[:16384])
    events = re.search(rb'"Key"\s*:\s*"(?:starting|measurement|connected|complete|error)"', head[:4096])
    archive = b'"ServerMeasurements"' in head or b'"ClientMeasurements"' in head
    if summary or (events and b'"Test"' in head) or archive:
        return Confidence(92, text("It is a result of NDT7."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One speed test per result that says when it ran; a finding with the rates for each that does not."""
    documents = json_documents.documents(blob)
    tests: list[SpeedTest] = []
    findings = list(documents.rejected(blob))
    failed = ""
    for row, value in documents.found:
        one = json_documents.mapping(value)
        source = Locator(blob.digest, f"row {row}")
        if one.get("Key") == "error":
            failed = str(json_documents.mapping(one.get("Value")).get("Failure") or "error")
        elif "Key" not in one:
            rates = _rate(one, "Download"), _rate(one, "Upload")
            test = _test(one, rates, source, zone)
            if test is not None:
                tests.append(test)
            elif any(rate is not None for rate in rates):
                findings.append(_no_time(rates, source))
    if failed and not tests:
        said = text("A test of NDT7 failed at a time that it does not say: {why}", why=failed)
        findings.append(Finding("ndt7.failed", said, None, Weight.REFUSED, Locator(blob.digest)))
    if not tests and not any(f.weight is Weight.REFUSED for f in findings):
        said = text("There is no result of NDT7 in it, only its course.")
        do = text("Add the summary, the last line.")
        findings.append(Finding("ndt7.nothing", said, do, Weight.REFUSED, Locator(blob.digest)))
    rows = len(documents.found) + len(documents.broken)
    return Reading(NAME, "NDT7", tuple(tests), tuple(findings), rows, len(documents.broken))


def _rate(one: dict[str, Any], way: str) -> int | None:
    """Bits per second of one way: the summary's throughput, or the archive's mean."""
    part = json_documents.mapping(one.get(way))
    told = json_documents.mapping(part.get("Throughput"))
    value = json_documents.number(told.get("Value", part.get("MeanThroughputMbps", part.get("Value"))))
    unit = _UNITS.get(str(told.get("Unit", part.get("Unit", "Mbit/s"))).lower())
    return round(value * unit) if value is not None and unit and 0 <= value * unit < 1e15 else None


def _test(
    one: dict[str, Any], rates: tuple[int | None, int | None], source: Locator, zone: ZoneInfo
) -> SpeedTest | None:
    """The test, None where it does not say when it ran."""
    parts = (one, json_documents.mapping(one.get("Download")), json_documents.mapping(one.get("Upload")))
    said = next((str(part[key]) for part in parts for key in _STAMPS if part.get(key)), "")
    at = wall_time.stamp(re.sub(r"(\.\d{6})\d+", r"\1", said), zone)
    if at is None or rates == (None, None):
        return None
    down = json_documents.mapping(one.get("Download"))
    delay = json_documents.number(
        json_documents.mapping(down.get("Latency")).get("Value", down.get("MinRTT"))
    )
    server = str(one.get("ServerFQDN") or one.get("ServerIP") or "")
    return SpeedTest(at.at, "NDT7", source, *rates, delay / 1000 if delay else None, server, width=at.width)


def _measured(rate: int | None) -> Text:
    return text("not measured") if rate is None else text("{n:2} Mbit/s", n=mbit(rate))


def _no_time(rates: tuple[int | None, int | None], source: Locator) -> Finding:
    said = text(
        "A result of NDT7 does not say when it ran: download {down}, upload {up}.",
        down=_measured(rates[0]),
        up=_measured(rates[1]),
    )
    do = text(
        "The number in its UUID is the server's start. Leave the file as it is and note in the case when it was "
        "measured; heller speed writes it."
    )
    return Finding("ndt7.no_time", said, do, Weight.REFUSED, source)
