"""What the file of a watch says to the desk: who answers, what turned, whether nobody watched before it began."""

from __future__ import annotations

import sqlite3

from heller.model.sample import UpsetKind
from heller.watch.alerts import news
from heller.watch.alerts.desk import WatchedLine
from heller.watch.alerts.news import US, News
from heller.watch.glance import FRESH, resumed
from heller.watch.keeping import sessions

NEWEST = 500  # changes of an uplink that are looked at
UNWATCHED = 180 * US  # so long without a watch is worth a word


def see(db: sqlite3.Connection) -> WatchedLine | None:
    """The newest session; None where it has not written a second yet, or has ended."""
    found = list(sessions.all_sessions(db))[-1:]
    if not found:
        return None
    number, head = found[0]
    first = db.execute("SELECT min(at) FROM tick WHERE session = ?", (number,)).fetchone()[0]
    last = db.execute("SELECT at FROM tick WHERE session = ? ORDER BY id DESC LIMIT 1", (number,)).fetchone()
    if first is None or last is None:
        return None
    begun = max(first, resumed(db, number))
    names = dict.fromkeys(target.uplink for target in head.targets if target.outside)
    changes = {name: _changes(db, number, name) for name in names}
    answering = {name: rows[-1][1] for name, rows in changes.items() if rows}
    return WatchedLine(last[0], begun, changes, answering)


def stale(seen: WatchedLine, now: int) -> bool:
    """Whether the watch has written nothing for a while: nothing that it saw is now."""
    return now - seen.now > 10 * FRESH


def _changes(db: sqlite3.Connection, session: int, uplink: str) -> list[tuple[int, bool]]:
    rows = db.execute(
        "SELECT at, alive FROM change WHERE session = ? AND uplink = ? ORDER BY id DESC LIMIT ?",
        (session, uplink, NEWEST),
    ).fetchall()
    return [(at, bool(alive)) for at, alive in reversed(rows)]


def unwatched(db: sqlite3.Connection) -> list[News]:
    """The time before the newest session, where a watch had not been told to end and was not there for long."""
    rows = db.execute(
        'SELECT start, "end" FROM upset WHERE session = (SELECT max(id) FROM session) AND kind IN (?, ?)',
        (int(UpsetKind.REBOOT), int(UpsetKind.FREEZE)),
    )
    return [news.not_watched(start, end) for start, end in rows if end - start >= UNWATCHED]
