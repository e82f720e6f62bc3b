"""What a metered uplink may use: pure arithmetic on bytes and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

DAYS = 30
MEGABYTE = 1_000_000
PERIOD_US = DAYS * 86_400 * 1_000_000


def period(since: date, at: int) -> tuple[int, int]:
    """The 30 days that `at` (microseconds since 1970, UTC) falls into, counted from `since`: [start, end)."""
    first = datetime(since.year, since.month, since.day, tzinfo=UTC)
    zero = (first - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    start = zero + (at - zero) // PERIOD_US * PERIOD_US
    return start, start + PERIOD_US


class Budget:
    """A limit in megabytes (of 1,000,000 bytes) per period. `used` bytes of the period at `at` are gone
    already, by earlier sessions; what this session used is said at every question."""

    def __init__(self, limit_mb: float, since: date, at: int, used: int = 0) -> None:
        self.limit = round(limit_mb * MEGABYTE)
        self.since = since
        self.end = period(since, at)[1]
        self.before = used

    def allows(self, at: int, spent: int, cost: int) -> bool:
        """Whether `cost` more bytes may be used at `at`, where this session used `spent` so far. A new period
        begins with nothing used."""
        if at >= self.end:
            self.end = period(self.since, at)[1]
            self.before = -spent
        return self.before + spent + cost <= self.limit
