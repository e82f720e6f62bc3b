"""Probe by TCP connect, where ICMP is not to be had: the answer to a SYN, whether it accepts or refuses.

A connect is given up before the kernel would repeat its SYN after one second (RFC 6298): so an answer is
always one to the SYN that was sent at `at`, and there is no late one.
"""

from __future__ import annotations

import errno
import socket
import struct
from collections.abc import Sequence

from heller.machine import loops
from heller.machine.clocks import boot_ns
from heller.model.sample import CONNECT, Outcome
from heller.watch.lane import Lane
from heller.watch.plan import Probe
from heller.watch.probe_types import ProbeType
from heller.watch.sockets import Address, family_of, faults, open_socket, place, remote
from heller.watch.sockets_allowed import SocketKind
from heller.watch.wheel import NAN, SECOND

LONGEST = 0.95  # seconds
ABORT = struct.pack("ii", 1, 0)  # SO_LINGER: a reset instead of a farewell
SYN, ACK, RST = 60, 52, 40  # bytes with IPv4's header; IPv6's is 20 longer
GOING = (errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY)


class Connect:
    """Connects over one uplink, each with a socket of its own."""

    in_burst = True

    def __init__(self, lane: Lane, family: int, outside: bool, port: int) -> None:
        self.lane, self.family, self.outside, self.port = lane, family, outside, port
        self.more = 0 if family == socket.AF_INET else 20
        self.cost = SYN + SYN + ACK + RST + 4 * self.more
        self.deadline = round(min(lane.deadline, LONGEST) * SECOND)
        self.since = 0
        self.to: dict[int, Address] = {}
        self.waiting: dict[socket.socket, tuple[int, int]] = {}  # in the order of sending

    def add(self, number: int, address: str) -> None:
        """From now on `number` may be sent to."""
        self.to[number] = place(address, self.port)

    def send(self, numbers: Sequence[int]) -> int:
        """Begins a connect to each."""
        for number in numbers:
            stamp = boot_ns()
            try:
                made = open_socket(self.lane.uplink, self.family, socket.SOCK_STREAM)
            except OSError:
                self._tell(number, stamp, Outcome.LOCAL, NAN, 0)
                continue
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            state = made.connect_ex(self.to[number])
            if state in GOING:
                self.waiting[made] = (number, stamp)
                loops.on_writable(made, self._ready, made)
            else:
                self._end(made, number, stamp, state)
        return len(numbers)

    def _ready(self, made: socket.socket) -> None:
        number, stamp = self._forget(made)
        self._end(made, number, stamp, made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))

    def _forget(self, made: socket.socket) -> tuple[int, int]:
        loops.forget_writable(made)
        return self.waiting.pop(made)

    def _end(self, made: socket.socket, number: int, stamp: int, state: int) -> None:
        waited = (boot_ns() - stamp) / SECOND
        outcome, size = judge(made, state, self.lane.own)
        made.close()
        rtt = waited if outcome in (Outcome.OK, Outcome.REFUSED) else NAN
        self._tell(number, stamp, outcome, rtt, size + (self.more * (size // ACK)))

    def expire(self, now: int) -> None:
        """Gives up every connect whose deadline passed."""
        while self.waiting:
            made, (number, stamp) = next(iter(self.waiting.items()))
            if now - stamp < self.deadline:
                return
            self._forget(made)
            made.close()
            outcome = Outcome.LOCAL if stamp < self.since else Outcome.TIMEOUT
            self._tell(number, stamp, outcome, NAN, SYN + self.more)

    def _tell(self, number: int, stamp: int, outcome: int, rtt: float, size: int) -> None:
        self.lane.bytes += size
        self.lane.stale |= outcome == Outcome.LOCAL
        self.lane.tell(number, stamp, outcome, rtt, size, self.outside)

    def drain(self) -> None:
        """Ends every connect that is decided, whether or not the loop has seen it."""
        for made in list(self.waiting):
            state = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if state or is_connected(made):
                number, stamp = self._forget(made)
                self._end(made, number, stamp, state)

    def blind(self, now: int) -> None:
        """Silence before now proves nothing."""
        self.since = now

    def idle(self) -> bool:
        """Whether nothing waits."""
        return not self.waiting

    def close(self) -> None:
        """Gives up all that waits, untold."""
        for made in list(self.waiting):
            self._forget(made)
            made.close()


def is_connected(made: socket.socket) -> bool:
    """Whether the other side is there."""
    try:
        made.getpeername()
    except OSError:
        return False
    return True


def judge(made: socket.socket, state: int, own: frozenset[str]) -> tuple[Outcome, int]:
    """What a connect that ended with errno `state` says, and its bytes. An ICMP message that stands in the
    error queue counts before the errno: the kernel turns some of them into a refusal."""
    if state == 0:
        return Outcome.OK, SYN + SYN + ACK + RST
    for fault in faults(made):
        if fault.no_port:
            return Outcome.REFUSED, SYN + RST
        if fault.by:
            return (Outcome.UNREACHABLE if remote(fault, own) else Outcome.LOCAL), SYN
    if state in (errno.ECONNREFUSED, errno.ECONNRESET):
        return Outcome.REFUSED, SYN + RST
    if state == errno.ETIMEDOUT:
        return Outcome.TIMEOUT, SYN
    return Outcome.LOCAL, 0


def _channel(lane: Lane, probe: Probe, allowed: SocketKind) -> Connect:
    del allowed
    return Connect(lane, family_of(probe.target.address), probe.target.outside, probe.port)


PROBE = ProbeType(CONNECT, _channel, lambda probe: probe.port, port=53)
