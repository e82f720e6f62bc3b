"""Queues of mail servers: what every room needs to know of them."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from heller.model.finding import Locator
from heller.model.record_field import words
from heller.model.record_kind import RecordKind, RecordNoun
from heller.model.text import text


class Attempt(Struct, frozen=True):
    """One attempt of the own mail server to hand a mail on, ended `at`, after `waited` seconds; the mail had
    come `delay` seconds before. A failed one could not reach `relay`, or not find it in the DNS."""

    at: datetime
    ok: bool
    relay: str
    row: int
    waited: float = 0.0
    delay: float = 0.0


class QueueLog(RecordNoun, frozen=True, tag="queue_log"):
    """What the own mail server could send and what it could not, in order of time."""

    server: str
    attempts: tuple[Attempt, ...]
    source: Locator
    uncertainty: float = 1.0


def _line(record: QueueLog) -> tuple[object, ...]:
    attempts = text("{n} attempts to hand a mail on", "one attempt to hand a mail on", n=len(record.attempts))
    return (record.server, attempts)


FIELDS = (words("server", text("Server")), words("attempts", text("Attempts")))


def _before(record: QueueLog, end: datetime, last: date) -> QueueLog:
    if not record.attempts or record.attempts[-1].at < end:
        return record
    return replace(record, attempts=tuple(one for one in record.attempts if one.at < end))


KIND = RecordKind(
    QueueLog, text("Queues of mail servers"), "mail_queue", FIELDS, alone=True, line_of=_line, cut_of=_before
)
