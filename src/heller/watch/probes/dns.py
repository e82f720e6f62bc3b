"""Probe by a question of DNS over UDP to a given server: no resolver of the system is asked.

dnspython makes the question once; its number is set anew for each probe. An answer counts where number,
server and question are those that were asked.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Sequence

import dns.message
import dns.rdatatype

from heller.model.sample import QUESTION, Outcome
from heller.watch.clocks import boot_ns
from heller.watch.lane import Lane
from heller.watch.plan import EXAMPLE, KnownTarget, Probe
from heller.watch.probe_types import ProbeType
from heller.watch.sockets import Address, Fault, family_of, faults, open_socket, place, remote
from heller.watch.sockets_allowed import SocketKind
from heller.watch.wheel import NAN, NUMBERS, SECOND, Wheel

HEAD = struct.Struct("!HHHHHH")  # id, flags, questions, answers, authorities, additional (RFC 1035, 4.1.1)
IS_ANSWER, RCODE = 0x8000, 0x000F
ANSWERED = (0, 3)  # NOERROR, NXDOMAIN: the server knows or knows that there is nothing
UDP = {4: 28, 6: 48}  # headers of IP and UDP


def question(name: str, six: bool = False) -> bytes:
    """The bytes of a recursive question for the address of `name`, with the number 0."""
    kind = dns.rdatatype.AAAA if six else dns.rdatatype.A
    return dns.message.make_query(name, kind, id=0).to_wire()


def question_of(query: bytes) -> bytes:
    """Name, type and class that a message of ours asks for: its bytes after the head, without additionals."""
    end = query.index(0, HEAD.size)
    return query[HEAD.size : end + 5]


def judge(answer: bytes, query: bytes) -> Outcome | None:
    """What an answer to `query` says; None where it is none."""
    if len(answer) < HEAD.size:
        return None
    _, flags, questions, _, _, _ = HEAD.unpack_from(answer)
    want = question_of(query)
    if not flags & IS_ANSWER or (questions and answer[HEAD.size :][: len(want)].lower() != want.lower()):
        return None
    return Outcome.OK if flags & RCODE in ANSWERED else Outcome.DNS_ERROR


class Query:
    """Questions over one uplink by one socket."""

    in_burst = True

    def __init__(self, lane: Lane, family: int, outside: bool, port: int, host: str) -> None:
        self.lane, self.outside, self.port = lane, outside, port
        self.version = 4 if family == socket.AF_INET else 6
        self.query = question(host)
        self.size = UDP[self.version] + len(self.query)
        self.cost = 2 * self.size + 64
        self.wheel = Wheel(lane.deadline, self._tell, self.size)
        self.to: dict[int, Address] = {}
        self.socket = open_socket(lane.uplink, family, socket.SOCK_DGRAM)
        asyncio.get_running_loop().add_reader(self.socket, self.drain)

    def add(self, number: int, address: str) -> None:
        """From now on `number` may be sent to."""
        self.to[number] = place(address, self.port)

    def send(self, numbers: Sequence[int]) -> int:
        """Asks each; how many were dealt with."""
        for done, number in enumerate(numbers):
            if self.wheel.full():
                return done
            stamp = boot_ns()
            if self._sent(self.wheel.next, number) or self._sent(self.wheel.next, number):
                self.wheel.put(number, stamp)
                self.lane.bytes += self.size
            else:
                self.lane.stale = True
                self._tell(number, stamp, Outcome.LOCAL, NAN, 0)
        return len(numbers)

    def _sent(self, place: int, number: int) -> bool:
        """Whether the kernel took it. The first refusal may be the error of an earlier probe."""
        try:
            self.socket.sendto(place.to_bytes(2) + self.query[2:], self.to[number])
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
            self._read(data, source)
        self._faults()

    def _read(self, data: bytes, source: Address) -> None:
        if len(data) < HEAD.size:
            return
        number = int.from_bytes(data[:2])
        whom, stamp = self.wheel.whom[number], self.wheel.sent[number]
        if not stamp or source[:2] != self.to[whom][:2] or (outcome := judge(data, self.query)) is None:
            return
        now = boot_ns()
        self.wheel.take(number)
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

    def expire(self, now: int) -> None:
        """Tells of what was not answered in time."""
        self.wheel.expire(now)

    def blind(self, now: int) -> None:
        """Silence before now proves nothing."""
        self.wheel.blind = now

    def idle(self) -> bool:
        """Whether nothing waits for its deadline."""
        return self.wheel.idle()

    def close(self) -> None:
        """No more answers are taken."""
        asyncio.get_running_loop().remove_reader(self.socket)
        self.socket.close()


def _opened(lane: Lane, probe: Probe, allowed: SocketKind) -> Query:
    del allowed
    family = family_of(probe.target.address)
    return Query(lane, family, probe.target.outside, probe.port, probe.host or EXAMPLE)


PROBE = ProbeType(
    QUESTION,
    _opened,
    lambda probe: (probe.port, probe.host),
    port=53,
    every=10.0,
    trial=3.0,  # 15 minutes hold 300 sendings: a hundred questions
    host=EXAMPLE,
    targets=(  # second addresses of two operators, so that no address is asked in two ways
        KnownTarget("Quad9 DNS", "149.112.112.112", "2620:fe::9", "AS19281 Quad9"),
        KnownTarget("Cloudflare DNS", "1.0.0.1", "2606:4700:4700::1001", "AS13335 Cloudflare"),
    ),
)
