"""The way out as the system knows it: default gateways of IPv4 and IPv6.

Linux tells them in two tables under /proc/net, which are read as text by pure functions; elsewhere
`route -n get default` is asked (macOS, the BSDs), on Windows `route print`, whose words are in the language of the
system and whose figures are not. Routes of other tables (policy routing) are not in them:
then the gateway is named in the settings.
"""

from __future__ import annotations

import re
import socket
import struct
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROUTE, ROUTE_6 = Path("/proc/net/route"), Path("/proc/net/ipv6_route")
UP, GATEWAY = 0x1, 0x2


class Route(NamedTuple):
    """A default route. `gateway` is empty where the device itself leads out (PPP)."""

    interface: str
    gateway: str
    metric: int


def defaults(table: str) -> list[Route]:
    """Default routes of /proc/net/route, the preferred one first; lines that are none are passed over."""
    found = []
    for line in table.splitlines()[1:]:
        part = line.split()
        if len(part) < 8 or part[1] != "00000000" or part[7] != "00000000":
            continue
        flags = int(part[3], 16)
        if flags & UP:
            address = socket.inet_ntoa(struct.pack("=I", int(part[2], 16)))
            found.append(Route(part[0], address if flags & GATEWAY else "", int(part[6])))
    return sorted(found, key=lambda route: route.metric)


def defaults_6(table: str) -> list[Route]:
    """The same for /proc/net/ipv6_route; a link-local gateway carries its device (`fe80::1%eth0`)."""
    found = []
    for line in table.splitlines():
        part = line.split()
        if len(part) < 10 or part[0] != "0" * 32 or part[1] != "00" or part[9] == "lo":
            continue
        flags = int(part[8], 16)
        if flags & UP:
            address = socket.inet_ntop(socket.AF_INET6, bytes.fromhex(part[4]))
            zone = f"%{part[9]}" if address.startswith("fe80") else ""
            found.append(Route(part[9], address + zone if flags & GATEWAY else "", int(part[5], 16)))
    return sorted(found, key=lambda route: route.metric)


def from_netstat(answer: str) -> list[Route]:
    """The same from what `route -n get default` prints."""
    gateway = re.search(r"gateway: (\S+)", answer)
    device = re.search(r"interface: (\S+)", answer)
    if not device:
        return []
    return [Route(device[1], gateway[1] if gateway else "", 0)]


def from_route_print(answer: str) -> list[Route]:
    """The same from what Windows' `route print -4` prints; the device is named by its own address there. A gateway
    that is a word ("On-link", "Auf Verbindung") is none: the device itself leads out."""
    found = []
    for line in answer.splitlines():
        part = line.split()
        if len(part) >= 5 and part[:2] == ["0.0.0.0"] * 2 and part[-1].isdigit():
            gateway = part[2] if len(part) == 5 and part[2][0].isdigit() else ""
            found.append(Route(part[-2], gateway, int(part[-1])))
    return sorted(set(found), key=lambda route: route.metric)


def from_route_print_6(answer: str) -> list[Route]:
    """The same from `route print -6`: number of the device, metric, `::/0`, gateway; a long one stands in the next
    line."""
    found = []
    rows = [line.split() for line in answer.splitlines()]
    for part, after in pairwise([*rows, []]):
        if len(part) >= 3 and part[2] == "::/0" and part[0].isdigit() and part[1].isdigit():
            gateway = " ".join(part[3:] or after)
            zone = f"%{part[0]}" if gateway.lower().startswith("fe80") else ""
            found.append(Route(part[0], gateway + zone if ":" in gateway else "", int(part[1])))
    return sorted(set(found), key=lambda route: route.metric)


def read_defaults(six: bool = False) -> list[Route]:
    """What this machine says now; empty where it has no way out or does not tell."""
    path = ROUTE_6 if six else ROUTE
    try:
        return (defaults_6 if six else defaults)(path.read_text())
    except OSError:
        return [] if ROUTE.parent.exists() else _ask(six)


def _ask(six: bool) -> list[Route]:
    if sys.platform == "win32":
        command, read = (
            ["route", "print", "-6" if six else "-4"],
            from_route_print_6 if six else from_route_print,
        )
    else:
        command, read = ["route", "-n", "get", *(["-inet6"] if six else []), "default"], from_netstat
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=5,
            check=False,
        )
        return read(done.stdout)
    except (OSError, subprocess.SubprocessError):
        return []
