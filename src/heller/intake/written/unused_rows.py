"""Rows of a log that no record rests on: how many there are is said, so that nothing is left out in silence.

A router's log holds messages about telephones and radio networks between those about its line. Which message means
something is the business of the readers.
"""

from __future__ import annotations

from collections.abc import Iterable

from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.record import Blob, Reading, Record
from heller.model.text import text


def unused_rows(reading: Reading, blob: Blob) -> tuple[Finding, ...]:
    """One note for all rows of a log that say nothing about the line; none where nothing was used or all was."""
    if not all(isinstance(record, DeviceLog | HitLog | QueueLog) for record in reading.records):
        return ()
    used = len({row for record in reading.records for row in _rows(record)})
    beside = reading.rows - reading.rows_rejected - used
    if not used or beside <= 0:
        return ()
    said = text(
        "{n} of {rows} rows of {name} say nothing about the line and are not used.",
        "One of {rows} rows of {name} says nothing about the line and is not used.",
        n=beside,
        rows=reading.rows,
        name=blob.name,
    )
    return (Finding("rows-unused", said, None, Weight.NOTE, Locator(blob.digest)),)


def _rows(record: Record) -> Iterable[int]:
    match record:
        case DeviceLog():
            return (event.row for event in record.events)
        case QueueLog():
            return (attempt.row for attempt in record.attempts)
        case HitLog():
            return record.rows
    return ()
