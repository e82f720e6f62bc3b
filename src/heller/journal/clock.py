"""Reads the clocks of this machine, and tells what changed between two readings."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from heller.journal.entry import Clock
from heller.machine.clocks import boot_id, boot_ns, read_sync

SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
STEP_US = 1_000_000  # a smaller difference is no step
TRIES, NEAR_NS = 5, 10_000_000  # how often both clocks are read, until they were read within 10 ms
SLEW = 2000  # a clock that is brought back in step runs at most 1/2000 (500 ppm) too fast or slow


def read_clock(now: datetime | None = None) -> Clock:
    """Wall time (or the given one), time since boot including suspend, boot id, sync state."""
    wall, since_boot = _together()
    return Clock(
        wall=(now or wall).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        mono=since_boot // 1000,
        boot=boot_id(),
        sync=sync_state(int(time.monotonic())),
    )


def _together() -> tuple[datetime, int]:
    """Wall time and nanoseconds since boot of the same moment: read again where something came between,
    for else a busy machine would look like a clock that was set."""
    for _ in range(TRIES):
        before = boot_ns()
        wall = datetime.now(UTC)
        if boot_ns() - before < NEAR_NS:
            break
    return wall, before


@lru_cache(maxsize=1)
def sync_state(second: int) -> str:
    """Whether the wall clock is kept in step: `ntp`, `none`, or `unknown` where the system does not say.

    The Linux kernel knows it, whichever service does it; where it may not be asked, the file that
    systemd-timesyncd leaves counts. Within one `second` since boot it is asked once.
    """
    state = read_sync()[0]
    return "ntp" if state == "unknown" and SYNCHRONISED.exists() else state


def changes(last: Clock, now: Clock) -> dict[str, Any]:
    """What happened to the clocks between two lines; empty where nothing did. Pure.

    `boot`: the machine was started anew, or another one writes. `step_us`: by how many microseconds the
    wall clock moved against the time since boot, or went back across a boot. `sync`: it came into or fell
    out of step; then from what to what.
    """
    found: dict[str, Any] = {}
    elapsed = _elapsed(last.wall, now.wall)
    if last.boot != now.boot:
        found["boot"] = True
        if elapsed is not None and elapsed < 0:
            found["step_us"] = elapsed
    elif elapsed is not None:
        counted = now.mono - last.mono
        step = elapsed - counted
        if abs(step) > STEP_US + abs(counted) // SLEW:
            found["step_us"] = step
    if last.sync != now.sync:
        found["sync"] = f"{last.sync} {now.sync}"
    return found


def _elapsed(first: str, second: str) -> int | None:
    """Microseconds from one wall time to another; None where one cannot be read."""
    try:
        span = datetime.fromisoformat(second) - datetime.fromisoformat(first)
    except (ValueError, TypeError):
        return None
    return span // timedelta(microseconds=1)
