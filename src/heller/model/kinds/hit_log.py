"""Access logs: what every room needs to know of them."""

from __future__ import annotations

import math
from bisect import bisect_left
from datetime import date, datetime

from msgspec.structs import replace

from heller.model.column import Column
from heller.model.finding import Locator
from heller.model.record_field import words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class HitLog(RecordNoun, frozen=True, tag="hit_log"):
    """The hits in one server's log, in order of time, as columns: the hit `n` is of client `who[n]`.

    `times` are int64 seconds since 1970 in UTC, `who` uint32 numbers of `clients`, `agents` uint32 digests of
    what the client called itself (user agent and user; 0 where the log has none), `rows` uint32 rows of the
    file, all little-endian. Of an IPv6 address only the /64 is kept: its last half changes daily
    (RFC 8981). `poor` says why the times prove nothing, '' where they may.
    """

    server: str
    clients: tuple[str, ...]
    times: Column
    who: Column
    agents: Column
    rows: Column
    zone: str  # in which the office's weekdays and hours are told
    source: Locator
    uncertainty: float = 1.0
    poor: str = ""


def _line(record: HitLog) -> tuple[object, ...]:
    return (record.server, text("{n} hits", "one hit", n=len(record.times)))


FIELDS = (
    words("server", text("Server")),
    words("clients", text("Clients"), many=True),
    words("zone", text("Zone")),
    words("poor", text("Why its times prove nothing")),
)


def _before(record: HitLog, end: datetime, last: date) -> HitLog:
    n = bisect_left(record.times, math.ceil(end.timestamp()))
    if n == len(record.times):
        return record
    columns = {name: getattr(record, name) for name in ("times", "who", "agents", "rows")}
    cut = {name: Column.of(one.kind, (one[i] for i in range(n))) for name, one in columns.items()}
    return replace(record, **cut)


KIND = RecordKind(
    HitLog, text("Access logs"), "access_log", FIELDS, alone=True, line_of=_line, cut_of=_before
)
