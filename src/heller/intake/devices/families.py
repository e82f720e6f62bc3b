"""All families of devices, asked one after the other who knows a message.

A file of this folder that names FAMILIES is found; one with a PLACE is asked before the
others, which are asked in the order of their names.
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
    names = sorted(module.name for module in iter_modules(devices.__path__) if module.name != "families")
    modules = [import_module(f"{devices.__name__}.{name}") for name in names]
    for module in sorted(modules, key=lambda one: getattr(one, "PLACE", len(names))):
        yield from getattr(module, "FAMILIES", ())


def sign_of(line: SyslogLine) -> LineSign | None:
    """What the first family that knows the message says; None where none does."""
    return next((found for family in families() if (found := family(line))), None)
