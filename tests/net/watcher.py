"""What befalls the watcher itself: it stands still, it is gone, its wall clock is set."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.net.faults import Cut, timed


@contextmanager
def suspended(process: subprocess.Popen[str]) -> Iterator[Cut]:
    """The program stands still; its clocks run on, as the kernel does not really suspend."""
    cut = Cut("suspended", timed(os.kill, process.pid, signal.SIGSTOP))
    try:
        yield cut
    finally:
        cut.off = timed(os.kill, process.pid, signal.SIGCONT)


def power_cut(process: subprocess.Popen[str]) -> int:
    """The program is gone without a word; returns when, microseconds since 1970."""
    process.kill()
    process.wait()
    return time.time_ns() // 1000


class Clock:
    """A wall clock that a test sets while a program runs (libfaketime); monotonic and boot clock run on.

    Give `env` to the program. A program under it must not call time.sleep (EINVAL): asyncio and select work.
    Raises FileNotFoundError where libfaketime is not installed.
    """

    def __init__(self, file: Path) -> None:
        library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
        if library is None:
            raise FileNotFoundError("libfaketime")
        self.file = file
        self.step(0)
        self.env = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def step(self, seconds: float) -> None:
        """From now on the wall clock is this far from the true one."""
        self.file.write_text(f"{seconds:+.3f}\n")
