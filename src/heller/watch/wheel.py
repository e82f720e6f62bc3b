"""Probes in flight of one socket: two arrays under the running number of a probe, no object per probe.

A number is 16 bits, as ICMP and DNS carry it. A place is free again when its answer came; without one it
is kept after the deadline until its number comes round again, for an answer that comes late.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from heller.machine import loops
from heller.model.sample import Outcome
from heller.watch.rows import LATE_S

NAN = float("nan")
NUMBERS = 65536  # of ICMP and DNS
SECOND = 1_000_000_000

# Who is told: target, when it was sent (ns, boot clock), outcome, round trip (s), bytes.
Tell = Callable[[int, int, int, float, int], None]


class Wheel:
    """`sent[n]` is when probe n was sent in nanoseconds (0: nothing is awaited), `whom[n]` its target."""

    __slots__ = ("blind", "deadline", "last", "next", "oldest", "sent", "size", "tell", "whom")

    def __init__(self, deadline: float, tell: Tell, size: int = 0) -> None:
        self.sent = [0] * NUMBERS
        self.whom = [0] * NUMBERS
        self.next = self.oldest = int.from_bytes(os.urandom(2))
        self.deadline = round(deadline * SECOND)
        self.last = self.deadline + round(LATE_S * SECOND)  # no answer is taken after this
        self.tell = tell
        self.size = size  # bytes of one probe
        self.blind = 0  # silence after what was sent before this moment proves nothing

    def full(self) -> bool:
        """Whether the next number still waits for its deadline."""
        return (self.next + 1) % NUMBERS == self.oldest

    def idle(self) -> bool:
        """Whether nothing waits for its deadline."""
        return self.next == self.oldest

    def put(self, whom: int, stamp: int) -> None:
        """The probe with the number `next` was sent."""
        number = self.next
        self.sent[number] = stamp
        self.whom[number] = whom
        self.next = (number + 1) % NUMBERS

    def take(self, number: int) -> tuple[int, int]:
        """Target and time of sending of an awaited probe, which is then awaited no more; (0, 0) where none is."""
        stamp = self.sent[number]
        self.sent[number] = 0
        return (self.whom[number], stamp) if stamp else (0, 0)

    def outcome(self, stamp: int, now: int) -> Outcome | None:
        """OK or LATE for an answer that came at `now`; None where it came too late for anything."""
        waited = now - stamp
        if waited <= self.deadline:
            return Outcome.OK
        return Outcome.LATE if waited <= self.last else None

    def expire(self, now: int) -> None:
        """Tells of every probe whose deadline passed. Silence while we did not look is the own host's."""
        sent, oldest, end, edge = self.sent, self.oldest, self.next, now - self.deadline
        while oldest != end:
            stamp = sent[oldest]
            if stamp:
                if stamp > edge:
                    break
                outcome = Outcome.LOCAL if stamp < self.blind else Outcome.TIMEOUT
                self.tell(self.whom[oldest], stamp, outcome, NAN, self.size)
            oldest = (oldest + 1) % NUMBERS
        self.oldest = oldest


class OnWheel:
    """What all channels do alike whose probes have their deadlines on one wheel."""

    wheel: Wheel

    def expire(self, now: int) -> None:
        """Tells of what was not answered in time."""
        self.wheel.expire(now)

    def blind(self, now: int) -> None:
        """Silence before now proves nothing."""
        self.wheel.blind = now

    def idle(self) -> bool:
        """Whether nothing waits for its deadline."""
        return self.wheel.idle()


class WheelSocket(OnWheel):
    """Those whose probes share one socket too."""

    socket: socket.socket

    def close(self) -> None:
        """No more answers are taken."""
        loops.forget_readable(self.socket)
        self.socket.close()
