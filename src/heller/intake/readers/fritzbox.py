"""Reads the event log of a FRITZ!Box as text: `dd.mm.yy HH:MM:SS message`, newest first.

Only messages of a whitelist say something about the line; WLAN, VPN, telephony and mobile messages look
alike and do not. The provider's daily forced disconnection ('Zwangstrennung') is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.logtime import is_ambiguous, lines, to_utc, unread
from heller.intake.numbers import unpacked
from heller.intake.reading import NOT_MINE, Claimed
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, DeviceEvent, DeviceLog, DeviceSign, Reading
from heller.model.text import text

NAME = "fritzbox"

_STAMP = r"(\d\d)\.(\d\d)\.(\d\d(?:\d\d)?)[ \t,;]+(\d\d):(\d\d):(\d\d)"
_ENTRY = re.compile(rf"(?:^|(?<=\s)|(?<=\"))(?<!seit ){_STAMP}[\";,\s]+")
_REPEATED = re.compile(rf"\[(\d+) Meldungen seit {_STAMP}\]")
# The beginnings of the messages that count. The order matters: the first that fits is taken.
_SIGNS: tuple[tuple[str, DeviceSign | None], ...] = (
    (r"DSL antwortet nicht", DeviceSign.LINE_DOWN),
    (r"PPPoE-Fehler: DSL-Synchronisierung verloren", DeviceSign.LINE_DOWN),
    (r"DSL ist verfügbar", DeviceSign.LINE_UP),
    (r"DSL-Synchronis(?:ierung|ation) beginnt", None),  # on its way up, nothing yet
    (r"PPPoE-Fehler", DeviceSign.SESSION_DOWN),
    (r"Zeitüberschreitung bei der PPP-Aushandlung(?! für IP-Telefonie)", DeviceSign.SESSION_DOWN),
    (r"PPP-Aushandlung (?:ist )?fehlgeschlagen", DeviceSign.SESSION_DOWN),
    (r"Anmeldung beim Internetanbieter ist", DeviceSign.SESSION_DOWN),
    (r"Internetverbindung wurde (?:<.*> )?getrennt", DeviceSign.SESSION_DOWN),
    (r"Verbindung getrennt", DeviceSign.SESSION_DOWN),
    (r"Internetverbindung wurde (?:erfolgreich )?hergestellt", DeviceSign.SESSION_UP),
    (r"Die Internetverbindung wird kurz unterbrochen", DeviceSign.OWN_ACT),
    (r".*(?:FRITZ!Box|System)\b.*\bneu gestartet", DeviceSign.RESTART),
    (r".*Stromausfall", DeviceSign.RESTART),
)
_KNOWN = tuple((re.compile(pattern), sign) for pattern, sign in _SIGNS)
_FORCED = re.compile(r"Zwangstrennung")
_FORCED_LASTS = timedelta(seconds=120)  # a forced disconnection is over sooner
_NO_CLOCK = timedelta(days=1)  # a time this far before the one above it is that of a box without a clock
UNCERTAINTY = 2.0  # seconds: whole seconds, and a clock that NTP sets only while the line works


class _Entry(NamedTuple):
    """One entry: wall clock time, message, row."""

    at: datetime
    message: str
    row: int


def identify(head: bytes, name: str) -> Claimed:
    """85 for stamped entries of which one is about DSL, PPPoE or the internet connection."""
    head = unpacked(head)
    if not re.search(rb"(?m)^\"?\d\d\.\d\d\.\d\d(\d\d)?[ \t,;]+\d\d:\d\d:\d\d[ \t;,\"]", head):
        return NOT_MINE
    words = rb"Internetverbindung|DSL[- ](?:antwortet|ist|Sync)|PPPoE|FRITZ!|WLAN|PPP-Aushandlung"
    if re.search(words, head):
        return Claimed(85, text("It has stamped entries about DSL or the internet connection."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One device log; the box's wall clock is taken in `zone`."""
    rows = lines(blob)
    entries, rejected = _entries(rows)
    if len(entries) > 1 and entries[0].at > entries[-1].at:
        entries.reverse()  # the oldest first, entries of one second in their order too
    events, unset, unsure = _events(entries, zone)
    source = Locator(blob.digest, f"row {events[0].row}" if events else "row 1")
    log = DeviceLog("FRITZ!Box", tuple(events), source, UNCERTAINTY)
    findings = (*unread(blob, rejected), *_doubts(source, unset, unsure, bool(events)))
    return Reading(NAME, "FRITZ!Box", (log,), findings, len(rows), len(rejected) + unset)


def _entries(rows: Sequence[str]) -> tuple[list[_Entry], list[tuple[int, str]]]:
    """The entries in the order of the file. A line without a stamp goes on with the one above; several
    entries in one line, as they are when copied from a page, are told apart by their stamps."""
    found: list[_Entry] = []
    rejected = []
    for row, raw in enumerate(rows, 1):
        hits = list(_ENTRY.finditer(raw))
        begin = hits[0].start() if hits else len(raw)
        if raw[:begin].strip(' \t";'):
            if found and not found[-1].message.endswith("."):
                found[-1] = found[-1]._replace(message=f"{found[-1].message} {raw[:begin].strip()}")
            else:
                rejected.append((row, raw))
        for hit, after in zip(hits, [*hits[1:], None], strict=False):
            message = raw[hit.end() : after.start() if after else None].strip(' \t";')
            at = _wall(hit.groups())
            if at is None:
                rejected.append((row, raw))
            else:
                found.append(_Entry(at, message, row))
    return found, rejected


def _wall(parts: Sequence[str]) -> datetime | None:
    """The wall clock's time of a stamp, None where there is no such day."""
    day, month, year, hour, minute, second = (int(p) for p in parts)
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second)
    except ValueError:
        return None


def _events(entries: Sequence[_Entry], zone: ZoneInfo) -> tuple[list[DeviceEvent], int, int]:
    """The events in order of time; how many entries a box without a clock wrote; how many stand in an
    hour that came twice."""
    events: list[DeviceEvent] = []
    before: datetime | None = None
    latest: datetime | None = None
    forced: datetime | None = None
    unset = unsure = 0
    for entry in entries:
        if latest and entry.at < latest - _NO_CLOCK:
            unset += 1
            continue
        latest = max(latest, entry.at) if latest else entry.at
        at = before = to_utc(entry.at, zone, before)
        unsure += is_ambiguous(entry.at, zone)
        sign = _sign(entry.message)
        if sign is None:
            continue
        if sign is DeviceSign.OWN_ACT or _FORCED.search(entry.message):
            sign, forced = DeviceSign.OWN_ACT, at
        elif sign is DeviceSign.SESSION_DOWN and forced and at - forced <= _FORCED_LASTS:
            sign = DeviceSign.OWN_ACT
        events += [DeviceEvent(first, sign, entry.message, entry.row) for first in _first(entry, zone)]
        events.append(DeviceEvent(at, sign, entry.message, entry.row))
    return sorted(events, key=lambda e: e.at), unset, unsure


def _sign(message: str) -> DeviceSign | None:
    return next((sign for pattern, sign in _KNOWN if pattern.match(message)), None)


def _first(entry: _Entry, zone: ZoneInfo) -> Iterator[datetime]:
    """A message that came several times is written once, with the time of the first."""
    hit = _REPEATED.search(entry.message)
    if hit and (first := _wall(hit.groups()[1:])):
        yield to_utc(first, zone)


def _doubts(source: Locator, unset: int, unsure: int, any_event: bool) -> Iterator[Finding]:
    if not any_event:
        told = text("The log of the FRITZ!Box says nothing about the line.")
        yield Finding("fritzbox.nothing", told, None, Weight.NOTE, source)
    if unset:
        told = text(
            "{n} entries carry a date from before the clock was set; they are left out.",
            "One entry carries a date from before the clock was set; it is left out.",
            n=unset,
        )
        yield Finding("fritzbox.clock_unset", told, None, Weight.WARNING, source)
    if unsure:
        told = text(
            "{n} entries lie in the hour that the clock showed twice.",
            "One entry lies in the hour that the clock showed twice.",
            n=unsure,
        )
        do = text("Their order in the log was used; a single entry there may be off by an hour.")
        yield Finding("fritzbox.repeated_hour", told, do, Weight.NOTE, source)
