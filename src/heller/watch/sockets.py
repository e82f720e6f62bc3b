"""Sockets of an uplink, and what the kernel says went wrong and who said so.

Numbers that Python's socket module does not name are Linux's (ip(7), ipv6(7), socket(7)); elsewhere the
kernel gives no error queue and no time stamps, and what cannot be told apart is then not claimed.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import struct
import sys
from collections.abc import Iterator
from typing import NamedTuple

from heller.watch.plan import Uplink

LINUX = sys.platform == "linux"
SO_TIMESTAMPNS = 35
BINDTODEVICE = getattr(socket, "SO_BINDTODEVICE", 25)
IP_RECVERR, IPV6_RECVERR = 11, 25
MSG_ERRQUEUE = 0x2000
LOCALLY, ICMP, ICMP6 = 1, 2, 3  # ee_origin
EXTENDED = struct.Struct("IBBBBII")  # sock_extended_err; after it the sockaddr of who said it
TIME_EXCEEDED = {ICMP: 11, ICMP6: 3}
UNREACHABLE = {ICMP: 3, ICMP6: 1}
PORT_UNREACHABLE = {ICMP: 3, ICMP6: 4}

Address = tuple[str, int] | tuple[str, int, int, int]


class Fault(NamedTuple):
    """An entry of the error queue: errno, origin, type and code of the ICMP message, the address that sent it
    (empty: the own kernel), whom the probe was for, and the first bytes of the probe as it came back."""

    errno: int
    origin: int
    kind: int
    code: int
    by: str
    to: str
    data: bytes

    @property
    def expired(self) -> bool:
        """A router on the way says that the time to live ran out."""
        return TIME_EXCEEDED.get(self.origin) == self.kind

    @property
    def unreachable(self) -> bool:
        """Somebody says that it cannot be reached."""
        return UNREACHABLE.get(self.origin) == self.kind

    @property
    def no_port(self) -> bool:
        """The target itself says that nobody listens there: the way to it is open."""
        return self.unreachable and PORT_UNREACHABLE[self.origin] == self.code and self.by == self.to


def family_of(address: str) -> socket.AddressFamily:
    """IPv4 or IPv6."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def place(address: str, port: int = 0) -> Address:
    """What the socket calls take; no name is looked up (a zone such as %eth0 is turned into its number)."""
    if ":" not in address:
        return address, port
    found = socket.getaddrinfo(address, port, socket.AF_INET6, socket.SOCK_DGRAM, 0, socket.AI_NUMERICHOST)
    return found[0][4]  # type: ignore[return-value]


def open_socket(uplink: Uplink, family: int, kind: int, protocol: int = 0) -> socket.socket:
    """A socket that never waits, bound to the uplink's own address and device. OSError says why not."""
    made = socket.socket(family, kind, protocol)
    try:
        made.setblocking(False)
        if LINUX:
            level = (
                (socket.SOL_IP, IP_RECVERR)
                if family == socket.AF_INET
                else (socket.IPPROTO_IPV6, IPV6_RECVERR)
            )
            made.setsockopt(*level, 1)
        if uplink.interface and LINUX:
            made.setsockopt(socket.SOL_SOCKET, BINDTODEVICE, uplink.interface.encode())
        if uplink.source and family_of(uplink.source) == family:
            made.bind(place(uplink.source))
    except OSError:
        made.close()
        raise
    return made


def stamp_arrivals(made: socket.socket) -> bool:
    """Asks the kernel to say when a packet came; whether it will."""
    if not LINUX:
        return False
    with contextlib.suppress(OSError):
        made.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        return True
    return False


def faults(made: socket.socket) -> Iterator[Fault]:
    """Empties the error queue."""
    if sys.platform != "linux":
        return
    while True:
        try:
            data, extra, _, to = made.recvmsg(512, 512, MSG_ERRQUEUE)
        except OSError:
            return
        for level, kind, value in extra:
            if (level, kind) in ((socket.SOL_IP, IP_RECVERR), (socket.IPPROTO_IPV6, IPV6_RECVERR)):
                yield _fault(data, value, to)


def _fault(data: bytes, value: bytes, to: object) -> Fault:
    number, origin, kind, code, _, _, _ = EXTENDED.unpack_from(value)
    who = value[EXTENDED.size :]
    by = ""
    if len(who) >= 8 and origin in (ICMP, ICMP6):
        family = struct.unpack_from("H", who)[0]
        if family == socket.AF_INET:
            by = socket.inet_ntop(socket.AF_INET, who[4:8])
        elif family == socket.AF_INET6 and len(who) >= 24:
            by = socket.inet_ntop(socket.AF_INET6, who[8:24])
    asked = str(to[0]) if isinstance(to, tuple) and to else ""
    return Fault(number, origin, kind, code, by, asked, data)


def remote(fault: Fault, own: frozenset[str]) -> bool:
    """Whether somebody else said it. The own kernel speaks with the own address, for instance where a
    neighbour does not answer ARP: that says nothing about the line."""
    return bool(fault.by) and fault.by not in own


# What a refused connect or datagram may mean without an error queue to ask.
REFUSED = errno.ECONNREFUSED
