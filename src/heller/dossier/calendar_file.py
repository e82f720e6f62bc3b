"""A calendar file of days and appointments, RFC 5545, written by icalendar. It reads no clock and no language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no text of RFC 5545 holds them, 3.3.11


class Entry(Struct, frozen=True):
    """One day in the calendar, in the words of the reader. `remind` is the days before it, 0 for none.

    An appointment has `begins` and `ends` (with a zone) and is written in UTC; then `on` does not matter.
    """

    uid: str
    on: date
    title: str
    description: str
    remind: int = 0
    begins: datetime | None = None
    ends: datetime | None = None


def stable_uid(*parts: str) -> str:
    """The same identity for the same thing, whatever its day or language: a hash, so it tells nothing."""
    return sha256("\x00".join(parts).encode()).hexdigest()[:32] + "@heller"


def calendar(entries: Iterable[Entry], as_of: date, name: str) -> str:
    """The whole file with CRLF line ends. `as_of` is the stamp, so the same claim gives the same bytes."""
    from icalendar import Calendar, vText  # for those who ask for a file

    made = Calendar()
    made.add("prodid", "-//Heller//Deadlines//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", vText(plain(name)))
    for entry in entries:
        made.add_component(_event(entry, as_of))
    written: bytes = made.to_ical()
    return written.decode()


def _event(entry: Entry, as_of: date) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    if entry.begins and entry.ends:
        event.add("dtstart", entry.begins.astimezone(UTC))
        event.add("dtend", entry.ends.astimezone(UTC))
    else:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(1))  # the end is exclusive
    event.add("summary", plain(entry.title))
    event.add("description", plain(entry.description))
    event.add("transp", "TRANSPARENT")
    if entry.remind:
        event.add_component(_alarm(entry))
    return event


def _alarm(entry: Entry) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(entry.title))
    alarm.add("trigger", -timedelta(entry.remind))
    return alarm


def plain(said: str) -> str:
    """A text as a calendar may hold it: line feeds for line breaks, blanks for tabs, no control characters.

    >>> plain("a" + chr(13) + chr(10) + "b" + chr(9) + "c" + chr(7))
    'a\\nb c'
    """
    return _CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
