"""Forms in which programs write one measurement after the other: a stamp, and of each target how long the answer took,
which share was lost, or that none came. A form is a row of `FORMS`; it places nothing in time and gives no verdict.

Layouts: the annotated CSV is documented by InfluxData; PingPlotter's, vmPing's, netdata's, Grafana's and Zabbix's are
known from samples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from heller.intake.monitors import series_table
from heller.intake.monitors.measurements import ENOUGH, LOOKED_AT, Measured, Series, share_in
from heller.intake.tables import csv_rows

LOST_WORDS = re.compile(
    r"request timed out|zeitüberschreitung der anforderung|destination (?:host|net|port)|zielhost|zielnetz|"
    r"allgemeiner fehler|general failure|transmit failed|unreachable|nicht erreichbar|expired in transit|no reply",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"allgemeiner fehler|general failure|transmit failed", re.IGNORECASE)


class Form(NamedTuple):
    """A form: who writes it, whether a text is in it, how it is read."""

    name: str
    fits: Callable[[str], bool]
    read: Callable[[str], Series]


def form_of(content: str) -> Form | None:
    """The form that a text is in."""
    return next((form for form in FORMS if form.fits(content)), None)


def _lines(content: str) -> Iterator[tuple[int, str]]:
    for row, raw in enumerate(content.splitlines(), 1):
        if raw.strip():
            yield row, raw.rstrip("\r")


def _by_line(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether most of the first lines are of a pattern."""

    def fits(content: str) -> bool:
        first = [raw for _, raw in islice(_lines(content), LOOKED_AT)]
        return len(first) > 1 and sum(bool(pattern.match(raw)) for raw in first) >= ENOUGH * len(first)

    return fits


# A target in brackets, a time of day with a day or without, what came: vmPing.
_BRACKETED = re.compile(
    r"\[(?P<target>[^\]\s]+)\]\s+(?P<stamp>(?:[\d./-]+[ T,]+)?\d{1,2}:\d\d:\d\d(?:\.\d+)?(?: ?[AP]M)?)\s+(?P<said>.+)$"
)
# A line of Windows' ping behind a stamp that PowerShell put there.
_STAMPED = re.compile(
    r"(?P<stamp>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)?|\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d|"
    r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M)[ \t:;-]+"
    r"(?P<said>(?:Antwort von|Reply from|Zeitüberschreitung|Request timed out|Zielhost|Destination|Allgemeiner Fehler|"
    r"General failure|PING:).*)$"
)
_MS = re.compile(r"(?:time|zeit)?[=<\[ ]{0,9}(\d{1,12}(?:[.,]\d{1,12})?) ?ms", re.IGNORECASE)
_FROM = re.compile(r"(?:Antwort von|Reply from) (\S+?):? ")
_NO_PROBE = re.compile(
    r"\s{0,40}(?:Ping wird|Pinging|Ping-Statistik|Ping statistics|Pakete:|Packets:|Ca\. Zeit|Approx|Minimum)"
)


def _bracketed(content: str) -> Series:
    values, bad = [], []
    for row, raw in _lines(content):
        hit = _BRACKETED.match(raw)
        took = _MS.search(hit["said"]) if hit else None
        lost = bool(hit and not took and LOST_WORDS.search(hit["said"]))
        if hit and (took or lost):
            seconds = float(took[1].replace(",", ".")) / 1000 if took else 0.0
            values.append(Measured(row, hit["stamp"], hit["target"], lost, seconds, whole=raw))
        else:
            bad.append((row, raw))
    return Series(values, bad)


def _stamped(content: str) -> Series:
    values, bad = [], []
    for row, raw in _lines(content):
        hit = _STAMPED.match(raw)
        if hit is None:
            bad += [] if _NO_PROBE.search(raw) else [(row, raw)]
            continue
        said, lost = hit["said"], bool(LOST_WORDS.search(hit["said"]))
        took, who = _MS.search(said), _FROM.match(said)
        if not lost and took is None:
            bad.append((row, raw))
            continue
        seconds = float(took[1].replace(",", ".")) / 1000 if took and not lost else 0.0
        target = who[1] if who and not lost else ""
        values.append(Measured(row, hit["stamp"], target, lost, seconds, bool(_LOCAL.search(said)), raw))
    names = {value.target for value in values if value.target}
    only = names.pop() if len(names) == 1 else ""
    return Series([value._replace(target=only) for value in values] if only else values, bad)


# A day and time, the same in seconds since 1970, a value: Zabbix's history as plain text.
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?P<stamp>\d{9,10}) (?P<value>\d+(?:\.\d+)?)\s*$")


def _plain(content: str) -> Series:
    """The item decides what a value means: 0 and 1 are down and up, other values up to 1 are seconds of which 0 is a
    loss, values over 1 the share lost in per cent."""
    rows = [(row, raw, _PLAIN.match(raw)) for row, raw in _lines(content)]
    bad = [(row, raw) for row, raw, hit in rows if hit is None]
    read = [(row, raw, hit["stamp"], float(hit["value"])) for row, raw, hit in rows if hit]
    per_cent = any(value > 1 for *_, value in read)
    found = []
    for row, raw, stamp, value in read:
        lost = value >= 100 if per_cent else value == 0
        seconds = value if not per_cent and 0 < value < 1 else 0.0
        found.append(Measured(row, stamp, "", lost, seconds, whole=raw))
    return Series(found, bad)


def _is_annotated(content: str) -> bool:
    return content.startswith(("#group,", "#datatype,", "#default,")) and "_time" in content[:4000]


_TOLD = {
    "percent_packet_loss": "loss",
    "average_response_ms": "ms",
    "result_code": "code",
    "ping_percent_packet_loss": "loss",
}


def _annotated(content: str) -> Series:
    """InfluxDB's annotated CSV: several tables with headings of their own, a field in each row."""
    values: list[Measured] = []
    bad: list[tuple[int, str]] = []
    head: list[str] = []
    for row, _, line in csv_rows.split(content.splitlines(), ","):
        if not any(line) or line[0].startswith("#"):
            head = [] if not any(line) else head
        elif "_time" in line and "_value" in line:
            head = line
        elif head:
            cell = dict(zip(head, line, strict=False))
            told = _TOLD.get(cell.get("_field", ""))
            share = share_in(cell.get("_value", ""))
            target = cell.get("url") or cell.get("host") or ""
            if told == "loss" and share is not None:
                values.append(Measured(row, cell["_time"], target, share >= 100, 0.0, whole=",".join(line)))
            elif told == "code" and share is not None:
                values.append(Measured(row, cell["_time"], target, share != 0, 0.0, whole=",".join(line)))
            elif told is None and share is None:
                bad.append((row, ",".join(line)))
    return Series(values, bad)


# A measurement of Telegraf's ping in InfluxDB's line protocol: name and tags, fields, nanoseconds since 1970.
_PROTOCOL = re.compile(r"(?P<name>ping\w*)(?P<tags>(?:,[^ ,]+)*) (?P<fields>\S+) (?P<stamp>\d{10,19})\s*$")


def _protocol(content: str) -> Series:
    values, bad = [], []
    for row, raw in _lines(content):
        hit = _PROTOCOL.match(raw)
        fields = dict(one.split("=", 1) for one in hit["fields"].split(",") if "=" in one) if hit else {}
        share = share_in(fields.get("percent_packet_loss", "").removesuffix("i"))
        code = share_in(fields.get("result_code", "").removesuffix("i"))
        if hit is None or (share is None and code is None):
            bad.append((row, raw))
            continue
        tags = dict(one.split("=", 1) for one in hit["tags"].split(",") if "=" in one)
        lost = share >= 100 if share is not None else code != 0
        took = share_in(fields.get("average_response_ms", "")) or 0.0
        values.append(
            Measured(row, hit["stamp"], tags.get("url", ""), lost, 0.0 if lost else took / 1000, whole=raw)
        )
    return Series(values, bad)


FORMS = (
    Form("vmPing", _by_line(_BRACKETED), _bracketed),
    Form("ping", _by_line(_STAMPED), _stamped),
    Form("Zabbix", _by_line(_PLAIN), _plain),
    Form("InfluxDB", _is_annotated, _annotated),
    Form("InfluxDB", _by_line(_PROTOCOL), _protocol),
    Form("", series_table.fits, series_table.read),
)
