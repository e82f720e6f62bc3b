"""The samples of one commit as one row of SQLite: packed one after the other, numbered from `first` to `last`.

A row of its own for each sample costs more processor time than sending the probe does. It knows no files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import starmap
from struct import Struct
from typing import TYPE_CHECKING, Any

from heller.watch.rows import ProbeRow

if TYPE_CHECKING:
    from polars import DataFrame

TABLE = """
CREATE TABLE block(last INTEGER PRIMARY KEY, first INTEGER NOT NULL, session INTEGER, until INTEGER,
  body BLOB NOT NULL);
"""
SAMPLE = Struct("<HqBfIB")  # the fields of a ProbeRow in their order
DTYPE: Any = {"names": ProbeRow._fields, "formats": ("<u2", "<i8", "u1", "<f4", "<u4", "u1")}
LAST = "SELECT coalesce(max(last), 0) FROM block"


def insert(db: sqlite3.Connection, session: int, samples: Sequence[ProbeRow]) -> None:
    """Put samples after those that are there, within the transaction that is open."""
    if samples:
        last = db.execute(LAST).fetchone()[0]
        _put(db, session, last + 1, samples)


def _put(db: sqlite3.Connection, session: int, first: int, samples: Sequence[ProbeRow]) -> None:
    until = max(samples[0].at, samples[-1].at)  # within the seconds that one commit spans
    body = b"".join(starmap(SAMPLE.pack, samples))
    db.execute(
        "INSERT INTO block VALUES(?, ?, ?, ?, ?)", (first + len(samples) - 1, first, session, until, body)
    )


def rows(body: bytes) -> list[ProbeRow]:
    """The samples of a block, as they were handed over."""
    return [ProbeRow(*fields) for fields in SAMPLE.iter_unpack(body)]


def frame(blocks: Sequence[tuple[int, bytes]]) -> DataFrame:
    """Blocks, each with the number of its first sample, as one table with the fields of a ProbeRow and `id`."""
    import numpy as np
    import polars as pl

    held: Any = np.frombuffer(b"".join(body for _, body in blocks), DTYPE)
    sizes = [len(body) // SAMPLE.size for _, body in blocks]
    offset = np.array([first for first, _ in blocks]) - np.cumsum([0, *sizes])[:-1]
    numbers = np.arange(len(held)) + np.repeat(offset, sizes)
    columns = {name: np.ascontiguousarray(held[name]) for name in ProbeRow._fields}
    return pl.DataFrame({"id": numbers.astype(np.int64), **columns}).cast({"bytes": pl.Int64})


def newest(db: sqlite3.Connection, session: int, most: int) -> list[ProbeRow]:
    """The last samples of a session, so many at least where there are; the oldest first."""
    found: list[list[ProbeRow]] = []
    held = 0
    for owner, body in db.execute("SELECT session, body FROM block ORDER BY last DESC"):
        if held >= most or owner != session:
            break
        found.append(rows(body))
        held += len(found[-1])
    return [row for block in reversed(found) for row in block]


def from_rows(db: sqlite3.Connection) -> None:
    """A file of version 1 had a row for each sample: they are packed as they were committed, under their numbers."""
    marks = [n for (n,) in db.execute("SELECT DISTINCT sample FROM tick ORDER BY sample")]
    end = db.execute("SELECT coalesce(max(id), 0) FROM sample").fetchone()[0]
    before = 0
    for mark in (*marks, end):
        held = db.execute(
            "SELECT id, session, target, at, outcome, rtt, bytes, ttl FROM sample WHERE id > ? AND id <= ? ORDER BY id",
            (before, mark),
        ).fetchall()
        for session in sorted({row[1] for row in held}):
            own = [row for row in held if row[1] == session]
            _keep_numbers(db, session, own)
        before = max(before, mark)
    db.execute("DROP TABLE sample")


def _keep_numbers(db: sqlite3.Connection, session: int, held: Sequence[Sequence[Any]]) -> None:
    """Runs of numbers that follow each other, a block each."""
    begin = 0
    for n in range(1, len(held) + 1):
        if n == len(held) or held[n][0] != held[n - 1][0] + 1:
            _put(db, session, held[begin][0], [_of_version_1(row) for row in held[begin:n]])
            begin = n


def _of_version_1(row: Sequence[Any]) -> ProbeRow:
    """A round trip that was none stood there as NULL."""
    _, _, target, at, outcome, rtt, size, ttl = row
    return ProbeRow(target, at, outcome, float("nan") if rtt is None else rtt, size, ttl)
