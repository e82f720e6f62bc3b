"""Series of probes: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import ProbeLog
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: ProbeLog) -> tuple[object, ...]:
    return (
        record.target,
        text("{n} probes", "one probe", n=len(record.observations)),
    )


KIND = RecordKind(ProbeLog, text("Series of probes"), "probes", _line, NOBODY, alone=True)
