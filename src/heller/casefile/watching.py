"""From a watch into the case: seals what it measured, names it in the journal, and finds it again there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from heller.intake.samples import opened
from heller.journal import store as journal
from heller.journal.clock import read_clock
from heller.journal.disk import failing, keep
from heller.journal.entry import Entry
from heller.journal.originals import digest_of
from heller.journal.places import SAMPLES, segment_path
from heller.model.errors import InputRefused, JournalBroken
from heller.model.sample import Head
from heller.model.text import text
from heller.watch import keeper, lock, segment, store
from heller.watch.segment import Segment
from heller.watch.store import Marks

if TYPE_CHECKING:
    import polars as pl

KIND = "segment"
SEALING = "sealing.lock"


def seal(folder: Path, *, hours: bool = False) -> tuple[Segment, ...]:
    """Seal what a watch left or measures now; `hours`: only hours that are over.

    Each file is written first, then its entry: killed between, it is written again and is the same. Raises
    NotACase, JournalBroken, StoreFailed.
    """
    home = folder / store.HOME
    journal.require_case(folder)
    db = store.reading(home)
    if db is None:
        return ()
    with failing(folder), _alone(home):
        try:
            return tuple(_sealed(folder, db, hours=hours))
        except sqlite3.OperationalError as error:
            raise OSError(None, str(error)) from error
        finally:
            db.close()


def _sealed(folder: Path, db: sqlite3.Connection, *, hours: bool) -> Iterator[Segment]:
    home, name = folder / store.HOME, store.meta(db, "store")
    entries = journal.load(folder).entries
    taken = set(names(entries))
    marks = marks_of(entries, name)
    for piece in segment.pieces(db, marks, running=lock.taken(home), hours=hours):
        found = segment.seal(db, piece, folder / SAMPLES, taken)
        journal.append(folder, [(KIND, body_of(found))], read_clock())
        taken.add(found.name)
        marks = piece.until
        yield found
    keep(home / keeper.SEALED, msgspec.json.encode((name, *marks)))


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process seals at a time; another one waits for it."""
    import fcntl

    handle = os.open(home / SEALING, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def body_of(found: Segment) -> dict[str, Any]:
    """What the journal says of a segment."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in plain.items() if value != ""
    }


def names(entries: Sequence[Entry]) -> dict[str, str]:
    """The segments that the journal names, name to digest, in order."""
    return {e.body["name"]: e.body["digest"] for e in entries if e.kind == KIND and e.body is not None}


def marks_of(entries: Sequence[Entry], name: str) -> Marks:
    """The last rows of one store that are in segments; the journal alone decides it."""
    found = [e.body for e in entries if e.kind == KIND and e.body is not None and e.body.get("store") == name]
    return Marks(*found[-1]["until"]) if found else Marks()


def found(folder: Path, named: Mapping[str, str]) -> Iterator[tuple[Head, pl.LazyFrame]]:
    """The segments of a case, name to digest: heads and lazy columns. Raises JournalBroken where one is
    missing or its bytes have changed."""
    for name, digest in named.items():
        path = segment_path(folder, name)
        if digest_of(path) != digest:
            raise _broken(name)
        yield samples(path, name)


def samples(source: Path | bytes, name: str) -> tuple[Head, pl.LazyFrame]:
    """A segment that the journal names and whose bytes are as they were."""
    try:
        return opened(source, name)
    except InputRefused as error:
        raise _broken(name) from error


def _broken(name: str) -> JournalBroken:
    return JournalBroken(
        what=text("The segment {name} is missing or was changed.", name=name),
        why=text("The journal names this file by its digest; with other bytes it is no longer that file."),
        do=text("Copy the untouched file back to {path}.", path=f"{SAMPLES}/{name}"),
    )
