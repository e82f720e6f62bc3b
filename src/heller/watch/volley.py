"""Many datagrams of one socket by a single call of the kernel (sendmmsg and recvmmsg of Linux, since 3.0).

A call for each costs a tenth of what a whole probe does. All of one volley are of one size. It knows no probe, and
where the system has no such calls there is no volley: whoever sends then does it one by one.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from collections.abc import Iterator

from heller.watch.sockets import LINUX, Address

MOST = 64  # datagrams in one call
DONTWAIT = 0x40
IN, IN6 = struct.Struct("=H2x4s8x"), struct.Struct("=H6x16sI")  # sockaddr_in and sockaddr_in6, ports left out


class _Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


class _Header(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_length", ctypes.c_uint32),
        ("pieces", ctypes.c_void_p),
        ("number_of_pieces", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_length", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


class _Message(ctypes.Structure):
    _fields_ = (("header", _Header), ("length", ctypes.c_uint))  # the length of what was sent or came


class Volley:
    """Room for `MOST` datagrams. `out` and `to` are filled by whoever sends, one place after the other; `came` holds
    what was received, `size` bytes each, longer ones cut off."""

    def __init__(self, own: socket.socket, out_size: int, size: int) -> None:
        self._socket = own.fileno()
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.name = IN if own.family == socket.AF_INET else IN6
        self.out, self.to = bytearray(MOST * out_size), bytearray(MOST * self.name.size)
        self.came = bytearray(MOST * size)
        self._out = _messages(self.out, out_size, self.to, self.name.size)
        self._came = _messages(self.came, size)

    def send(self, count: int) -> int:
        """Sends the first `count` datagrams; how many the kernel took. The next one's error is told by sending it."""
        took: int = self._libc.sendmmsg(self._socket, self._out[0], count, DONTWAIT)
        return max(0, took)

    def receive(self) -> int:
        """How many datagrams came; 0 where none waits. OSError where an error of an earlier one was kept for us."""
        count: int = self._libc.recvmmsg(self._socket, self._came[0], MOST, DONTWAIT, None)
        if count < 0 and (code := ctypes.get_errno()) not in (socket.EAGAIN, socket.EWOULDBLOCK):
            raise OSError(code, os.strerror(code))
        return max(0, count)


def volley(own: socket.socket, out_size: int, size: int) -> Volley | None:
    """Room for many datagrams of a socket, None where the system sends them one by one only."""
    try:
        return Volley(own, out_size, size) if LINUX and hasattr(ctypes.CDLL(None), "sendmmsg") else None
    except OSError:
        return None


def name_of(address: Address) -> bytes:
    """An address as the kernel takes it."""
    if ":" not in address[0]:
        return IN.pack(socket.AF_INET, socket.inet_aton(address[0]))
    host = socket.inet_pton(socket.AF_INET6, str(address[0]).partition("%")[0])
    return IN6.pack(socket.AF_INET6, host, address[3] if len(address) > 3 else 0)


def _messages(
    body: bytearray, size: int, names: bytearray | None = None, name_size: int = 0
) -> tuple[object, ...]:
    """The kernel's list of places in `body`, with all that must live as long as it does."""
    held = (ctypes.c_char * len(body)).from_buffer(body)
    known = (ctypes.c_char * len(names)).from_buffer(names) if names is not None else None
    pieces, found = (_Piece * MOST)(), (_Message * MOST)()
    for n, (at, name) in enumerate(zip(_places(held, size), _places(known, name_size), strict=True)):
        pieces[n] = _Piece(at, size)
        here = ctypes.addressof(pieces) + n * ctypes.sizeof(_Piece)
        found[n].header = _Header(name, name_size, here, 1, None, 0, 0)
    return found, pieces, held, known


def _places(held: ctypes.Array[ctypes.c_char] | None, size: int) -> Iterator[int | None]:
    start = ctypes.addressof(held) if held is not None else None
    for n in range(MOST):
        yield None if start is None else start + n * size
