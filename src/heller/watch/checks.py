"""What a watch can be asked to do at all: a plan that passes here runs, and goes on running through a cut.

Every check raises ValueError with words for who wrote the file.
"""

from __future__ import annotations

import math
from datetime import date
from ipaddress import ip_address

import dns.exception
import dns.name

from heller.watch.plan import Uplink

OLDEST = date(1970, 1, 1)


def uplink(one: Uplink) -> None:
    """Its addresses are addresses, its device can be one, its budget is an amount."""
    for value in (one.source, one.address, *(v for v in (one.gateway, one.hop) if v != "auto")):
        if value:
            ip_address(value)
    if len(one.interface.encode()) > 15 or "/" in one.interface or any(map(str.isspace, one.interface)):
        raise ValueError(f"{one.interface} is no name of a device")
    if one.budget_mb is not None and not (math.isfinite(one.budget_mb) and 0 <= one.budget_mb < 1e9):
        raise ValueError("budget_mb must be an amount of megabytes")
    if one.since < OLDEST:
        raise ValueError("since must not lie before 1970")


def name(host: str) -> None:
    """A name that can be asked for, or an address."""
    try:
        dns.name.from_text(host)
        host.encode("idna" if not host.isascii() else "ascii")
    except (dns.exception.DNSException, UnicodeError) as error:
        raise ValueError(f"{host!r} is no name of a host") from error
    if not host or any(map(str.isspace, host)):
        raise ValueError(f"{host!r} is no name of a host")


def port(number: int) -> int:
    """A port."""
    if not 1 <= number <= 65535:
        raise ValueError("port must lie between 1 and 65535")
    return number


def path(said: str) -> str:
    """The path of a page: one line of printable ASCII that begins with a slash."""
    if not said.startswith("/") or not said.isascii() or not said.isprintable() or " " in said:
        raise ValueError("path must begin with / and hold no space")
    return said
