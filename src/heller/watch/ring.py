"""Whose turn it is: the slots of targets that are asked equally often, as one ring. No clock, no socket."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping


class Ring:
    """Numbers in the order of their slots; all times in nanoseconds of one clock.

    What was missed while nobody looked is missed: a ring that is late skips whole turns and never makes up
    for them, so that a machine that wakes does not shout.
    """

    __slots__ = ("base", "every", "numbers", "phases", "place")

    def __init__(self, slots: Mapping[int, int], every: int, zero: int, now: int) -> None:
        """`slots`: number -> its place in the interval `every`; turns are counted from `zero`. The first that
        is due lies at or after `now`."""
        self.numbers = sorted(slots, key=lambda number: slots[number])
        self.phases = [slots[number] for number in self.numbers]
        self.every, self.base = every, zero + (now - zero) // every * every
        self.place = bisect_left(self.phases, now - self.base)
        self._wrap()

    @property
    def next(self) -> int:
        """When the next one is due."""
        return self.base + self.phases[self.place]

    def due(self, now: int, most: int) -> list[int]:
        """Who is due by now, at most so many, in order; `next` moves on behind them."""
        if now - self.next > self.every:
            self.base += (now - self.next) // self.every * self.every
        end = min(bisect_right(self.phases, now - self.base, self.place), self.place + most)
        found = self.numbers[self.place : end]
        self.place = end
        self._wrap()
        return found

    def _wrap(self) -> None:
        if self.place == len(self.numbers):
            self.place = 0
            self.base += self.every

    def back(self, count: int) -> None:
        """The last `count` that were due could not be asked yet: they stay due."""
        self.place -= count
        if self.place < 0:
            self.place += len(self.numbers)
            self.base -= self.every

    def pace(self, every: int, now: int) -> None:
        """From now on one turn takes `every`, its slots evenly spread."""
        if every == self.every:
            return
        count = len(self.numbers)
        self.phases = [n * every // count for n in range(count)]
        self.every, self.base, self.place = every, now, 0
