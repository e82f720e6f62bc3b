"""Probe by a question of DNS over UDP to a given server: no resolver of the system is asked.

An answer counts where number, server and question are those that were asked; whether it is that server's own,
`dns_questions` says.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence

from heller.machine import loops
from heller.machine.clocks import boot_ns
from heller.model.sample import QUESTION, Outcome
from heller.watch.dns_questions import (
    HEAD,
    IDENTITY,
    IN_TURN,
    PLAIN,
    WITH_IDENTITY,
    Sort,
    judge,
    question,
    random_question,
)
from heller.watch.lane import Lane
from heller.watch.plan import EXAMPLE, KnownTarget, Probe
from heller.watch.probe_types import ProbeType
from heller.watch.sockets import Address, Fault, family_of, faults, open_socket, place, remote
from heller.watch.sockets_allowed import SocketKind
from heller.watch.wheel import NAN, NUMBERS, SECOND, Wheel, WheelSocket

UDP = {4: 28, 6: 48}  # headers of IP and UDP


class Query(WheelSocket):
    """Questions over one uplink by one socket."""

    in_burst = True

    def __init__(self, lane: Lane, probe: Probe, host: str) -> None:
        family = family_of(probe.target.address)
        self.lane, self.outside, self.port = lane, probe.target.outside, probe.port
        self.expect, self.identity = probe.expect, probe.identity
        self.version = 4 if family == socket.AF_INET else 6
        self.query = question(host)
        self.turn = PLAIN if not self.outside else WITH_IDENTITY if probe.identity else IN_TURN
        self.asked: dict[int, int] = {}  # how often, by number of the target
        self.awaited: dict[int, tuple[Sort, bytes]] = {}  # by number of the question
        self.size = UDP[self.version] + len(self.query)
        self.cost = 2 * self.size + 64
        self.wheel = Wheel(lane.deadline, self._tell, self.size)
        self.to: dict[int, Address] = {}
        self.socket = open_socket(lane.uplink, family, socket.SOCK_DGRAM)
        loops.on_readable(self.socket, self.drain)

    def add(self, number: int, address: str) -> None:
        """From now on `number` may be sent to."""
        self.to[number] = place(address, self.port)

    def send(self, numbers: Sequence[int]) -> int:
        """Asks each; how many were dealt with."""
        for done, number in enumerate(numbers):
            if self.wheel.full():
                return done
            stamp = boot_ns()
            self.awaited[self.wheel.next] = self._query(number)
            if self._try_send(self.wheel.next, number) or self._try_send(self.wheel.next, number):
                self.wheel.put(number, stamp)
                self.lane.bytes += self.size
            else:
                self.lane.stale = True
                self._tell(number, stamp, Outcome.LOCAL, NAN, 0)
        return len(numbers)

    def _query(self, number: int) -> tuple[Sort, bytes]:
        """The question that a target is asked now."""
        turn = self.asked[number] = self.asked.get(number, -1) + 1
        sort = self.turn[turn % len(self.turn)]
        match sort:
            case Sort.KNOWN:
                return sort, self.query
            case Sort.RANDOM:
                return sort, random_question(os.urandom(8).hex())
            case Sort.IDENTITY:
                return sort, IDENTITY

    def _try_send(self, place: int, number: int) -> bool:
        """Whether the kernel took it. The first refusal may be the error of an earlier probe."""
        try:
            self.socket.sendto(place.to_bytes(2) + self.awaited[place][1][2:], self.to[number])
        except OSError:
            self._faults()
            return False
        return True

    def drain(self) -> None:
        """Reads all that waits."""
        while True:
            try:
                data, source = self.socket.recvfrom(4096)
            except BlockingIOError:
                break
            except OSError:
                self._faults()
                continue
            self._take_answer(data, source)
        self._faults()

    def _take_answer(self, data: bytes, source: Address) -> None:
        if len(data) < HEAD.size:
            return
        number = int.from_bytes(data[:2])
        whom, stamp = self.wheel.whom[number], self.wheel.sent[number]
        if not stamp or source[:2] != self.to[whom][:2]:
            return
        sort, query = self.awaited[number]
        outcome = judge(data, query, sort, self.expect, self.identity)
        if outcome is None:
            return
        now = boot_ns()
        self.wheel.take(number)
        del self.awaited[number]
        on_time = self.wheel.outcome(stamp, now)
        if on_time is None:
            return
        said = on_time if outcome is Outcome.OK else outcome
        self.lane.bytes += UDP[self.version] + len(data)
        size = self.size + UDP[self.version] + len(data)
        self._tell(whom, stamp, said, (now - stamp) / SECOND, size)

    def _faults(self) -> None:
        for fault in faults(self.socket):
            self._fault(fault)

    def _fault(self, fault: Fault) -> None:
        """An error that came back with the first bytes of a probe; a router may send back so little that the
        number is not among them, then nothing is said."""
        if len(fault.data) < 2 or not (fault.unreachable or fault.expired):
            return
        number = int.from_bytes(fault.data[:2]) % NUMBERS
        whom, stamp = self.wheel.whom[number], self.wheel.sent[number]
        now = boot_ns()
        if not stamp or self.to[whom][0].partition("%")[0] != fault.to or now - stamp > self.wheel.deadline:
            return
        self.wheel.take(number)
        if fault.no_port:
            self._tell(whom, stamp, Outcome.REFUSED, (now - stamp) / SECOND, self.size)
        else:
            said = Outcome.UNREACHABLE if remote(fault, self.lane.own) else Outcome.LOCAL
            self._tell(whom, stamp, said, NAN, self.size)

    def _tell(self, number: int, stamp: int, outcome: int, rtt: float, size: int) -> None:
        self.lane.tell(number, stamp, outcome, rtt, size, self.outside)


def _channel(lane: Lane, probe: Probe, allowed: SocketKind) -> Query:
    del allowed
    return Query(lane, probe, probe.host or EXAMPLE)


# A name whose addresses are its purpose and have not changed since it began: those of Google's resolvers.
GOOGLE = ("dns.google", ("8.8.8.8", "8.8.4.4"))

PROBE = ProbeType(
    QUESTION,
    _channel,
    lambda probe: (probe.port, probe.host, probe.expect, probe.identity),
    port=53,
    every=10.0,
    trial=3.0,  # 15 minutes hold 300 sendings: a hundred questions
    host=EXAMPLE,
    targets=(  # second addresses of two operators, so that no address is asked in two ways
        KnownTarget(
            "Quad9 DNS",
            "149.112.112.112",
            "2620:fe::9",
            "AS19281 Quad9",
            *GOOGLE,
            identity="pch.net",  # res100.fra.rrdns.pch.net and the like
        ),
        KnownTarget("Cloudflare DNS", "1.0.0.1", "2606:4700:4700::1001", "AS13335 Cloudflare", *GOOGLE),
    ),
)
