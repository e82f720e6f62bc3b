"""The samples of a running watch: one SQLite file that survives kill -9, a power cut and a full disk.

WAL with synchronous FULL: what was committed is on the disk. State changes and upsets stand in tables of
their own and are written first. It gives no verdict; what was not ticked was not watched.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from heller.model.errors import StoreFailed
from heller.model.sample import Carrier, SampleHeader, Target, Upset, UpsetKind
from heller.model.text import text
from heller.watch.keeping import packed
from heller.watch.keeping.schema import TABLES, extend, sound
from heller.watch.rows import Phases, ProbeRow

HOME = "watch"  # the folder of a watch within its case
FILE = "samples.sqlite"
GAP = 3_000_000  # microseconds: ticks further apart were not one watch (three periods)
KEPT = 48 * 3600 * 1_000_000  # microseconds that sealed rows stay in the file
PART = 2_000  # rows dropped in one commit
WAL_LIMIT = 4 << 20  # bytes the log keeps after it was emptied


class AliveChange(NamedTuple):
    """The first loss after answers over an uplink, or the first answer after losses; `at` in microseconds."""

    at: int
    uplink: str
    alive: bool
    target: int


class Ticked(NamedTuple):
    """One second of a watch: `wall` is what the wall clock said, `kept` is false where there was no room for
    the second's samples."""

    at: int
    wall: int
    sync: str = "unknown"
    error: int = -1
    kept: bool = True


class OpenStore(NamedTuple):
    """A file open for writing; `set_aside` is where a broken one before it lies now."""

    db: sqlite3.Connection
    set_aside: Path | None


class Batch(NamedTuple):
    """What is written in one commit."""

    changes: Sequence[AliveChange] = ()
    upsets: Sequence[Upset] = ()
    targets: Sequence[Target] = ()
    samples: Sequence[ProbeRow] = ()
    phases: Sequence[Phases] = ()
    carriers: Sequence[Carrier] = ()
    ticks: Sequence[Ticked] = ()
    meters: Mapping[str, tuple[int, int | None]] = {}  # own and counted bytes by uplink
    spent: Mapping[tuple[str, int], int] = {}  # own bytes more than at the last commit, by uplink and day


def open_store(home: Path) -> OpenStore:
    """The file of a watch, made where there is none. One that is broken is set aside, never overwritten.

    Who calls it holds the lock of the watch. Raises OSError and sqlite3.OperationalError where the disk refuses.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / FILE
    aside = _set_aside(home) if path.exists() and not sound(path) else None
    fresh = not path.exists() or not path.stat().st_size
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.5)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
    if fresh:
        db.executescript("BEGIN;" + TABLES + "COMMIT;")
        db.execute("INSERT INTO meta VALUES('store', ?)", (secrets.token_hex(8),))
        if aside is not None:
            db.execute("INSERT INTO meta VALUES('set_aside', ?)", (aside.name,))
    extend(db)
    return OpenStore(db, aside)


def _set_aside(home: Path) -> Path:
    """Move the file and its log into a folder of its own."""
    stamp = datetime.now(UTC).strftime("broken-%Y%m%dT%H%M%SZ")
    place = next(p for n in range(1, 1000) if not (p := home / f"{stamp}-{n}").exists())
    place.mkdir()
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        if (home / name).exists():
            (home / name).rename(place / name)
    return place


def reading(home: Path) -> sqlite3.Connection | None:
    """The file for reading beside a writer; None where there is none.

    It is opened for writing, as reading what a killed writer left in the log asks for, and never written, but by
    `extend`.
    """
    path = home / FILE
    if not path.exists():
        return None
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=5, isolation_level=None)
    db.execute("PRAGMA query_only = 1")
    return db


def meta(db: sqlite3.Connection, key: str) -> str:
    """A word about the file itself, '' where nobody wrote it."""
    found = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return found[0] if found else ""


def begin(db: sqlite3.Connection, head: SampleHeader, said: Mapping[str, str] = {}) -> int:
    """A new session; returns its number. What the one before left open ended with its last tick: from then
    until now nobody watched, and an upset says so: REBOOT, or FREEZE, for the process did not run. `said` is
    what a person may read about the session."""
    last = db.execute(
        "SELECT s.name, (SELECT max(at) FROM tick WHERE session = s.id) FROM session s ORDER BY s.id DESC LIMIT 1"
    ).fetchone()
    db.execute("BEGIN IMMEDIATE")
    row = (head.session, msgspec.json.encode(head).decode(), msgspec.json.encode(said).decode())
    session = db.execute("INSERT INTO session(name, head, said) VALUES(?, ?, ?)", row).lastrowid
    assert session is not None
    db.execute("DELETE FROM meter")  # they count from the start of a session
    if last is not None and last[1] is not None:
        rebooted = boot_of(last[0]) != boot_of(head.session)
        at = now_of(head)
        _upsets(
            db, session, [Upset(UpsetKind.REBOOT if rebooted else UpsetKind.FREEZE, min(last[1], at), at)]
        )
    db.execute("COMMIT")
    return session


def boot_of(session: str) -> str:
    """The boot id in the name of a session."""
    return session.split(".")[0]


def now_of(head: SampleHeader) -> int:
    """When a session began, in microseconds since 1970: the end of its START, else what the wall clock says."""
    starts = [upset.end for upset in head.upsets if upset.kind is UpsetKind.START]
    return starts[0] if starts else int(datetime.now(UTC).timestamp() * 1_000_000)


def write(db: sqlite3.Connection, session: int, batch: Batch) -> None:
    """One commit: state changes and upsets first. Raises sqlite3.OperationalError, and then nothing of it
    was written."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.executemany(
            "INSERT INTO change(session, at, uplink, alive, target) VALUES(?, ?, ?, ?, ?)",
            [(session, *change) for change in batch.changes],
        )
        _upsets(db, session, batch.upsets)
        db.executemany(
            "INSERT INTO target(session, number, body) VALUES(?, ?, ?)",
            [(session, t.number, msgspec.json.encode(t).decode()) for t in batch.targets],
        )
        packed.insert(db, session, batch.samples)
        db.executemany(
            "INSERT INTO phase(session, target, at, dns, tcp, tls, first_byte, status)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            [(session, *phases) for phases in batch.phases],
        )
        db.executemany(
            "INSERT INTO carrier(session, at, body) VALUES(?, ?, ?)",
            [(session, look.first, msgspec.json.encode(look).decode()) for look in batch.carriers],
        )
        db.executemany(
            "INSERT OR REPLACE INTO meter VALUES(?, ?, ?)",
            [(uplink, *counts) for uplink, counts in batch.meters.items()],
        )
        db.executemany(
            "INSERT INTO spent VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes",
            [(uplink, day, count) for (uplink, day), count in batch.spent.items()],
        )
        db.executemany(
            "INSERT INTO tick(session, at, wall, sync, error, kept, sample, upset) VALUES(?, ?, ?, ?, ?, ?,"
            f" ({packed.LAST}), (SELECT coalesce(max(id), 0) FROM upset))",
            [(session, *tick) for tick in batch.ticks],
        )
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _upsets(db: sqlite3.Connection, session: int, upsets: Sequence[Upset]) -> None:
    db.executemany(
        'INSERT INTO upset(session, kind, start, "end", uplink, amount) VALUES(?, ?, ?, ?, ?, ?)',
        [(session, int(u.kind), u.start, u.end, u.uplink, u.amount) for u in upsets],
    )


def bytes_spent(db: sqlite3.Connection, uplink: str, since: int) -> int:
    """Bytes that our own probes used over an uplink since a day (days since 1970)."""
    found = db.execute(
        "SELECT sum(bytes) FROM spent WHERE uplink = ? AND day >= ?", (uplink, since)
    ).fetchone()
    return int(found[0] or 0)


@contextmanager
def failing(home: Path) -> Iterator[None]:
    """Turn the disk's refusal at the start into an error that says what to do."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        raise StoreFailed(
            what=text("The watch cannot write to {folder}: {reason}.", folder=str(home), reason=str(error)),
            why=text("What is measured and not kept proves nothing."),
            do=text("Make room, or check that the folder may be written, then try again."),
        ) from error


def drop(db: sqlite3.Connection, sealed: Marks, now: int) -> int:
    """Drop sealed rows that are older than 48 hours, a part at a time; returns how many went. The last
    sealed one of each table stays: SQLite would else give its number again. State changes follow from the
    samples."""
    gone = 0
    kept = (("block", "last", "until"), ("tick", "id", "at"), ("upset", "id", '"end"'))
    for (table, number, by), most in zip(kept, (sealed.sample, sealed.tick, sealed.upset), strict=True):
        found = db.execute(
            f"DELETE FROM {table} WHERE {number} IN"
            f" (SELECT {number} FROM {table} WHERE {number} < ? AND {by} < ? LIMIT ?)",
            (most, now - KEPT, PART),
        )
        gone += found.rowcount
    db.execute("DELETE FROM change WHERE at < ? AND id < (SELECT max(id) FROM change)", (now - KEPT,))
    for table in ("phase", "carrier"):
        db.execute(f"DELETE FROM {table} WHERE at < ? AND id < (SELECT max(id) FROM {table})", (now - KEPT,))
    return gone


class Marks(NamedTuple):
    """The last sealed row of each table."""

    tick: int = 0
    sample: int = 0
    upset: int = 0
