"""Reads what `iperf3 --json` wrote: a speed test, or why it failed.

Without --reverse the own computer sends: that is the upload, and what counts is what arrived.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.speed_test import SpeedTest
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "iperf3"


def identify(head: bytes, name: str) -> Confidence:
    """By the version that its own head carries."""
    known = re.search(rb'"version"\s*:\s*"iperf 3', head[:16384])
    return Confidence(92, text("It is a report of iperf3.")) if known else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One speed test per report; `zone` is not needed, the time is in seconds since 1970."""
    documents = json_documents.documents(blob)
    tests: list[SpeedTest] = []
    findings = list(documents.rejected(blob))
    for row, value in documents.found:
        report = json_documents.mapping(value)
        source = Locator(blob.digest, f"row {row}")
        test = _test(report, source)
        if test is None:
            findings.append(_no_time(report, source))
        else:
            tests.append(test)
            findings += _doubts(test)
    rows = len(documents.found) + len(documents.broken)
    title = "iperf3" + (f": {tests[0].server}" if tests and tests[0].server else "")
    return Reading(NAME, title, tuple(tests), tuple(findings), rows, rows - len(tests))


def _test(report: dict[str, Any], source: Locator) -> SpeedTest | None:
    """The test of one report; None where it does not say when."""
    start, end = json_documents.mapping(report.get("start")), json_documents.mapping(report.get("end"))
    at = wall_time.instant(
        json_documents.number(json_documents.mapping(start.get("timestamp")).get("timesecs")) or 0.0
    )
    if at is None:
        return None
    away = json_documents.mapping(start.get("connecting_to"))
    server = str(
        away.get("host") or json_documents.mapping(start.get("accepted_connection")).get("host") or ""
    )
    error = str(report.get("error") or "")
    sent = _arrived(end, "")
    back = _arrived(end, "_bidir_reverse")
    if json_documents.mapping(start.get("test_start")).get("reverse") in (1, True):
        sent, back = back, sent
    if not error and sent is None and back is None:
        error = "no result"
    return SpeedTest(at, "iperf3", source, back, sent, _latency(end), server, error, width=1.0)


def _arrived(end: dict[str, Any], way: str) -> int | None:
    """Bits per second that arrived; of UDP without the share that was lost."""
    for name in (f"sum_received{way}", f"sum{way}", f"sum_sent{way}"):
        found = json_documents.mapping(end.get(name))
        rate = json_documents.number(found.get("bits_per_second"))
        if rate is not None and 0 <= rate < 1e15:
            lost = json_documents.number(found.get("lost_percent")) or 0.0
            return round(rate * (1 - min(max(lost, 0.0), 100.0) / 100))
    return None


def _latency(end: dict[str, Any]) -> float | None:
    """The mean round trip of the first stream, in seconds."""
    streams = json_documents.as_list(end.get("streams"))
    sender = json_documents.mapping(json_documents.mapping(streams[0]).get("sender")) if streams else {}
    micro = json_documents.number(sender.get("mean_rtt"))
    return micro / 1e6 if micro else None


def _no_time(report: dict[str, Any], source: Locator) -> Finding:
    """A report that was ended before it knew the time."""
    said = text(
        "A report of iperf3 does not say when it ran: {why}", why=str(report.get("error") or "no time stamp")
    )
    do = text("Run it by a script that writes the time beside it, or with heller speed.")
    return Finding("iperf3.no_time", said, do, Weight.REFUSED, source)


def _doubts(test: SpeedTest) -> tuple[Finding, ...]:
    try:
        inside = ip_address(test.server).is_private and not ip_address(test.server).is_reserved
    except ValueError:
        return ()
    if not inside:
        return ()
    said = text(
        "The server {server} stands in a private network: this is not the speed of the line.",
        server=test.server,
    )
    do = text("Measure against a server outside.")
    return (Finding("speed.inside", said, do, Weight.WARNING, test.source),)
