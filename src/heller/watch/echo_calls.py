"""Echo requests by a call of the system that waits for its answer (heller.machine.echoes): a thread waits, never the
loop.

An answer after the deadline is not seen: the call has ended then. Who said that a host cannot be reached is not told.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from heller.machine import echoes
from heller.machine.clocks import boot_ns
from heller.model.sample import Outcome
from heller.watch.lane import Lane
from heller.watch.wheel import NAN, OnWheel, Wheel

DATA = 16  # bytes of an echo, as many as one by a socket carries
HEADERS = {4: 28, 6: 48}  # IP and ICMP
AT_ONCE = 64  # calls that wait; more targets than that in a second wait for one of them
THREADS = "echo"


class EchoCalls(OnWheel):
    """Echo requests over one uplink, all to one side of it, each by a call of its own."""

    in_burst = True

    def __init__(self, lane: Lane, six: bool, outside: bool, ttl: int = 0) -> None:
        self.lane, self.outside, self.ttl = lane, outside, ttl
        self.size = HEADERS[6 if six else 4] + DATA
        self.cost = 2 * self.size
        self.wheel = Wheel(lane.deadline, self._tell, self.size)
        self.to: dict[int, str] = {}
        self.loop = asyncio.get_running_loop()
        self.pool = ThreadPoolExecutor(AT_ONCE, THREADS)
        self.source = lane.uplink.source if (":" in lane.uplink.source) == six else ""

    def add(self, number: int, address: str) -> None:
        """From now on `number` may be sent to."""
        self.to[number] = address

    def send(self, numbers: Sequence[int]) -> int:
        """Asks each; how many were dealt with."""
        done = 0
        for number in numbers:
            if self.wheel.full():
                break
            place, stamp = self.wheel.next, boot_ns()
            self.wheel.put(number, stamp)
            self.pool.submit(self._ask, place, stamp, self.to[number])
            done += 1
        self.lane.bytes += done * self.size
        return done

    def _ask(self, place: int, stamp: int, address: str) -> None:
        """In a thread: ask, and hand over what came."""
        said: echoes.EchoAnswer | None
        try:
            left = (self.wheel.deadline - (boot_ns() - stamp)) / 1e9
            said = echoes.ask(address, self.source, os.urandom(DATA), max(left, 0.001), self.ttl)
        except OSError:
            said = None
        try:
            self.loop.call_soon_threadsafe(self._take, place, stamp, said, boot_ns())
        except RuntimeError:  # the loop has ended
            return

    def _take(self, place: int, stamp: int, said: echoes.EchoAnswer | None, came: int) -> None:
        if self.wheel.sent[place] != stamp:
            return  # its deadline passed
        if said is not None and said.status == echoes.TIMED_OUT:
            return  # told when the deadline passes
        whom, _ = self.wheel.take(place)
        if said is None:
            self.lane.bytes -= self.size
            self._tell(whom, stamp, Outcome.LOCAL, NAN, 0)
        elif said.status == echoes.SUCCESS or (self.ttl and said.status == echoes.EXPIRED):
            self.lane.bytes += self.size
            self._tell(whom, stamp, Outcome.OK, (came - stamp) / 1e9, self.cost, said.ttl)
        else:
            own = said.by in ("", *self.lane.own)
            self._tell(whom, stamp, Outcome.LOCAL if own else Outcome.UNREACHABLE, NAN, self.size)

    def _tell(self, number: int, stamp: int, outcome: int, rtt: float, size: int, ttl: int = 0) -> None:
        self.lane.tell(number, stamp, outcome, rtt, size, self.outside, ttl)

    def drain(self) -> None:
        """What came is handed over by the threads."""

    def close(self) -> None:
        """No more answers are taken; calls that still wait end by themselves."""
        self.pool.shutdown(wait=False, cancel_futures=True)
