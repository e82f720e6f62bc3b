"""Reads the log of a Cisco IOS router, alone or as a syslog server kept it.

IOS writes no year unless told to. It is taken from the syslog server's own stamp in front; without one
the log is refused, because a year is never guessed. `*` before a stamp says that the clock was never
set, `.` that it was set by NTP once and has lost its server (Cisco, 'Setting Time and Calendar Services').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.logtime import lines, to_utc, unread
from heller.intake.numbers import unpacked
from heller.intake.reading import NOT_MINE, Claimed
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, DeviceEvent, DeviceLog, DeviceSign, Reading
from heller.model.text import text

NAME = "cisco"
UNNAMED = "Cisco IOS"

_LINE = re.compile(
    r"^(?:<\d{1,3}>\d? ?)?"
    r"(?:(?P<server>(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?) )?"
    r"(?P<between>.*?)"
    r"(?:(?P<mark>[*.])?(?P<stamp>(?P<month>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2})(?: (?P<year>(?:19|20)\d\d))? "
    r"(?P<time>\d\d:\d\d:\d\d(?:\.\d{1,6})?))(?: (?P<label>[A-Z]{1,5}))?(?: \S+ \S+)?: )?"
    r"%(?P<tag>[A-Z][A-Z0-9_]*-\d-[A-Z0-9_]+): ?:? ?(?P<said>.*)$"
)
_STATE = re.compile(
    r"(?:Line protocol on )?(?:Interface|Controller) (?P<port>[^,]+), changed state to "
    r"(?P<state>administratively down|down|up)"
)
_DIALER = re.compile(r"Interface (?P<port>\S+) (?:un)?bound (?:to|from) profile")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_HOURS = {"UTC": 0, "GMT": 0, "Z": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2}
# Ports of a session that runs over a line (PPP over ATM or Ethernet), and ports that carry no line at all.
_SESSION = ("Dialer", "Di", "Virtual-Access", "Vi", "Virtual-PPP", "Tunnel")
_NEVER_A_LINE = ("Loopback", "Null", "NVI", "Vlan", "BVI", "Virtual-Template")
_SERVER_RESOLUTION = 1.0  # seconds: many syslog servers write whole seconds
_STRAY = timedelta(seconds=60)  # a line that is further off was written before the clock was set
# What the device's clock may be off, in seconds, by its mark, where no syslog server stands beside it.
_UNSURE = {"": 1.0, ".": 60.0, "*": 3600.0}


class _Said(NamedTuple):
    """One line: the server's and the device's time as instants, as far as they stand there."""

    row: int
    server: datetime | None
    device: datetime | None
    mark: str
    tag: str
    said: str
    raw: str
    labelled: bool


def identify(head: bytes, name: str) -> Claimed:
    """90 for lines of IOS's own facilities that speak of interfaces or restarts, 60 for other IOS lines."""
    head = unpacked(head)
    if re.search(rb"%(LINEPROTO-5-UPDOWN|LINK-\d-(UPDOWN|CHANGED)|SYS-5-RESTART|DIALER-6-(UN)?BIND)", head):
        return Claimed(90, text("It has messages of IOS about interfaces or restarts."))
    if re.search(rb"^.{0,120}: %[A-Z][A-Z0-9_]*-[0-7]-[A-Z0-9_]+: ", head, re.MULTILINE):
        return Claimed(60, text("It has messages in the form of IOS."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One device log. A server's stamp without offset is taken in `zone`."""
    rows = lines(blob)
    said, rejected = _said(rows, zone)
    findings = list(unread(blob, rejected))
    if not any(line.server or line.device for line in said):
        findings.insert(0, _no_year(blob))
        return Reading(NAME, UNNAMED, (), tuple(findings), len(rows), len(rejected))
    offset, spread = _offset(said)
    events = tuple(sorted(_events(said, offset), key=lambda e: e.at))
    row = events[0].row if events else 1
    log = DeviceLog(
        device=_device(rows),
        events=events,
        source=Locator(blob.digest, f"row {row}"),
        uncertainty=_uncertainty(said, spread, zone),
    )
    findings += _doubts(blob, said, offset, log.uncertainty)
    return Reading(NAME, _title(log.device), (log,), tuple(findings), len(rows), len(rejected))


def _said(rows: Sequence[str], zone: ZoneInfo) -> tuple[list[_Said], list[tuple[int, str]]]:
    """The lines with a message of IOS; the rest is rejected, where it is not empty."""
    found, rejected = [], []
    for row, raw in enumerate(rows, 1):
        hit = _LINE.match(raw)
        if not hit:
            if raw.strip():
                rejected.append((row, raw))
            continue
        server = _server(hit, zone)
        mark = hit["mark"] or ""
        device = _device_time(hit, server)
        found.append(_Said(row, server, device, mark, hit["tag"], hit["said"], raw, bool(hit["label"])))
    return found, rejected


def _server(hit: re.Match[str], zone: ZoneInfo) -> datetime | None:
    if not hit["server"]:
        return None
    try:
        stamp = datetime.fromisoformat(hit["server"].replace(",", "."))
    except ValueError:
        return None
    return stamp.astimezone(UTC) if stamp.tzinfo else to_utc(stamp, zone)


def _device_time(hit: re.Match[str], server: datetime | None) -> datetime | None:
    """The device's own stamp. Its year is its own or that of the server's stamp nearest to it.

    IOS writes UTC unless told `localtime`; a stamp without a zone is read as UTC. Where a server stands
    beside it, a whole offset of zones falls out with the clock's offset.
    """
    if not hit["stamp"] or hit["month"] not in _MONTHS:
        return None
    years = [int(hit["year"])] if hit["year"] else []
    if not years and server:
        years = [server.year - 1, server.year, server.year + 1]
    found = []
    clock = hit["time"] if "." in hit["time"] else hit["time"] + ".0"
    for year in years:
        try:
            naive = datetime.strptime(
                f"{year} {_MONTHS.index(hit['month']) + 1} {hit['day']} {clock}", "%Y %m %d %H:%M:%S.%f"
            )
        except ValueError:  # 29 February of another year
            continue
        found.append(naive.replace(tzinfo=UTC) - timedelta(hours=_HOURS.get(hit["label"] or "", 0)))
    if server:
        found.sort(key=lambda at: abs(at - server))
    return found[0] if found else None


def _offset(said: Sequence[_Said]) -> tuple[timedelta | None, timedelta]:
    """How far the server's clock is ahead of the device's (median), and how far nine of ten lines stray
    from that; None where no line has both stamps."""
    both = [(s.server - s.device).total_seconds() for s in said if s.server and s.device]
    if not both:
        return None, timedelta()
    middle = median(both)
    strays = sorted(abs(d - middle) for d in both)
    return timedelta(seconds=middle), timedelta(seconds=strays[int(len(strays) * 0.9)])


def _uncertainty(said: Sequence[_Said], spread: timedelta, zone: ZoneInfo) -> float:
    """Seconds that the times may be off: by the server's resolution and spread, and by the clock's mark."""
    if any(s.server for s in said):
        marked = 1.0 if any(s.mark for s in said) else 0.0
        return round(max(_SERVER_RESOLUTION, spread.total_seconds()) + marked, 3)
    worst = max((_UNSURE[s.mark] for s in said), default=1.0)
    device = next(s.device for s in said if s.device)
    away = device.astimezone(zone).utcoffset() or timedelta()
    unlabelled = any(s.device and not s.labelled for s in said)
    return worst + (abs(away.total_seconds()) if unlabelled else 0.0)


def _events(said: Sequence[_Said], offset: timedelta | None) -> Iterator[DeviceEvent]:
    """What of it concerns a line. Ports that somebody switched off stay 'own act' until they are up."""
    off: set[str] = set()
    for line in said:
        told = _sign(line, off)
        if told is None:
            continue
        sign, port = told
        at = line.device + offset if line.device and offset is not None else line.server or line.device
        if at and line.server and abs(at - line.server) > _STRAY:
            at = line.server
        if at is not None:
            yield DeviceEvent(at, sign, f"{port}: {line.raw}" if port else line.raw, line.row, port)


def _sign(line: _Said, off: set[str]) -> tuple[DeviceSign, str] | None:
    """What a line says about which port; `off` holds the ports that are switched off, and is kept."""
    if line.tag in ("SYS-5-RESTART", "SYS-5-RELOAD"):
        return DeviceSign.RESTART, ""
    if dialer := _DIALER.match(line.said):
        up = line.tag.endswith("-BIND")
        return (DeviceSign.SESSION_UP if up else DeviceSign.SESSION_DOWN), dialer["port"]
    state = _STATE.match(line.said)
    if state is None or state["port"].startswith(_NEVER_A_LINE):
        return None
    port, session = state["port"], _over_the_line(line, state["port"])
    if state["state"] == "up":
        off.discard(port)
        return (DeviceSign.SESSION_UP if session else DeviceSign.LINE_UP), port
    if state["state"] != "down":
        off.add(port)
    if port in off:
        return DeviceSign.OWN_ACT, port
    return (DeviceSign.SESSION_DOWN if session else DeviceSign.LINE_DOWN), port


def _over_the_line(line: _Said, port: str) -> bool:
    """Whether a message is about what runs over the line: its protocol, or a port that dials."""
    return line.tag.startswith("LINEPROTO") or port.startswith(_SESSION)


def _device(rows: Sequence[str]) -> str:
    """What the router calls itself: the word before the stamp, or before the number of the message."""
    for raw in rows:
        hit = _LINE.match(raw)
        if hit:
            words = [w.rstrip(":") for w in hit["between"].split() if not w.rstrip(":").isdigit()]
            words = [w for w in words if re.fullmatch(r"[A-Za-z0-9][\w.:-]*", w)]
            return words[-1] if words else UNNAMED
    return UNNAMED


def _title(device: str) -> str:
    """'Cisco IOS, gw1', or the maker alone where the log does not name the router."""
    return device if device == UNNAMED else f"{UNNAMED}, {device}"


def _no_year(blob: Blob) -> Finding:
    return Finding(
        "cisco.no_year",
        text("The router's log has no year, so its times cannot be placed; nothing is taken from it."),
        text("Hand in the syslog server's copy, whose lines begin with date, year and offset."),
        Weight.REFUSED,
        Locator(blob.digest, "row 1"),
    )


def _doubts(
    blob: Blob, said: Sequence[_Said], offset: timedelta | None, uncertainty: float
) -> Iterator[Finding]:
    """What a provider would say against these times."""
    source = Locator(blob.digest, f"row {said[0].row}", said[0].raw[:200])
    undated = sum(not s.server and not s.device for s in said)
    if undated:
        told = text(
            "{n} lines have no year and no stamp of a server; they are left out.",
            "One line has no year and no stamp of a server; it is left out.",
            n=undated,
        )
        yield Finding("cisco.undated_lines", told, source=source)
    if offset is not None and abs(offset) > timedelta(seconds=2):
        ahead = text("The router's clock and the syslog server's differ by {apart}.", apart=abs(offset))
        do = text("The times are given in the server's clock; both stamps stay in the line's wording.")
        yield Finding("cisco.clock_offset", ahead, do, Weight.NOTE, source)
    if any(s.mark == "*" for s in said):
        told = text("The router says that its clock was not set ('*' before the time).")
        do = text("Times are uncertain by {s} seconds; set up NTP on the router.", s=round(uncertainty))
        yield Finding("cisco.clock_not_set", told, do, source=source)
    elif any(s.mark == "." for s in said):
        told = text("The router says that its clock had lost its time server ('.' before the time).")
        do = text("Times are uncertain by {s} seconds.", s=round(uncertainty))
        yield Finding("cisco.clock_lost", told, do, Weight.NOTE, source)
    if offset is None and any(s.device and not s.labelled for s in said):
        told = text("The router's times have no zone; they are read as UTC, which IOS writes by default.")
        do = text("Where it writes local time, all times are off by the difference; it is allowed for.")
        yield Finding("cisco.no_zone", told, do, source=source)
