"""The lines of a long log of syslog that can tell anything: those with a stem of what some family of devices, a mail
server or a clock could say, and the first and the last of each minute, which hold the order of times. The others are
counted and not looked at; what is read is the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from heller.intake.devices import unknown
from heller.intake.written.log_lines import lines, whole
from heller.intake.written.stamped_lines import FIRST, LONG
from heller.model.record import Blob

if TYPE_CHECKING:
    from polars import Series

_MINUTE = re.compile(r"\d\d:\d\d")
# A message that no stem is in has no sign for any family (tests/intake/test_logs_quiet.py asks all that there are).
STEMS = (
    *(stem for stem in unknown.STEMS if stem != "route"),
    *(
        "route ",
        "route,",
        "route.",
        "route:",
        "route)",
        "route(",
        "routes",
        "routing",
    ),  # not the host called router
    *(
        "%",
        "netifd",
        "mwan3",
        "dpinger",
        "showtime",
        "linux version",
        "booting",
        "<<boot>>",
        "boot file",
        "rpd",
        "mib2d",
    ),
    *(
        "lacp",
        "alarmd",
        "chassisd",
        "bgp",
        "ospf",
        "bfd",
        "wlb",
        "udapi",
        "ubiquiti",
        "iface",
        "lcp",
        "pado",
        "hangup",
    ),
    *(
        "terminat",
        "echo-request",
        "ip address",
        "authentication",
        "interface",
        "restart",
        "reboot",
        "stepped",
        "time set",
    ),
    *(
        "time reset",
        "clock",
        "step time",
        "postfix",
        "dovecot",
        "smtp",
        "eth",
        "port ",
        "peer",
        "neighbor",
        "nbr",
        "fail",
    ),
    *(
        "switch",
        "umschalt",
        "wechsel",
        "backup",
        "fallback",
        "mobilfunk",
        "lte",
        "mobil",
        "gegenstelle",
        "remote s",
        "isp",
    ),
    *(
        "broadband",
        "anbieter",
        "online",
        "offline",
        "rmopd",
        "track",
        "ethernet",
        "cm-mac",
        "docsis",
        "mdd",
        "t3 ",
        "tlv-11",
    ),
    *("registration", "restored", "connect", "session", "power", "dead", "alive", "down", "lost", " up"),
)


def tells(every: Series) -> Series:
    """Which lines have a stem."""
    return every.str.contains_any(list(STEMS), ascii_case_insensitive=True)


class LogRows(NamedTuple):
    """How many lines there are, and those that are looked at with their numbers."""

    n: int
    kept: list[tuple[int, str]]


def rows(blob: Blob) -> LogRows:
    """The lines of a log that are looked at; all of a short one."""
    content = whole(blob)
    if content.count("\n") < LONG:
        every = lines(blob)
        return LogRows(len(every), list(enumerate(every, 1)))
    return _of_long(content)


def _of_long(content: str) -> LogRows:
    import polars as pl

    every = pl.Series([content]).str.split("\n").explode().str.strip_chars_end("\r")
    n = len(every) - (every[-1] == "")
    clock = _MINUTE.search(every[min(FIRST, n - 1)])
    head = every.str.slice(0, clock.end()) if clock else every
    turns = (head != head.shift(1)).fill_null(value=True) | (head != head.shift(-1)).fill_null(value=True)
    places = pl.int_range(1, len(every) + 1, eager=True)
    kept = (tells(every) | turns | (places <= FIRST)) & (places <= n)
    return LogRows(n, list(zip(places.filter(kept).to_list(), every.filter(kept).to_list(), strict=True)))
