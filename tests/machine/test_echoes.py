"""Echo requests by Windows' calls, in their form: sizes of the structures as its headers have them, and a stand-in for
its library that reads what it is given as Windows would. Nothing of it ran on Windows."""

from __future__ import annotations

import asyncio
import ctypes
import socket
import struct
from collections.abc import Iterator
from typing import Any

import pytest

from heller.machine import echoes
from heller.machine.echoes import Place6, Reply4, Reply6, Said, System
from heller.model.sample import Outcome
from heller.watch import loop, sockets_allowed
from heller.watch.config import Config, TargetTable, UplinkTable, plan_of
from heller.watch.sockets_allowed import SocketKind
from heller.watch.witness.looking import KeptOutcomes


class Library:
    """What iphlpapi would do: it answers for some addresses, times out or refuses for others."""

    def __init__(self) -> None:
        self.failed = 0
        self.open = 0
        self.asked: list[tuple[str, str, bytes, int, int]] = []

    def IcmpCreateFile(self) -> int:  # noqa: N802
        self.open += 1
        return 7

    Icmp6CreateFile = IcmpCreateFile

    def IcmpCloseHandle(self, handle: int) -> None:  # noqa: N802
        self.open -= 1

    def IcmpSendEcho2Ex(self, handle: int, event: None, apc: None, context: None, source: int, to: int,  # noqa: N802
                        data: bytes, size: int, options: Any, room: Any, length: int, wait: int) -> int:  # fmt: skip
        name, own = (socket.inet_ntoa(struct.pack("=I", one)) for one in (to, source))
        self.asked.append((name, own, data[:size], options._obj.ttl, wait))
        return self._say(name, room, Reply4, socket.AF_INET)

    def Icmp6SendEcho2(self, handle: int, event: None, apc: None, context: None, source: Any, to: Any,  # noqa: N802
                       data: bytes, size: int, options: Any, room: Any, length: int, wait: int) -> int:  # fmt: skip
        name, own = (socket.inet_ntop(socket.AF_INET6, bytes(one._obj.address)) for one in (to, source))
        assert to._obj.family == 23
        self.asked.append((name, own, data[:size], options._obj.ttl, wait))
        return self._say(name, room, Reply6, socket.AF_INET6)

    def _say(self, name: str, room: Any, kind: Any, family: socket.AddressFamily) -> int:
        if name.endswith(("9", "99")):
            self.failed = echoes.TIMED_OUT
            return 0
        if name.endswith(("8", "88")):
            self.failed = 1231  # ERROR_NETWORK_UNREACHABLE: the own host's
            return 0
        reply = kind.from_buffer(room)
        router = {socket.AF_INET: "198.51.100.1", socket.AF_INET6: "2001:db8::fe"}[family]
        far = name.endswith("7")
        reply.status = 11003 if far else 0
        reply.address[:] = list(socket.inet_pton(family, router if far else name))
        if kind is Reply4:
            reply.options.ttl = 57
        return 1


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """In place of that of Windows."""
    made = Library()
    monkeypatch.setattr(echoes, "system", lambda: System(made, lambda: made.failed))
    yield made
    assert made.open == 0, "every handle is closed"


def test_structures_are_those_of_the_headers() -> None:
    """ipexport.h, 64 bits: ICMP_ECHO_REPLY 40 bytes, ICMPV6_ECHO_REPLY 36, sockaddr_in6 28; and where fields lie."""
    assert (ctypes.sizeof(Reply4), ctypes.sizeof(Reply6), ctypes.sizeof(Place6)) == (40, 36, 28)
    assert (Reply4.status.offset, Reply4.data.offset, Reply4.options.offset) == (4, 16, 24)
    assert (Reply6.address.offset, Reply6.status.offset) == (6, 28)
    assert (Place6.address.offset, Place6.zone.offset) == (8, 24)


def test_a_call_says_who_answered(library: Library) -> None:
    """An answer, a router that cannot go on, silence, an own host that cannot send; both families."""
    assert echoes.ask("192.0.2.1", "192.0.2.200", b"12345678", 0.25) == Said(0, "192.0.2.1", 57)
    assert echoes.ask("192.0.2.7", "", b"x", 1, ttl=3) == Said(11003, "198.51.100.1", 57)
    assert echoes.ask("192.0.2.9", "", b"x", 1) == Said(echoes.TIMED_OUT, "", 0)
    assert echoes.ask("2001:db8::1", "", b"x", 1) == Said(0, "2001:db8::1", 0)
    with pytest.raises(OSError, match="1231"):
        echoes.ask("192.0.2.8", "", b"x", 1)
    assert library.asked[0] == ("192.0.2.1", "192.0.2.200", b"12345678", 128, 250)
    assert library.asked[1][1:] == ("0.0.0.0", b"x", 3, 1000)


def test_no_call_is_claimed_where_there_is_none() -> None:
    """On Linux it is neither chosen nor listed among what was refused."""
    assert not echoes.available()
    choice = sockets_allowed.choose(best=SocketKind.CALL)
    assert choice.kind is SocketKind.CONNECT and not choice.refused


def test_a_watch_by_calls_tells_the_four_ends(library: Library) -> None:
    """The whole loop with the stand-in: answered, unreachable by a router, silent, not sent."""
    said = [TargetTable(f"192.0.2.{n}", every=0.2) for n in (1, 7, 9, 8)]
    plan = plan_of(Config((UplinkTable("main", gateway="", hop=""),), tuple(said), deadline=0.3))
    kept = KeptOutcomes()

    async def watch() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(1.5, stop.set)
        await loop.run(plan, kept, stop, best=SocketKind.CALL)

    asyncio.run(watch())
    ends: dict[str, set[int]] = {}
    names = {target.number: target.address for target in plan.targets}
    for row in kept.taken():
        ends.setdefault(names[row.target], set()).add(row.outcome)
    assert ends == {
        "192.0.2.1": {Outcome.OK},
        "192.0.2.7": {Outcome.UNREACHABLE},
        "192.0.2.9": {Outcome.TIMEOUT},
        "192.0.2.8": {Outcome.LOCAL},
    }
    assert {row.ttl for row in kept.taken() if row.outcome == Outcome.OK} == {57}
