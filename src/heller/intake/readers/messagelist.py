"""Reads tables of a device's messages: a time, the words, and perhaps who wrote them, as pages of routers export them
(OPNsense, cable modems, UniFi, Teltonika, LANmonitor). What a message means is told by `heller.intake.devices`.
"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from heller.intake.devices import events as device_events
from heller.intake.devices import unknown
from heller.intake.devices.events import DeviceLine
from heller.intake.devices.families import sign_of
from heller.intake.reading import NOT_MINE, Confidence, nothing
from heller.intake.servers import syslog
from heller.intake.servers.syslog import SyslogLine, Timed
from heller.intake.tables import export
from heller.intake.tables.cells import CellRow
from heller.intake.tables.export import Listing
from heller.intake.written import numbers, wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceLog
from heller.model.record import Blob, Reading
from heller.model.text import text

NAME = "message-list"
LOOKED_AT = 200  # rows
HEADINGS = {
    "time": (
        "Time", "Date", "Datum", "Zeit", "Timestamp", "Zeitstempel", "Zeitpunkt", "Datum/Uhrzeit", "Date/Time",
        "Date & Time",
        "Date Time", "DateTime", "Datum und Uhrzeit", "Event time", "Datum Zeit", "Time logged", "when", "@timestamp",
        "__REALTIME_TIMESTAMP", "_time",
    ),
    "message": (
        "Message", "Meldung", "Nachricht", "Line", "Description", "Beschreibung", "Event", "Ereignis", "Text",
        "Details",
        "Eintrag", "msg", "Log", "Bemerkung", "Status", "Content", "Inhalt", "_raw",
    ),
    "program": (
        "Process", "Prozess", "Program", "Programm", "Group", "Gruppe", "Category", "Kategorie", "Module", "Modul",
        "Source", "Quelle", "Facility", "Topics", "SYSLOG_IDENTIFIER", "Gegenstelle", "Remote site", "Type", "Typ",
    ),
    "more": ("Message", "Meldung", "Details", "Text", "Bemerkung", "Reason", "Grund"),
    "host": ("Host", "Hostname", "_HOSTNAME", "Device", "Gerät", "Router"),
    "clock": ("Uhrzeit", "Clock"),
}  # fmt: skip


def _listing(content: str) -> Listing | None:
    """The headings; where an event and a message stand side by side both are read."""
    first = {key: words for key, words in HEADINGS.items() if key != "more"}
    found = export.find(content, first, ("time", "message"))
    if found is None or "message" not in found.places:
        return None
    more = export.find(content, {"more": HEADINGS["more"]}, ("more",))
    if more and more.places["more"] != found.places["message"]:
        found.places["more"] = more.places["more"]
    return found


def identify(head: bytes, name: str) -> Confidence:
    """84 where a message of the first rows says something about a line."""
    content = numbers.tabular(head)[:32768]
    found = _listing(content)
    if found is None:
        return NOT_MINE
    rows = (line for line, _ in zip(found.rows(content), range(LOOKED_AT), strict=False))
    if any((told := sign_of(_syslog(found, line))) and told.sign for line in rows):
        return Confidence(84, text("It is a table of messages, of which some speak of a line."))
    return NOT_MINE


def _syslog(found: Listing, line: CellRow) -> SyslogLine:
    """A row as a line of syslog, so that the families of devices tell it."""
    said = "; ".join(filter(None, (found.cell(line, "message"), found.cell(line, "more"))))
    raw = found.delimiter.join(line.cells)
    host, program = found.cell(line, "host"), found.cell(line, "program")
    if carried := syslog.line(line.number, said):  # a collector keeps whole lines of syslog
        return SyslogLine(
            line.number, raw, None, None, "", "", host, carried.program, carried.tag, carried.said
        )
    return SyslogLine(line.number, raw, None, None, "", "", host, program, "", said)


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One device log per host; times without an offset are taken in `zone`."""
    content = numbers.decode(blob.data)
    found = _listing(content)
    if found is None:
        return nothing(blob, unknown.nothing_known(blob.name, 0, Locator(blob.digest)), NAME)
    rows = list(found.rows(content))
    stamps = [_stamp(found, line, zone) for line in rows]
    known = [(line, at) for line, at in zip(rows, stamps, strict=True) if at]
    moments = wall_time.in_order([at for _, at in known], zone)
    lines = []
    for (line, _), at in zip(known, moments, strict=True):
        one = _syslog(found, line)
        if at is not None:
            lines.append(DeviceLine(Timed(one, at.at, None, at.width), sign_of(one)))
    lines.sort(key=lambda one: one.timed.server.timestamp() if one.timed.server else 0.0)
    source = Locator(blob.digest, f"row {found.head.number}")
    logs, findings = [], list(wall_time.doubts([at for at in moments if at], zone, source))
    for host in dict.fromkeys(one.timed.line.host for one in lines):
        own = [one for one in lines if one.timed.line.host == host]
        log, doubts = _log(blob, host, own, zone)
        logs += [log] if log.events else []
        findings += doubts
    findings += _unread(blob, [line for line, at in zip(rows, stamps, strict=True) if at is None])
    strange = [
        (one.timed.line.row, one.timed.line.raw)
        for one in lines
        if one.told is None and unknown.about_line(one.timed.line.said)
    ]
    findings += unknown.doubts(blob.name, strange, blob.digest, any_known=bool(logs))
    title = ", ".join(dict.fromkeys(log.device for log in logs)) or blob.name
    return Reading(NAME, title, tuple(logs), tuple(findings), len(rows), len(rows) - len(known))


def _stamp(found: Listing, line: CellRow, zone: ZoneInfo) -> wall_time.Moment | None:
    """The time of a row, or its day and the time of day beside it."""
    whole = found.stamp(line, "time")
    return wall_time.stamp(whole, zone) or wall_time.stamp(f"{whole} {found.cell(line, 'clock')}", zone)


def _log(blob: Blob, host: str, own: list[DeviceLine], zone: ZoneInfo) -> tuple[DeviceLog, Iterator[Finding]]:
    clock = device_events.clocks([one for one in own if one.told], zone)
    events = device_events.events(own, clock.offset)
    maker = next((one.told.maker for one in own if one.told and one.told.sign and one.told.maker), "")
    source = Locator(blob.digest, f"row {events[0].row if events else own[0].timed.line.row}")
    name = host or maker or blob.name
    return DeviceLog(name, events, source, clock.uncertainty), device_events.doubts(name, source, own, clock)


def _unread(blob: Blob, bad: list[CellRow]) -> Iterator[Finding]:
    if bad:
        said = text(
            "{n} rows of the messages have no time that can be read; the first is row {row}.",
            n=len(bad),
            row=bad[0].number,
        )
        at = Locator(blob.digest, f"row {bad[0].number}")
        yield Finding("messages.unread", said, None, Weight.WARNING, at)
        yield from wall_time.two_days(bad[0].cells, at)
