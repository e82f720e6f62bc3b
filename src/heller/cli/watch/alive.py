"""Whether a watch runs and writes: an exit code for health checks of containers and service managers."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from heller.watch.keeping import lock, store

FRESH = 30_000_000  # microseconds since the last second that was written: a slow disk is no dead watch


def health(case: Path) -> int:
    """0 where a watch holds its case and has written a second lately, 1 where not."""
    home = case / store.HOME
    if not home.is_dir() or not lock.is_held(home):
        return 1
    db = store.reading(home)
    if db is None:
        return 1
    try:
        wall = db.execute("SELECT wall FROM tick ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.OperationalError:  # it is being made this moment
        return 1
    finally:
        db.close()
    return 0 if wall and time.time_ns() // 1000 - wall[0] < FRESH else 1
