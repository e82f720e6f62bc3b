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

from heller.machine import loops
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


async def routers(uplink: Uplink, towards: str, raw: bool) -> dict[int, str]:
    """Who stands on the way towards an address, by distance from the second router on, up to the first of a
    provider; empty where somebody says that there is no way."""
    said: dict[int, str] = {}
    for _ in range(TRIES):
        missing = [distance for distance in range(2, FAR + 1) if distance not in said]
        try:
            with _socket(uplink, towards, raw) as made:
                closed = await _ask_distances(made, towards, missing, said, raw)
        except OSError:
            return {}
        if closed:
            return {}
        address, distance = nearest(said, towards)
        if address:
            return {at: said.get(at, "") for at in range(2, distance + 1)}
    return {}


async def _ask_distances(
    made: socket.socket, towards: str, missing: list[int], said: dict[int, str], raw: bool
) -> bool:
    """Sends one echo for each distance and takes down who says that the time ran out; whether somebody says
    that there is no way: then it is not asked on, for routers say so only so often in a second."""
    loop, name = asyncio.get_running_loop(), os.urandom(2)
    for distance in missing:
        _set_ttl(made, towards, distance)
        with contextlib.suppress(OSError):  # the error of an earlier one; the next try asks again
            made.sendto(_packet(towards, distance, name), place(towards))
    end = loop.time() + WAIT
    while loop.time() < end and len(said) < FAR - 1:
        if not await _readable(made, end - loop.time()):
            break
        for fault in faults(made):
            if fault.unreachable:
                return True
            own = len(fault.data) >= 8 and (not raw or fault.data[4:6] == name)
            if own and fault.expired and (distance := int.from_bytes(fault.data[6:8])) in missing:
                said[distance] = fault.by
        with contextlib.suppress(OSError):
            made.recv(256)  # an answer of the target itself, nearer than was asked for
        found = nearest(said, towards)[1]
        if found and all(distance in said for distance in range(2, found)):
            break
    return False


async def answers(uplink: Uplink, address: str, raw: bool) -> bool:
    """Whether a router answers an echo request itself."""
    for _ in range(TRIES):
        with contextlib.suppress(OSError), _socket(uplink, address, raw) as made:
            made.sendto(_packet(address, 1, os.urandom(2)), place(address))
            if await _readable(made, WAIT) and _is_reply(made, address, raw):
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


def _packet(address: str, number: int, name: bytes) -> bytes:
    """An echo request with its checksum (RFC 1071)."""
    kind = 128 if ":" in address else 8
    body = name + number.to_bytes(2) + os.urandom(16)
    total = sum(struct.unpack("!10H", body)) + (kind << 8)
    total = (total & 0xFFFF) + (total >> 16)
    return struct.pack("!BBH", kind, 0, ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF) + body


async def _readable(made: socket.socket, seconds: float) -> bool:
    """Waits until something came, an error too; False where nothing did."""
    came = asyncio.Event()
    loops.on_readable(made, came.set)
    try:
        await asyncio.wait_for(came.wait(), seconds)
    except TimeoutError:
        return False
    finally:
        loops.forget_readable(made)
    return True
