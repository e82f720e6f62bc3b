"""Words that wait for an uplink: one SQLite file beside the samples, so that a word outlives a cut, a kill and a
restart.

Each word goes to each recipient once: what has gone is remembered by its key. Whoever was killed between sending and
remembering sends it again; a word that comes twice is less bad than one that never comes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from msgspec import Struct

from heller.watch.alerts.news import US

FILE = "alerts.sqlite"
REMEMBERED = 90 * 86_400 * US  # what has gone is known for so long
REST, LONGEST = 5 * US, 300 * US  # until the next try: twice as long after each, five minutes at most
TABLES = """
CREATE TABLE IF NOT EXISTS word(id INTEGER PRIMARY KEY, key TEXT, recipient TEXT, title TEXT, body TEXT, at INTEGER,
  gone INTEGER NOT NULL DEFAULT 0, uplink TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL DEFAULT 0, UNIQUE(key, recipient));
CREATE TABLE IF NOT EXISTS last(what TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Word(Struct, frozen=True):
    """What waits for one recipient, as it will be read; `tries` were in vain."""

    id: int
    recipient: str
    title: str
    body: str
    tries: int


class Outbox:
    """The file of a case; times are microseconds since 1970."""

    def __init__(self, home: Path) -> None:
        self.db = sqlite3.connect(home / FILE, isolation_level=None, timeout=5)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.executescript(TABLES)

    def put(self, key: str, recipient: str, title: str, body: str, now: int) -> bool:
        """Whether it is new: nobody gets a word twice."""
        row = (key, recipient, title, body, now)
        done = self.db.execute(
            "INSERT OR IGNORE INTO word(key, recipient, title, body, at) VALUES(?, ?, ?, ?, ?)", row
        )
        return done.rowcount > 0

    def due(self, now: int) -> list[Word]:
        """The oldest that waits for each recipient, where it may be tried now: words come in their order."""
        rows = self.db.execute(
            "SELECT id, recipient, title, body, tries, due FROM word WHERE id IN"
            " (SELECT min(id) FROM word WHERE NOT gone GROUP BY recipient) ORDER BY id"
        )
        return [Word(*row[:5]) for row in rows if row[5] <= now]

    def waiting(self) -> int:
        """How many wait."""
        return int(self.db.execute("SELECT count(*) FROM word WHERE NOT gone").fetchone()[0])

    def gone(self, word: Word, uplink: str, now: int) -> None:
        """It has been taken by the service; what is long past is forgotten."""
        self.db.execute("UPDATE word SET gone = ?, uplink = ? WHERE id = ?", (now, uplink, word.id))
        self.db.execute("DELETE FROM word WHERE gone AND gone < ?", (now - REMEMBERED,))

    def failed(self, word: Word, now: int) -> None:
        """It is tried again, later each time."""
        rest = min(REST << min(word.tries, 10), LONGEST)
        self.db.execute("UPDATE word SET tries = tries + 1, due = ? WHERE id = ?", (now + rest, word.id))

    def hurry(self) -> None:
        """Another uplink lives: what waits is tried at once."""
        self.db.execute("UPDATE word SET due = 0 WHERE NOT gone")

    def last(self, what: str) -> str:
        """What was remembered of it, empty where nothing was."""
        found = self.db.execute("SELECT value FROM last WHERE what = ?", (what,)).fetchone()
        return found[0] if found else ""

    def remember(self, what: str, value: str) -> None:
        """Remember it instead of what was there."""
        self.db.execute("INSERT OR REPLACE INTO last VALUES(?, ?)", (what, value))

    def close(self) -> None:
        """Close the file."""
        self.db.close()
