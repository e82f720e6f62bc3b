"""Kills a process at one of its own steps: the n-th time that it opens, writes, syncs, renames or takes away a file,
takes a lock, starts a program or speaks to somebody. So each step can be tried, and no second is spent between them.

What is killed is a copy of this process, at the chosen step, in the middle of a write where it is one.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from heller.casefile.apart import process as apart

EVENTS = {
    "open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.truncate", "os.chmod", "fcntl.flock",
    "subprocess.Popen", "socket.connect", "socket.bind", "socket.sendto",
}  # fmt: skip
CALLS = ("write", "fsync", "fdatasync", "ftruncate", "replace")


class Steps:
    """Counts the steps of this process; at the chosen one it is killed."""

    def __init__(self, at: int) -> None:
        self.at, self.count, self.busy = at, 0, False

    def step(self, half: Callable[[], object] = lambda: None) -> None:
        """One step; `half` is done before the kill, which then comes in its middle."""
        self.count += 1
        if self.count == self.at:
            self.at = -1
            half()
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """A step that Python tells of; reading a file is none."""
        reads = event == "open" and not (
            isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if event in EVENTS and not reads:
            self.step()

    def watch(self) -> None:
        """Look at all steps from now on."""
        for name in CALLS:
            setattr(os, name, self._counted(getattr(os, name), halved=name == "write"))
        sys.addaudithook(self.audit)

    def _counted(self, call: Callable[..., Any], *, halved: bool) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            if halved:
                handle, data = arguments
                self.step(lambda: call(handle, memoryview(data)[: len(data) // 2]))
            else:
                self.step()
            return call(*arguments, **named)

        return counted


def forked(do: Callable[[], object], temp: Path, at: int = -1) -> tuple[int, int]:
    """Do something in a copy of this process, which is killed at step `at`; the signal that ended it (0: it came to
    its end) and how many steps it took."""
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        _alone(do, temp, at, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        count = int.from_bytes(told.read(), "big")
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), count


def _alone(do: Callable[[], object], temp: Path, at: int, writing: int) -> NoReturn:
    """The copy: it has no process of its own that reads files yet, and its own folder for temporary files."""
    apart._idle.clear()
    tempfile.tempdir, os.environ["TMPDIR"] = str(temp), str(temp)
    steps = Steps(at)
    steps.watch()
    try:
        do()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    count, steps.at = steps.count, -1
    os.write(writing, count.to_bytes(4, "big"))
    os._exit(0)
