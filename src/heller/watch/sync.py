"""Whether something keeps the wall clock in step, as the Linux kernel knows it (adjtimex(2), nothing is set)."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache

STA_UNSYNC, TIME_ERROR = 0x40, 5
UNKNOWN = ("unknown", -1)


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
    """`ntp`, `none` or `unknown`, and what the clock may be off in microseconds, -1 where nothing is known:
    the kernel's estimated error, or its largest one where the service gives no estimate."""
    ask = _adjtimex()
    room = Timex()
    if ask is None or (state := ask(ctypes.byref(room))) < 0:
        return UNKNOWN
    if state == TIME_ERROR or room.status & STA_UNSYNC:
        return "none", -1
    return "ntp", room.esterror or room.maxerror or -1
