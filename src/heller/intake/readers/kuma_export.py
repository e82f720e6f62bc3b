"""Reads what people take out of Uptime Kuma: its beats as JSON, and a dump of its MariaDB (version 2) as SQL.

Both become the tables that `heller.intake.readers.kuma` knows; what a beat means is told there. Nothing of a dump is
run: its INSERT lines are taken apart.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.monitors.probes import refuse_too_long
from heller.intake.readers import kuma
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written.encoding import first_text
from heller.intake.written.numbers import decode
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "uptime-kuma-export"

HEARTBEAT = ("id", "monitor_id", "status", "msg", "time", "ping", "duration", "important")
MONITOR = ("id", "name", "url", "hostname", "interval", "type", "maxretries")
_BEAT = re.compile(
    rb'"monitor_?[iI][dD]"\s{0,20}:\s{0,20}\d{1,12}[^{}]{0,2000}"status"\s{0,20}:'
    rb'|"status"\s{0,20}:[^{}]{0,2000}"monitor_?[iI][dD]"\s{0,20}:'
)
_DUMP = re.compile(rb"(?:CREATE TABLE|INSERT INTO)\s+[`\"]?heartbeat[`\"]?", re.IGNORECASE)
_INSERT = re.compile(
    r"INSERT INTO\s+[`\"]?(heartbeat|monitor)[`\"]?\s{0,20}(?:\(([^)]{0,4000})\))?\s{0,20}VALUES\s*",
    re.IGNORECASE,
)
_CREATE = r"CREATE TABLE[^`\"(]*[`\"]?{}[`\"]?\s*\((.*?)\n?\)\s*(?:ENGINE[^;]*|DEFAULT[^;]*)?;"
_COLUMN = re.compile(r"(?:^|,)\s{0,40}[`\"](\w{1,99})[`\"]\s{1,40}\w", re.MULTILINE)
_VALUE = re.compile(
    r"\s*(?:'((?:[^'\\]|\\.|'')*)'|(NULL)|(-?\d+(?:\.\d+)?)|(0x[0-9A-Fa-f]*|_binary\s+'(?:[^'\\]|\\.)*'))\s*"
)


def identify(head: bytes, name: str) -> Confidence:
    """92 for beats as JSON, 93 for a dump with its table."""
    head = first_text(head)
    if _DUMP.search(head):
        return Confidence(93, text("It is a dump of Uptime Kuma's database."))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and _BEAT.search(head) and b'"time"' in head:
        return Confidence(92, text("It has beats of Uptime Kuma."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """As the database itself: one probe log per monitor; all times in it are UTC."""
    refuse_too_long(blob)
    with closing(sqlite3.connect(":memory:")) as tables:
        for table, columns in (("heartbeat", HEARTBEAT), ("monitor", MONITOR)):
            tables.execute(f"CREATE TABLE {table}({', '.join(columns)})")
        if _DUMP.search(first_text(blob.data[: 1 << 20])):
            _fill_from_dump(tables, decode(blob.data))
            findings: Sequence[Any] = ()
        else:
            documents = json_documents.documents(blob)
            findings = documents.rejected(blob)
            for _, value in documents.found:
                _fill_from_json(tables, value)
        found = kuma.of_tables(blob, tables, tuple(findings))
    return Reading(NAME, found.title, found.records, found.findings, found.rows, found.rows_rejected)


def _fill_from_json(tables: sqlite3.Connection, value: Any) -> None:
    """The beats and monitors, wherever in it they stand."""
    left, row = [value], 0
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += reversed(one)
        elif isinstance(one, dict) and (monitor := one.get("monitorID", one.get("monitor_id"))) is not None:
            row += 1
            cells = {**one, "id": row, "monitor_id": monitor}
            _insert(tables, "heartbeat", [_plain(cells.get(column)) for column in HEARTBEAT])
        elif isinstance(one, dict):
            if {"id", "interval", "type"} <= one.keys():
                _insert(tables, "monitor", [_plain(one.get(column)) for column in MONITOR])
            left += reversed([part for part in one.values() if isinstance(part, dict | list)])


def _insert(tables: sqlite3.Connection, table: str, row: Sequence[Any]) -> None:
    tables.execute(f"INSERT INTO {table} VALUES({', '.join('?' * len(row))})", row)


def _plain(value: Any) -> Any:
    """What a cell of a table may hold."""
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, int | float | str) else None


def _fill_from_dump(tables: sqlite3.Connection, content: str) -> None:
    for hit in _INSERT.finditer(content):
        table = hit[1].lower()
        named = re.findall(r"\w+", hit[2]) if hit[2] else _columns(content, table)
        wanted = HEARTBEAT if table == "heartbeat" else MONITOR
        for row in _rows(content, hit.end()):
            cell = dict(zip(named, row, strict=False))
            _insert(tables, table, [cell.get(column) for column in wanted])


def _columns(content: str, table: str) -> list[str]:
    """The columns of a table in the order of its CREATE TABLE."""
    hit = re.search(_CREATE.format(table), content, re.IGNORECASE | re.DOTALL)
    return _COLUMN.findall(hit[1]) if hit else []


def _rows(content: str, at: int) -> Iterator[list[Any]]:
    """The rows of an INSERT: '(1,'it''s',NULL),(2, ...);'. What is no row ends it."""
    while at < len(content) and content[at] == "(":
        at, row = at + 1, []
        while hit := _VALUE.match(content, at):
            row.append(_value(hit))
            at = hit.end()
            if content[at : at + 1] != ",":
                break
            at += 1
        if content[at : at + 1] != ")":
            return
        yield row
        at += 1
        while content[at : at + 1] in (",", " ", "\n", "\r"):
            at += 1


def _value(hit: re.Match[str]) -> Any:
    if hit[1] is not None:
        return re.sub(r"\\(.)|''", lambda found: found[1] or "'", hit[1])
    if hit[3] is not None:
        return float(hit[3]) if "." in hit[3] else int(hit[3])
    return None
