"""A monitor's SQLite database in memory, its write-ahead log played in: opened read-only, never on the disk.

A broken or hostile file costs a finding: nothing in its schema is run, and every question has a limit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from heller.intake.monitors import wal
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob
from heller.model.text import text

MOST_ROWS = 5_000_000  # of one table: years of beats
_STEPS = 20_000  # instructions between two looks at the count
_MOST_STEPS = 200_000  # looks: some minutes of work


class Database(NamedTuple):
    """A database that can be asked, the doubts about its file, and whether its newest rows may be missing."""

    ask: sqlite3.Connection
    findings: tuple[Finding, ...]


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
        if not wal.needs_log(blob.data):
            return blob.data, ()
        said = text("The database is written through a log, NAME-wal, which was not handed in.")
        do = text(
            "Hand in the file whose name ends in -wal as well, if there is one: the newest rows are in it."
        )
        return wal.alone(blob.data), (Finding("database.no_log", said, do, source=source),)
    merged = wal.merged(blob.data, blob.beside.data)
    if merged.pages and not _sound(wal.alone(blob.data), merged.data):
        merged = wal.Merged(wal.alone(blob.data), 0, torn=False, fits=False)
    if not merged.fits:
        said = text(
            "The log {name} does not belong to this database; it was left out.", name=blob.beside.name
        )
        do = text("Copy both files at the same moment, and hand both in.")
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
