"""When the hours of a watch are sealed: a process of its own does it once an hour, beside the probe loop.

What it seals, and how, is the business of the command that it is given.
"""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from heller.watch.keeping import store
from heller.watch.keeping.store import Marks

SETTLE = 20  # seconds after the full hour until it is sealed: late answers are in by then
HOUR = 3600
SEALED = "sealed.json"  # what is in segments already, as the sealing process left it


class Sealing:
    """The process that seals what is due. Without a command nothing is sealed."""

    def __init__(self, home: Path, command: Sequence[str]) -> None:
        self._home, self._command = home, command
        self._child: subprocess.Popen[bytes] | None = None
        self._hour = -1  # the hour that was sealed last; what an earlier session left is sealed at once

    def look(self, db: sqlite3.Connection) -> None:
        """Start the process once an hour, and drop from the file what it sealed long ago."""
        if self._child is not None:
            if self._child.poll() is None:
                return
            self._child = None
            sealed = sealed_marks(self._home, store.meta(db, "store"))
            while store.drop(db, sealed, int(time.time() * 1_000_000)):
                pass
        hour = int((time.time() - SETTLE) // HOUR)
        if self._command and hour != self._hour:
            self._hour = hour
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )

    def wait(self) -> None:
        """Until a process that runs has ended."""
        if self._child is not None:
            self._child.wait()


def sealed_marks(home: Path, name: str) -> Marks:
    """What the sealing process said is in segments already; nothing where it speaks of another file."""
    try:
        found = msgspec.json.decode((home / SEALED).read_bytes(), type=tuple[str, int, int, int])
    except (OSError, msgspec.DecodeError):
        return Marks()
    return Marks(*found[1:]) if found[0] == name else Marks()
