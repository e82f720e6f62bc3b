"""The clocks of this machine: time since boot with the time that it slept, the id of this boot, whether something
keeps the wall clock in step."""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
STA_UNSYNC, TIME_ERROR = 0x40, 5  # adjtimex(2)
UNKNOWN = ("unknown", -1)
WINDOWS_BOOTS = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"

if sys.platform == "win32":

    def boot_ns() -> int:
        """Nanoseconds since boot, with the time that the machine slept (QueryInterruptTime counts it, in 100 ns)."""
        found = ctypes.c_ulonglong()
        ctypes.windll.kernelbase.QueryInterruptTime(ctypes.byref(found))
        return int(found.value) * 100

    @cache
    def boot_id() -> str:
        """The number of this boot, as Windows counts them; empty where it does not tell."""
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, WINDOWS_BOOTS) as key:
                return f"boot-{winreg.QueryValueEx(key, 'BootId')[0]}"
        except OSError:
            return ""

else:
    # macOS has no CLOCK_BOOTTIME; its CLOCK_MONOTONIC runs on while the machine sleeps, and time.monotonic() not.
    # Nanoseconds since boot, with the time that the machine slept. No function of its own: it is asked for each probe.
    boot_ns = partial(time.clock_gettime_ns, getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))

    @cache
    def boot_id() -> str:
        """The id of this boot, empty where the system has none."""
        try:
            return BOOT_ID.read_text().strip()
        except OSError:
            return ""


class Timex(ctypes.Structure):
    """The head of `struct timex`; what follows is not looked at, but has its room."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        *((name, ctypes.c_long) for name in ("offset", "freq", "maxerror", "esterror")),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 512),
    )


@cache
def _adjtimex() -> Callable[[object], int] | None:
    try:
        found = ctypes.CDLL(None).adjtimex
    except (AttributeError, OSError, TypeError):
        return None
    return found


def read_sync() -> tuple[str, int]:
    """Whether something keeps the wall clock in step, as Linux knows it (adjtimex(2), nothing is set): `ntp`,
    `none` or `unknown`; and what the clock may be off in microseconds, -1 where nothing is known:
    the kernel's estimated error, or its largest one where the service gives no estimate."""
    ask = _adjtimex()
    room = Timex()
    if ask is None or (state := ask(ctypes.byref(room))) < 0:
        return UNKNOWN
    if state == TIME_ERROR or room.status & STA_UNSYNC:
        return "none", -1
    return "ntp", room.esterror or room.maxerror or -1
