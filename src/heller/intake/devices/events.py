"""The events of one device: which of its messages concern a line, at which instant, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.devices import sign as devices
from heller.intake.devices import unknown
from heller.intake.devices.sign import LineSign
from heller.intake.servers.syslog import Timed
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceEvent, DeviceSign
from heller.model.text import text

SERVER_RESOLUTION = 1.0  # seconds: many syslog servers write whole seconds
STRAY = timedelta(seconds=60)  # a line that is further off was written before the clock was set
# What the device's clock may be off, in seconds, by its mark, where no syslog server stands beside it.
UNSURE = {"": 1.0, ".": 60.0, "*": 3600.0}
TAKES_OVER = timedelta(seconds=60)  # how long after a line went down the one that stands in for it comes up
AT_ONCE = timedelta(seconds=5)  # how far apart one device's words for one event stand
DOWNS = (DeviceSign.LINE_DOWN, DeviceSign.SESSION_DOWN)
UPS = (DeviceSign.LINE_UP, DeviceSign.SESSION_UP)


class DeviceLine(NamedTuple):
    """A line of a device, what it says where a family of devices knows it, and how many lines say the same."""

    timed: Timed
    told: LineSign | None
    times: int = 1


class Clocks(NamedTuple):
    """How the device's clock stands: `offset` is how far the server's is ahead (median), None where no line
    has both stamps; `uncertainty` the seconds that the times may be off."""

    offset: timedelta | None
    uncertainty: float


def clocks(said: Sequence[DeviceLine], zone: ZoneInfo) -> Clocks:
    """The two clocks of a device's lines against each other."""
    both = [(t.server - t.device).total_seconds() for t, *_ in said if t.server and t.device]
    middle = median(both) if both else 0.0
    strays = sorted(abs(d - middle) for d in both)
    spread = strays[int(len(strays) * 0.9)] if strays else 0.0
    offset = timedelta(seconds=middle) if both else None
    return Clocks(offset, _uncertainty(said, spread, zone) + _coarse(said))


def _uncertainty(said: Sequence[DeviceLine], spread: float, zone: ZoneInfo) -> float:
    """Seconds by the server's resolution and spread, and by the clock's mark."""
    if any(t.server for t, *_ in said):
        marked = 1.0 if any(t.line.mark for t, *_ in said) else 0.0
        return round(max(SERVER_RESOLUTION, spread) + marked, 3)
    worst = max((UNSURE[t.line.mark] for t, *_ in said), default=1.0)
    device = next((t.device for t, *_ in said if t.device), None)
    away = (device.astimezone(zone).utcoffset() if device else None) or timedelta()
    unlabelled = any(t.device and not t.line.label for t, *_ in said)
    return worst + (abs(away.total_seconds()) if unlabelled else 0.0)


def _coarse(said: Sequence[DeviceLine]) -> float:
    """Alarms out of a sliding window are as unsure as the window is wide, where nothing finer is there."""
    downs = [told for _, told, _ in said if told and told.sign in DOWNS]
    return min((told.coarse for told in downs), default=0.0)


def events(said: Sequence[DeviceLine], offset: timedelta | None) -> tuple[DeviceEvent, ...]:
    """What concerns a line, in order of time. Ports that somebody switched off stay 'own act' until they are
    up; where a line has another beside it that stands in for it, that one is told as another way."""
    found = [(s.timed, s.told) for s in said if s.told and s.told.sign]
    doubles = _doubles(found)
    found = [(timed, told) for timed, told in found if told.port not in doubles]
    beside = standby(found)
    found = [(timed, as_other(told) if told.port in beside else told) for timed, told in found]
    return tuple(sorted(_events(found, offset), key=lambda e: e.at))


def standby(found: Sequence[tuple[Timed, LineSign]]) -> frozenset[str]:
    """The ports that stand in for the line: mobile ones beside another port, and those whose first word is that they
    came up right after another went down."""
    ports = dict.fromkeys(told.port for _, told in found)
    lines = {port for port in ports if not devices.is_mobile(port)}
    if not lines:
        return frozenset()
    came = {port for port in lines if _came_for_another(port, found)}
    return frozenset((ports.keys() - lines) | (came if came < lines else set()))


def as_other(told: LineSign) -> LineSign:
    """The words of a port that stands in for the line, as they speak of the line."""
    if told.sign in UPS:
        return told._replace(sign=DeviceSign.DETOUR_UP)
    return told._replace(sign=DeviceSign.DETOUR_DOWN if told.sign in DOWNS else None)


def _doubles(found: Sequence[tuple[Timed, LineSign]]) -> set[str]:
    """Other names of a line that the device has two for: they only go down, together with one that comes back."""
    downs: dict[str, list[datetime]] = {}
    for timed, told in found:
        if told.sign in DOWNS and (at := _stamp(timed)):
            downs.setdefault(told.port, []).append(at)
    back = {told.port for _, told in found if told.sign in UPS or not told.alias}
    known = [at for port in back for at in downs.get(port, ())]
    return {
        port
        for port, times in downs.items()
        if port not in back and all(any(abs(at - other) <= AT_ONCE for other in known) for at in times)
    }


def _stamp(timed: Timed) -> datetime | None:
    return timed.server or timed.device


def _came_for_another(port: str, found: Sequence[tuple[Timed, LineSign]]) -> bool:
    """Whether a port's first word is 'up', right after another port's 'down'."""
    first = next(n for n, (_, told) in enumerate(found) if told.port == port)
    timed, told = found[first]
    at = _stamp(timed)
    if told.sign not in UPS or not at:
        return False
    others = [(_stamp(t), said.sign) for t, said in found[:first] if said.port != port]
    return any(sign in DOWNS and when and at - when <= TAKES_OVER for when, sign in others[-3:])


def _events(found: Sequence[tuple[Timed, LineSign]], offset: timedelta | None) -> Iterator[DeviceEvent]:
    placed = [(at, timed, told) for timed, told in found if told.sign and (at := _at(timed, offset))]
    meant = acts((told.sign, told.port) for _, _, told in placed if told.sign)
    for (at, timed, told), sign in zip(placed, meant, strict=True):
        if sign is None:
            continue
        for each in filter(None, (sign, told.other_way)):
            message = message_of(timed.line.raw, told.port)
            yield DeviceEvent(at, each, message, timed.line.row, told.port, timed.width)


def message_of(raw: str, port: str) -> str:
    """How a line is quoted."""
    return f"{port}: {raw}" if port else raw


def acts(said: Iterable[tuple[DeviceSign, str]]) -> Iterator[DeviceSign | None]:
    """What signs at their ports mean one after the other: a port that somebody switched off is his act until it is up;
    None for what says nothing."""
    off: set[str] = set()
    down: set[str] = set()
    for sign, port in said:
        if sign in DOWNS and port in off:
            sign = DeviceSign.OWN_ACT
        elif sign is DeviceSign.OWN_ACT and port == "ppp" and port in down:
            yield None  # pppd is ended because the line is dead, not the other way round
            continue
        _keep(off, down, port, sign)
        yield sign


def _keep(off: set[str], down: set[str], port: str, sign: DeviceSign) -> None:
    if sign is DeviceSign.OWN_ACT:
        off.add(port)
    elif sign in DOWNS:
        down.add(port)
    else:
        off.discard(port)
        down.discard(port)


def _at(timed: Timed, offset: timedelta | None) -> datetime | None:
    """The instant in the server's clock, with the device's finer time where the two go together."""
    moved = timed.device + offset if timed.device and offset is not None else None
    at = moved or timed.server or timed.device
    return timed.server if at and timed.server and abs(at - timed.server) > STRAY else at


def doubts(
    device: str,
    source: Locator,
    said: Sequence[DeviceLine],
    found: Clocks,
    beside: Collection[str] | None = None,
) -> Iterator[Finding]:
    """What a provider would say against these times, and what was left out. `beside` are the ports that stand in for
    the line, where they are known and `said` holds each wording once."""
    lines = [one.timed.line for one in said]
    offset, uncertainty = found
    if offset is not None and abs(offset) > timedelta(seconds=2):
        ahead = text("The router's clock and the syslog server's differ by {apart}.", apart=abs(offset))
        do = text("The times are given in the server's clock; both stamps stay in the line's wording.")
        yield Finding("syslog.clock_offset", ahead, do, Weight.NOTE, source)
    if any(line.mark == "*" for line in lines):
        told = text("The router says that its clock was not set ('*' before the time).")
        do = text("Times are uncertain by {s} seconds; set up NTP on the router.", s=round(uncertainty))
        yield Finding("syslog.clock_not_set", told, do, source=source)
    elif any(line.mark == "." for line in lines):
        told = text("The router says that its clock had lost its time server ('.' before the time).")
        do = text("Times are uncertain by {s} seconds.", s=round(uncertainty))
        yield Finding("syslog.clock_lost", told, do, Weight.NOTE, source)
    if offset is None and any(t.device and not t.line.label for t, *_ in said):
        told = text("The router's times have no zone; they are read as UTC, which IOS writes by default.")
        do = text("Where it writes local time, all times are off by the difference; it is allowed for.")
        yield Finding("syslog.no_zone", told, do, source=source)
    if beside is None:
        beside = standby([(one.timed, one.told) for one in said if one.told and one.told.sign])
    yield from _left_out(device, source, said, beside)


def _left_out(
    device: str, source: Locator, said: Sequence[DeviceLine], beside: Collection[str]
) -> Iterator[Finding]:
    own = sum(one.times for one in said if one.told and one.told.own_host)
    if own:
        what = text(
            "{n} probes could not leave {device} itself; they say nothing of the line.",
            "One probe could not leave {device} itself; it says nothing of the line.",
            n=own,
            device=device,
        )
        yield Finding("syslog.own_host", what, None, Weight.NOTE, source)
    if beside:
        what = text(
            "{ports} of {device} is taken for another way beside the line: while it was up, the firm may have "
            "worked over it.",
            ports=", ".join(sorted(beside)),
            device=device,
        )
        yield Finding("syslog.mobile", what, None, Weight.NOTE, source)
    plain = [one for one in said if one.told and one.told.plain]
    n = sum(one.times for one in plain)
    yield from unknown.by_plain_sense(device, [one.timed.line.raw for one in plain], source, n)
    if any(told and told.coarse and not told.plain and told.sign in DOWNS for _, told, _ in said):
        what = text(
            "{device} judges the loss of a whole minute, so its alarms come and end late.", device=device
        )
        do = text("Its times are taken as uncertain by a minute; a log of the modem or a monitor is finer.")
        yield Finding("syslog.window", what, do, Weight.NOTE, source)


def without_time(said: Sequence[DeviceLine], source: Locator) -> Iterator[Finding]:
    """Lines without any time that can be placed."""
    n = sum(one.times for one in said if not one.timed.server and not one.timed.device)
    if n:
        told = text("{n} lines have no year and no stamp of a server; they are left out.", n=n)
        yield Finding("syslog.undated_lines", told, source=source)
