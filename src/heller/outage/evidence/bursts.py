"""The time of a server's log in quarters of an hour: how often the office comes at each hour of the week."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from heller.outage.evidence.office import DAY, HOUR, Ints, Server, offsets

THIN = 600  # seconds: hits closer than that are one burst
BIN = 900  # seconds in which one hit of another client shows that the server went on
CORE = 0.4  # share of the busiest hours' rate from which an hour of the week is a core hour
BUSIEST = 20  # hours of the week
Floats = NDArray[np.float64]


class Grid:
    """The time of a log in bins of a quarter of an hour: hour of the week, day, bursts, whether served."""

    def __init__(self, server: Server) -> None:
        self.hits = np.flatnonzero(server.office)
        times = server.times
        self.first = int(times[0]) // BIN
        self.size = int(times[-1]) // BIN - self.first + 1
        starts = (np.arange(self.size, dtype=np.int64) + self.first) * BIN
        local = starts + offsets(starts, server.zone)
        self.day = local // DAY
        self.slot = (self.day + 3) % 7 * 24 + local // HOUR % 24
        mine = times[self.hits]
        self.bursts = thin(mine)
        self.count = np.bincount(self.bursts // BIN - self.first, minlength=self.size).astype(np.float64)
        others = np.bincount(times[~server.office] // BIN - self.first, minlength=self.size) > 0
        self.served = others
        self.exposed = (others | (self.count > 0)).astype(np.float64)

    @cached_property
    def days(self) -> int:
        """Days of log."""
        return len(np.unique(self.day[self.exposed > 0]))

    def rates(self, left_out: slice) -> tuple[Floats, NDArray[np.bool_]]:
        """Bursts per bin of each hour of the week without a stretch of bins, and which are core hours."""
        count, exposed = self.count.copy(), self.exposed.copy()
        count[left_out] = exposed[left_out] = 0
        sums = np.bincount(self.slot, count, minlength=168)
        spent = np.bincount(self.slot, exposed, minlength=168)
        rate = sums / (spent + HOUR / BIN)
        core = rate >= CORE * np.sort(rate)[-BUSIEST:].mean()
        if core.mean() > 0.7:  # a machine: its hours do not tell when people are there
            slots = np.arange(168)
            core = (slots < 120) & (slots % 24 >= 8) & (slots % 24 < 18)
        return rate, core


def thin(times: Ints) -> Ints:
    """The hits of which each is at least `THIN` after the last one kept."""
    kept, last = [], -THIN
    at = 0
    while at < len(times):
        last = int(times[at])
        kept.append(last)
        at = int(np.searchsorted(times, last + THIN))
    return np.array(kept, np.int64)
