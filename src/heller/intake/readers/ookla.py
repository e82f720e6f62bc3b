"""Reads what Ookla's `speedtest` wrote as JSON or CSV, and the older `speedtest-cli`.

Ookla counts bytes per second, speedtest-cli bits. Ookla's CSV has no time: scripts write their own before
it, on the computer's wall clock. An error line is a test that failed.
"""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import cells, json_documents
from heller.intake.tables.cells import CellRow
from heller.intake.written import wall_time
from heller.intake.written.canonical import fold
from heller.intake.written.numbers import decode, plain, tabular
from heller.intake.written.wall_time import Moment
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.speed_test import SpeedTest
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "ookla"

_SHARE = "speedtest.net/result/"
_ORDER = (
    "server",
    "server id",
    "latency",
    "jitter",
    "packet loss",
    "download",
    "upload",
    "bytes",
    "bytes",
    "share",
)
_WORDS = {
    "server": ("server name", "server"),
    "sponsor": ("sponsor",),  # speedtest-cli, which counts bits
    "at": ("timestamp", "time", "date", "datetime", "zeit", "zeitpunkt", "datum", "date time"),
    "latency": ("idle latency", "latency", "ping", "ping (ms)"),
    "download": ("download",),
    "upload": ("upload",),
    "error": ("error", "fehler"),
}
_ERROR = re.compile(r"^\[(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?)\] \[error\] (?P<why>.+)$")


def identify(head: bytes, name: str) -> Confidence:
    """By the keys of its JSON, the headings of its CSV, or the address of a result in a row."""
    begins = head[:32768]
    if re.search(rb'"bandwidth"\s*:\s*\d+', begins) and b'"server"' in begins:
        return Confidence(92, text("It is a result of Ookla's speedtest."))
    if re.search(rb'"type"\s*:\s*"(?:log|testStart)"', begins) and b'"timestamp"' in begins:
        return Confidence(85, text("It has messages of Ookla's speedtest."))
    if b'"bytes_sent"' in begins and b'"download"' in begins:
        return Confidence(92, text("It is a result of speedtest-cli."))
    content = tabular(begins)
    first = next(iter(content.splitlines()), "").lower()
    if ("server name" in first or "server id" in first) and "download" in first and "scheduled" not in first:
        return Confidence(92, text("It has the headings of Ookla's speedtest."))
    if _SHARE in content and re.search(r'(?m)^.*"\d+"\s*,.*' + re.escape(_SHARE), content):
        return Confidence(80, text("Its rows hold addresses of results of Ookla's speedtest."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The speed tests; a stamp of a script without an offset is taken in `zone`."""
    as_json = blob.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    tests, stamps, rows, rejected, findings = _json(blob, zone) if as_json else _csv(blob, zone)
    source = Locator(blob.digest, "row 1")
    findings += wall_time.doubts(stamps, zone, source)
    if rejected:
        said = text("{n} rows of the speed tests say no time or no rate; they are left out.", n=rejected)
        do = text("Ookla's CSV has no time: let the script write date, time and offset before each row.")
        findings.append(
            Finding("ookla.no_time", said, do, Weight.WARNING if tests else Weight.REFUSED, source)
        )
    return Reading(NAME, "Ookla speedtest", tuple(tests), tuple(findings), rows, rejected)


_Found = tuple[list[SpeedTest], list[Moment], int, int, list[Finding]]


def _json(blob: Blob, zone: ZoneInfo) -> _Found:
    documents = json_documents.documents(blob)
    values = [(row, one) for row, v in documents.found for one in (v if isinstance(v, list) else [v])]
    tests: list[SpeedTest] = []
    rejected = len(documents.broken)
    for row, value in values:
        one = json_documents.mapping(value)
        kind = one.get("type", "result")
        error = str(one.get("error") or (one.get("message") if kind == "log" else "") or "")
        if kind not in ("result", "log") or (kind == "log" and one.get("level") not in ("error", None)):
            continue  # the course of a test, not its result
        test = _of_json(one, error, Locator(blob.digest, f"row {row}"), zone)
        if test is None:
            rejected += 1
        else:
            tests.append(test)
    rows = len(values) + len(documents.broken)
    return tests, [], rows, rejected, list(documents.rejected(blob))


def _of_json(one: dict[str, Any], error: str, source: Locator, zone: ZoneInfo) -> SpeedTest | None:
    """One result; None where it has no time, or neither a rate nor an error."""
    at = wall_time.stamp(str(one.get("timestamp") or ""), zone)
    down, up = _way(one.get("download")), _way(one.get("upload"))
    if at is None or (down is None and up is None and not error):
        return None
    ping = one.get("ping")
    delay = json_documents.number(ping.get("latency") if isinstance(ping, dict) else ping)
    server = json_documents.mapping(one.get("server"))
    name = str(server.get("host") or server.get("name") or "")
    tool = "speedtest-cli" if isinstance(one.get("download"), int | float) else "Ookla"
    return SpeedTest(
        at.at, tool, source, down, up, delay / 1000 if delay else None, name, error, width=at.width
    )


def _way(raw: Any) -> int | None:
    """Bits per second: `bandwidth` counts bytes (Ookla), a bare number bits (speedtest-cli)."""
    if isinstance(raw, dict):
        found = json_documents.number(raw.get("bandwidth"))
        return round(found * 8) if found is not None and 0 <= found < 1e14 else None
    found = json_documents.number(raw)
    return round(found) if found is not None and 0 <= found < 1e15 else None


def _csv(blob: Blob, zone: ZoneInfo) -> _Found:
    content = decode(blob.data)
    delimiter = next(iter(cells.delimiters(content)), ",")
    head: list[str] = []
    tests: list[SpeedTest] = []
    stamps: list[Moment] = []
    rows = rejected = 0
    for line in cells.lines(content, delimiter):
        if not line.filled:
            continue
        rows += 1
        keys = _keys(line)
        if {"download", "upload"} <= set(keys):
            head = keys
            continue
        found = _of_row(line, head, delimiter, Locator(blob.digest, f"row {line.number}"), zone)
        if found is None:
            rejected += 1
        else:
            tests.append(found[0])
            stamps.append(found[1])
    return tests, stamps, rows, rejected, []


def _keys(line: CellRow) -> list[str]:
    """The keys of a row of headings, '' for those of no matter."""
    named = {fold(word): key for key, words in _WORDS.items() for word in words}
    return [named.get(fold(cell), "") for cell in line.cells]


def _of_row(
    line: CellRow, head: list[str], delimiter: str, source: Locator, zone: ZoneInfo
) -> tuple[SpeedTest, Moment] | None:
    """The test of one row. Cells before the first heading are the stamp of a script."""
    failed = _ERROR.match(delimiter.join(line.cells))
    if failed:
        at = wall_time.stamp(failed["at"], zone)
        return (SpeedTest(at.at, "Ookla", source, failed=failed["why"], width=at.width), at) if at else None
    values = dict(_cells_by_key(line, head))
    at = wall_time.stamp(values.get("at", ""), zone)
    down, up, delay = (plain(values.get(key, "")) for key in ("download", "upload", "latency"))
    if at is None or (down is None and up is None and not values.get("error")):
        return None
    cli = "sponsor" in values
    rates = [None if rate is None or rate < 0 else round(rate if cli else rate * 8) for rate in (down, up)]
    test = SpeedTest(
        at.at,
        "speedtest-cli" if cli else "Ookla",
        source,
        rates[0],
        rates[1],
        float(delay) / 1000 if delay else None,
        values.get("server", ""),
        values.get("error", ""),
        width=at.width,
    )
    return test, at


def _cells_by_key(line: CellRow, head: list[str]) -> list[tuple[str, str]]:
    """Cells by key: by the headings, or by where the address of the result stands."""
    extra = len(line.cells) - len(head)
    if head and extra >= 0:
        own = list(zip(head, line.cells[extra:], strict=True))
        if "at" not in head and extra:
            own.append(("at", " ".join(line.cells[:extra])))
        return own
    share = next((i for i, cell in enumerate(line.cells) if _SHARE in cell), -1)
    begin = share - len(_ORDER) + 1
    if begin < 1:
        return []
    return [*zip(_ORDER, line.cells[begin:], strict=False), ("at", " ".join(line.cells[:begin]))]
