"""Locks as Windows has them, made of those of Linux: of one byte at the place where the file stands, held by an open
file, freed with it (fcntl(2), open file description locks)."""

from __future__ import annotations

import errno
import fcntl
import os
import struct

LK_UNLCK, LK_NBLCK = 0, 2
OFD_SETLK = 37
FLOCK = struct.Struct("hhqqi4x")


def locking(handle: int, how: int, count: int) -> None:
    """As Microsoft's `_locking`: raises OSError with EACCES where somebody else holds the lock."""
    at = os.lseek(handle, 0, os.SEEK_CUR)
    kind = fcntl.F_UNLCK if how == LK_UNLCK else fcntl.F_WRLCK
    try:
        fcntl.fcntl(handle, OFD_SETLK, FLOCK.pack(kind, os.SEEK_SET, at, count, 0))
    except BlockingIOError as error:
        raise PermissionError(errno.EACCES, "Permission denied") from error
