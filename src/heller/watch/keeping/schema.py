"""The tables of a watch's file: how a new one is made, what an older one does not have yet, whether one is sound."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from heller.watch.keeping import packed

VERSION = 2
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
SHORT = sqlite3.SQLITE_IOERR_SHORT_READ
_CARRIER = "CREATE TABLE carrier(id INTEGER PRIMARY KEY, session INTEGER, at INTEGER, body TEXT NOT NULL);"
TABLES = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE session(id INTEGER PRIMARY KEY, name TEXT NOT NULL, head TEXT NOT NULL, said TEXT NOT NULL);
CREATE TABLE target(id INTEGER PRIMARY KEY, session INTEGER, number INTEGER, body TEXT NOT NULL);
CREATE TABLE change(id INTEGER PRIMARY KEY, session INTEGER, at INTEGER, uplink TEXT, alive INTEGER,
  target INTEGER);
CREATE TABLE upset(id INTEGER PRIMARY KEY, session INTEGER, kind INTEGER, start INTEGER, "end" INTEGER,
  uplink TEXT, amount INTEGER);
CREATE TABLE tick(id INTEGER PRIMARY KEY, session INTEGER, at INTEGER, wall INTEGER, sync TEXT, error INTEGER,
  kept INTEGER, sample INTEGER, upset INTEGER);
CREATE TABLE meter(uplink TEXT PRIMARY KEY, own INTEGER, counted INTEGER);
CREATE TABLE spent(uplink TEXT, day INTEGER, bytes INTEGER, PRIMARY KEY(uplink, day));
CREATE TABLE phase(id INTEGER PRIMARY KEY, session INTEGER, target INTEGER, at INTEGER, dns REAL, tcp REAL,
  tls REAL, first_byte REAL, status INTEGER);
{packed.TABLE}
{_CARRIER}
PRAGMA user_version = {VERSION};
"""


def extend(db: sqlite3.Connection) -> None:
    """What an older file does not have yet, in one commit; nothing where it has all."""
    if db.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    db.execute("PRAGMA query_only = 0")
    db.execute("BEGIN IMMEDIATE")
    if "ttl" not in {row[1] for row in db.execute("PRAGMA table_info(sample)")}:
        db.execute("ALTER TABLE sample ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0")
    if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'carrier'").fetchone()[0]:
        db.execute(_CARRIER)
    db.execute(packed.TABLE)
    packed.from_rows(db)
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")


def sound(path: Path) -> bool:
    """Whether the file can be read whole and is of this version."""
    db = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        whole = db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        version = db.execute("PRAGMA user_version").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
        return bool(whole) and (version in (1, VERSION) or tables == 0)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in BROKEN and error.sqlite_errorcode != SHORT:
            raise  # the disk refuses: that says nothing against the file
        return False
    finally:
        db.close()
