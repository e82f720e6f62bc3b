"""A monitor's SQLite database in memory, its write-ahead log played in by SQLite itself: opened read-only.

A program that runs writes new rows into `NAME-wal` first; the database alone lacks them. To play the log in, both lie
for a moment in a private folder, in memory where the system has such a place. A broken or hostile file costs a
finding: nothing in its schema is run, and every question has a limit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from struct import unpack_from
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import text

MAGIC = b"SQLite format 3\x00"
LOG = (
    0x377F0682,
    0x377F0683,
)  # little-endian and big-endian check sums (SQLite, 'Database File Format', 4.1)
SUFFIX = "-wal"
MEMORY = Path("/dev/shm")  # where a file never reaches a disk
_HEAD, _FRAME = 32, 24  # bytes before the frames of a log, and before the page of each
_WAL_MODE = 2  # at offsets 18 and 19 of the database: it is written through a log
MOST_ROWS = 5_000_000  # of one table: years of beats
_STEPS = 20_000  # instructions between two looks at the count
_MOST_STEPS = 200_000  # looks: some minutes of work


class Database(NamedTuple):
    """A database that can be asked, the doubts about its file, and whether its newest rows may be missing."""

    ask: sqlite3.Connection
    findings: tuple[Finding, ...]


class Merged(NamedTuple):
    """A database with its log: `pages` were taken from it; `torn` where the log ends inside a transaction,
    `fits` where it belongs to the database at all."""

    data: bytes
    pages: int
    torn: bool
    fits: bool


def is_database(head: bytes) -> bool:
    """Whether the bytes begin as a SQLite database does."""
    return head.startswith(MAGIC)


def is_log(head: bytes) -> bool:
    """Whether the bytes begin as a write-ahead log of SQLite does."""
    return len(head) >= 4 and int.from_bytes(head[:4], "big") in LOG


def needs_log(head: bytes) -> bool:
    """Whether a database is written through a log."""
    return is_database(head) and _WAL_MODE in head[18:20]


def alone(data: bytes) -> bytes:
    """The database marked as one without a log, so that it may be opened in memory."""
    return data[:18] + b"\x01\x01" + data[20:] if needs_log(data) else data


def merge(database: bytes, log: bytes) -> Merged:
    """The database as a program sees it that reads the log too, up to the last whole transaction."""
    page = _page_size(database)
    if len(log) < _HEAD or not is_log(log) or unpack_from(">I", log, 8)[0] != page:
        return Merged(alone(database), 0, torn=False, fits=not log)
    try:
        data, frames = _played(database, log)
    except sqlite3.Error:
        return Merged(alone(database), 0, torn=False, fits=False)
    after = _HEAD + frames * (_FRAME + page)
    torn = (
        log[after + 8 : after + 16] == log[16:24]
    )  # a frame of this turn of the log, in no whole transaction
    return Merged(alone(data) if frames else alone(database), frames, torn, fits=True)


def _played(database: bytes, log: bytes) -> tuple[bytes, int]:
    """What SQLite makes of both in a folder of our own that is erased at once, and how many pages it took."""
    place = str(MEMORY) if MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="heller-", dir=place, ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "copy"
        for file, data in ((path, database), (path.with_name(path.name + SUFFIX), log)):
            file.touch(0o600)
            file.write_bytes(data)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            frames = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()[1]
            return connection.serialize(), max(frames, 0)


def _page_size(database: bytes) -> int:
    """Bytes of a page; 1 stands for 65536."""
    if len(database) < 100:
        return 0
    size = int(unpack_from(">H", database, 16)[0])
    return 65536 if size == 1 else size


@contextmanager
def open_database(blob: Blob) -> Iterator[Database]:
    """The database of a file. Raises InputRefused where it cannot be opened at all."""
    data, findings = _whole(blob)
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        count = iter(range(_MOST_STEPS))
        connection.set_progress_handler(lambda: next(count, None) is None, _STEPS)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield Database(connection, findings)
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        raise InputRefused(
            text("The database is broken: {reason}.", reason=str(error)),
            text("Rows that cannot be read cannot be relied on."),
            text("Copy it again while its program stands still, with its -wal file beside it."),
        ) from error
    finally:
        connection.close()


def _whole(blob: Blob) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes to open, with the log's rows, and what is to be said about the log."""
    source = Locator(blob.digest)
    if blob.beside is None:
        if not needs_log(blob.data):
            return blob.data, ()
        said = text("The database is written through a log, NAME-wal, which was not added.")
        do = text("Add the file whose name ends in -wal as well, if there is one: the newest rows are in it.")
        return alone(blob.data), (Finding("database.no_log", said, do, source=source),)
    merged = merge(blob.data, blob.beside.data)
    if merged.pages and not _sound(alone(blob.data), merged.data):
        merged = Merged(alone(blob.data), 0, torn=False, fits=False)
    if not merged.fits:
        said = text(
            "The log {name} does not belong to this database; it was left out.", name=blob.beside.name
        )
        do = text("Copy both files at the same moment, and add both.")
        return merged.data, (Finding("database.foreign_log", said, do, source=source),)
    said = text(
        "The log {name} was read with it: {n} pages (SHA-256 {digest}).",
        name=blob.beside.name,
        n=merged.pages,
        digest=blob.beside.digest,
    )
    found = [Finding("database.log_read", said, None, Weight.NOTE, source)]
    if merged.torn:
        said = text(
            "The log {name} ends inside a transaction; what was not finished is left out.",
            name=blob.beside.name,
        )
        found.append(Finding("database.log_torn", said, None, Weight.NOTE, source))
    return merged.data, tuple(found)


def _sound(alone: bytes, both: bytes) -> bool:
    """Whether a database and its log make one whole database that has all the tables it had before."""
    tables = _tables(both)
    return tables is not None and tables >= (_tables(alone) or frozenset())


def _tables(data: bytes) -> frozenset[str] | None:
    """The names of the tables; None where the database is broken."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    except (sqlite3.Error, OverflowError, UnicodeError):
        return None
    finally:
        connection.close()
    return frozenset(str(name) for (name,) in names) if whole else None


def columns(ask: sqlite3.Connection, table: str) -> frozenset[str]:
    """The columns of a table; empty where there is no such table (or it is a view)."""
    if not ask.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)).fetchone():
        return frozenset()
    return frozenset(str(row[0]) for row in ask.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def rows(
    ask: sqlite3.Connection, table: str, wanted: tuple[str, ...], order: str
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, None for columns that it lacks; `wanted` and `order` are names of this code."""
    held = columns(ask, table)
    if not held:
        return
    asked = ", ".join(f'"{name}"' if name in held else "NULL" for name in wanted)
    sorted_by = f' ORDER BY "{order}"' if order in held else ""
    yield from ask.execute(f'SELECT {asked} FROM "{table}"{sorted_by} LIMIT {MOST_ROWS}')
