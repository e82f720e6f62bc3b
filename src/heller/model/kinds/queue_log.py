"""Queues of mail servers: what every room needs to know of them."""

from __future__ import annotations

from heller.model.record import QueueLog
from heller.model.record_kind import NOBODY, RecordKind
from heller.model.text import text


def _line(record: QueueLog) -> tuple[object, ...]:
    return (
        record.server,
        text("{n} attempts to hand a mail on", "one attempt to hand a mail on", n=len(record.attempts)),
    )


KIND = RecordKind(QueueLog, text("Queues of mail servers"), "mail_queue", _line, NOBODY, alone=True)
