"""Reads the event log of a FRITZ!Box: as text (`dd.mm.yy HH:MM:SS message`, newest first), as the table of
its push mail (HTML), as the XML that TR-064 hands out (nodes `date`, `time`, `msg`).

Only messages of a whitelist say something about the line; WLAN, VPN and telephony messages look alike and do
not. That the box went over to the mobile network and back is told as another way, in the words of a sample that no
document of the maker bears out. The provider's daily forced disconnection ('Zwangstrennung') is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.devices import fritz, fritz_in_bulk, plain_words, unknown
from heller.intake.einvoice import xml
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.intake.written import clock_doubts
from heller.intake.written.encoding import first_text
from heller.intake.written.log_lines import lines, unread
from heller.intake.written.numbers import decode
from heller.intake.written.wall_clock import Hints, Moment, clocked, is_newest_first, to_utc
from heller.model.finding import Finding, Locator
from heller.model.kinds.device_log import DeviceEvent, DeviceLog, DeviceSign
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "fritzbox"

_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
DOWNS = (DeviceSign.LINE_DOWN, DeviceSign.SESSION_DOWN)
LOOKED_AT = 8192  # bytes in which a message without the words of a known box is looked for
UNCERTAINTY = 2.0  # seconds: whole seconds, and a clock that NTP sets only while the line works


# A stamp at the beginning of a line, in the cells of a table, in two nodes of XML.
_STAMPED = re.compile(
    rb"(?m)^\"?\d\d\.\d\d\.\d\d(\d\d)?[ \t,;]+\d\d:\d\d:\d\d[ \t;,\"]"
    rb"|<t[dh][^>]*>\s*\d\d\.\d\d\.\d\d(\d\d)?\b|<date>\d\d\.\d\d\.\d\d"
    rb"|(?m:^)\d\d\.\d\d\.\d\d\r?\n\d\d:\d\d:\d\d\r?$"
    rb"|\[\s*\"\d\d\.\d\d\.\d\d(?:\d\d)?\", ?\"\d\d:\d\d:\d\d\""
    rb"|\"(?:date|varvalue)\": ?\"\d\d\.\d\d\.\d\d(\d\d \d\d:\d\d:\d\d)?\""
)
_ABOUT = re.compile(
    rb"Internetverbindung|Internet connection|DSL[- ](?:antwortet|ist|is|not|Sync|sync|Verb)|PPPoE|FRITZ!|WLAN|"
    rb"PPP-Aushandlung|Glasfaserverbindung|Kabelverbindung"
)
_NUMBERED = re.compile(r"\d\d:\d\d:\d\d[\",; ]+\([A-Z]{1,4}\d{2,4}\) ")
_DAY, _TIME = re.compile(r"\d\d\.\d\d\.\d\d(?:\d\d)?"), re.compile(r"\d\d:\d\d:\d\d")


class _Entry(NamedTuple):
    """One entry: wall clock time, message, row."""

    at: datetime
    message: str
    row: int


def identify(head: bytes, name: str) -> Confidence:
    """85 for stamped entries of which one is about DSL, PPPoE or the internet connection."""
    head = first_text(head).replace(b"\0", b"")  # a power cut, or UTF-16
    if not _STAMPED.search(head):
        return NOT_MINE
    if _ABOUT.search(head):
        return Confidence(85, text("It has stamped entries about DSL or the internet connection."))
    rows = head[:LOOKED_AT].decode("utf-8", "replace").splitlines()
    if any((hit := fritz.ENTRY.match(row)) and plain_words.sign_in(row[hit.end() :]) for row in rows):
        return Confidence(15, text("It has stamped entries about DSL or the internet connection."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One device log; the box's wall clock is taken in `zone`."""
    return _in_bulk(blob, zone) or _one_by_one(blob, zone)


def _in_bulk(blob: Blob, zone: ZoneInfo) -> Reading | None:
    """The same of a long text with an entry in each line; None for any other file."""
    found = fritz_in_bulk.read(blob, zone)
    if found is None:
        return None
    maker = _maker(list(found.messages), [blob.data[:4096].decode("utf-8", "replace").split("\n")[0]])
    plain = [(one, n) for one, n in found.messages.items() if fritz.is_plain(one)]
    strange = [(n, one) for one, n in found.messages.items() if _is_strange(one)]
    by_row = any(fritz.meant(one)[1] in DOWNS for one in found.messages if not fritz.is_plain(one))
    source = Locator(blob.digest, f"row {found.events[0].row}" if len(found.events) else "row 1")
    log = DeviceLog(maker, found.events, source, UNCERTAINTY if by_row or not plain else plain_words.UNSURE)
    findings = (
        *unknown.by_plain_sense(maker, [one for one, _ in plain], source, sum(n for _, n in plain)),
        *unknown.doubts(
            maker,
            [(found.first[one], one) for _, one in strange],
            blob.digest,
            any_known=bool(len(found.events)),
            of=sum(n for n, _ in strange),
        ),
        *_doubts(maker, source, found.rows, bool(len(found.events)), bool(strange)),
        *clock_doubts.findings(found.doubts, zone, source),
    )
    return Reading(NAME, maker, (log,), findings, found.rows, found.unset)


def _one_by_one(blob: Blob, zone: ZoneInfo) -> Reading:
    """Entry by entry."""
    rows = _rows(blob)
    entries, rejected = _entries(rows)
    if is_newest_first(entry.at for entry in entries):
        entries.reverse()  # the oldest first, entries of one second in their order too
    clock = clocked([entry.at for entry in entries], zone, Hints(_starts(entries)))
    events = _events(entries, clock.moments, zone)
    source = Locator(blob.digest, f"row {events[0].row}" if events else "row 1")
    maker = _maker([entry.message for entry in entries], rows)
    plain = [entry.message for entry in entries if fritz.is_plain(entry.message)]
    by_row = any(event.sign in DOWNS and event.message not in plain for event in events)
    unsure = UNCERTAINTY if by_row or not plain else plain_words.UNSURE
    log = DeviceLog(maker, tuple(events), source, unsure)
    unset = sum(moment is None for moment in clock.moments)
    findings = (
        *unread(blob, rejected),
        *unknown.by_plain_sense(maker, plain, source),
        *unknown.doubts(maker, _unknown(entries), blob.digest, any_known=bool(events)),
        *_doubts(maker, source, len(entries), bool(events), bool(_unknown(entries))),
        *clock_doubts.doubts(clock, zone, source),
    )
    return Reading(NAME, maker, (log,), findings, len(rows), len(rejected) + unset)


def _rows(blob: Blob) -> list[str]:
    """The lines of the text, those of the mail's table, or one for each event of the XML."""
    start = blob.data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"<") and b"<date>" in blob.data:
        return [
            f"{xml.words(event, 'date')} {xml.words(event, 'time')} {xml.words(event, 'msg')}"
            for event in xml.parse(blob.data).iter("{*}Event", "{*}event", "{*}entry")
        ]
    if start.startswith(b"<"):
        return _table(decode(blob.data.replace(b"\0", b"")))
    if start.startswith((b"{", b"[")):
        return list(_objects(json_documents.documents(blob).found))
    return _whole_lines(lines(blob))


def _objects(found: Iterable[tuple[int, Any]]) -> Iterator[str]:
    """The entries of the box's own JSON, wherever in it they stand: date, time and message by name, or in a row."""
    left = [value for _, value in found]
    while left:
        value = left.pop(0)
        if told := _speedport(value):
            yield told
        elif isinstance(value, dict) and {"date", "time", "msg"} <= value.keys():
            yield f"{value['date']} {value['time']} {value['msg']}"
        elif isinstance(value, dict):
            left = [*value.values(), *left]
        elif isinstance(value, list) and len(value) > 2 and _DAY.fullmatch(str(value[0])):
            yield " ".join(str(part) for part in value[:3])
        elif isinstance(value, list):
            left = [*value, *left]


def _speedport(value: Any) -> str:
    """An entry of a Speedport's page: values by the names of variables; '' for all else."""
    parts = value.get("varvalue") if isinstance(value, dict) else None
    if not isinstance(parts, list):
        return ""
    own = {part.get("varid"): part.get("varvalue") for part in parts if isinstance(part, dict)}
    return f"{own['timestamp']} {own['message']}" if {"timestamp", "message"} <= own.keys() else ""


def _whole_lines(rows: list[str]) -> list[str]:
    """The lines of a text; day, time and message that stand below each other, as copied from the box's page, as one
    line in the place of its first."""
    found = list(rows)
    for n in range(len(rows) - 2):
        if _DAY.fullmatch(rows[n].strip()) and _TIME.fullmatch(rows[n + 1].strip()):
            found[n] = f"{rows[n].strip()} {rows[n + 1].strip()} {rows[n + 2].strip()}"
            found[n + 1] = found[n + 2] = ""
    return found


def _table(page: str) -> list[str]:
    """The rows of a page's tables that begin with a day; head and footer of the mail are none of the log."""
    from heller.intake.mails import html_words  # its parser is loaded for mails in HTML only

    found = html_words.without_tags(_CELL.sub(r" \g<0>", page)).split("\n")
    return [line for line in found if fritz.ENTRY.match(line)]


def _entries(rows: Sequence[str]) -> tuple[list[_Entry], list[tuple[int, str]]]:
    """The entries in the order of the file. A line without a stamp goes on with the one above; several
    entries in one line, as they are when copied from a page, are told apart by their stamps."""
    found: list[_Entry] = []
    rejected = []
    for row, raw in enumerate(rows, 1):
        hits = list(fritz.ENTRY.finditer(raw))
        begin = hits[0].start() if hits else len(raw)
        if raw[:begin].strip(' \t";'):
            if found and not found[-1].message.endswith("."):
                found[-1] = found[-1]._replace(message=f"{found[-1].message} {raw[:begin].strip()}")
            else:
                rejected.append((row, raw))
        for hit, after in zip(hits, [*hits[1:], None], strict=False):
            message = fritz.message(raw[hit.end() : after.start() if after else None])
            at = fritz.wall(hit.groups())
            if at is None:
                rejected.append((row, raw))
            else:
                found.append(_Entry(at, message, row))
    return found, rejected


def _starts(entries: Sequence[_Entry]) -> list[int]:
    """The entries that tell of a start of the box."""
    return [n for n, entry in enumerate(entries) if _sign(entry.message) is DeviceSign.RESTART]


def _events(entries: Sequence[_Entry], moments: Sequence[Moment | None], zone: ZoneInfo) -> list[DeviceEvent]:
    """The events in order of time, of entries that can be placed."""
    events: list[DeviceEvent] = []
    forced: datetime | None = None
    for entry, moment in zip(entries, moments, strict=True):
        sign = _sign(entry.message)
        if sign is None or moment is None:
            continue
        at, width = moment
        if sign is DeviceSign.OWN_ACT or fritz.FORCED.search(entry.message):
            sign, forced = DeviceSign.OWN_ACT, at
        elif sign is DeviceSign.SESSION_DOWN and forced and at - forced <= fritz.FORCED_LASTS:
            sign = DeviceSign.OWN_ACT
        events += [DeviceEvent(first, sign, entry.message, entry.row) for first in _first(entry, zone)]
        events.append(DeviceEvent(at, sign, entry.message, entry.row, "", width))
    return sorted(events, key=lambda e: e.at)


def _sign(message: str) -> DeviceSign | None:
    return fritz.meant(message)[1]


def _first(entry: _Entry, zone: ZoneInfo) -> Iterator[datetime]:
    """A message that came several times is written once, with the time of the first."""
    hit = fritz.REPEATED.search(entry.message)
    if hit and (first := fritz.wall(hit.groups()[1:])):
        yield to_utc(first, zone)


def _unknown(entries: Sequence[_Entry]) -> list[tuple[int, str]]:
    """The messages about the line that no pattern knows."""
    return [(entry.row, entry.message) for entry in entries if _is_strange(entry.message)]


def _is_strange(message: str) -> bool:
    return fritz.meant(message) == (False, None) and unknown.about_line(message)


def _maker(messages: Sequence[str], rows: Sequence[str]) -> str:
    """Whose box: a Speedport numbers its messages or writes whole years, a FRITZ!Box neither."""
    if any(_NUMBERED.search(row) for row in rows):
        return "Speedport"
    return "FRITZ!Box" if any("FRITZ" in one for one in messages) or not _whole_years(rows) else "Router"


def _whole_years(rows: Sequence[str]) -> bool:
    """Whether its stamps have years of four digits, as no FRITZ!Box writes them."""
    return any(len(hit[3]) == 4 for row in rows[:50] for hit in fritz.ENTRY.finditer(row))


def _doubts(maker: str, source: Locator, n: int, any_event: bool, any_unknown: bool) -> Iterator[Finding]:
    if not any_event and not any_unknown:
        yield unknown.nothing_known(maker, n, source)
