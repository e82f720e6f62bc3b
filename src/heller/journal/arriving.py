"""Originals that are kept and not named yet: a list of them lies in the case while they are being taken in.

Who is killed meanwhile leaves his list, unlocked; the next writer takes away what it lists and no entry names, and
the list. A lock dies with its process, so the list of one who still reads is left alone. Half files of stamps and
of the queue are cleared with them.

What is given up is renamed into a folder here, which takes no time, and removed from there; the next writer removes
what is left of that.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from heller.journal import disk
from heller.journal.places import ANCHORS, DERIVED, QUEUE, SEALS, object_path
from heller.machine import locks
from heller.machine.files import open_handle
from heller.machine.processes import remove_behind

FOLDER = "arriving"
GONE = ".gone"  # how a folder ends that holds what was given up


@contextmanager
def arriving(folder: Path) -> Iterator[Callable[[str], None]]:
    """Yields what is to be told the digest of each original before it is kept."""
    place = folder / FOLDER / secrets.token_hex(8)
    with disk.failing(folder):
        place.parent.mkdir(exist_ok=True)
        handle = open_handle(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    whole = False
    try:
        with disk.lock(handle, folder):
            yield lambda digest: disk.write_all(handle, digest.encode() + b"\n")
        whole = True
    finally:
        os.close(handle)
        if whole or not _there(folder, place):
            place.unlink(missing_ok=True)


def give_up(folder: Path, digests: Collection[str]) -> None:
    """Take originals that no entry names out of a case, all of them at once, however long it takes to remove them."""
    gone = folder / FOLDER / f"{secrets.token_hex(8)}{GONE}"
    try:
        gone.mkdir(parents=True)
        for digest in digests:
            with suppress(FileNotFoundError):
                object_path(folder, digest).rename(gone / digest)
        remove_behind(gone)
    except OSError:  # a full disk holds no further name, a full system starts no process
        for digest in digests:
            object_path(folder, digest).unlink(missing_ok=True)
        shutil.rmtree(gone, ignore_errors=True)


def left(folder: Path) -> bool:
    """Whether somebody writes files, or was killed while he did; without locks nobody can tell the two apart."""
    if not locks.KNOWN:
        return False
    return bool(_lists(folder)) or any(any(home.glob(f"*{disk.PART}")) for home in _homes(folder))


def _lists(folder: Path) -> list[Path]:
    with suppress(OSError):
        return list((folder / FOLDER).iterdir())
    return []


def _homes(folder: Path) -> tuple[Path, ...]:
    """Where files are kept that no list names."""
    return folder / ANCHORS, folder / ANCHORS / "trust", folder / QUEUE, folder / SEALS, folder / DERIVED


def sweep(folder: Path, named: Callable[[], Collection[object]]) -> None:
    """Take away what killed writers left half written, and what they listed and no entry names; `named` gives the
    digests that entries name."""
    if not left(folder):
        return
    for home in _homes(folder):
        with suppress(OSError):
            disk.clear_parts(home)
    for place in _lists(folder):
        if place.suffix == GONE:
            shutil.rmtree(place, ignore_errors=True)
            continue
        with suppress(OSError):
            handle = open_handle(place, os.O_RDWR)
            try:
                alive = disk.is_locked(handle)
            finally:
                os.close(handle)
            if not alive:
                _drop(folder, place, named())


def _untold_files(folder: Path, place: Path, named: Collection[object] = ()) -> Iterator[Path]:
    """Where the files lie that a list tells of and no entry names, whole or half."""
    lines = place.read_text("ascii", "replace").splitlines()
    for digest in {line for line in lines if len(line) == 64 and line.isalnum()} - set(named):
        path = object_path(folder, digest)
        yield from (path, path.with_name(path.name + disk.PART))


def _there(folder: Path, place: Path) -> bool:
    """Whether anything that a list tells of is there; who failed took his own away already."""
    return any(path.exists() for path in _untold_files(folder, place))


def _drop(folder: Path, place: Path, named: Collection[object]) -> None:
    for path in _untold_files(folder, place, named):
        path.unlink(missing_ok=True)
    place.unlink(missing_ok=True)
