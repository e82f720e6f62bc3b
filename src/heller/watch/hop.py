"""The provider's first router, found by echo requests whose time to live runs out on the way.

It is the nearest router after the own one whose address is public or of carrier-grade NAT (RFC 6598): private
addresses before it belong to the own site.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from typing import NamedTuple

from heller.watch.plan import Uplink, outside
from heller.watch.sockets import family_of, faults, open_socket, place

FAR = 6  # how many routers are asked
TRIES, WAIT = 2, 0.6  # seconds


class Hop(NamedTuple):
    """Its address; `ttl` is 0 where it answers echo requests itself, else the distance at which it says that
    the time of an echo `towards` somebody ran out."""

    address: str
    ttl: int = 0
    towards: str = ""


def nearest(said: dict[int, str], towards: str) -> tuple[str, int]:
    """Of routers by their distance, the first that is the provider's; empty where none is. Pure."""
    for distance in sorted(said):
        if distance > 1 and said[distance] != towards and outside(said[distance]):
            return said[distance], distance
    return "", 0


async def find(uplink: Uplink, towards: str, raw: bool) -> Hop | None:
    """Asks the way towards an address; None where no router of a provider says anything."""
    said: dict[int, str] = {}
    for _ in range(TRIES):
        for distance in range(2, FAR + 1):
            if distance not in said:
                by, closed = await _expired(uplink, towards, raw, distance)
                if closed:
                    return None
                if by:
                    said[distance] = by
            address, ttl = nearest(said, towards)
            if address:
                return Hop(address) if await _answers(uplink, address, raw) else Hop(address, ttl, towards)
    return None


async def _expired(uplink: Uplink, towards: str, raw: bool, distance: int) -> tuple[str, bool]:
    """Who says that the time ran out at a distance; and whether somebody says that there is no way: then it
    is not asked on, for routers say so only so often in a second."""
    try:
        with _socket(uplink, towards, raw) as made:
            _set_ttl(made, towards, distance)
            made.sendto(_packet(towards), place(towards))
            await _readable(made)
            said = tuple(faults(made))
    except OSError:
        return "", False
    by = next((fault.by for fault in said if fault.expired), "")
    return by, any(fault.unreachable for fault in said)


async def _answers(uplink: Uplink, address: str, raw: bool) -> bool:
    """Whether it answers an echo request itself."""
    for _ in range(TRIES):
        with contextlib.suppress(OSError), _socket(uplink, address, raw) as made:
            made.sendto(_packet(address), place(address))
            if await _readable(made) and _is_reply(made, address, raw):
                return True
    return False


def _is_reply(made: socket.socket, address: str, raw: bool) -> bool:
    data, source = made.recvfrom(256)
    at = 20 if raw and ":" not in address else 0
    return bool(source[0] == address and len(data) > at and data[at] in (0, 129))


def _socket(uplink: Uplink, address: str, raw: bool) -> socket.socket:
    six = ":" in address
    protocol = socket.IPPROTO_ICMPV6 if six else socket.IPPROTO_ICMP
    return open_socket(uplink, family_of(address), socket.SOCK_RAW if raw else socket.SOCK_DGRAM, protocol)


def _set_ttl(made: socket.socket, address: str, ttl: int) -> None:
    if ":" in address:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, ttl)
    else:
        made.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)


def _packet(address: str) -> bytes:
    """An echo request with its checksum (RFC 1071)."""
    kind = 128 if ":" in address else 8
    name, body = int.from_bytes(os.urandom(2)), os.urandom(16)
    total = sum(struct.unpack("!8H", body)) + (kind << 8) + name + 1
    total = (total & 0xFFFF) + (total >> 16)
    return struct.pack("!BBHHH", kind, 0, ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF, name, 1) + body


async def _readable(made: socket.socket) -> bool:
    """Waits until something came, an error too; False where nothing did."""
    loop = asyncio.get_running_loop()
    came = asyncio.Event()
    loop.add_reader(made, came.set)
    try:
        await asyncio.wait_for(came.wait(), WAIT)
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(made)
    return True
