"""Reads the clocks of this machine, and tells what changed between two readings."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from heller.journal.entry import Clock

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
STA_UNSYNC, TIME_ERROR = 0x40, 5  # adjtimex(2)
STEP_US = 1_000_000  # a smaller difference is no step
TRIES, NEAR_NS = 5, 10_000_000  # how often both clocks are read, until they were read within 10 ms
SLEW = 2000  # a clock that is brought back in step runs at most 1/2000 (500 ppm) too fast or slow


@cache
def _boot() -> str:
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return ""


def read_clock(now: datetime | None = None) -> Clock:
    """Wall time (or the given one), time since boot including suspend, boot id, sync state."""
    wall, since_boot = _together()
    return Clock(
        wall=(now or wall).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        mono=since_boot // 1000,
        boot=_boot(),
        sync=sync_state(int(time.monotonic())),
    )


def _together() -> tuple[datetime, int]:
    """Wall time and nanoseconds since boot of the same moment: read again where something came between,
    for else a busy machine would look like a clock that was set."""
    for _ in range(TRIES):
        before = _since_boot()
        wall = datetime.now(UTC)
        if _since_boot() - before < NEAR_NS:
            break
    return wall, before


def _since_boot() -> int:
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime_ns(clock) if clock is not None else time.monotonic_ns()


@cache
def _kernel() -> Callable[[], str]:
    """Asks the kernel how its clock is kept: `ntp` where something keeps it in step, `none` where nothing
    does, `unknown` where it may not be asked (adjtimex(2), modes 0: nothing is set)."""
    import ctypes

    class Timex(ctypes.Structure):
        """The head of `struct timex`; what follows is not looked at, but has its room."""

        _fields_ = (
            ("modes", ctypes.c_uint),
            *((name, ctypes.c_long) for name in ("offset", "freq", "maxerror", "esterror")),
            ("status", ctypes.c_int),
            ("rest", ctypes.c_byte * 512),
        )

    try:
        adjtimex = ctypes.CDLL(None).adjtimex
    except (AttributeError, OSError, TypeError):
        return lambda: "unknown"

    def ask() -> str:
        room = Timex()
        state = adjtimex(ctypes.byref(room))
        if state < 0:
            return "unknown"
        return "none" if state == TIME_ERROR or room.status & STA_UNSYNC else "ntp"

    return ask


@lru_cache(maxsize=1)
def sync_state(second: int) -> str:
    """Whether the wall clock is kept in step: `ntp`, `none`, or `unknown` where the system does not say.

    The Linux kernel knows it, whichever service does it; where it may not be asked, the file that
    systemd-timesyncd leaves counts. Within one `second` since boot it is asked once.
    """
    state = _kernel()()
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
