"""What a process has used: processor time, that of programs it called, memory. On systems that do not tell, nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds of processor time, those of its programs that have ended, bytes in memory."""

    seconds: float = 0
    programs: float = 0
    memory: int = 0


def spent(pid: int) -> Spent:
    """What a process has used by now."""
    if sys.platform == "linux":
        return _by_proc(pid)
    return _by_ps(pid) if os.name == "posix" else Spent()


def _by_proc(pid: int) -> Spent:
    """From proc(5): fields 14 to 17 and 24 of `stat`, counted behind the name, which may hold anything."""
    with suppress(OSError, ValueError, IndexError):
        rest = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
        user, system, others_user, others_system = (int(field) for field in rest[11:15])
        return Spent((user + system) / tick, (others_user + others_system) / tick, int(rest[21]) * page)
    return Spent()


def _by_ps(pid: int) -> Spent:
    """From ps(1), for systems without /proc: minutes, seconds; kilobytes. The program is given a second."""
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        asked = ["ps", "-o", "time=,rss=", "-p", str(pid)]
        said = subprocess.run(asked, capture_output=True, check=True, timeout=1).stdout.split()
        seconds = 0.0
        for part in said[0].replace(b"-", b":").split(b":"):
            seconds = seconds * 60 + float(part)
        return Spent(seconds, 0, int(said[1]) << 10)
    return Spent()
