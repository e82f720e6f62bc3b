"""Takes away what Windows lacks, in every Python that is started with this folder on its path."""

from __future__ import annotations

import asyncio
import os
import subprocess  # it takes a system with `msvcrt` for Windows: read before there is one
import sys

from tests.machine.bare import windows_locks

_ = subprocess
sys.modules["msvcrt"] = windows_locks
sys.modules["fcntl"] = None  # type: ignore[assignment]
LACKED = "pread pwrite posix_fallocate fdatasync sync link getuid geteuid O_TMPFILE O_NOFOLLOW O_DIRECTORY"
for name in LACKED.split():
    if hasattr(os, name):
        delattr(os, name)


def _none(*told: object) -> None:
    raise NotImplementedError


for loop in (asyncio.SelectorEventLoop, asyncio.BaseEventLoop):
    for name in ("reader", "writer", "signal_handler"):
        setattr(loop, f"add_{name}", _none)
        setattr(loop, f"remove_{name}", _none)

_open = os.open


def _open_file(path: object, flags: int, mode: int = 0o777, **more: object) -> int:
    """No folder is opened."""
    if not more and os.path.isdir(path):  # type: ignore[arg-type]  # noqa: PTH112
        raise PermissionError(13, "Permission denied", str(path))
    return _open(path, flags, mode, **more)  # type: ignore[arg-type]


os.open = _open_file


def _closed_first(act: object) -> object:
    """Nothing is taken away or renamed that this process holds open."""

    def acts(path: object, *more: object, **named: object) -> object:
        for place in (path, *more[:1]):
            if isinstance(place, (str, os.PathLike)) and _is_open(os.path.abspath(place)):  # noqa: PTH100
                raise PermissionError(13, "The process cannot access the file, it is in use", str(place))
        return act(path, *more, **named)  # type: ignore[operator]

    return acts


def _is_open(path: str) -> bool:
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            if os.readlink(f"/proc/self/fd/{number}") == path:  # noqa: PTH115
                return True
        except OSError:
            continue
    return False


for name in ("unlink", "remove", "rename", "replace"):
    setattr(os, name, _closed_first(getattr(os, name)))
