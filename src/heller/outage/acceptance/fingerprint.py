"""What is wrong with a line, from ten seconds of all its targets: by who is silent, from the inside out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from heller.model.outage import Cause
from heller.model.sample import Depth
from heller.outage.rule import ALIVE, CARRIED, SILENT

LOSSY = 0.10  # share lost from which ten seconds count as lossy


class TargetCount(NamedTuple):
    """One target in these seconds: probes sent, and answered."""

    network: str
    sent: int
    good: int

    @property
    def silent(self) -> bool:
        """Whether it answered next to nothing."""
        return self.sent > 0 and self.good <= SILENT * self.sent

    @property
    def lossy(self) -> bool:
        """Whether too many of its probes were lost."""
        return self.sent > 0 and self.sent - self.good >= LOSSY * self.sent


def fingerprint(
    seen: Mapping[Depth, Sequence[TargetCount]], names: Sequence[TargetCount] = (), *, own_link: bool = True
) -> tuple[str, Cause | None]:
    """State (up, degraded, down, unobserved) and cause; None where nothing is wrong or the place is open.

    `seen` are the targets by depth, `names` the name servers. Never the line or what lies
    beyond it while the gateway is silent.
    """
    if not own_link:
        return "unobserved", Cause.OWN_HOST
    targets = seen.get(Depth.OUTSIDE, ())
    if not targets:
        return "unobserved", None
    if all(t.silent for t in (*targets, *names)):
        return "down", _where(seen)
    silent = [t for t in targets if t.silent]
    if (silent and len({t.network for t in silent}) * 2 < len({t.network for t in targets})) or len(
        silent
    ) == 1:
        return "up", Cause.TARGET
    if names and all(t.silent for t in names):
        return "degraded", Cause.DNS
    lossy = {t.network for t in targets if t.lossy}
    if len(lossy) >= 2 and len(lossy) * 2 >= len({t.network for t in targets}):
        return "degraded", None
    return "up", None


def _where(seen: Mapping[Depth, Sequence[TargetCount]]) -> Cause:
    """The place of a complete silence."""
    house, hops = seen.get(Depth.GATEWAY, ()), seen.get(Depth.HOP, ())
    if house and all(t.silent for t in house):
        return Cause.ROUTER
    if any(t.good >= CARRIED * t.sent for t in hops):
        return Cause.BEYOND
    if house and all(t.good >= ALIVE * t.sent for t in house):
        return Cause.LINE
    return Cause.UNKNOWN
