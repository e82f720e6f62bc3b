"""Speed tests: what every room needs to know of them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from heller.model.finding import Locator
from heller.model.record_field import moment, number, words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text

MBIT = 1_000_000


class Promised(Struct, frozen=True):
    """The speeds of a contract in bit/s, None where not stated: at most, normally available, at least
    (Art. 4 (1) d of Regulation (EU) 2015/2120)."""

    down_max: int | None = None
    down_normal: int | None = None
    down_min: int | None = None
    up_max: int | None = None
    up_normal: int | None = None
    up_min: int | None = None

    def of(self, way: str) -> tuple[int | None, int | None, int | None]:
        """Maximum, normal and minimum of one way, `down` or `up`."""
        if way == "down":
            return self.down_max, self.down_normal, self.down_min
        return self.up_max, self.up_normal, self.up_min


class SpeedTest(RecordNoun, frozen=True, tag="speed_test"):
    """One measurement of throughput, or why there is none.

    `at` is when it began (UTC), known within [at, at + width] seconds. `down` and `up` are bit/s, None where
    that way was not measured; `latency` is in seconds. `failed` says why it failed in the tool's words, ''
    where it ran: a test that failed is a record too. `promised` is what the file itself says was agreed.
    It makes no outage: a slow line is not a dead one.
    """

    at: datetime
    tool: str
    source: Locator
    down: int | None = None
    up: int | None = None
    latency: float | None = None
    server: str = ""
    failed: str = ""
    promised: Promised | None = None
    width: float = 0.0

    def rate(self, way: str) -> int | None:
        """The rate of one way, `down` or `up`; None where it was not measured."""
        return self.down if way == "down" else self.up


def mbit(rate: int) -> Decimal:
    """A rate in bit/s as Mbit/s.

    >>> mbit(30_600_000)
    Decimal('30.6')
    """
    return Decimal(rate) / MBIT


def _line(record: SpeedTest) -> tuple[object, ...]:
    rates = [text("{n:2} Mbit/s", n=mbit(rate)) if rate else "–" for rate in (record.down, record.up)]
    return (record.at, *rates, record.failed or record.server)


FIELDS = (
    moment("at", text("When was it?")),
    words("tool", text("Tool")),
    number("down", text("Down"), unit=text("bit/s")),
    number("up", text("Up"), unit=text("bit/s")),
    words("server", text("Server")),
    words("failed", text("Why it failed")),
)
KIND = RecordKind(
    SpeedTest, text("Speed tests"), "speed_tests", FIELDS, line_of=_line, known_of=lambda record: record.at
)
