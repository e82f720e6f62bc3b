"""How much of what was sent has not arrived yet."""

from __future__ import annotations

import socket
import sys

SIOCOUTQ = 0x5411  # tcp(7)


def unacknowledged(sock: socket.socket) -> int:
    """Bytes of a connection that are not acknowledged yet, as Linux tells it; elsewhere they count as arrived."""
    if sys.platform != "linux":
        return 0
    import fcntl

    return int.from_bytes(fcntl.ioctl(sock, SIOCOUTQ, bytes(4)), sys.byteorder)
