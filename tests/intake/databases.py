"""What the tests of monitors share: databases made by SQLite itself, with their real write-ahead log."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from heller.model.record import Blob

LOGS = Path(__file__).parent / "data" / "logs"
ZERO = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
Row = tuple[float, int, str, bool, int]  # seconds after ZERO, status, message, important, duration

V1 = """
CREATE TABLE heartbeat (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, important BOOLEAN NOT NULL DEFAULT 0,
 monitor_id INTEGER NOT NULL, status SMALLINT NOT NULL, msg TEXT, time DATETIME NOT NULL, ping INTEGER,
 duration INTEGER NOT NULL DEFAULT 0);
CREATE TABLE monitor (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name VARCHAR(150),
 active BOOLEAN NOT NULL DEFAULT 1, interval INTEGER NOT NULL DEFAULT 20, url TEXT, type VARCHAR(20),
 hostname VARCHAR(255), port INTEGER, maxretries INTEGER NOT NULL DEFAULT 0);
"""
V2 = V1.replace(
    "duration INTEGER NOT NULL DEFAULT 0)",
    "duration INTEGER NOT NULL DEFAULT 0, "
    "down_count INTEGER NOT NULL DEFAULT 0, end_time DATETIME, retries INTEGER DEFAULT 0, response TEXT)",
) + "".join(
    f"CREATE TABLE stat_{name} (id INTEGER PRIMARY KEY, monitor_id INTEGER NOT NULL, timestamp INTEGER NOT NULL,"
    " ping FLOAT, up SMALLINT NOT NULL, down SMALLINT NOT NULL, ping_min FLOAT, ping_max FLOAT, extras TEXT);"
    for name in ("minutely", "hourly", "daily")
)
GATUS = """
CREATE TABLE endpoints (endpoint_id INTEGER PRIMARY KEY, endpoint_key TEXT UNIQUE, endpoint_name TEXT,
 endpoint_group TEXT, UNIQUE(endpoint_name, endpoint_group));
CREATE TABLE endpoint_events (endpoint_event_id INTEGER PRIMARY KEY, endpoint_id INTEGER, event_type TEXT,
 event_timestamp TIMESTAMP);
CREATE TABLE endpoint_results (endpoint_result_id INTEGER PRIMARY KEY, endpoint_id INTEGER, success INTEGER,
 errors TEXT, connected INTEGER, status INTEGER, dns_rcode TEXT, certificate_expiration INTEGER,
 domain_expiration INTEGER, hostname TEXT, ip TEXT, duration INTEGER, timestamp TIMESTAMP);
CREATE TABLE endpoint_uptimes (endpoint_uptime_id INTEGER PRIMARY KEY, endpoint_id INTEGER,
 hour_unix_timestamp INTEGER, total_executions INTEGER, successful_executions INTEGER,
 total_response_time INTEGER, UNIQUE(endpoint_id, hour_unix_timestamp));
"""


def blob(path: Path, log: bool = False) -> Blob:
    """A database as it is taken in, with its log if asked for."""
    data = path.read_bytes()
    beside = blob(path.with_name(path.name + "-wal")) if log else None
    return Blob(path.name, data, hashlib.sha256(data).hexdigest(), beside=beside)


def stamp(after: float) -> str:
    """A time as Uptime Kuma writes it: UTC, no zone."""
    return (ZERO + timedelta(seconds=after)).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def kuma(
    path: Path, monitors: dict[int, Iterable[Row]], schema: str = V1, interval: int = 60
) -> sqlite3.Connection:
    """A database of Uptime Kuma that is still open, its beats written; monitor n asks 203.0.113.n."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(schema)
    for number, rows in monitors.items():
        connection.execute(
            "INSERT INTO monitor (id, name, interval, type, hostname) VALUES (?, ?, ?, 'ping', ?)",
            (number, f"Ziel {number}", interval, f"203.0.113.{number}"),
        )
        beats(connection, number, rows)
    return connection


def beats(connection: sqlite3.Connection, monitor: int, rows: Iterable[Row]) -> None:
    """More beats of a monitor."""
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO heartbeat (monitor_id, time, status, msg, important, duration, ping) "
        "VALUES (?, ?, ?, ?, ?, ?, 12)",
        [
            (monitor, stamp(at), status, said, important, lasted)
            for at, status, said, important, lasted in rows
        ],
    )
    connection.execute("COMMIT")


def steady(start: float, count: int, status: int = 1, said: str = "", step: float = 60.0) -> list[Row]:
    """Beats of one state, the first one important."""
    return [(start + n * step, status, said, n == 0, int(step)) for n in range(count)]
