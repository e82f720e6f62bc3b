"""Who is asked where nobody is named: the targets that each probe type brings along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from heller.model.sample import ECHO, Depth, Target
from heller.watch.plan import METERED_EVERY, KnownTarget, Plan, Probe, Uplink, When
from heller.watch.probe_types import ProbeType, probe_types

SIX_SLOWER = 2  # where both families are asked, the second one is asked half as often


def default_plan(uplinks: tuple[Uplink, ...] = (Uplink("main"),), six: bool | None = None) -> Plan:
    """The list that comes with Heller over each uplink, IPv4 and IPv6 where the host has them; `six` says of IPv6
    that it is asked in any case, or in none."""
    probes: list[Probe] = []
    for uplink in uplinks:
        first = len(probes) + 1
        probes += metered_probes(uplink, first, six) if uplink.metered else full(uplink, first, six)
    return Plan(uplinks, tuple(probes))


def full(uplink: Uplink, first: int, six: bool | None = None) -> list[Probe]:
    """Every type with its targets: echo every second, a question of DNS every ten, a page every sixty."""
    listed = [(kind, known) for kind in probe_types().values() for known in kind.targets]
    four = [_probe(uplink, kind, known, kind.every, _four(six)) for kind, known in listed]
    late = [
        _probe(uplink, kind, known, kind.every * SIX_SLOWER, _six(six), six=True)
        for kind, known in listed
        if six is not False and known.six
    ]
    return numbered(first, [*four, *late])


def metered_probes(uplink: Uplink, first: int, six: bool | None = None) -> list[Probe]:
    """One echo every thirty seconds in all, the targets in turn; over IPv6 only where there is nothing else."""
    echo = probe_types()[ECHO]
    every = METERED_EVERY * len(echo.targets)
    probes = [_probe(uplink, echo, known, every, _four(six)) for known in echo.targets]
    if six is not False:
        probes += [_probe(uplink, echo, known, every, When.ALONE, six=True) for known in echo.targets]
    return numbered(first, probes)


def numbered(first: int, probes: Sequence[Probe]) -> list[Probe]:
    """Probes with the numbers of their targets from `first` on."""
    return [replace(p, target=replace(p.target, number=first + n)) for n, p in enumerate(probes)]


def of_families(probes: Iterable[Probe], families: frozenset[int]) -> list[Probe]:
    """Those that a host with these families (4, 6) is asked by, as certain ones."""
    alone = len(families) == 1
    found = []
    for probe in probes:
        there = (6 if ":" in probe.target.address else 4) in families
        if probe.asked is When.ALWAYS or (there and (probe.asked is When.WHERE_THERE or alone)):
            found.append(replace(probe, asked=When.ALWAYS))
    return found


def _four(six: bool | None) -> When:
    return When.ALWAYS if six is False else When.WHERE_THERE


def _six(six: bool | None) -> When:
    return When.ALWAYS if six else When.WHERE_THERE


def _probe(
    uplink: Uplink, kind: ProbeType, known: KnownTarget, every: float, asked: When, *, six: bool = False
) -> Probe:
    address = known.six if six else known.address
    target = Target(0, uplink.name, Depth.OUTSIDE, known.name, address, known.network, kind.protocol)
    return Probe(
        target,
        every,
        kind.port,
        known.host or kind.host,
        asked=asked,
        expect=known.expect,
        identity=known.identity,
    )
