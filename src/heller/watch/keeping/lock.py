"""One watch per case: a lock that dies with its process, and who holds it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from heller.machine import locks
from heller.machine.files import open_handle, read_at, write_at
from heller.model.errors import StoreFailed
from heller.model.text import text

NAME = "lock"
TRIES = 5


@contextmanager
def hold(home: Path, name: str = NAME) -> Iterator[None]:
    """Keep a second one out; raises StoreFailed with the number of the process that is there."""
    home.mkdir(parents=True, exist_ok=True)
    handle = open_handle(home / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _got(handle):
            raise _lock_held(home, read_at(handle, 20, 0).decode("ascii", "replace"))
        os.ftruncate(handle, 0)
        write_at(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _got(handle: int) -> bool:
    """Whether the lock is ours, within a few tries: who only asks about it holds it for a moment."""
    for _ in range(TRIES):
        if locks.take(handle):
            return True
        time.sleep(0.05)
    return False


def _lock_held(home: Path, process: str) -> StoreFailed:
    folder = str(home.parent)
    return StoreFailed(
        what=text(
            "A watch is already running on {folder} (process {process}).", folder=folder, process=process
        ),
        why=text("Two watches of one line in one case would count everything twice."),
        do=text("Look at the one that runs with: heller watch {folder} --look", folder=folder),
    )


def is_held(home: Path, name: str = NAME) -> bool:
    """Whether somebody holds it now."""
    try:
        handle = open_handle(home / name, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not locks.take(handle)
    finally:
        os.close(handle)
