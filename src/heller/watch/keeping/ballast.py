"""Room that is given up when the disk is full, so that the last things still get written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from heller.machine.files import reserve

NAME = "ballast"
SIZE = 32 << 20  # bytes


def lay(home: Path, size: int = SIZE) -> bool:
    """Take the room, all or none; whether it is there now. Twice its size must be free, else taking it
    would be what fills the disk."""
    path = home / NAME
    try:
        if path.exists() and path.stat().st_size == size:
            return True
        path.unlink(missing_ok=True)
        if shutil.disk_usage(home).free < 2 * size:
            return False
        with path.open("wb") as file:
            reserve(file.fileno(), size)
            os.fsync(file.fileno())
    except OSError:
        give_up(home)
        return False
    return True


def give_up(home: Path) -> bool:
    """Give the room back; whether there was any."""
    try:
        (home / NAME).unlink()
    except OSError:
        return False
    return True
