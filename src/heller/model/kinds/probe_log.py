"""Series of probes: what every room needs to know of them."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.observation import Observations
from heller.model.record_field import words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class ProbeLog(RecordNoun, frozen=True, tag="probe_log"):
    """Probes of one target in order of time, as columns. `step` is their usual distance in seconds, from the end of one
    probe's width to the next probe; `uncertainty` what the clock may be off, in seconds."""

    target: str
    observations: Observations
    step: float
    source: Locator
    uncertainty: float = 0.0


def _line(record: ProbeLog) -> tuple[object, ...]:
    return (record.target, text("{n} probes", "one probe", n=len(record.observations)))


FIELDS = (words("target", text("Target")), words("observations", text("Probes")))


def _before(record: ProbeLog, end: datetime, last: date) -> ProbeLog:
    seen = record.observations
    n = seen.before(end)
    return (
        record if n == len(seen) else replace(record, observations=Observations.of(seen[i] for i in range(n)))
    )


KIND = RecordKind(
    ProbeLog, text("Series of probes"), "probes", FIELDS, alone=True, line_of=_line, cut_of=_before
)
