"""What a watch keeps of a router: its log, each entry once and before it rolls over, and a row for each look at its
line. Files beside the store of the watch; sealing takes them into the case.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from heller.machine import locks
from heller.machine.files import open_handle
from heller.model.kinds.line_values import LineLook
from heller.watch.router.line_look import HEAD, row

LOG, LINE = "router-{name}.log", "router-{name}.csv"
REMEMBERED = 4000  # entries among which one is known again; no box keeps so many


def new_entries(known: Sequence[str], told: Sequence[str]) -> list[str]:
    """The entries that are not among the known ones, as often as they are told more often, in their order."""
    left = Counter(known)
    fresh = []
    for entry in told:
        if left[entry] > 0:
            left[entry] -= 1
        else:
            fresh.append(entry)
    return fresh


def keep_log(home: Path, name: str, told: Sequence[str]) -> int:
    """Write down the new entries of a log; returns how many there were."""
    path, memory = home / LOG.format(name=name), home / f"router-{name}.known"
    known = memory.read_text("utf-8").splitlines() if memory.exists() else []
    fresh = new_entries(known[-REMEMBERED:], told)
    if fresh:
        with _alone(home):
            _append(path, fresh)
            _append(memory, fresh)
    return len(fresh)


def keep_look(home: Path, name: str, look: LineLook) -> None:
    """Write down what a look told, under headings where the file is new."""
    path = home / LINE.format(name=name)
    with _alone(home):
        _append(path, [*([] if path.exists() else [HEAD]), row(look)])


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Nobody sets a file aside while another writes in it."""
    handle = open_handle(home / "router.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        locks.wait_for(handle)
        yield
    finally:
        os.close(handle)


def _append(path: Path, lines: Sequence[str]) -> None:
    """Whole lines, on the disk before it returns."""
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def take_pieces(home: Path, now: datetime) -> list[Path]:
    """Set aside what was written since the last time, under the instant of its taking; the next entries begin a file of
    their own. What was set aside before and is still there comes first."""
    with _alone(home):
        _set_aside(home, now)
    return sorted(path for path in (*home.glob("router-*.*.log"), *home.glob("router-*.*.csv")))


def _set_aside(home: Path, now: datetime) -> None:
    for path in (*home.glob("router-*.log"), *home.glob("router-*.csv")):
        if "." not in path.stem and path.stat().st_size:
            path.rename(path.with_name(f"{path.stem}.{now:%Y%m%dT%H%M%SZ}{path.suffix}"))
