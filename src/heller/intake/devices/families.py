"""All families of devices, asked one after the other who knows a message.

A file of this folder that names FAMILIES is found; one with a PLACE is asked before the
others, which are asked in the order of their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import TypeAlias

from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import SyslogLine
from heller.model.scan import modules

Family: TypeAlias = Callable[[SyslogLine], LineSign | None]


@cache
def families() -> tuple[Family, ...]:
    """Every family of every maker."""
    return tuple(_families())


def _families() -> Iterator[Family]:
    found = modules("heller.intake.devices")
    for module in sorted(found, key=lambda one: getattr(one, "PLACE", len(found))):
        yield from getattr(module, "FAMILIES", ())


def sign_of(line: SyslogLine) -> LineSign | None:
    """What the first family that knows the message says; None where none does. A message is what counts, not when it
    came; that of a switch or router in the form of IOS is told by its whole line."""
    if line.tag:
        return _of_line(line)
    # Without a program the word in the host's place may be what the message speaks of: 'Internet online'.
    return _of_message("" if line.program else line.host, line.program, line.said)


@lru_cache(maxsize=4096)
def _of_message(host: str, program: str, said: str) -> LineSign | None:
    return _of_line(SyslogLine(0, "", None, None, "", "", host, program, "", said))


def _of_line(line: SyslogLine) -> LineSign | None:
    return next((found for family in families() if (found := family(line))), None)
