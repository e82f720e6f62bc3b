"""What a witness sees: probes of the office's address, beside them probes of others, so that its own dead line is not
taken for the office's. The loop is that of every watch; here its rows become observations.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import isnan

from heller.model.sample import ALIVE, CONNECT, ECHO, LOST, Carrier, Depth, Target, Upset
from heller.model.witness_file import ALONE, ANSWERED, SILENT, UNCLEAR
from heller.watch.default_plan import default_plan
from heller.watch.plan import Plan, Probe, Uplink
from heller.watch.rows import Phases, ProbeRow, Tick

OFFICE = 1  # the number of its target
US = 1_000_000
OTHERS = 3  # hosts of different networks that are asked beside it
_ALIVE, _LOST = frozenset(map(int, ALIVE)), frozenset(map(int, LOST))


def plan(address: str, port: int, every: float, others: Sequence[str] = ()) -> Plan:
    """The office by ICMP echo, or by a TCP connect where a port is named; beside it `others`, or known resolvers."""
    line = Uplink("witness", gateway="", hop="")
    way = CONNECT if port else ECHO
    probes = [_probe(line, OFFICE, address, way, every, port)]
    known = list(others) or [
        probe.target.address
        for probe in default_plan(six=":" in address).probes
        if probe.target.protocol == ECHO and (":" in probe.target.address) == (":" in address)
    ]
    probes += [_probe(line, n, one, ECHO, every, 0) for n, one in enumerate(known[:OTHERS], OFFICE + 1)]
    return Plan((line,), tuple(probes))


def _probe(line: Uplink, number: int, address: str, way: str, every: float, port: int) -> Probe:
    target = Target(number, line.name, Depth.OUTSIDE, address, address, str(number), way)
    return Probe(target, every, port, address)


class KeptOutcomes:
    """A sink that keeps how the probes ended."""

    def __init__(self) -> None:
        self._rows: dict[tuple[int, int], ProbeRow] = {}
        self.clock = "unknown"

    def taken(self) -> list[ProbeRow]:
        """All until now."""
        return list(self._rows.values())

    def row(self, row: ProbeRow) -> None:
        """A late answer replaces its loss."""
        self._rows[row.target, row.at] = row

    def tick(self, tick: Tick) -> None:
        """What is known of the clock."""
        self.clock = tick.sync

    def target(self, target: Target) -> None:
        """Known already."""

    def upset(self, upset: Upset) -> None:
        """What nobody saw has no row."""

    def phases(self, phases: Phases) -> None:
        """Nothing of it is kept."""

    def carrier(self, look: Carrier) -> None:
        """Nothing of it is kept."""


def observations(rows: Iterable[ProbeRow], step: float) -> tuple[tuple[int, str, float], ...]:
    """The probes of the office in order of time (milliseconds), each judged by the others' within a step of it."""
    kept = sorted(rows, key=lambda row: row.at)
    others = [row.at for row in kept if row.target != OFFICE and row.outcome in _ALIVE]
    found = []
    for row in kept:
        if row.target == OFFICE:
            first = bisect_left(others, row.at - step * US)
            heard = first < len(others) and others[first] <= row.at + step * US
            found.append(
                (row.at // 1000, _ended(row, heard), -1.0 if isnan(row.rtt) else round(row.rtt * 1000, 3))
            )
    return tuple(found)


def _ended(row: ProbeRow, heard: bool) -> str:
    if row.outcome in _ALIVE:
        return ANSWERED
    if row.outcome in _LOST:
        return SILENT if heard else ALONE
    return UNCLEAR
