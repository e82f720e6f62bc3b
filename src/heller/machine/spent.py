"""What a process has used: processor time, that of programs it called, the memory of all. On systems that do not
tell, nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds of processor time, those of its programs, bytes in memory, theirs as well."""

    seconds: float = 0
    programs: float = 0
    memory: int = 0


def spent(pid: int) -> Spent:
    """What a process has used by now."""
    if sys.platform == "linux":
        return _by_proc(pid)
    return _by_psutil(pid) if sys.platform == "win32" else _by_ps(pid)


def _by_proc(pid: int) -> Spent:
    """From proc(5): fields 14 to 17 and 24 of `stat`, counted behind the name, which may hold anything; and the same
    of the programs that still run, by `children`."""
    found = _stat(pid)
    for program in _programs(pid):
        other = _stat(program)
        found = Spent(
            found.seconds, found.programs + other.seconds + other.programs, found.memory + other.memory
        )
    return found


def _stat(pid: int) -> Spent:
    if sys.platform == "win32":
        return Spent()
    with suppress(OSError, ValueError, IndexError):
        rest = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
        user, system, others_user, others_system = (int(field) for field in rest[11:15])
        return Spent((user + system) / tick, (others_user + others_system) / tick, int(rest[21]) * page)
    return Spent()


def _programs(pid: int) -> list[int]:
    with suppress(OSError, ValueError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_bytes().split()]
    return []


def _by_ps(pid: int) -> Spent:
    """From ps(1), for systems without /proc: minutes, seconds; kilobytes. The program is given a second."""
    own, programs, memory = 0.0, 0.0, 0
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        asked = ["ps", "-axo", "pid=,ppid=,time=,rss="]
        said = subprocess.run(asked, capture_output=True, check=True, timeout=1).stdout
        for one, parent, time, kilobytes in (row.split() for row in said.splitlines()):
            if pid in (int(one), int(parent)):
                own += _seconds(time) * (int(one) == pid)
                programs += _seconds(time) * (int(parent) == pid)
                memory += int(kilobytes) << 10
    return Spent(own, programs, memory)


def _by_psutil(pid: int) -> Spent:
    """From the counters of Windows, by psutil: of the process, and of the programs that still run."""
    import psutil

    with suppress(psutil.Error):
        one = psutil.Process(pid)
        own, memory, programs = one.cpu_times(), one.memory_info().rss, 0.0
        for other in one.children(recursive=True):
            with suppress(psutil.Error):
                times = other.cpu_times()
                programs += times.user + times.system
                memory += other.memory_info().rss
        return Spent(own.user + own.system, programs, memory)
    return Spent()


def _seconds(time: bytes) -> float:
    """Of 'days-hours:minutes:seconds' from ps(1)."""
    seconds = 0.0
    for part in time.replace(b"-", b":").split(b":"):
        seconds = seconds * 60 + float(part)
    return seconds
