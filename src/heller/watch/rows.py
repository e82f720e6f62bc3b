"""What the probe loop hands over: rows, ticks and upsets, and who takes them.

Nothing here touches a socket, a clock or a disk. All times named `at` are whole microseconds on the line of
time of `heller.model.sample`: the boot clock plus the one offset that the session began with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from heller.model.sample import Carrier, Target, Upset

LATE_S = 10.0  # how long after its deadline an answer is still taken (and its row given again, as LATE)


class ProbeRow(NamedTuple):
    """How one probe ended. A row with the `target` and `at` of an earlier one replaces it: that happens only
    where an answer came after the deadline (TIMEOUT, then LATE), within `LATE_S` of it."""

    target: int  # number of the target
    at: int  # when it was sent
    outcome: int  # heller.model.sample.Outcome
    rtt: float  # seconds until the answer; nan without one
    bytes: int  # on the line, both ways: IP and everything in it
    ttl: int = 0  # what was left of the answer's time to live; 0 where it is not known


class Tick(NamedTuple):
    """All clocks of one moment, read once a second. `at` and the three clocks are microseconds."""

    at: int
    wall: int  # since 1970, as the wall clock says it
    mono: int  # CLOCK_MONOTONIC: stands still while the machine sleeps
    since_boot: int  # CLOCK_BOOTTIME: runs on
    boot: str  # id of this boot; empty where the system has none
    sync: str = "unknown"  # ntp, none, unknown
    error: int = -1  # what the wall clock may be off, -1 where nothing is known
    # Per uplink, bytes both ways since the session began: of our own probes, and of the interface (absent
    # where it is not known).
    own: Mapping[str, int] = {}
    counted: Mapping[str, int] = {}


class Phases(NamedTuple):
    """The parts of one HTTPS probe, in seconds; nan for a part that was not reached."""

    target: int
    at: int
    dns: float
    tcp: float
    tls: float
    first_byte: float
    status: int  # of HTTP; 0 without an answer


class Sink(Protocol):
    """Takes what the loop finds. Every method is called from the loop and must not block."""

    def target(self, target: Target) -> None:
        """Somebody is probed from now on: comes before the first row of its number. A gateway or first hop
        that changed its address comes as a new target with a new number."""

    def row(self, row: ProbeRow) -> None:
        """A probe ended."""

    def tick(self, tick: Tick) -> None:
        """A second passed and the loop ran."""

    def upset(self, upset: Upset) -> None:
        """The watch was disturbed; SUSPEND, FREEZE, REBOOT and STOP end the span that was watched."""

    def phases(self, phases: Phases) -> None:
        """The parts of an HTTPS probe, whose row comes as well."""

    def carrier(self, look: Carrier) -> None:
        """Who carries an uplink, as one look showed: once a minute, and whenever something turned."""
