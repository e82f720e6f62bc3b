"""The lines of a long log of syslog in columns: what a wording says is asked once (`families.sign_of`), what one line
says of another is told by `devices.events`. Where a log needs each line by itself (two stamps in a line, a mail server,
a clock that was set), nothing is read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.devices import event_columns, quiet
from heller.intake.devices import events as device_events
from heller.intake.devices.event_columns import EventRows
from heller.intake.devices.events import DOWNS, UPS, DeviceLine
from heller.intake.devices.families import sign_of
from heller.intake.devices.sign import LineSign
from heller.intake.servers import postfix, syslog
from heller.intake.servers.keyed import keyed
from heller.intake.servers.syslog import SyslogLine, Timed
from heller.intake.written import log_years, stamped_lines, wall_columns
from heller.intake.written.clock_doubts import ClockDoubts
from heller.intake.written.log_years import LogTimes, WrittenTime
from heller.intake.written.stamped_lines import StampedLines, Wording
from heller.intake.written.wall_clock import Hints
from heller.intake.written.wall_columns import EPOCH, MICRO
from heller.model.kinds.device_log import DeviceEvents, DeviceSign
from heller.model.record import Blob

if TYPE_CHECKING:
    from numpy import bool_, float64, int64, uint8
    from numpy.typing import NDArray

_KEYED = r"\btime=\"?|\btimestamp=\"?\d{4}-\d\d-\d\dT"  # where the clock of a line of key=value stands
_HOUR = 3_600_000_000
_ONCE = EPOCH.replace(tzinfo=UTC)  # what only has to be some time


class Bulk(NamedTuple):
    """A log: its lines, what each wording is as a line of syslog (None for those that are none) and says, how many
    lines have it, where the years come from, what is doubted of the clock; when each line was written."""

    found: StampedLines
    lines: list[SyslogLine | None]
    signs: list[LineSign | None]
    times: list[int]
    years: LogTimes
    doubts: ClockDoubts
    at: NDArray[int64]
    width: NDArray[float64]
    known: NDArray[bool_]

    def rejected(self) -> tuple[list[tuple[int, str]], int]:
        """The first of the lines that are none of syslog, and how many there are."""
        pairs = list(zip(self.found.wordings, self.lines, self.times, strict=True))
        bare = [(one.row, one.raw) for one, line, _ in pairs if line is None and one.raw.strip()]
        n = sum(times for one, line, times in pairs if line is None and one.raw.strip())
        return sorted([*bare, *self.found.rejected()])[:1], n + self.found.odd

    def hosts(self) -> list[str]:
        """Who wrote lines that some family knows, in the order of their first lines."""
        pairs = zip(self.lines, self.signs, strict=True)
        return list(dict.fromkeys(line.host for line, told in pairs if line and told))

    def said_by(self, host: str) -> list[DeviceLine]:
        """What a host says, each wording once with a time and once without, where it has such lines."""
        import numpy as np

        bare = np.bincount(self.found.which[~self.known], minlength=len(self.lines)).tolist()
        every = zip(self.lines, self.signs, self.times, bare, strict=True)
        own = [(line, told, n, out) for line, told, n, out in every if line and told and line.host == host]
        dated = [
            DeviceLine(Timed(line, _ONCE, None, 0.0), told, n - out) for line, told, n, out in own if n > out
        ]
        return dated + [
            DeviceLine(Timed(line, None, None, 0.0), told, out) for line, told, _, out in own if out
        ]


def read(blob: Blob, zone: ZoneInfo) -> Bulk | None:
    """A long log; None for any other."""
    import numpy as np

    head = blob.data[:65536].decode("utf-8", "replace").splitlines()
    marker = _KEYED if any(map(keyed, head[:20])) else ""
    found = stamped_lines.read(blob, marker, quiet.tells)
    if found is None or (found.first_odd and syslog.line(*found.first_odd)):
        return None
    lines = [syslog.line(one.row, one.raw) for one in found.wordings]
    if not any(lines) or not all(_is_plain(line, bool(marker)) for line in lines if line):
        return None
    bases = _bases(found, lines)
    if bases is None:
        return None
    times = np.bincount(found.which, minlength=len(lines)).tolist()
    return _placed(found, lines, times, bases, blob, zone)


def _is_plain(line: SyslogLine, is_keyed: bool) -> bool:
    """Whether a line has the one stamp that is cut out of it, and says nothing that the next line needs."""
    if line.server is None or line.device is not None or postfix.is_mail(line):
        return False
    return bool(keyed(line.raw)) == is_keyed and not syslog.STEPPED.search(line.said)


def _bases(found: StampedLines, lines: Sequence[SyslogLine | None]) -> list[int] | None:
    """The hour of each wording, in microseconds since 1970 of its clock (in the year 2000, where none is written), an
    instant less what it lies within its hour; None where a stamp is not the one that was cut out."""
    import numpy as np

    first = np.searchsorted(found.row, [one.row for one in found.wordings])
    bases = []
    for line, within in zip(lines, found.within[first].tolist(), strict=True):
        at = line.server if line else None
        if isinstance(at, WrittenTime):
            at = at.of(at.year or 2000)
            if at is None:
                return None
        base = (at.replace(tzinfo=None) - EPOCH) // MICRO - within if at else 0
        if base % (_HOUR // 4):
            return None
        bases.append(base)
    return bases


def _placed(
    found: StampedLines,
    lines: list[SyslogLine | None],
    times: list[int],
    bases: list[int],
    blob: Blob,
    zone: ZoneInfo,
) -> Bulk | None:
    import numpy as np

    at = np.array(bases, np.int64)[found.which] + found.within
    width, known = np.zeros(len(at)), np.array([line is not None for line in lines])[found.which]
    is_wall = np.array([line is not None and isinstance(line.server, WrittenTime) for line in lines])[
        found.which
    ]
    years, doubts = LogTimes([], None, missing=False), ClockDoubts()
    if is_wall.any():
        walls = np.flatnonzero(is_wall)
        told = _in_years(found, lines, at, walls, blob)
        if told is None:
            return None
        years, at[walls] = told
        boots = {n for n, line in enumerate(lines) if line and syslog.BOOT.search(line.said)}
        starts = np.flatnonzero(np.isin(found.which[walls], list(boots))).tolist() if boots else []
        clock = wall_columns.place(at[walls], zone, Hints(starts))
        at[walls], width[walls], known[walls], doubts = clock
    signs = [sign_of(line) if line else None for line in lines]
    return Bulk(found, lines, signs, times, years, doubts, at, width, known)


def _in_years(
    found: StampedLines,
    lines: Sequence[SyslogLine | None],
    at: NDArray[int64],
    walls: NDArray[int64],
    blob: Blob,
) -> tuple[LogTimes, NDArray[int64]] | None:
    """The wall clock's times in their years: the first and the last line of each run of an hour tell them for all."""
    import numpy as np

    stamps = [line.server if line and isinstance(line.server, WrittenTime) else None for line in lines]
    if all(one is None or one.year for one in stamps):
        return LogTimes([], None, missing=False), at[walls]
    hours = at[walls] // _HOUR
    begins = np.flatnonzero(np.diff(hours, prepend=hours[0] - 1))
    ends = np.append(begins[1:], len(hours)) - 1
    edges = np.unique(np.concatenate([begins, ends]))
    written = [_written(at[walls[n]], stamps[found.which[walls[n]]]) for n in edges.tolist()]
    years = log_years.years_of(written, blob)
    if any(one is None for one in years.times):
        return None
    whole = np.array([(one - EPOCH) // MICRO for one in years.times if one], np.int64)
    moved = whole - at[walls[edges]]
    run = np.repeat(np.searchsorted(edges, begins), ends - begins + 1)
    return years, at[walls] + moved[run]


def _written(at: int, stamp: WrittenTime | None) -> WrittenTime:
    """A line's stamp, which is another one than the first of its wording by its minutes and seconds."""
    assert stamp is not None
    when = EPOCH + timedelta(microseconds=int(at))
    return stamp._replace(minute=when.minute, second=when.second, micro=when.microsecond)


def events(bulk: Bulk, host: str) -> tuple[DeviceEvents, frozenset[str]] | None:
    """What a host says of its line, and the ports that stand in for it; None where a port is only another's name."""
    import numpy as np

    told = [
        sign if line and line.host == host else None
        for line, sign in zip(bulk.lines, bulk.signs, strict=True)
    ]
    said = [one for one in told if one and one.sign]
    back = {one.port for one in said if one.sign in UPS or not one.alias}
    if any(one.sign in DOWNS and one.port not in back for one in said):
        return None
    speaks = np.array([one is not None and one.sign is not None for one in told])
    kept = np.flatnonzero(speaks[bulk.found.which] & bulk.known)
    found = bulk.found
    rows = EventRows(bulk.at[kept], bulk.width[kept], found.row[kept], found.which[kept], found.stamp[kept])
    beside = _standby(rows, told, bulk.lines)
    told = [device_events.as_other(one) if one and one.port in beside else one for one in told]
    sign = event_columns.numbers([one.sign if one else None for one in told])[rows.which]
    if any(one and one.sign is DeviceSign.OWN_ACT for one in told):
        pairs = ((one.sign, one.port) for n in rows.which.tolist() if (one := told[n]) and one.sign)
        sign = event_columns.numbers(list(device_events.acts(pairs)))
    rows, sign = _other_ways(rows, sign, told)
    ports = [one.port if one else "" for one in told]
    messages = [
        device_events.message_of(one.said, port) for one, port in zip(found.wordings, ports, strict=True)
    ]
    return event_columns.events(rows, sign, messages, ports), beside


def _standby(
    rows: EventRows, told: Sequence[LineSign | None], lines: Sequence[SyslogLine | None]
) -> frozenset[str]:
    """The ports that stand in for the line: the first word of each, and the three of others before it, tell."""
    import numpy as np

    names = list(dict.fromkeys(one.port for one in told if one and one.sign))
    if len(names) < 2:
        return frozenset()
    port = np.array([names.index(one.port) if one and one.sign else 0 for one in told])[rows.which]
    needed: set[int] = set()
    for n in range(len(names)):
        first = int(np.argmax(port == n)) if (port == n).any() else 0
        before = np.flatnonzero(port[:first] != n)[-3:]
        needed.update([first, *before.tolist()])
    found = []
    for n in sorted(needed):
        at = _ONCE + timedelta(microseconds=int(rows.at[n]))
        line, sign = lines[rows.which[n]], told[rows.which[n]]
        if line and sign:
            found.append((Timed(line, at, None, 0.0), sign))
    return device_events.standby(found)


def _other_ways(
    rows: EventRows, sign: NDArray[uint8], told: Sequence[LineSign | None]
) -> tuple[EventRows, NDArray[uint8]]:
    """With each line that says so too that another way took over or left off, as a second event."""
    import numpy as np

    other = event_columns.numbers([one.other_way if one else None for one in told])[rows.which]
    also = other != event_columns.NOTHING
    if not also.any():
        return rows, sign
    place = np.repeat(np.arange(len(sign)), 1 + also)
    second = np.diff(place, prepend=-1) == 0
    return rows.part(place), np.where(second, other[place], sign[place])


def first(bulk: Bulk) -> Wording | None:
    """The first line of syslog."""
    pairs = zip(bulk.found.wordings, bulk.lines, strict=True)
    return min((one for one, line in pairs if line), key=lambda one: one.row, default=None)
