"""Lines of syslog, however they were carried: RFC 5424, RFC 3164, with a year or a zone in front, OpenWrt's
`logread`, a router's own buffer. It says when, who and what; what a message means is told by `devices`.

A line may have two stamps: that of the server which received it, and that of the device which wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.servers.keyed import keyed
from heller.intake.written.log_years import LogTimes, WrittenTime, month, years_of
from heller.intake.written.wall_clock import Clocked, Hints, place
from heller.model.record import Blob

_PRI = re.compile(r"\ufeff?(?:<\d{1,3}>)?")
_ISO = re.compile(
    r"(?:\d |\[)?(?P<day>(?:19|20)\d\d[-:]\d\d[-:]\d\d)[T _-](?P<clock>\d\d:\d\d:\d\d)(?:[.,](?P<part>\d{1,9}))?"
    r"(?P<zone>Z| ?[+-]\d\d:?\d\d)?\]?(?=[ \t])[ \t]+"
)
_NAMED = (
    r"(?:(?P<y1>(?:19|20)\d\d) )?(?P<month>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2}) "
    r"(?:(?P<y2>(?:19|20)\d\d) )?(?P<clock>\d\d:\d\d:\d\d)(?:\.(?P<part>\d{1,6}))?"
)
_BSD = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?{_NAMED}(?: (?P<y3>(?:19|20)\d\d)|(?P<zone>[+-]\d\d:\d\d))?(?=[ ]) +"
)
_EPOCH = re.compile(r"(?:1 )?(?P<seconds>1\d{9})(?:\.(?P<part>\d{1,9}))?[ \t]+")
_TRAILING = re.compile(  # Netgear writes what happened, then when
    r"(?P<said>\[.{0,300}?),? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ?(?P<month>[A-Z][a-z]{2})[a-z]{0,6} "
    r"(?P<day>\d{1,2}), ?(?P<y1>(?:19|20)\d\d) (?P<clock>\d\d:\d\d:\d\d)(?P<y2>)(?P<part>)\s*$"
)
_OWN = re.compile(
    rf"(?:^|(?<=[ :]))(?P<mark>[*.])?{_NAMED}(?: (?P<label>[A-Z]{{1,5}}))?(?: \S+ \S+)?: (?:[\w-]+\[\d+\]: )?$"
)
_TAG = re.compile(r"%(?P<tag>[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+) ?: ?:? ?(?P<said>.*)$")
_STRUCTURED = re.compile(
    r"(?P<host>\S+) (?P<program>\S+) (?P<pid>\S+) (?P<id>\S+) (?:-|\[.*?(?<!\\)\](?!\[)) *(?:\ufeff|BOM)?(?P<said>.*)$"
)
_PROGRAM = re.compile(
    r"(?:(?P<host>\S+?) +)??(?:[a-z0-9]+\.(?:emerg|alert|crit|err|warn|notice|info|debug)\w* )?"
    r"(?P<program>[\w./()+@-]+)(?:\[[\w ]+\])?: ?(?P<said>.*)$"
)
_EXPORTED = re.compile(  # OPNsense's page exports severity, program and message with tabs between
    r"(?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Info|Debug)\t(?P<program>[^\t]+)\t(?P<said>.*)$"
)
# ntpd of BusyBox and of the NTP project, chronyd, ntpdate, systemd-timesyncd do not all say by how much.
STEPPED = re.compile(
    r"(?:stepped by|time (?:re)?set|clock wrong by|step time server \S+ offset) ([+-]?\d{1,12}(?:\.\d{1,9})?) ?s"
)
BOOT = re.compile(
    r"Linux version \d|Booting Linux|---<<BOOT>>---|kernel boot file is|SYS-5-RESTART|System restarted"
)
_NAME = re.compile(r"[A-Z][A-Z0-9]+_[A-Z0-9_]+")
_NO_HOST = re.compile(
    r"emerg(?:ency)?|alert|crit(?:ical)?|err(?:or)?|warn(?:ing)?|notice|info(?:rmation(?:al)?)?|debug|kern(?:el)?|auth(?:priv)?|"
    r"cron|local[0-7]|system|connections|router|inet|ethernet",
    re.IGNORECASE,
)
_LOCAL_CLOCK = ("ASA-", "FTD-", "PIX-", "FWSM-")  # firewalls stamp their own wall clock, IOS writes UTC
_HOURS = {"UTC": 0, "GMT": 0, "Z": 0, "CET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2}


class SyslogLine(NamedTuple):
    """One line as it stands. `server` is the stamp in front, an instant where it has an offset; `device` the
    device's own stamp behind it; `mark` what IOS says of its clock; `tag` the name of an IOS message."""

    row: int
    raw: str
    server: WrittenTime | datetime | None
    device: WrittenTime | None
    mark: str
    label: str
    host: str
    program: str
    tag: str
    said: str


class Timed(NamedTuple):
    """A line with its stamps as instants, and how many seconds wide that of the server is."""

    line: SyslogLine
    server: datetime | None
    device: datetime | None
    width: float


def line(row: int, raw: str) -> SyslogLine | None:
    """The parts of a line; None where it is no line of syslog."""
    if found := keyed(raw):
        own: WrittenTime | datetime = found.at
        if found.at.tzinfo is None:
            own = WrittenTime(*found.at.timetuple()[:6], found.at.microsecond)
        return SyslogLine(row, raw, own, None, "", "", found.host, found.program, "", found.said)
    at = _PRI.match(raw) if raw[:1] in ("<", "\ufeff") else None
    begin = at.end() if at else 0
    if raw[begin : begin + 1] == "[" and (hit := _TRAILING.match(raw, begin)) and (at_end := _stamp(hit)):
        return SyslogLine(row, raw, at_end, None, "", "", "", "", "", hit["said"])
    iso = (
        _ISO.match(raw, begin) if raw[begin : begin + 1].isdigit() or raw[begin : begin + 1] == "[" else None
    )
    bsd = None if iso else _BSD.match(raw, begin)
    head = iso or bsd
    server = _instant(iso) if iso else _stamp(bsd) if bsd else None
    if bsd and bsd["zone"] and isinstance(server, WrittenTime) and (naive := server.of(server.year or 1)):
        server = naive.replace(tzinfo=UTC) - _away(bsd["zone"]) if server.year else None
    if not head and (head := _EPOCH.match(raw, begin)):
        micros = int((head["part"] or "0").ljust(6, "0")[:6])
        server = datetime.fromtimestamp(int(head["seconds"]), UTC).replace(microsecond=micros)
    rest = raw[head.end() :] if head else raw[begin:]
    if head and server is None:
        return None
    if "%" in rest and (hit := _TAG.search(rest)):
        return _tagged(row, raw, server, rest[: hit.start()], hit)
    if server is None:
        return None
    if "\t" in rest and (exported := _EXPORTED.match(rest)):
        return SyslogLine(
            row, raw, server, None, "", "", "", exported["program"].strip(), "", exported["said"].strip()
        )
    version = iso is not None and re.match(r"\d ", raw[begin:]) is not None
    if version and (hit := _STRUCTURED.match(rest)):
        # Junos puts the message's name there, which its lines without structure begin with.
        said = f"{hit['id']}: {hit['said']}" if _NAME.fullmatch(hit["id"]) else hit["said"]
        return SyslogLine(row, raw, server, None, "", "", hit["host"], hit["program"], "", said)
    if hit := _PROGRAM.match(rest):
        return SyslogLine(row, raw, server, None, "", "", _host(hit["host"]), hit["program"], "", hit["said"])
    host, _, said = ("", "", rest) if rest.startswith("[") else rest.partition(" ")
    return SyslogLine(row, raw, server, None, "", "", _host(host), "", "", said) if said else None


def _host(word: str | None) -> str:
    """The host that a word names; a buffer that a page prints has a facility or a severity there."""
    return "" if word is None or word.startswith("[") or _NO_HOST.fullmatch(word) else word


def _tagged(
    row: int, raw: str, server: WrittenTime | datetime | None, before: str, hit: re.Match[str]
) -> SyslogLine | None:
    """A message in the form of IOS: its own stamp stands right before the tag, the host somewhere before."""
    own = _OWN.search(before)
    device = _stamp(own) if own else None
    if server is None and device is not None and hit["tag"].startswith(_LOCAL_CLOCK):
        server, device = device, None
    words = (before[: own.start()] if own else before).split()
    words = [w.rstrip(":") for w in words if not w.rstrip(":").isdigit()]
    names = [w for w in words if re.fullmatch(r"[A-Za-z0-9][\w.:-]*", w)]
    host = names[0] if server is not None and names else names[-1] if names else ""
    program = names[1] if server is not None and len(names) > 1 else ""
    if server is None and device is None and not names and not words:
        return None if not before.strip() and not raw.startswith(("<", "%")) else _bare(row, raw, hit)
    mark = (own["mark"] or "") if own else ""
    label = (own["label"] or "") if own else ""
    return SyslogLine(row, raw, server, device, mark, label, host, program, hit["tag"], hit["said"])


def _bare(row: int, raw: str, hit: re.Match[str]) -> SyslogLine:
    """A message without any stamp."""
    return SyslogLine(row, raw, None, None, "", "", "", "", hit["tag"], hit["said"])


def _stamp(hit: re.Match[str] | None) -> WrittenTime | None:
    if hit is None or not (number := month(hit["month"])):
        return None
    year = hit["y1"] or hit["y2"] or ("y3" in hit.re.groupindex and hit["y3"]) or 0
    hour, minute, second, micro = _clock(hit)
    found = WrittenTime(int(year), number, int(hit["day"]), hour, minute, second, micro)
    return found if _is_day(found.year or 2000, number, found.day) and hour < 24 and minute < 60 else None


def _instant(hit: re.Match[str]) -> WrittenTime | datetime | None:
    """ISO 8601: an instant with an offset, else a wall clock's time; a leap second counts as the one before."""
    clock, part = hit["clock"], hit["part"]
    try:
        naive = datetime.fromisoformat(f"{hit['day'].replace(':', '-')} {clock[:-2]}{min(clock[-2:], '59')}")
    except ValueError:
        return None
    if part:
        naive = naive.replace(microsecond=int(part.ljust(6, "0")[:6]))
    if not hit["zone"]:
        return WrittenTime(
            naive.year, naive.month, naive.day, naive.hour, naive.minute, naive.second, naive.microsecond
        )
    try:
        return naive.replace(tzinfo=UTC) - _away(hit["zone"])
    except OverflowError:
        return None


@lru_cache(256)
def _away(zone: str) -> timedelta:
    """How far a written offset is from UTC."""
    said = zone.strip().replace(":", "")
    if said == "Z":
        return timedelta()
    away = timedelta(hours=int(said[1:3]), minutes=int(said[3:5]))
    return -away if said[0] == "-" else away


def _clock(hit: re.Match[str]) -> tuple[int, int, int, int]:
    clock, part = hit["clock"], hit["part"]
    micro = int(part.ljust(6, "0")[:6]) if part else 0
    return int(clock[:2]), int(clock[3:5]), min(int(clock[6:]), 59), micro


@lru_cache(maxsize=512)
def _is_day(year: int, month_: int, day: int) -> bool:
    """Whether there is such a day."""
    return WrittenTime(year, month_, day, 0, 0, 0).of(year) is not None


def with_times(
    found: Sequence[SyslogLine], blob: Blob, zone: ZoneInfo
) -> tuple[list[Timed], LogTimes, Clocked]:
    """All lines with their stamps as instants, how the years were found and what the clock did.

    A server's stamp without an offset is of `zone`. A device's own stamp without a zone is UTC, as IOS writes
    it unless told otherwise; behind a server's stamp its year is the one nearest to that.
    """
    local = [n for n, one in enumerate(found) if isinstance(one.server, WrittenTime)]
    alone = [n for n, one in enumerate(found) if one.server is None and one.device]
    # One order of lines, so one search for the years of both kinds of stamps.
    asked = sorted([*local, *alone])
    years = years_of([_time_of(found[n]) for n in asked], blob)
    naive = dict(zip(asked, years.times, strict=True))
    wall = [(n, at) for n in local if (at := naive[n])]
    clock = place([at for _, at in wall], zone, _hints([found[n] for n, _ in wall]))
    instants = dict(zip((n for n, _ in wall), clock.moments, strict=True))
    out = []
    for n, one in enumerate(found):
        server, width = instants.get(n) or (None, 0.0)
        if isinstance(one.server, datetime):
            server = one.server
        own = naive.get(n) if one.server is None else None
        device = _utc(own, one) if own else _near(one, server)
        out.append(Timed(one, server, device, width))
    return out, years, clock


def _hints(found: Sequence[SyslogLine]) -> Hints:
    """The lines that tell of a start, and those in which a time server's program sets the clock."""
    boots = [n for n, one in enumerate(found) if BOOT.search(one.said)]
    steps = {n: float(hit[1]) for n, one in enumerate(found) if (hit := STEPPED.search(one.said))}
    return Hints(boots, steps)


def _time_of(one: SyslogLine) -> WrittenTime:
    found = one.server if isinstance(one.server, WrittenTime) else one.device
    assert isinstance(found, WrittenTime)
    return found


def _utc(naive: datetime, one: SyslogLine) -> datetime:
    return naive.replace(tzinfo=UTC) - timedelta(hours=_HOURS.get(one.label, 0))


def _near(one: SyslogLine, server: datetime | None) -> datetime | None:
    """The device's own stamp in the year that lies nearest to the server's stamp, or in its own year."""
    if one.device is None:
        return None
    years = [one.device.year] if one.device.year else []
    if not years and server:
        years = [server.year - 1, server.year, server.year + 1]
    found = [_utc(at, one) for year in years if (at := one.device.of(year))]
    if server:
        found.sort(key=lambda at: abs(at - server))
    return found[0] if found else None
