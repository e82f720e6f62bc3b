"""The watch of a case as the pages see it: whether it runs, what it sees now, begun and ended by a button.

The watch itself is a process of its own, `heller watch`; it goes on when the browser and this server are closed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from heller.model.errors import StoreFailed
from heller.model.text import text
from heller.watch import glance
from heller.watch.glance import Glance
from heller.watch.keeping import lock, store

LOG = "watch.log"  # beside its samples: what it said
PATIENCE = 5  # seconds until a watch that was begun holds its lock


def runs(folder: Path) -> bool:
    """Whether a watch runs on a case."""
    return lock.is_held(folder / store.HOME)


def look(folder: Path) -> Glance | None:
    """What the watch of a case sees now; None where nothing was watched yet."""
    db = store.reading(folder / store.HOME)
    if db is None:
        return None
    with closing(db):
        return glance.look(db, folder / store.HOME, time.time_ns() // 1000)


def command(folder: Path) -> list[str]:
    """What is run for a watch."""
    return [sys.executable, "-P", "-m", "heller", "watch", str(folder)]


def begin(folder: Path) -> None:
    """Have the case watched from now on, if it is not. Raises StoreFailed where the watch ends at once."""
    if runs(folder):
        return
    home = folder / store.HOME
    home.mkdir(exist_ok=True)
    with (home / LOG).open("ab") as log:
        child = subprocess.Popen(
            command(folder), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        if runs(folder):
            return
        time.sleep(0.05)
    if child.poll() is not None:
        raise StoreFailed(
            text("The watch did not begin."),
            text("It ended with code {code}; the case is as it was.", code=str(child.returncode)),
            text("What it said stands in {path}.", path=str(home / LOG)),
        )


def end(folder: Path) -> None:
    """Have the watch end; it seals what it measured."""
    if not runs(folder):
        return
    said = (folder / store.HOME / lock.NAME).read_text("ascii", "replace").strip()
    if said.isdecimal():
        os.kill(int(said), signal.SIGTERM)
