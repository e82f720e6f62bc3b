"""A long table of probes says the same, read as columns or row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.intake.readers import probelist
from heller.intake.tables import columns
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.model.kinds.probe_log import ProbeLog
from heller.model.record import Blob, Reading

ROWS = 2_600
BEGIN = datetime(2026, 3, 2)
TABLES: dict[str, tuple[str, Callable[[int, datetime], str]]] = {
    "state and time": (
        "Zeit;Status;Antwortzeit (ms)",
        lambda n, at: f"{at:%d.%m.%Y %H:%M:%S};{_state(n)};{_ms(n)}",
    ),
    "round trips alone": (
        "Time,Latency (ms)",
        lambda n, at: f"{at:%Y-%m-%d %H:%M:%S},{'*' if _dead(n) else n % 9}",
    ),
    "zeros": ("time,ping", lambda n, at: f"{at:%Y-%m-%d %H:%M:%S},{0 if _dead(n) else 11.5}"),
    "targets": (
        "Target,Timestamp,Status,rtt",
        lambda n, at: f"host{n % 3}.example.org,{at:%Y-%m-%dT%H:%M:%SZ},{_state(n)},{_ms(n)}",
    ),
    "day and clock": ("Datum;Uhrzeit;Status", lambda n, at: f"{at:%d.%m.%Y};{at:%H:%M:%S};{_state(n)}"),
    "neither": (
        "time,state",
        lambda n, at: f"{at:%Y-%m-%d %H:%M:%S},{'pending' if n % 7 == 0 else _state(n)}",
    ),
    "newest first": (
        "time,state",
        lambda n, at: f"{at - timedelta(days=2, seconds=4 * n):%Y-%m-%d %H:%M:%S},{_state(n)}",
    ),
    "epoch": ("ts,up", lambda n, at: f"{at.replace(tzinfo=UTC).timestamp():.0f},{int(not _dead(n))}"),
    "blank lines": (
        "time,state",
        lambda n, at: "" if n % 5 == 0 else f"{at:%Y-%m-%d %H:%M:%S}, {_state(n)} ",
    ),
    "unread rows": (
        "time,state",
        lambda n, at: f"{at:%Y-%m-%d %H:%M:%S},{'kaputt' if n == 9 else _state(n)}",
    ),
    "minutes": ("time,state", lambda n, at: f"{at:%Y-%m-%d %H:%M},{_state(n)}"),
    "summer time ends": (
        "time,state",
        lambda n, at: (
            f"{datetime(2025, 10, 26, 1, 30) + timedelta(seconds=3 * n):%Y-%m-%d %H:%M:%S},{_state(n)}"
        ),
    ),
    "a clock that starts anew": (
        "time,state",
        lambda n, at: f"{at.replace(year=1970) if 500 < n < 600 else at:%Y-%m-%d %H:%M:%S},{_state(n)}",
    ),
    "quoted": ("time,state", lambda n, at: f'"{at:%Y-%m-%d %H:%M:%S}",{_state(n)}'),
    "a clock that stands": (
        "time,state",
        lambda n, at: f"{BEGIN + timedelta(hours=n // 3):%Y-%m-%d %H:00:00},up",
    ),
    "a column of a target": (
        "Time,1.1.1.1",
        lambda n, at: f"{at:%d.%m.%Y %H:%M:%S},{'*' if _dead(n) else 12.5}",
    ),
    "columns of targets": (
        "Zeit;192.0.2.1;example.org",
        lambda n, at: f"{at:%Y-%m-%d %H:%M:%S};{'' if _dead(n) else 3};{'' if n % 901 < 30 else n % 11}",
    ),
    "in UTC": (
        "DateTimeStamp_UTC,avg",
        lambda n, at: f"{at:%Y-%m-%d %H:%M:%S},{'nan' if _dead(n) else n % 30 + 1}",
    ),
    "a short row": (
        "Zeit;192.0.2.1;example.org",
        lambda n, at: f"{at:%Y-%m-%d %H:%M:%S};3{'' if n == 77 else ';4'}",
    ),
    "months first": ("Time,1.1.1.1", lambda n, at: f"{at:%m/%d/%Y %H:%M:%S},{'*' if _dead(n) else 12}"),
    "leap": (
        "time,state",
        lambda n, at: f"{at:%Y-%m-%d %H:%M}:{'60' if n == 40 else f'{at:%S}'},{_state(n)}",
    ),
}


def _dead(n: int) -> bool:
    return 40 <= n % 900 < 80


def _state(n: int) -> str:
    return "down" if _dead(n) else "up"


def _ms(n: int) -> str:
    return "" if _dead(n) else f"{10 + n % 7},5"


def _read(data: bytes) -> Reading:
    return intake.read(Blob("messung.csv", data, sha256(data).hexdigest()), ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("name", TABLES)
def test_both_ways_say_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records, times, rows and doubts; also where the order of rows has to tell, or a row cannot be read."""
    head, row = TABLES[name]
    lines = [head, *(row(n, BEGIN + timedelta(seconds=2 * n)) for n in range(ROWS))]
    data = "\n".join(lines).encode()
    bulk = _read(data)
    monkeypatch.setattr(columns, "LONG", len(data))
    assert bulk == _read(data)
    assert name in ("a clock that stands", "months first") or any(
        isinstance(record, ProbeLog) for record in bulk.records
    )


def test_a_plain_table_is_read_as_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its first rows are read by themselves, to know what it is."""
    head, row = TABLES["state and time"]
    lines = [head, *(row(n, BEGIN + timedelta(seconds=2 * n)) for n in range(ROWS))]
    one_by_one = []
    known = probelist._probe

    def probe(found: Listing, line: CellRow, zone: ZoneInfo) -> object:
        one_by_one.append(line)
        return known(found, line, zone)

    monkeypatch.setattr(probelist, "_probe", probe)
    assert _read("\n".join(lines).encode()).rows == ROWS
    assert len(one_by_one) < 20
