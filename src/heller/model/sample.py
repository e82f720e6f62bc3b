"""Samples of a line: what a watch keeps and what decides about outages, one row per probe, as columns.

Times are whole microseconds since 1970 in UTC. Within a session they never jump: they are the boot clock
(CLOCK_BOOTTIME) plus one offset, so a wall clock that is set moves no sample; the step is an upset.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

VERSION = "heller-samples/2"
FIRST = "heller-samples/1"  # one number `layer` for depth and protocol: 4 a name server, 5 a page


class Depth(IntEnum):
    """How far a probe reaches, from the inside out."""

    GATEWAY = 1  # the own router
    HOP = 2  # the provider's first hop
    OUTSIDE = 3  # an independent host


# What a host is asked: the name of a file's probe type under `watch/probes/`. These are the ones whose answers
# a verdict tells apart; any other one outside proves by its answer that the line carried.
ECHO, CONNECT, QUESTION, PAGE = "echo", "connect", "question", "page"
PATH = (ECHO, CONNECT)  # nothing but whether the way to the host is open


class Outcome(IntEnum):
    """How one probe ended: exactly one of these. Only `LOST` speaks against a line."""

    OK = 0
    LATE = 1  # answered after the deadline: the line was up
    REFUSED = 2  # a TCP reset from the target itself: the path was there
    TLS_ERROR = 3  # the host answered, its certificate or handshake failed
    HTTP_ERROR = 4  # the host answered with an error of its own
    TIMEOUT = 5
    UNREACHABLE = 6  # somebody remote said so
    DNS_ERROR = 7  # a name server answered with an error: says nothing about the line
    LOCAL = 8  # the own host could not send: says nothing about the line
    NOT_SENT = 9  # budget or pause
    OTHER = 10  # somebody else answered in the target's name: no proof of the line, and no loss


ALIVE = (Outcome.OK, Outcome.LATE, Outcome.REFUSED, Outcome.TLS_ERROR, Outcome.HTTP_ERROR)
LOST = (Outcome.TIMEOUT, Outcome.UNREACHABLE)

# The columns of a table of samples and their polars types; sorted by target, then time.
COLUMNS = {
    "target": "UInt16",  # number of the target in the head
    "at": "Int64",  # sending, microseconds since 1970
    "outcome": "UInt8",  # Outcome
    "rtt": "Float32",  # seconds until the answer; NaN without one
    "width": "Int64",  # microseconds: the probe was sent within [at, at + width]; 0 where it is known
    "row": "UInt32",  # row or number of the probe in its source, from 1
}
# A column that not every table has: what was left of the time to live of an answer, 0 where it is not known. All
# answers of a target over one way have the same.
TTL = "ttl"
MORE_COLUMNS = {TTL: "UInt8"}


class UpsetKind(IntEnum):
    """What disturbed the watch itself."""

    START = 1
    STOP = 2
    SUSPEND = 3  # the boot clock ran on, the monotonic one stood
    FREEZE = 4  # the process did not run
    STEP = 5  # the wall clock was set
    REBOOT = 6
    LINK_DOWN = 7  # the own host's carrier
    LINK_UP = 8
    PAUSE = 9  # the budget of a metered uplink was used up
    DISK_FULL = 10


class Upset(Struct, frozen=True):
    """Something that disturbed the watch over [start, end], microseconds since 1970; `uplink` is empty
    where it holds for all. `amount` is the size of a step in microseconds."""

    kind: UpsetKind
    start: int
    end: int
    uplink: str = ""
    amount: int = 0


class Target(Struct, frozen=True):
    """Who is probed over which uplink. `network` names whose network it lies in, so that two targets
    of one owner are not taken for two witnesses."""

    number: int
    uplink: str
    depth: Depth
    name: str
    address: str
    network: str = ""
    protocol: str = ECHO

    @property
    def outside(self) -> bool:
        """Whether its answer speaks for the whole line."""
        return self.depth is Depth.OUTSIDE

    @property
    def witness(self) -> bool:
        """Whether it stands outside and is asked for nothing but an answer."""
        return self.outside and self.protocol in PATH


class Carrier(Struct, frozen=True):
    """Who carried an uplink: what looks at its way out showed, the same from the beginning of the `first` to that of
    the `last` (microseconds).

    `hops` are the routers on the way from the second on, up to the first of a provider, '' for one that says
    nothing; empty where none was found. `address` is the public one as name servers of two operators saw it, ''
    where nobody was asked or they did not agree.
    """

    uplink: str
    first: int
    last: int
    hops: tuple[str, ...] = ()
    address: str = ""
    looks: int = 1

    @property
    def hop(self) -> str:
        """The provider's first router, '' where none is known."""
        return self.hops[-1] if self.hops else ""

    def same(self, other: Carrier) -> bool:
        """Whether another look showed the very same."""
        return (self.uplink, self.hops, self.address) == (other.uplink, other.hops, other.address)


def run_lengths(looks: Iterable[Carrier]) -> tuple[Carrier, ...]:
    """Looks in order of time as one for each run that showed the same, per uplink."""
    last: dict[str, Carrier] = {}
    found: list[Carrier] = []
    for look in sorted(looks, key=lambda look: look.first):
        before = last.get(look.uplink)
        if before is not None and before.same(look):
            found.remove(before)
            merged = replace(before, last=max(before.last, look.last), looks=before.looks + look.looks)
        else:
            merged = look
        last[look.uplink] = merged
        found.append(merged)
    return tuple(sorted(found, key=lambda one: (one.first, one.uplink)))


class SampleHeader(Struct, frozen=True):
    """What belongs to a table of samples: it stands as JSON in the Parquet file under `heller`.

    `watched` are the spans in which the watch ran, [start, end) in microseconds; what lies outside them was
    observed by nobody. `clock` is what the wall clock may be off, in microseconds, -1 where nothing is known;
    `step` the microseconds between two probes of one target, as planned.
    """

    version: str
    session: str  # boot id, process and start
    targets: tuple[Target, ...]
    watched: tuple[tuple[int, int], ...]
    step: int
    upsets: tuple[Upset, ...] = ()
    clock: int = -1
    sync: str = "unknown"  # ntp, none, unknown
    metered: tuple[str, ...] = ()  # uplinks with a budget
    sent_bytes: dict[str, int] = {}  # per uplink, own count, both ways
    carriers: tuple[Carrier, ...] = ()
    addresses: dict[
        str, str
    ] = {}  # per uplink, the public address that its line has, where watch.toml says it
    file: str = ""  # SHA-256 of the file that holds it, known to who opens it; in the file itself empty


def head_of(raw: str | bytes) -> SampleHeader:
    """The head as JSON of this version or of the first; raises msgspec.MsgspecError."""
    plain = msgspec.json.decode(raw, type=dict[str, Any])
    if plain.get("version") == FIRST:
        plain |= {"version": VERSION, "targets": [_second(one) for one in plain.get("targets", ())]}
    return msgspec.convert(plain, SampleHeader)


def target_of(raw: str | bytes) -> Target:
    """A target as JSON of this version or of the first; raises msgspec.MsgspecError."""
    return msgspec.convert(_second(msgspec.json.decode(raw, type=dict[str, Any])), Target)


def _second(target: dict[str, Any]) -> dict[str, Any]:
    """A target with depth and protocol apart."""
    layer = target.get("layer")
    if layer is None:
        return target
    return target | {"depth": min(layer, Depth.OUTSIDE), "protocol": {4: QUESTION, 5: PAGE}.get(layer, ECHO)}
