"""Speed tests: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import SpeedTest
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.speed import mbit
from heller.model.text import text


def _line(record: SpeedTest) -> tuple[object, ...]:
    rates = [text("{n:2} Mbit/s", n=mbit(rate)) if rate else "–" for rate in (record.down, record.up)]
    return (record.at, *rates, record.failed or record.server)


KIND = RecordKind(SpeedTest, text("Speed tests"), "speed_tests", _line, NOBODY)
