"""A made-up watch: a head with two uplinks, and rows that a probe loop might hand over."""

from __future__ import annotations

from heller.model.sample import VERSION, Depth, Outcome, SampleHeader, Target
from heller.watch.rows import ProbeRow, Tick

SECOND = 1_000_000
BEGIN = 1_790_000_000 * SECOND  # 2026-09-21T14:13:20Z
NAN = float("nan")

TARGETS = (
    Target(1, "main", Depth.GATEWAY, "gateway", "192.168.178.1"),
    Target(2, "main", Depth.OUTSIDE, "one", "192.0.2.1", "net-a"),
    Target(3, "main", Depth.OUTSIDE, "two", "198.51.100.1", "net-b"),
    Target(4, "mobile", Depth.OUTSIDE, "one", "192.0.2.1", "net-a"),
)


def head(session: str = "boot-1.42.1", targets: tuple[Target, ...] = TARGETS) -> SampleHeader:
    """A session of one probe a second and target."""
    return SampleHeader(VERSION, session, targets, (), SECOND, metered=("mobile",))


def row(target: int, at: int, rtt: float = 0.02, outcome: Outcome = Outcome.OK) -> ProbeRow:
    """One probe; a lost one has no round trip."""
    return ProbeRow(target, at, int(outcome), NAN if outcome is Outcome.TIMEOUT else rtt, 84)


def tick(at: int, sent: int = 0) -> Tick:
    """A second of a clock that is kept in step."""
    return Tick(at, at, at - BEGIN, at - BEGIN, "boot-1", "ntp", 5_000, {"main": sent, "mobile": 0})
