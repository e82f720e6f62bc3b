"""Reads the clocks of this machine. The only place in the journal that does."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from heller.journal.entry import Clock

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")


@cache
def _boot() -> str:
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return ""


def read_clock(now: datetime | None = None) -> Clock:
    """Wall time (or the given one), time since boot including suspend, boot id, sync state."""
    wall = (now or datetime.now(UTC)).astimezone(UTC)
    since_boot = getattr(time, "CLOCK_BOOTTIME", None)
    mono = time.clock_gettime_ns(since_boot) if since_boot is not None else time.monotonic_ns()
    return Clock(
        wall=wall.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        mono=mono // 1000,
        boot=_boot(),
        sync="ntp" if SYNCHRONISED.exists() else "unknown",
    )
