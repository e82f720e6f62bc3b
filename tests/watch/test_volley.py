"""Many datagrams by one call: all that a volley holds goes out and comes in, and what is refused is said."""

from __future__ import annotations

import socket
import time

import pytest

from heller.watch.echo_packet import ANSWER, PACKET, EchoPackets
from heller.watch.sockets import LINUX
from heller.watch.volley import MOST, name_of, volley

pytestmark = pytest.mark.skipif(not LINUX, reason="the calls are Linux's")


@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_volley_arrives_whole_and_in_order(family: socket.AddressFamily, address: str) -> None:
    """Each datagram with its own content at its own place, over both families."""
    with socket.socket(family, socket.SOCK_DGRAM) as here, socket.socket(family, socket.SOCK_DGRAM) as there:
        try:
            there.bind((address, 0))
        except OSError:
            pytest.skip(f"no {address} here")
        for one in (here, there):
            one.setblocking(False)
        going, coming = volley(here, 4, 4), volley(there, 4, 4)
        assert going is not None and coming is not None
        name = bytearray(name_of(there.getsockname()))
        name[2:4] = there.getsockname()[1].to_bytes(2)  # an echo has no port
        for n in range(MOST):
            going.out[n * 4 : n * 4 + 4] = n.to_bytes(4)
            going.to[n * len(name) : (n + 1) * len(name)] = name
        assert going.send(MOST) == MOST and coming.receive() == MOST
        assert [int.from_bytes(coming.came[n * 4 : n * 4 + 4]) for n in range(MOST)] == list(range(MOST))
        assert coming.receive() == 0


def test_an_error_that_was_kept_is_raised_and_a_refusal_ends_the_count() -> None:
    """Nobody listens at the port: the kernel keeps the refusal, and the next call says it; nothing counts as sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
        here.setblocking(False)
        here.connect(("127.0.0.1", port))
        made = volley(here, 4, 4)
        assert made is not None
        made.to[:] = (name_of(("127.0.0.1", 0))[:2] + port.to_bytes(2) + name_of(("127.0.0.1", 0))[4:]) * MOST
        assert made.send(1) == 1
        time.sleep(0.05)
        with pytest.raises(OSError, match="refused"):
            made.receive()
        here.close()
        assert made.send(1) == 0


@pytest.mark.parametrize("header", [0, 20])
def test_an_echo_says_its_number_and_time(header: int) -> None:
    """What is put at a place is what a packet by itself is, and an answer of the same bytes is read from behind the
    header."""
    mine = EchoPackets(4, header, raw=bool(header))
    room = bytearray(3 * PACKET.size)
    mine.put(room, PACKET.size, 4711, 99)
    packet = mine.packet(4711, 99)
    assert bytes(room[PACKET.size : 2 * PACKET.size]) == packet and not any(room[: PACKET.size])
    _, by, number, token, stamp = mine.answer.unpack(b"\x45" * header + packet)
    assert (by, number, token, stamp) == (mine.id, 4711, mine.secret, 99)
    assert mine.answer.size == header + ANSWER.size


def test_the_checksum_of_a_raw_echo_is_right() -> None:
    """RFC 1071: the sum of all words, its own among them, is all ones."""
    for number, stamp in ((0, 0), (65535, 2**64 - 1), (4711, 123_456_789_012)):
        packet = EchoPackets(4, 20, raw=True).packet(number, stamp)
        total = sum(int.from_bytes(packet[n : n + 2]) for n in range(0, len(packet), 2))
        while total >> 16:
            total = (total & 0xFFFF) + (total >> 16)
        assert total == 0xFFFF
