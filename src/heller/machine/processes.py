"""Processes: ended with all that they called, or by the system where they work on too long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress


def end_with_all(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a group, and what it called. Raises ProcessLookupError where it is gone."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def limit_seconds(more: float) -> None:
    """The system ends this process after so many more seconds of processor time, where it can do that."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + more), hard))
