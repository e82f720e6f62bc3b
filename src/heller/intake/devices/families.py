"""All families of devices, asked one after the other who knows a message.

A file of this folder that names FAMILIES is found; it is asked in the order of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from heller.intake import devices
from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import SyslogLine

Family: TypeAlias = Callable[[SyslogLine], LineSign | None]


@cache
def families() -> tuple[Family, ...]:
    """Every family of every maker."""
    return tuple(_found())


def _found() -> Iterator[Family]:
    for name in sorted(module.name for module in iter_modules(devices.__path__)):
        if name != "families":
            yield from getattr(import_module(f"{devices.__name__}.{name}"), "FAMILIES", ())


def sign_of(line: SyslogLine) -> LineSign | None:
    """What the first family that knows the message says; None where none does."""
    return next((found for family in families() if (found := family(line))), None)
