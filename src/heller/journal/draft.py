"""A file in the making, which has no name until it is whole: a program killed meanwhile leaves nothing of it.

Linux has files without a name (open(2), O_TMPFILE). Elsewhere it lies beside its place under a name of its own
until it is whole, which only a killed program leaves behind; the next draft of the same file takes it away.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from heller.journal.disk import sync_folder


class Draft:
    """`file` is written; `place` is where it can be read meanwhile; `keep` gives it its name."""

    def __init__(self, path: Path, file: BinaryIO, part: Path | None) -> None:
        self._path, self._part = path, part
        self.file, self.place = file, part or Path(f"/proc/self/fd/{file.fileno()}")

    def flush(self) -> None:
        """What was written can be read at `place`."""
        self.file.flush()

    def keep(self) -> None:
        """The file is on the disk, under its name; what lay there before is gone."""
        self.file.flush()
        os.fsync(self.file.fileno())
        beside = _beside(self._path)
        if self._part is None:
            beside.unlink(missing_ok=True)
            _name(self.place, beside)
        beside.replace(self._path)
        self._part = None
        sync_folder(self._path.parent)


@contextmanager
def draft(path: Path) -> Iterator[Draft]:
    """A draft of a file in an existing folder, for its owner alone; without `keep` it is gone at the end."""
    handle, part = _unnamed(path.parent), None
    if handle is None:
        part = _beside(path)
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "w+b") as file:
        made = Draft(path, file, part)
        try:
            yield made
        finally:
            if made._part is not None:
                made._part.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _name(place: Path, path: Path) -> None:
    """Give a file without a name one. Python follows the link at `place` only where a folder is given by handle."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(place, path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _unnamed(folder: Path) -> int | None:
    """A file without a name; None where the system or the file system has none."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not Path("/proc/self/fd").is_dir():
        return None
    with suppress(OSError):
        return os.open(folder, flag | os.O_RDWR, 0o600)
    return None
