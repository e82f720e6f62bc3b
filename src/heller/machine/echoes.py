"""Echo requests by a call of the system, where it gives no socket for them to everybody: Windows' `IcmpSendEcho2Ex` and
`Icmp6SendEcho2` (iphlpapi, Microsoft Learn; structures of ipexport.h). A call waits for its answer; others have none.
"""

from __future__ import annotations

import ctypes
import errno
import socket
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

SUCCESS, TIMED_OUT, EXPIRED = 0, 11010, 11013  # IP_STATUS
UNREACHABLE = range(11002, 11006)  # network, host, protocol, port
SPARE = 64  # bytes behind an answer that an ICMP error may take
INVALID = ctypes.c_void_p(-1).value


class Options(ctypes.Structure):
    """IP_OPTION_INFORMATION."""

    _fields_ = (
        ("ttl", ctypes.c_ubyte),
        ("tos", ctypes.c_ubyte),
        ("flags", ctypes.c_ubyte),
        ("size", ctypes.c_ubyte),
        ("data", ctypes.c_void_p),
    )


class Reply4(ctypes.Structure):
    """ICMP_ECHO_REPLY."""

    _fields_ = (
        ("address", ctypes.c_ubyte * 4),
        ("status", ctypes.c_uint32),
        ("round_trip", ctypes.c_uint32),
        ("size", ctypes.c_uint16),
        ("reserved", ctypes.c_uint16),
        ("data", ctypes.c_void_p),
        ("options", Options),
    )


class Reply6(ctypes.Structure):
    """ICMPV6_ECHO_REPLY; its address is IPV6_ADDRESS_EX, packed: port, flow, sixteen bytes, zone."""

    _fields_ = (
        ("port_and_flow", ctypes.c_ubyte * 6),
        ("address", ctypes.c_ubyte * 16),
        ("zone", ctypes.c_ubyte * 4),
        ("status", ctypes.c_uint32),
        ("round_trip", ctypes.c_uint32),
    )


class Place6(ctypes.Structure):
    """sockaddr_in6."""

    _fields_ = (
        ("family", ctypes.c_uint16),
        ("port", ctypes.c_uint16),
        ("flow", ctypes.c_uint32),
        ("address", ctypes.c_ubyte * 16),
        ("zone", ctypes.c_uint32),
    )


FAMILY_6 = 23  # AF_INET6 of Windows


class Said(NamedTuple):
    """What came of a request: SUCCESS, TIMED_OUT, EXPIRED or another IP_STATUS; who answered, the time to live left."""

    status: int
    by: str
    ttl: int


class System(NamedTuple):
    """The library, and the number of its last error in this thread."""

    calls: Any
    error: Callable[[], int]


@cache
def system() -> System | None:
    """Windows' own; None elsewhere."""
    if sys.platform != "win32":
        return None
    found = ctypes.WinDLL("iphlpapi", use_last_error=True)
    for name in ("IcmpCreateFile", "Icmp6CreateFile"):
        getattr(found, name).restype = ctypes.c_void_p
    found.IcmpCloseHandle.argtypes = (ctypes.c_void_p,)
    word, pointer = ctypes.c_uint32, ctypes.c_void_p
    rest = (pointer, ctypes.c_uint16, pointer, pointer, word, word)
    found.IcmpSendEcho2Ex.argtypes = (pointer,) * 4 + (word, word, *rest)
    found.Icmp6SendEcho2.argtypes = (pointer,) * 4 + (pointer, pointer, *rest)
    return System(found, ctypes.get_last_error)


def available() -> bool:
    """Whether this system has such a call."""
    return system() is not None


def ask(address: str, source: str, data: bytes, wait: float, ttl: int = 0) -> Said:
    """Send `data` to an address, from `source` where that is not empty, and wait so many seconds for the answer. Raises
    OSError where this host could not send."""
    calls = system()
    if calls is None:
        raise OSError(errno.ENOSYS, "no call for echo requests")
    return (_ask_6 if ":" in address else _ask_4)(
        calls, address, source, data, max(1, round(wait * 1000)), ttl
    )


def _ask_4(system: System, address: str, source: str, data: bytes, wait: int, ttl: int) -> Said:
    handle = _handle(system.calls.IcmpCreateFile())
    room = ctypes.create_string_buffer(ctypes.sizeof(Reply4) + len(data) + SPARE)
    options = Options(ttl=ttl or 128)
    try:
        ends = _number(source or "0.0.0.0"), _number(address)
        found = system.calls.IcmpSendEcho2Ex(
            handle, None, None, None, *ends, data, len(data), ctypes.byref(options), room, len(room), wait
        )
        failed = 0 if found else system.error()
    finally:
        system.calls.IcmpCloseHandle(handle)
    if failed:
        return _failed(failed)
    reply = Reply4.from_buffer(room)
    return Said(reply.status, socket.inet_ntop(socket.AF_INET, bytes(reply.address)), reply.options.ttl)


def _ask_6(system: System, address: str, source: str, data: bytes, wait: int, ttl: int) -> Said:
    handle = _handle(system.calls.Icmp6CreateFile())
    room = ctypes.create_string_buffer(ctypes.sizeof(Reply6) + len(data) + SPARE)
    options = Options(ttl=ttl or 128)
    ends = _place(source or "::"), _place(address)
    try:
        found = system.calls.Icmp6SendEcho2(
            handle, None, None, None, *map(ctypes.byref, ends), data, len(data), ctypes.byref(options), room,
            len(room), wait,
        )  # fmt: skip
        failed = 0 if found else system.error()
    finally:
        system.calls.IcmpCloseHandle(handle)
    if failed:
        return _failed(failed)
    reply = Reply6.from_buffer(room)
    return Said(reply.status, socket.inet_ntop(socket.AF_INET6, bytes(reply.address)), 0)


def _handle(made: int | None) -> int:
    if made is None or made == INVALID:
        raise OSError(errno.EIO, "no handle for echo requests")
    return made


def _failed(number: int) -> Said:
    """A call that brought no answer: what the network said, or the own host's refusal."""
    if number in (TIMED_OUT, EXPIRED, *UNREACHABLE):
        return Said(number, "", 0)
    raise OSError(errno.EIO, f"error {number} of an echo request")


def _number(address: str) -> int:
    """An IPv4 address as the call takes it: its bytes in the order of the network, read as a number of this machine."""
    return int.from_bytes(socket.inet_aton(address), sys.byteorder)


def _place(address: str) -> Place6:
    plain, _, zone = address.partition("%")
    made = Place6(family=FAMILY_6, zone=int(zone) if zone.isdigit() else 0)
    made.address[:] = list(socket.inet_pton(socket.AF_INET6, plain))
    return made
