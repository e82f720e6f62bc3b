"""What turns when another way begins to carry an uplink, seen in the answers themselves. No clock, no socket.

It gives no verdict: what turned says only that it is time to look who carries.
"""

from __future__ import annotations

CALM_NS = 30_000_000_000  # a hop that comes and goes is looked at no more often
TOGETHER = 2  # answers of so many targets with another time to live than at the last look: the way is another


class CarrierSigns:
    """Times to live by target, and whether the provider's first routers answer."""

    def __init__(self) -> None:
        self.now: dict[int, int] = {}
        self.then: dict[int, int] = {}  # at the last look
        self.other: set[int] = set()
        self.lost: set[int] = set()  # hops that are silent
        self.last = -CALM_NS

    def left(self, number: int, ttl: int, *, outside: bool) -> bool:
        """An answer had so much left of its time to live; whether the way has turned with it. Of targets outside it
        takes two; the provider's first router is nearer or further off only by another way."""
        self.now[number] = ttl
        if self.then.setdefault(number, ttl) == ttl:
            self.other.discard(number)
            return False
        self.other.add(number)
        return not outside or len(self.other) == TOGETHER

    def hop(self, number: int, stamp: int, *, lost: bool) -> bool:
        """A probe to a first router ended, nanoseconds; whether that is news."""
        if lost == (number in self.lost):
            return False
        (self.lost.add if lost else self.lost.discard)(number)
        if stamp - self.last < CALM_NS and lost:
            return False
        self.last = stamp
        return True

    def looked(self) -> None:
        """Who carries was looked at: what comes is compared with now."""
        self.then = dict(self.now)
        self.other.clear()
