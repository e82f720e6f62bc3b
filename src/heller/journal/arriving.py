"""Originals that are kept and not named yet: a list of them lies in the case while they are being taken in.

Who is killed meanwhile leaves his list, unlocked; the next writer takes away what it lists and no entry names, and
the list. A lock dies with its process, so the list of one who still reads is left alone.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from heller.journal import disk
from heller.journal.places import object_path

FOLDER = "arriving"


@contextmanager
def arriving(folder: Path) -> Iterator[Callable[[str], None]]:
    """Yields what is to be told the digest of each original before it is kept."""
    place = folder / FOLDER / secrets.token_hex(8)
    with disk.failing(folder):
        place.parent.mkdir(exist_ok=True)
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with disk.lock(handle, folder):
            yield lambda digest: disk.write_all(handle, digest.encode() + b"\n")
        place.unlink(missing_ok=True)
    finally:
        os.close(handle)


def left(folder: Path) -> bool:
    """Whether somebody takes originals in, or was killed while he did; without locks nobody can tell the two apart."""
    if os.name != "posix":
        return False
    with suppress(OSError):
        return any((folder / FOLDER).iterdir())
    return False


def sweep(folder: Path, named: Callable[[], Collection[object]]) -> None:
    """Take away what killed writers listed and no entry names; `named` gives the digests that entries name."""
    for place in list((folder / FOLDER).iterdir()) if left(folder) else ():
        with suppress(OSError):
            handle = os.open(place, os.O_RDWR)
            try:
                if not disk.is_locked(handle):
                    _drop(folder, place, named())
            finally:
                os.close(handle)


def _drop(folder: Path, place: Path, named: Collection[object]) -> None:
    listed = [
        line
        for line in place.read_text("ascii", "replace").splitlines()
        if len(line) == 64 and line.isalnum()
    ]
    for digest in set(listed) - set(named):
        path = object_path(folder, digest)
        for one in (path, path.with_name(path.name + ".part")):
            one.unlink(missing_ok=True)
    place.unlink(missing_ok=True)
