"""Files by their handle: opened as bytes on every system, read at an offset, their names brought to the disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

AS_BYTES = getattr(os, "O_BINARY", 0)  # without it Windows turns every line end into two signs


def open_handle(path: Path, flags: int, mode: int = 0o600) -> int:
    """A handle to a file's bytes; raises OSError."""
    return os.open(path, flags | AS_BYTES, mode)


def read_at(handle: int, length: int, offset: int) -> bytes:
    """Up to `length` bytes from `offset` on; where the file is read from next stays as it was (pread(2))."""
    at_once: Callable[[int, int, int], bytes] | None = getattr(os, "pread", None)
    if at_once is not None:
        return at_once(handle, length, offset)
    here = os.lseek(handle, 0, os.SEEK_CUR)
    try:
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, length)
    finally:
        os.lseek(handle, here, os.SEEK_SET)


def write_at(handle: int, data: bytes, offset: int) -> None:
    """All bytes from `offset` on; the file was not opened for appending (pwrite(2))."""
    here = os.lseek(handle, 0, os.SEEK_CUR)
    try:
        os.lseek(handle, offset, os.SEEK_SET)
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.lseek(handle, here, os.SEEK_SET)


def sync(handle: int) -> None:
    """Bytes and length on the disk before this returns."""
    getattr(os, "fdatasync", os.fsync)(handle)


def sync_folder(folder: Path) -> None:
    """Names in a folder on the disk. Windows opens no folders: there it is left to its journal."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reserve(handle: int, size: int) -> None:
    """Blocks that are really taken; where the system cannot reserve them they are written."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, size)
        return
    for at in range(0, size, 1 << 20):
        write_at(handle, os.urandom(min(1 << 20, size - at)), at)


def unnamed(folder: Path) -> int | None:
    """A file without a name, gone with its process (open(2), O_TMPFILE); None where there are none."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, flag | os.O_RDWR, 0o600)
    except OSError:
        return None


def place_of(handle: int) -> Path:
    """Where an unnamed file can be read."""
    return Path(f"/proc/self/fd/{handle}")


def give_name(handle: int, path: Path) -> None:
    """Give an unnamed file one. Python follows its link only where a folder is given by handle."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(place_of(handle), path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def others_may_look(place: Path) -> bool:
    """Whether other users may look into a file or folder. Windows keeps it to who may look into the folder above."""
    return sys.platform != "win32" and bool(place.stat().st_mode & 0o077)
