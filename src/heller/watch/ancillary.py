"""What the kernel says of a packet beside its bytes: when it came, and what was left of its time to live.

Numbers that Python's socket module does not name are Linux's (ip(7), ipv6(7), RFC 3542); elsewhere nothing is told.
"""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Sequence

from heller.watch.sockets import LINUX

STAMP, INT = struct.Struct("qq"), struct.Struct("i")
# Options that have the kernel tell what is left of the time to live, and how it tells it.
TELL_TTL = {4: (socket.IPPROTO_IP, 12), 6: (socket.IPPROTO_IPV6, 51)} if LINUX else {}
TTL_TOLD = ((socket.IPPROTO_IP, 2), (socket.IPPROTO_IPV6, 52))
ANCILLARY = 128  # bytes: a time stamp and a time to live


def receive(made: socket.socket, room: bytearray) -> tuple[int, Sequence[tuple[int, int, bytes]]]:
    """Reads one packet into `room`: how long it is, and what the kernel says of it. Raises as `recv` does."""
    if sys.platform == "win32":
        return made.recv_into(room), ()
    count, extra, _, _ = made.recvmsg_into([room], ANCILLARY)
    return count, extra


def ttl_of(extra: Sequence[tuple[int, int, bytes]]) -> int:
    """The time to live (hop limit) that the kernel tells of a packet, 0 where it tells none."""
    for level, kind, value in extra:
        if (level, kind) in TTL_TOLD and len(value) == INT.size:
            return min(int(INT.unpack(value)[0]), 255)
    return 0


def arrival(extra: Sequence[tuple[int, int, bytes]], shift: int) -> int:
    """The kernel's time of arrival on the boot clock in nanoseconds, 0 where it gave none. `shift` is what the
    wall clock, in which it speaks, is ahead."""
    for _, _, value in extra:
        if len(value) == STAMP.size:
            seconds, nanoseconds = STAMP.unpack(value)
            return int(seconds * 1_000_000_000 + nanoseconds - shift)
    return 0
