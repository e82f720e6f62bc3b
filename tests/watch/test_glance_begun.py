"""What is seen of a watch that begins this moment."""

import sqlite3
from pathlib import Path

from heller.watch import glance


def test_a_store_without_tables_shows_nothing_yet(tmp_path: Path) -> None:
    """Its file is there, its tables are just being made: nothing was watched yet, and that is no fault."""
    assert glance.look(sqlite3.connect(":memory:"), tmp_path, 0) is None
