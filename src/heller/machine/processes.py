"""Processes: ended with all that they called, or by the system where they work on too long; and one that clears up
behind this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

REMOVE = "import shutil, sys; shutil.rmtree(sys.argv[1], ignore_errors=True)"


def end_with_all(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a group, and what it called. Raises ProcessLookupError where it is gone."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def remove_behind(folder: Path) -> None:
    """Remove a folder with all that lies in it, by a process that outlives this one and that Ctrl-C does not reach: to
    remove many files takes seconds on a busy disk. Raises OSError where no process can be started."""
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-I", "-S", "-c", REMOVE, str(folder.absolute())]
    remover = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, **apart)
    threading.Thread(target=remover.wait, daemon=True).start()  # whoever lives longer asks how it ended


def limit_seconds(more: float) -> None:
    """The system ends this process after so many more seconds of processor time, where it can do that."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + more), hard))
