"""Forms in which programs write one measurement after the other: a stamp, and of each target how long the answer took,
which share was lost, or that none came. A form is a row of `FORMS`; it places nothing in time and gives no verdict.

Layouts: the annotated CSV is documented by InfluxData; PingPlotter's, vmPing's, netdata's, Grafana's and Zabbix's are
known from samples.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from heller.intake.tables import cells
from heller.intake.tables.outages_and_probes import rtt

LOOKED_AT = 40  # rows by which a form is told
ENOUGH = 0.8  # share of them that must fit
LOST_WORDS = re.compile(
    r"request timed out|zeitüberschreitung der anforderung|destination (?:host|net|port)|zielhost|zielnetz|"
    r"allgemeiner fehler|general failure|transmit failed|unreachable|nicht erreichbar|expired in transit|no reply",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"allgemeiner fehler|general failure|transmit failed", re.IGNORECASE)
_TIME = re.compile(
    r"(?:sample )?(?:date|time|zeit|datum|timestamp|zeitstempel|zeitpunkt|datetime|date time|datum/uhrzeit|"
    r"datum und uhrzeit|datetimestamp_utc|datetimestamputc|_time|ts)",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    r"(?:min|max|avg|average|mean|median|mittel(?:wert)?|minimum|maximum|best|worst|p\d\d|stddev|jitter|mdev)"
    r"(?:[ _(]+(?:ms|rtt)\)?)?|(?:rtt|ping|latency)[ _](?:min|max|avg|mean)(?:[ _(]+ms\)?)?",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"avg|average|mean|mittel", re.IGNORECASE)
_LOSS = re.compile(r"loss|lost|verlust|drop_rate", re.IGNORECASE)
_LATENCY = re.compile(r"latency|rtt|ping.*ms|response", re.IGNORECASE)
_HOP = re.compile(r"hop \d+\s+(\S+)", re.IGNORECASE)
_BLANK = frozenset({"", "null", "none", "nan", "undefined"})
_UTC = re.compile(r"utc", re.IGNORECASE)


class Measured(NamedTuple):
    """One measurement: its row, its stamp as written, whom it asked; lost, or how long it took in seconds. `local`: the
    own host could not send. `whole`: the row as it stands."""

    row: int
    stamp: str
    target: str
    lost: bool
    rtt: float
    local: bool = False
    whole: str = ""


class Series(NamedTuple):
    """The measurements of a file, the rows that are none, and whether in some of them nothing has a value: they
    count as a loss of the first target."""

    values: list[Measured]
    bad: list[tuple[int, str]]
    blank: bool = False


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
    for row, line in enumerate(csv.reader(io.StringIO(content)), 1):
        if not any(line) or line[0].startswith("#"):
            head = [] if not any(line) else head
        elif "_time" in line and "_value" in line:
            head = line
        elif head:
            cell = dict(zip(head, line, strict=False))
            told = _TOLD.get(cell.get("_field", ""))
            share = _number(cell.get("_value", ""))
            target = cell.get("url") or cell.get("host") or ""
            if told == "loss" and share is not None:
                values.append(Measured(row, cell["_time"], target, share >= 100, 0.0, whole=",".join(line)))
            elif told == "code" and share is not None:
                values.append(Measured(row, cell["_time"], target, share != 0, 0.0, whole=",".join(line)))
            elif told is None and share is None:
                bad.append((row, ",".join(line)))
    return Series(values, bad)


def _number(raw: str) -> float | None:
    try:
        return float(raw.strip().removesuffix("%").replace(",", "."))
    except ValueError:
        return None


class _Columns(NamedTuple):
    """Where a table's columns stand: its delimiter, its heading row, the time, and the others by what they tell."""

    delimiter: str
    head: int
    time: int
    utc: bool
    targets: tuple[tuple[int, str], ...]  # round trips, with whom they are of
    loss: int | None


def _columns_of(content: str) -> _Columns | None:
    """A time first, then nothing but values."""
    for delimiter in cells.delimiters(content):
        for line in cells.first_lines(content, delimiter)[:12]:
            names = [cell.strip() for cell in line.cells]
            if len(names) < 2 or not _TIME.fullmatch(names[0]):
                continue
            place = _placed(delimiter, line.number, names)
            if place and _bears_out(content, place):
                return place
    return None


def _placed(delimiter: str, row: int, names: Sequence[str]) -> _Columns | None:
    rest = [(n, name) for n, name in enumerate(names) if n and name]
    utc = bool(_UTC.search(names[0]))
    loss = next((n for n, name in rest if _LOSS.search(name)), None)
    if loss is not None:
        took = [(n, "") for n, name in rest if n != loss and _LATENCY.search(name)][:1]
        return _Columns(delimiter, row, 0, utc, tuple(took), loss)
    if all(_STATISTIC.fullmatch(name) for _, name in rest):
        best = next((n for n, name in rest if _AVERAGE.search(name)), rest[0][0])
        return _Columns(delimiter, row, 0, utc, ((best, ""),), None)
    hops = [(n, hit[1]) for n, name in rest if (hit := _HOP.match(name))]
    return _Columns(delimiter, row, 0, utc, tuple(hops or rest), None)


def _bears_out(content: str, at: _Columns) -> bool:
    """Whether the cells of the rows hold values and losses, and one of the first is more than an empty cell."""
    wanted = [n for n, _ in at.targets] + ([] if at.loss is None else [at.loss])
    rows = (line for line in cells.lines(content, at.delimiter) if line.number > at.head and line.filled)
    told = known = 0
    for number, line in enumerate(rows):
        own = [line.cells[n] for n in wanted if n < len(line.cells)]
        took = [_took(cell) for cell in own]
        if number < LOOKED_AT:
            told, known = told + len(own), known + sum(one is not None for one in took)
        if number >= LOOKED_AT and known < ENOUGH * told:
            return False
        if number and any(
            one is not None and cell.strip().lower() not in _BLANK
            for one, cell in zip(took, own, strict=True)
        ):
            return bool(wanted) and known >= ENOUGH * told > 0
    return False


def _took(raw: str) -> float | None:
    """Seconds from milliseconds, -1 for a loss; None for what is neither."""
    try:
        found = rtt(raw)
    except ValueError:
        return None
    return -1.0 if found is None else found


def _columns(content: str) -> Series:
    at = _columns_of(content)
    values: list[Measured] = []
    bad: list[tuple[int, str]] = []
    blank = False
    for line in cells.lines(content, at.delimiter) if at else ():
        if at is None or line.number <= at.head or not line.filled:
            continue
        if len(line.cells) <= max(n for n, _ in (*at.targets, (at.loss or 0, ""))):
            bad.append((line.number, at.delimiter.join(line.cells)))
            continue
        found = list(_of_row(at, line.number, line.cells))
        if at.loss is None and all(line.cells[n].strip().lower() in _BLANK for n, _ in at.targets):
            found, blank = (
                found[:1],
                True,
            )  # the monitor's own silence, or a loss: one witness, not one of each target
        if any(value is None for value in found):
            bad.append((line.number, at.delimiter.join(line.cells)))
        values += [value for value in found if value is not None]
    return Series(values, bad, blank)


def _of_row(at: _Columns, row: int, found: Sequence[str]) -> Iterator[Measured | None]:
    stamp = found[at.time] + (" UTC" if at.utc else "")
    whole = at.delimiter.join(found)
    if at.loss is not None:
        share = _number(found[at.loss]) if at.loss < len(found) else None
        if share is None:
            yield None
            return
        took = _took(found[at.targets[0][0]]) if at.targets and at.targets[0][0] < len(found) else None
        yield Measured(row, stamp, "", share == 1 or share >= 100, max(took or 0.0, 0.0), whole=whole)
        return
    for n, target in at.targets:
        told = _took(found[n]) if n < len(found) else -1.0
        yield None if told is None else Measured(row, stamp, target, told < 0, max(told, 0.0), whole=whole)


FORMS = (
    Form("vmPing", _by_line(_BRACKETED), _bracketed),
    Form("ping", _by_line(_STAMPED), _stamped),
    Form("Zabbix", _by_line(_PLAIN), _plain),
    Form("InfluxDB", _is_annotated, _annotated),
    Form("", lambda content: _columns_of(content) is not None, _columns),
)
