"""A file in the making, which has no name until it is whole: a program killed meanwhile leaves nothing of it.

Linux has files without a name (open(2), O_TMPFILE). Elsewhere it lies beside its place under a name of its own
until it is whole, which only a killed program leaves behind; the next writer of the case takes it away.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from heller.journal.disk import folder_lock
from heller.machine import files
from heller.machine.files import give_name, open_handle, place_of, unnamed


class Draft:
    """`file` is written; `place` is where it can be read meanwhile; `keep` gives it its name."""

    def __init__(self, path: Path, file: BinaryIO, part: Path | None) -> None:
        self._path, self._part = path, part
        self.file, self.place = file, part or place_of(file.fileno())

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
            give_name(self.file.fileno(), beside)
        self.file.close()  # Windows renames no open file
        beside.replace(self._path)
        self._part = None
        files.sync_folder(self._path.parent)


@contextmanager
def draft(path: Path) -> Iterator[Draft]:
    """A draft of a file in an existing folder, for its owner alone; without `keep` it is gone at the end."""
    handle, part = unnamed(path.parent), None
    if handle is None:
        part = _beside(path)
        handle = open_handle(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(handle, "w+b") as file,
        folder_lock(path.parent, alone=False),
    ):  # nobody clears it away meanwhile
        made = Draft(path, file, part)
        try:
            yield made
        finally:
            if made._part is not None:
                made._part.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".part")
