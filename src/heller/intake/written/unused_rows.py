"""Rows of a log that no record rests on: how many there are is said, so that nothing is left out in silence.

A router's log holds messages about telephones and radio networks between those about its line. Which message means
something is the business of the readers.
"""

from __future__ import annotations

from heller.model.column import Column
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvents, DeviceLog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.record import Blob, Reading, Record
from heller.model.text import text


def unused_rows(reading: Reading, blob: Blob) -> tuple[Finding, ...]:
    """One note for all rows of a log that say nothing about the line; none where nothing was used or all was."""
    if not all(isinstance(record, DeviceLog | HitLog | QueueLog) for record in reading.records):
        return ()
    used = _different([_rows(record) for record in reading.records])
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


def _different(columns: list[Column | list[int]]) -> int:
    """How many different rows they hold."""
    if not any(isinstance(column, Column) for column in columns):
        return len({row for column in columns for row in column})
    import numpy as np

    rows = np.concatenate(
        [np.frombuffer(c.data, "<u4") if isinstance(c, Column) else np.array(c, "<u4") for c in columns]
    )
    seen = np.zeros(int(rows.max(initial=0)) + 1, bool)
    seen[rows] = True
    return int(seen.sum())


def _rows(record: Record) -> Column | list[int]:
    match record:
        case DeviceLog():
            events = record.events
            return events.row if isinstance(events, DeviceEvents) else [event.row for event in events]
        case QueueLog():
            return [attempt.row for attempt in record.attempts]
        case HitLog():
            return record.rows
    return []
