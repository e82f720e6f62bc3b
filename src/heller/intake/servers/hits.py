"""Collects hits of clients, sorts them, and judges whether their times can be believed."""

from __future__ import annotations

from array import array
from functools import lru_cache
from ipaddress import ip_address, ip_network
from itertools import pairwise
from zlib import crc32
from zoneinfo import ZoneInfo

from heller.model.column import Column
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.hit_log import HitLog
from heller.model.record import Blob
from heller.model.text import Text, text

ENOUGH = 30  # hits from which the times are judged
BACK = 300  # seconds: buffered logs are out of order by less
MOST_BACK = 0.01  # share of lines that may jump back further


def client(said: str) -> str:
    """The client as it is counted: an IPv4 address, the /64 of an IPv6 address, else the name as it stands.

    >>> client("2001:db8:1:2:a:b:c:d"), client("::ffff:203.0.113.7"), client("203.0.113.7")
    ('2001:db8:1:2::/64', '203.0.113.7', '203.0.113.7')
    """
    if ":" not in said:
        return said
    try:
        found = ip_address(said.strip("[]").split("%")[0])
    except ValueError:
        return said
    if found.version == 4:
        return str(found)
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped) if mapped else str(ip_network((found, 64), strict=False))


@lru_cache(maxsize=4096)
def _digest(agent: str) -> int:
    return crc32(agent.encode("utf-8", "replace")) if agent else 0


class Hits:
    """The hits of one server as they are read."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.known: dict[str, int] = {}
        self.times, self.who = array("q"), array("I")
        self.agents, self.rows = array("I"), array("I")

    def add(self, at: int, said: str, agent: str, row: int) -> None:
        """One hit: seconds since 1970, the client as it stands, what it called itself, the row."""
        number = self.known.get(said)
        if number is None:
            number = self.known[said] = self.names.setdefault(client(said), len(self.names))
        self.times.append(at)
        self.who.append(number)
        self.agents.append(_digest(agent))
        self.rows.append(row)

    def log(self, server: str, blob: Blob, zone: ZoneInfo, resolution: float = 1.0) -> HitLog:
        """The hits in order of time, with what speaks against their times."""
        poor = self._poor()
        uncertainty = 60.0 if self._whole_minutes() else resolution
        if any(b < a for a, b in pairwise(self.times)):
            self._sort()
        times, who, agents, rows = (
            Column.of(c.typecode, c) for c in (self.times, self.who, self.agents, self.rows)
        )
        source = Locator(blob.digest, f"row {self.rows[0]}" if self.rows else "row 1")
        clients = tuple(self.names)
        return HitLog(server, clients, times, who, agents, rows, zone.key, source, uncertainty, poor)

    def _sort(self) -> None:
        """Put the hits in order of time; those of one second keep the order of the file."""
        order = sorted(range(len(self.times)), key=self.times.__getitem__)
        self.times = array("q", (self.times[n] for n in order))
        self.who = array("I", (self.who[n] for n in order))
        self.agents = array("I", (self.agents[n] for n in order))
        self.rows = array("I", (self.rows[n] for n in order))

    def _whole_minutes(self) -> bool:
        return len(self.times) >= ENOUGH and all(at % 60 == 0 for at in self.times)

    def _poor(self) -> str:
        """Why the times prove nothing, as a code, '' where they may."""
        if len(self.times) < ENOUGH:
            return ""
        back = sum(a - b > BACK for a, b in pairwise(self.times))
        if back > max(1, MOST_BACK * len(self.times)):
            return "back"
        hours = {at // 3600 for at in self.times}
        if len(hours) >= 12 and len({at // 60 % 60 for at in self.times}) <= 2:
            return "minute"
        return "few" if len(set(self.times)) <= 3 else ""


_POOR: dict[str, Text] = {
    "back": text("The times of {name} jump back again and again; its clock or its making is in doubt."),
    "minute": text(
        "All times of {name} have the same minute, whatever the hour: they were not taken by a clock."
    ),
    "few": text("The lines of {name} share a handful of times: they were not taken as the hits came."),
}


def poor(log: HitLog, name: str) -> Finding:
    """The finding for a log whose times prove nothing: no outage is taken from it."""
    said = Text(_POOR[log.poor].id, {"name": name})
    do = text("No outage is told from it; add the server's own log as it was written.")
    return Finding("hits.poor_times", said, do, Weight.WARNING, log.source)
