"""Probe by ICMP echo: one socket for many targets, datagram where the kernel allows it, else raw.

An echo carries 16 bytes: a secret of this socket and the time of sending. An answer counts only where number,
secret and time are those of a probe that is awaited: duplicates, foreign packets, other programs' answers and
those of an earlier run change nothing. The hosts are public resolvers of five operators, each an anycast
network of its own that is offered to everybody and answers echo requests; no private person's is among them.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Sequence

from heller.machine import loops
from heller.machine.clocks import boot_ns
from heller.model.sample import ECHO, Outcome
from heller.watch.ancillary import TELL_TTL, arrival, receive, ttl_of
from heller.watch.echo_calls import EchoCalls
from heller.watch.echo_packet import HEAD, PACKET, EchoPackets
from heller.watch.lane import Lane
from heller.watch.plan import EXAMPLE, KnownTarget, Probe
from heller.watch.probe_types import ProbeType
from heller.watch.rows import ProbeRow
from heller.watch.sockets import (
    LINUX,
    Address,
    Fault,
    family_of,
    faults,
    open_socket,
    place,
    remote,
    stamp_arrivals,
)
from heller.watch.sockets_allowed import SocketKind
from heller.watch.volley import MOST, Volley, name_of, volley
from heller.watch.wheel import NAN, NUMBERS, Wheel, WheelSocket

IP_HEADER = {4: 20, 6: 40}
TTL_AT = 8  # in the header of IPv4
ICMP_FILTER = 1
MANY = 8  # from so many on they are sent together, and answers read before anything else, lest they fill the buffer
OK = int(Outcome.OK)


class Echo(WheelSocket):
    """Echo requests over one uplink, all to one side of it. With `ttl` an answer is that a router on the way
    says the time ran out."""

    in_burst = True

    def __init__(self, lane: Lane, family: int, raw: bool, outside: bool, ttl: int = 0) -> None:
        self.lane, self.raw, self.outside, self.ttl = lane, raw, outside, ttl
        self.version = 4 if family == socket.AF_INET else 6
        self.size = IP_HEADER[self.version] + PACKET.size
        self.cost = 2 * self.size
        self.wheel = Wheel(lane.deadline, self._tell, self.size)
        self.to: dict[int, Address] = {}
        self.names: dict[int, bytes] = {}  # the same as the kernel takes them
        self.buffer = bytearray(2048)
        self.header = IP_HEADER[4] if self.version == 4 and (raw or not LINUX) else 0
        self.packets = EchoPackets(self.version, self.header, raw=raw)
        protocol = socket.IPPROTO_ICMP if self.version == 4 else socket.IPPROTO_ICMPV6
        self.socket = open_socket(
            lane.uplink, family, socket.SOCK_RAW if raw else socket.SOCK_DGRAM, protocol
        )
        self._set_options()
        self.volley = volley(self.socket, PACKET.size, self.packets.answer.size)
        loops.on_readable(self.socket, self.drain)

    def _set_options(self) -> None:
        self.stamped = stamp_arrivals(self.socket)
        with contextlib.suppress(OSError, KeyError):  # where the kernel does not tell it, it is not known
            self.socket.setsockopt(*TELL_TTL[self.version], 1)
        if self.ttl:
            level, name = (
                (socket.IPPROTO_IP, socket.IP_TTL)
                if self.version == 4
                else (socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS)
            )
            self.socket.setsockopt(level, name, self.ttl)
        if self.raw and self.version == 4 and LINUX:  # echo replies and errors only
            wanted = ~(1 << 0 | 1 << 3 | 1 << 11) & 0xFFFFFFFF
            with contextlib.suppress(OSError):
                self.socket.setsockopt(255, ICMP_FILTER, struct.pack("I", wanted))

    def add(self, number: int, address: str) -> None:
        """From now on `number` may be sent to."""
        self.to[number] = place(address)
        self.names[number] = name_of(self.to[number])

    def send(self, numbers: Sequence[int]) -> int:
        """Asks each; how many of them were dealt with. The rest must wait: the kernel's buffer is full, or no
        number is free before a deadline passes."""
        if len(numbers) < MANY:
            return self._send_singly(numbers)
        if self.volley is None:
            done = self._send_singly(numbers)
            self.drain()
            return done
        done = 0
        while left := numbers[done : done + MOST]:
            took = self._send_together(self.volley, left)
            done += took
            if took < len(left):  # the next one was refused: by itself it says why
                done += self._send_singly(left[took:])
                break
        self._skim(self.volley)
        return done

    def _send_singly(self, numbers: Sequence[int]) -> int:
        wheel, done = self.wheel, 0
        for number in numbers:
            if wheel.full():
                break
            stamp = boot_ns()
            packet = self.packets.packet(wheel.next, stamp)
            try:
                self.socket.sendto(packet, self.to[number])
            except BlockingIOError:
                break
            except OSError:
                if not self._again(packet, number, stamp):
                    done += 1
                    continue
            wheel.put(number, stamp)
            done += 1
        self.lane.bytes += done * self.size
        return done

    def _send_together(self, volley: Volley, numbers: Sequence[int]) -> int:
        """By one call. The stamps are those of before it: a round trip looks longer by what the others took that
        stand before it in the call, less than half a millisecond."""
        wheel, put, names = self.wheel, self.packets.put, self.names
        out, to, width = volley.out, volley.to, volley.name.size
        sent, whom, place, first = wheel.sent, wheel.whom, wheel.next, wheel.next
        mine = numbers[: (wheel.oldest - place - 1) % NUMBERS]
        for n, number in enumerate(mine):
            stamp = boot_ns()
            put(out, n * PACKET.size, place, stamp)
            to[n * width : n * width + width] = names[number]
            sent[place], whom[place] = stamp, number
            place = (place + 1) % NUMBERS
        took = volley.send(len(mine))
        for n in range(took, len(mine)):
            sent[(first + n) % NUMBERS] = 0
        wheel.next = (first + took) % NUMBERS
        self.lane.bytes += took * self.size
        return took

    def _again(self, packet: bytes, number: int, stamp: int) -> bool:
        """A send failed. The error may be an earlier probe's that the kernel kept for us: then it works now."""
        self._faults()
        try:
            self.socket.sendto(packet, self.to[number])
        except OSError:
            self.lane.bytes -= self.size
            self._tell(number, stamp, Outcome.LOCAL, NAN, 0)
            self.lane.stale = True
            return False
        return True

    def _skim(self, volley: Volley) -> None:
        """Reads what came while many were sent. Its time is that of reading: they came just now."""
        row, size, answer = self.lane.row, self.cost, self.packets.answer
        sent, whom, offset, deadline = self.wheel.sent, self.wheel.whom, self.lane.offset, self.wheel.deadline
        reply, secret, name, new = self.packets.reply, self.packets.secret, self.packets.id, tuple.__new__
        seen = latest = 0
        try:
            while count := volley.receive():
                now = boot_ns()
                for kind, by, number, token, stamp in answer.iter_unpack(
                    memoryview(volley.came)[: count * answer.size]
                ):
                    if kind != reply or token != secret or sent[number] != stamp or (name and by != name):
                        continue
                    waited = now - stamp
                    if waited > deadline:
                        self._answer(number, now)
                        continue
                    sent[number] = 0
                    row(new(ProbeRow, (whom[number], (stamp + offset) // 1000, OK, waited / 1e9, size, 0)))
                    seen += 1
                    latest = stamp
                if count < MOST:
                    break
        except OSError:
            self._faults()
        self.lane.bytes += seen * self.size
        if self.outside and latest:
            self.lane.alive(latest)

    def drain(self) -> None:
        """Reads all that waits, each answer with the kernel's own time of arrival."""
        shift = time.time_ns() - boot_ns()
        while True:
            try:
                count, extra = receive(self.socket, self.buffer)
            except BlockingIOError:
                break
            except OSError:
                self._faults()
                continue
            self._take_answer(count, arrival(extra, shift), self._left(extra))
        self._faults()

    def _left(self, extra: Sequence[tuple[int, int, bytes]]) -> int:
        """What was left of the time to live of the packet that was just read, 0 where nothing tells it."""
        return self.buffer[TTL_AT] if self.header else ttl_of(extra)

    def _take_answer(self, count: int, came: int, ttl: int) -> None:
        mine = self.packets
        if count < mine.answer.size:
            return
        kind, by, number, token, stamp = mine.answer.unpack_from(self.buffer)
        if kind != mine.reply or token != mine.secret or (self.raw and by != mine.id):
            return
        if stamp and self.wheel.sent[number] == stamp:
            now = boot_ns()
            self._answer(number, came if stamp <= came <= now else now, ttl)

    def _answer(self, number: int, now: int, ttl: int = 0) -> None:
        whom, stamp = self.wheel.take(number)
        outcome = self.wheel.outcome(stamp, now)
        if stamp and outcome is not None:
            self.lane.bytes += self.size
            self._tell(whom, stamp, outcome, (now - stamp) / 1e9, self.cost, ttl)

    def _tell(self, number: int, stamp: int, outcome: int, rtt: float, size: int, ttl: int = 0) -> None:
        self.lane.tell(number, stamp, outcome, rtt, size, self.outside, ttl)

    def _is_hop(self, whom: int, by: str) -> bool:
        probe = self.lane.probes.get(whom)
        return probe is None or probe.target.address.partition("%")[0] == by

    def _faults(self) -> None:
        """Errors that came back, each for the probe that it carries."""
        for fault in faults(self.socket):
            self._fault(fault)

    def _fault(self, fault: Fault) -> None:
        data = fault.data
        if len(data) < HEAD.size or not (fault.expired or fault.unreachable):
            return
        name, number = HEAD.unpack_from(data)
        stamp = self.wheel.sent[number]
        whom = self.wheel.whom[number]
        if (
            not stamp
            or (self.raw and name != self.packets.id)
            or self.to[whom][0].partition("%")[0] != fault.to
        ):
            return
        now = boot_ns()
        if now - stamp > self.wheel.deadline:
            return  # it was told as lost
        if fault.expired and self.ttl and self._is_hop(whom, fault.by):
            self._answer(number, now)
            return
        self.wheel.take(number)
        if fault.expired and self.ttl:  # another router stands there now
            self._tell(whom, stamp, Outcome.OTHER, (now - stamp) / 1e9, self.cost)
            return
        said = Outcome.UNREACHABLE if remote(fault, self.lane.own) else Outcome.LOCAL
        self._tell(whom, stamp, said, NAN, self.size)


def _channel(lane: Lane, probe: Probe, allowed: SocketKind) -> Echo | EchoCalls:
    family = family_of(probe.target.address)
    if allowed is SocketKind.CALL:
        return EchoCalls(lane, family == socket.AF_INET6, probe.target.outside, probe.ttl)
    return Echo(lane, family, allowed is SocketKind.RAW, probe.target.outside, probe.ttl)


PROBE = ProbeType(
    ECHO,
    _channel,
    lambda probe: probe.ttl,
    port=53,  # where the system allows no ICMP: of the connect or question in its place
    host=EXAMPLE,
    targets=(
        KnownTarget("Cloudflare", "1.1.1.1", "2606:4700:4700::1111", "AS13335 Cloudflare"),
        KnownTarget("Google", "8.8.8.8", "2001:4860:4860::8888", "AS15169 Google"),
        KnownTarget("Quad9", "9.9.9.9", "2620:fe::fe", "AS19281 Quad9"),
        KnownTarget("OpenDNS", "208.67.222.222", "2620:119:35::35", "AS36692 Cisco OpenDNS"),
        KnownTarget("Hurricane Electric", "74.82.42.42", "2001:470:20::2", "AS6939 Hurricane Electric"),
    ),
)
