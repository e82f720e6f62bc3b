"""What servers wrote down while others used them: hits of clients, and mails that could not be sent."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from heller.model.column import Column
from heller.model.finding import Locator


class HitLog(Struct, frozen=True, tag="hit_log"):
    """The hits in one server's log, in order of time, as columns: the hit `n` is of client `who[n]`.

    `times` are int64 seconds since 1970 in UTC, `who` uint32 numbers of `clients`, `agents` uint32 digests of
    what the client called itself (user agent and user; 0 where the log has none), `rows` uint32 rows of the
    file, all little-endian. Of an IPv6 address only the /64 is kept: its last half changes daily
    (RFC 8981). `poor` says why the times prove nothing, '' where they may.
    """

    server: str
    clients: tuple[str, ...]
    times: Column
    who: Column
    agents: Column
    rows: Column
    zone: str  # in which the office's weekdays and hours are told
    source: Locator
    uncertainty: float = 1.0
    poor: str = ""


class Attempt(Struct, frozen=True):
    """One attempt of the own mail server to hand a mail on, ended `at`, after `waited` seconds; the mail had
    come `delay` seconds before. A failed one could not reach `relay`, or not find it in the DNS."""

    at: datetime
    ok: bool
    relay: str
    row: int
    waited: float = 0.0
    delay: float = 0.0


class QueueLog(Struct, frozen=True, tag="queue_log"):
    """What the own mail server could send and what it could not, in order of time."""

    server: str
    attempts: tuple[Attempt, ...]
    source: Locator
    uncertainty: float = 1.0
