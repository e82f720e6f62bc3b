"""SQLite databases whose tables do not stand at their beginning, and what lies beside a database.

A program that was updated often has its table definitions anywhere in the file: they are asked for.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from heller.intake.monitors import sqlite
from heller.intake.readers import gatus, kuma
from heller.intake.reading import NOT_MINE, Confidence
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "sqlite"


def identify(head: bytes, name: str) -> Confidence:
    """By the mark of a database or of a write-ahead log, or the name of the index beside it."""
    if sqlite.is_log(head):
        return Confidence(95, text("It begins as a database's write-ahead log does."))
    if sqlite.is_database(head):
        return Confidence(50, text("It begins as a SQLite database does."))
    if name.endswith("-shm") and len(head) >= 32 * 1024:
        return Confidence(70, text("It is the index of a database's write-ahead log."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """What the reader of its tables says. A log has nothing of its own: it counts where its database is read."""
    if not sqlite.is_database(blob.data):
        said = text("{name} belongs to a database and says nothing without it.", name=blob.name)
        do = text("Add the database whose name it bears without its ending; both are read together.")
        finding = Finding("database.log_alone", said, do, Weight.NOTE, Locator(blob.digest))
        return Reading(NAME, blob.name, findings=(finding,))
    with sqlite.open_database(blob) as found:
        if sqlite.columns(found.ask, "heartbeat"):
            return kuma.read(blob, zone)
        if sqlite.columns(found.ask, "endpoint_results"):
            return gatus.read(blob, zone)
    said = text("{name} is a database whose tables are not known.", name=blob.name)
    do = text("Uptime Kuma's and Gatus' are. Add what matters in it as a table (see docs/logs.md).")
    return Reading(
        NAME,
        blob.name,
        findings=(Finding("database.unknown", said, do, Weight.REFUSED, Locator(blob.digest)),),
    )
