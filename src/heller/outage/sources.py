"""Which probes decide about a line and which stand beside them as witnesses."""

from __future__ import annotations

from collections.abc import Sequence

from heller.model.kinds.probe_log import ProbeLog
from heller.model.sample import Depth, SampleHeader
from heller.outage.columns import Frame, Probed
from heller.outage.line import Line, is_inside, line, network_of, of_head
from heller.outage.rule import GOOD_CLOCK


def uplinks(samples: Sequence[tuple[SampleHeader, Frame]]) -> list[Line]:
    """The lines of the own watch, those without a budget first."""
    names = dict.fromkeys(target.uplink for head, _ in samples for target in head.targets)
    metered = {name for head, _ in samples for name in head.metered}
    found = []
    for name in sorted(names, key=lambda n: n in metered):
        seen = line(name, [of_head(head, frame, name) for head, frame in samples])
        if seen is not None:
            found.append(seen)
    return found


def sides(probes: Sequence[ProbeLog], *, own: bool) -> tuple[list[ProbeLog], list[ProbeLog]]:
    """The imported logs that decide, and those that stand beside as witnesses: all outside ones where there is
    a watch of our own, else those that give no more than a step, or whose clock nobody knows, where others give the
    second."""
    logs = [log for log in probes if log.observations]
    outside = [log for log in logs if not is_inside(log.target)]
    coarse = [log for log in outside if len(log.observations.width) or log.uncertainty > GOOD_CLOCK]
    if own:
        return [], outside
    if len(coarse) == len(outside):
        return logs, []
    return [log for log in logs if log not in coarse], coarse


def probed(log: ProbeLog) -> Probed:
    """The target of an imported log; of one inside the house the answers tell of the gateway."""
    depth = Depth.GATEWAY if is_inside(log.target) else Depth.OUTSIDE
    return Probed("", depth, log.target, network_of(log.target), log.step, log.uncertainty, log.source)
