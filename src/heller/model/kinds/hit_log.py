"""Access logs: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import HitLog
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: HitLog) -> tuple[object, ...]:
    return (
        record.server,
        text("{n} hits", "one hit", n=len(record.times)),
    )


KIND = RecordKind(HitLog, text("Access logs"), "access_log", _line, NOBODY, alone=True)
