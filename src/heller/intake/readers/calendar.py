"""Calendars (iCalendar, RFC 5545): how many events there are, from when to when, and the appointments among them.

The library drops what it cannot read, so the events are counted in the text as well and compared.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables.calendar_units import units_of
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.summary import Summary
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.value import Support, Value

NAME = "calendar"
LIMIT = 20 * 1024 * 1024
_BEGIN = re.compile(r"^BEGIN:VEVENT[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)


def identify(head: bytes, name: str) -> Confidence:
    """By its first line."""
    first = numbers.head_text(head[:4096]).lstrip("\N{ZERO WIDTH NO-BREAK SPACE} \r\n\t")
    begins = re.match(r"BEGIN:(VCALENDAR|VEVENT)\b", first, re.IGNORECASE)
    return Confidence(95, text("It begins as a calendar does.")) if begins else NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """The number of events and the units among them; a doubt where the library reads another number than the text."""
    import icalendar

    if len(blob.data) > LIMIT:
        raise _refuse()
    content = numbers.decode(blob.data)
    counted = len(_BEGIN.findall(content))
    try:
        calendars = icalendar.Calendar.from_ical(
            content.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"), multiple=True
        )
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception as error:  # the library answers broken files with many kinds of errors
        raise _refuse() from error
    at = Locator(blob.digest, "row 1")
    units = [
        unit
        for calendar in calendars
        for unit in units_of(calendar.walk("VEVENT"), _is_cancellation(calendar), zone, blob.digest)
    ]
    agree = len(events) == counted
    held = [
        event
        for calendar in calendars
        for event in calendar.walk("VEVENT")
        if not _cancelled(event, calendar)
    ]
    cancelled = len(events) - len(held)
    events = held
    starts = sorted(start for event in events if (start := _start(event)))
    values = {
        "events": Value(
            counted - cancelled,
            Support.PROVEN if agree else Support.COMPUTED,
            at,
            ("count", "parser") if agree else (),
        ),
        "from": Value(starts[0] if starts else None, Support.STATED, at),
        "to": Value(starts[-1] if starts else None, Support.STATED, at),
    }
    findings = () if agree else (_lost(blob, counted, len(events) + cancelled),)
    if cancelled:
        findings = (*findings, _off(blob, cancelled))
    if repeated := sum(
        1 for event in events if event.get("rrule") is not None or event.get("rdate") is not None
    ):
        findings = (*findings, _repeated(blob, repeated))
    return Reading(
        NAME,
        blob.name,
        (Summary("calendar", values, at), *units),
        findings,
        counted,
        max(0, counted - len(events) - cancelled),
    )


def _cancelled(event: object, calendar: object) -> bool:
    """Whether an event was called off: its own status says so, or the whole message is a cancellation (RFC 5546)."""
    get = getattr(event, "get", lambda name: None)
    return str(get("status") or "").upper() == "CANCELLED" or _is_cancellation(calendar)


def _is_cancellation(calendar: object) -> bool:
    method = getattr(calendar, "get", lambda name: None)("method")
    return str(method or "").upper() == "CANCEL"


def _off(blob: Blob, count: int) -> Finding:
    said = text(
        "{n} events were called off; they are not among the events that are counted.",
        "One event was called off; it is not among the events that are counted.",
        n=count,
    )
    return Finding("events-cancelled", said, None, Weight.NOTE, Locator(blob.digest, "row 1"))


def _start(event: object) -> str | None:
    """The day or instant an event begins at; times without a zone stay as they are."""
    found = getattr(event, "get", lambda name: None)("dtstart")
    try:
        at = getattr(found, "dt", None)
    except Exception:  # the library keeps a broken property and raises when it is looked at
        return None
    if isinstance(at, datetime):
        return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at.tzinfo else at.isoformat()
    return at.isoformat() if isinstance(at, date) else None


def _repeated(blob: Blob, count: int) -> Finding:
    """RFC 5545, 3.8.5: the rule stands once, for as many times as it says."""
    return Finding(
        "events-repeat",
        text(
            "{n} events repeat: in the number of events each counts once, as appointments each repetition does.",
            "One event repeats: in the number of events it counts once, as appointments each repetition does.",
            n=count,
        ),
        text("Compare the repetitions that fell into the outage with the calendar."),
        Weight.WARNING,
        Locator(blob.digest, "row 1"),
    )


def _lost(blob: Blob, counted: int, parsed: int) -> Finding:
    return Finding(
        "events-lost",
        text(
            "The calendar holds {counted} events, of which {parsed} can be read.",
            counted=counted,
            parsed=parsed,
        ),
        text("Export the calendar again, or look up the missing events."),
        Weight.WARNING,
        Locator(blob.digest, "row 1"),
    )


def _refuse() -> InputRefused:
    return InputRefused(
        text("The calendar is broken and cannot be read."),
        text("What cannot be read as a whole may lack events."),
        text("Export it again."),
    )
