"""Who of a server's clients is the office: its hits, the hits of all others, and who else it might be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from heller.model.finding import Finding, Locator
from heller.model.kinds.hit_log import HitLog
from heller.model.text import text

Ints = NDArray[np.int64]
HOUR, DAY = 3600, 86_400
MOST_NAMED = 5  # candidates that are named


class Server(NamedTuple):
    """All hits of one server in order of time, whatever files they stand in: seconds since 1970, whether the
    client is the office, the number of the client, digest of what it called itself, place of the hit."""

    name: str
    zone: ZoneInfo
    times: Ints
    office: NDArray[np.bool_]
    who: Ints
    agents: Ints
    places: Ints  # log number * 2**32 + row
    logs: tuple[HitLog, ...]
    clients: tuple[str, ...]

    @property
    def uncertainty(self) -> float:
        """Seconds that its times may be off."""
        return max(log.uncertainty for log in self.logs)

    def place(self, hit: int) -> Locator:
        """Where a hit stands."""
        log, row = divmod(int(self.places[hit]), 1 << 32)
        source = self.logs[log].source
        return Locator(source.object, f"row {row}", "", source.member)


def is_office(client: str, office: Sequence[str]) -> bool:
    """Whether a client is one of the stated addresses, lies in one of the prefixes, or is called so.

    >>> is_office("2001:db8:1:2::/64", ["2001:db8:1::/48"]), is_office("203.0.113.7", ["203.0.113.8"])
    (True, False)
    """
    if client in office:
        return True
    try:
        net = ip_network(client, strict=False)
    except ValueError:
        return False
    for said in office:
        try:
            stated = ip_network(said, strict=False)
        except ValueError:
            continue
        if stated.version == net.version and (
            net.subnet_of(stated)  # type: ignore[arg-type]
            or (stated.prefixlen == stated.max_prefixlen and ip_address(said) in net)
        ):
            return True
    return False


def servers(logs: Sequence[HitLog], office: Sequence[str]) -> list[Server]:
    """The logs by server, those whose times prove nothing left out."""
    found: dict[str, list[HitLog]] = {}
    for log in logs:
        if not log.poor and len(log.times):
            found.setdefault(log.server, []).append(log)
    return [_server(name, tuple(own), office) for name, own in found.items()]


def _server(name: str, logs: tuple[HitLog, ...], office: Sequence[str]) -> Server:
    numbers: dict[str, int] = {}
    times, who, agents, places = [], [], [], []
    for n, log in enumerate(logs):
        own = np.array([numbers.setdefault(c, len(numbers)) for c in log.clients], np.int64)
        times.append(np.frombuffer(log.times.data, "<i8"))
        who.append(own[np.frombuffer(log.who.data, "<u4")])
        agents.append(np.frombuffer(log.agents.data, "<u4").astype(np.int64))
        places.append(np.frombuffer(log.rows.data, "<u4").astype(np.int64) + (n << 32))
    at = np.concatenate(times)
    order = np.argsort(at, kind="stable")
    clients = tuple(numbers)
    mine = np.array([is_office(client, office) for client in clients], bool)
    number = np.concatenate(who)[order]
    return Server(
        *(name, ZoneInfo(logs[0].zone), at[order], mine[number], number),
        *(np.concatenate(agents)[order], np.concatenate(places)[order], logs, clients),
    )


def offsets(times: Ints, zone: ZoneInfo) -> Ints:
    """Seconds to add to instants for the wall clock of a zone; `times` are in order."""
    if not len(times):
        return times
    first, last = int(times[0]) // HOUR, int(times[-1]) // HOUR
    known = np.array([_offset(hour * HOUR, zone) for hour in range(first, last + 1)], np.int64)
    return known[times // HOUR - first]


def _offset(at: int, zone: ZoneInfo) -> int:
    away = datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset()
    return int(away.total_seconds()) if away else 0


def unknown(found: Sequence[Server]) -> Iterator[Finding]:
    """Without a stated address nothing is decided: who comes like an office is named, most regular first."""
    for server in found:
        named = list(_candidates(server))
        if named:
            told = text(
                "{server} was not searched for an outage: which client is the office is not stated. The most"
                " regular ones: {clients}.",
                server=server.name,
                clients="; ".join(named),
            )
        else:
            told = text(
                "{server} was not searched for an outage: which client is the office is not stated, and none"
                " comes like one.",
                server=server.name,
            )
        do = text("State the office's address: --office 203.0.113.7, or in a case the fact line.addresses.")
        yield Finding("outage.office_unknown", told, do, source=server.logs[0].source)


def _candidates(server: Server) -> Iterator[str]:
    """The clients by the share of working days on which they came in working hours, less that of the nights."""
    local = server.times + offsets(server.times, server.zone)
    day, hour = local // DAY, local // HOUR % 24
    weekday = (day + 3) % 7
    work = (weekday < 5) & (hour >= 8) & (hour < 18)
    days = len(np.unique(day[work]))
    if days < 5:
        return
    pairs = np.unique(np.stack([server.who[work], day[work]]), axis=1)
    came = np.bincount(pairs[0], minlength=len(server.clients))
    hits = np.bincount(server.who, minlength=len(server.clients))
    inside = np.bincount(server.who[work], minlength=len(server.clients))
    score = came / days * inside / np.maximum(hits, 1)
    for n in np.argsort(-score, kind="stable")[:MOST_NAMED]:
        if came[n] * 2 >= days:
            yield f"{server.clients[n]} ({came[n]}/{days})"
