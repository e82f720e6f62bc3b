"""A calendar file of days and appointments, RFC 5545: text in, text out. It reads no clock and no language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from msgspec import Struct

LINE = 75  # octets without the line break, RFC 5545 3.1
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Heller//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for entry in entries:
        lines += _event(entry, as_of)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines)


def _event(entry: Entry, as_of: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    if entry.begins and entry.ends:
        yield f"DTSTART:{entry.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTEND:{entry.ends.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    else:
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.on + timedelta(1):%Y%m%d}"  # the end is exclusive
    yield f"SUMMARY:{escaped(entry.title)}"
    yield f"DESCRIPTION:{escaped(entry.description)}"
    yield "TRANSP:TRANSPARENT"
    if entry.remind:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(entry.title)}"
        yield f"TRIGGER:-P{entry.remind}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def escaped(said: str) -> str:
    """A TEXT value (3.3.11): backslash, semicolon, comma and line break escaped, controls gone.

    >>> escaped("a;b, c" + chr(10) + "d")
    'a\\\\;b\\\\, c\\\\nd'
    """
    plain = said.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    plain = _CONTROL.sub("", plain)
    for char, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(char, instead)
    return plain


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, no character cut; further ones begin with a space."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + width
    return "\r\n".join([*pieces, piece])
