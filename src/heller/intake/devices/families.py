"""All families of devices, asked one after the other who knows a message."""

from __future__ import annotations

from collections.abc import Callable

from heller.intake.devices import carriers, ios, linux, routeros, ubiquiti
from heller.intake.devices.sign import LineSign
from heller.intake.devices.words import words
from heller.intake.servers.syslog import SyslogLine

FAMILIES: tuple[Callable[[SyslogLine], LineSign | None], ...] = (
    words,
    ios.sign_of,
    carriers.juniper,
    carriers.netiron,
    carriers.sonic,
    linux.openwrt,
    linux.pppd,
    linux.pfsense,
    linux.boot,
    ubiquiti.ubiquiti,
    routeros.routeros,
)


def sign_of(line: SyslogLine) -> LineSign | None:
    """What the first family that knows the message says; None where none does."""
    return next((found for family in FAMILIES if (found := family(line))), None)
