"""The few things that the journal does to a disk: lock, append, replace, and say so when it refuses."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from heller.journal.places import JOURNAL
from heller.machine import files, locks
from heller.machine.files import open_handle
from heller.model.errors import HellerError, StoreFailed
from heller.model.text import text

NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)  # some network file systems
WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
PART = ".part"  # what the name of a file ends with while it is written
PATIENCE = 100  # tries of 50 ms for the lock of another writer


@contextmanager
def lock(handle: int, folder: Path) -> Iterator[None]:
    """Keep a second writer out; raises StoreFailed where it does not end. A lock dies with its process."""
    for _ in range(PATIENCE):
        try:
            if locks.take(handle):
                break
            time.sleep(0.05)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            raise StoreFailed(
                what=text("The file system on which {folder} lies knows no locks.", folder=str(folder)),
                why=text("Two writers at once would break the chain of entries; nothing was added."),
                do=text("Keep the case on a disk of this machine, and copy it to the network from there."),
            ) from error
    else:
        raise StoreFailed(
            what=text("Another Heller is writing to {folder}.", folder=str(folder)),
            why=text("Two writers at once would break the chain of entries."),
            do=text("Wait until it is done and try again."),
        )
    try:
        yield
    finally:
        locks.release(handle)


def is_locked(handle: int) -> bool:
    """Whether somebody writes this moment."""
    try:
        free = locks.take(handle, shared=True)
    except OSError:
        return True
    if free:
        locks.release(handle)
    return not free


def write_all(handle: int, data: bytes) -> None:
    """All bytes, however few the system takes at once."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def keep(path: Path, data: bytes) -> None:
    """A file whole or not at all, and on the disk before this returns. Its owner alone may read it, also where it is
    copied out of the case's folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    with folder_lock(path.parent, alone=False):
        try:
            with os.fdopen(open_handle(part, WRITE, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    files.sync_folder(path.parent)


def clear_parts(folder: Path) -> None:
    """Take away the half files in a folder that killed writers left; none where somebody writes in it."""
    with folder_lock(folder, alone=True) as locked:
        for part in list(folder.glob(f"*{PART}")) if locked else ():
            part.unlink(missing_ok=True)


@contextmanager
def folder_lock(folder: Path, *, alone: bool) -> Iterator[bool]:
    """Whether a folder is locked meanwhile: shared by those who write files in it, alone by who clears half ones
    away. Where the system locks no folders, nobody clears."""
    try:
        handle = open_handle(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    locked = False
    try:
        with suppress(OSError):
            if alone:
                locked = locks.take(handle)
            else:
                locks.wait_for(handle, shared=True)
                locked = True
        yield locked
    finally:
        if locked:
            locks.release(handle)
        os.close(handle)


@contextmanager
def failing(folder: Path) -> Iterator[None]:
    """Turn the disk's refusal into an error that says what to do, and whether the case is as it was."""
    before = head(folder)
    try:
        yield
    except HellerError:
        raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise StoreFailed(
            what=text("The disk is full.")
            if full
            else text("The disk refused: {reason}.", reason=error.strerror or str(error)),
            why=text("Nothing was added; the case in {folder} is as it was.", folder=str(folder))
            if head(folder) == before
            else text(
                "What was acknowledged before is kept in {folder}; the rest is not.", folder=str(folder)
            ),
            do=text("Make room and try again.")
            if full
            else text("Check that the folder is there and may be written, then try again."),
        ) from error


def head(folder: Path) -> tuple[int, bytes]:
    """How long a journal is and how it ends: the same twice means that nothing was written. Nothing where there
    is none that can be read."""
    try:
        with (folder / JOURNAL).open("rb") as file:
            length = file.seek(0, os.SEEK_END)
            file.seek(max(length - 4096, 0))
            return length, file.read()
    except (OSError, ValueError):
        return 0, b""


def own(folder: Path) -> None:
    """Let nobody but its owner look into a folder, and so at anything in it, whatever the modes of its files. Where
    a disk knows no owners (a stick), it stays as it is."""
    with suppress(OSError):
        folder.chmod(0o700)
