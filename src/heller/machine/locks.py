"""Locks on open files that die with their process: flock(2), on Windows `msvcrt.locking`.

A lock of Windows keeps others from reading the bytes that it covers. So it covers one byte that no file has, far
behind the end; and there are no shared ones: who wants to share is alone too. On a system that has neither, one
writer at a time is a matter of discipline.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from importlib import import_module
from typing import Any


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


fcntl: Any = _module("fcntl")
msvcrt: Any = None if fcntl else _module("msvcrt")
KNOWN = bool(fcntl or msvcrt)
FAR = (1 << 31) - 2  # the byte that is locked on Windows, a place that `locking` can name
BUSY = (errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK)
REST = 0.05  # seconds between two tries


def take(handle: int, *, shared: bool = False) -> bool:
    """Whether the lock is ours now; nobody is waited for. Raises OSError where the file system knows no locks."""
    try:
        if fcntl:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        elif msvcrt:
            _at_far(handle, msvcrt.LK_NBLCK)
    except OSError as error:
        if error.errno not in BUSY:
            raise
        return False
    return True


def wait_for(handle: int, *, shared: bool = False) -> None:
    """Take the lock, however long somebody else holds it. Raises OSError where there are no locks."""
    while not take(handle, shared=shared):
        time.sleep(REST)


def release(handle: int) -> None:
    """Give the lock up, also for a process that was forked meanwhile."""
    if fcntl:
        fcntl.flock(handle, fcntl.LOCK_UN)
    elif msvcrt:
        with suppress(OSError):  # it was not ours
            _at_far(handle, msvcrt.LK_UNLCK)


def _at_far(handle: int, how: int) -> None:
    """Lock or unlock the far byte; where the file is read from next stays as it was."""
    here = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, FAR, os.SEEK_SET)
    try:
        msvcrt.locking(handle, how, 1)
    finally:
        os.lseek(handle, here, os.SEEK_SET)
