"""Who is asked where nobody is named: the targets that each probe type brings along."""

from __future__ import annotations

from collections.abc import Iterable

from heller.model.sample import ECHO, Depth, Target
from heller.watch.plan import METERED_EVERY, KnownTarget, Plan, Probe, Uplink
from heller.watch.probe_types import ProbeType, probe_types


def default_plan(uplinks: tuple[Uplink, ...] = (Uplink("main"),), six: bool = False) -> Plan:
    """The list that comes with Heller over each uplink; `six` takes the IPv6 addresses."""
    probes: list[Probe] = []
    for uplink in uplinks:
        first = len(probes) + 1
        echoes = probe_types()[ECHO].targets
        probes += metered_probes(uplink, echoes, first, six) if uplink.metered else full(uplink, first, six)
    return Plan(uplinks, tuple(probes))


def full(uplink: Uplink, first: int, six: bool = False) -> list[Probe]:
    """Every type with its targets: echo every second, a question of DNS every ten, a page every sixty."""
    listed = [(kind, known) for kind in probe_types().values() for known in kind.targets]
    return [_probe(first + n, uplink, kind, known, six) for n, (kind, known) in enumerate(listed)]


def _probe(number: int, uplink: Uplink, kind: ProbeType, known: KnownTarget, six: bool) -> Probe:
    address = known.six if six else known.address
    target = Target(number, uplink.name, Depth.OUTSIDE, known.name, address, known.network, kind.protocol)
    return Probe(target, kind.every, kind.port, known.host or kind.host)


def metered_probes(
    uplink: Uplink, known: Iterable[KnownTarget], first: int, six: bool = False
) -> list[Probe]:
    """One echo every thirty seconds in all, the targets in turn."""
    turn = tuple(known)
    echo = probe_types()[ECHO]
    return [
        _probe(first + n, uplink, echo._replace(every=METERED_EVERY * len(turn)), one, six)
        for n, one in enumerate(turn)
    ]
