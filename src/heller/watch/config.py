"""Reads `watch.toml`: which uplinks there are, and who is asked instead of the list that comes with Heller."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from pathlib import Path

import msgspec
from msgspec import Struct

from heller.model.errors import InputRefused
from heller.model.sample import ECHO, Depth, Target
from heller.model.text import text
from heller.watch.default_plan import default_plan
from heller.watch.plan import DEADLINE, METERED_EVERY, Plan, Probe, Uplink
from heller.watch.probe_types import probe_types

FASTEST = 0.2  # seconds: nobody's host is asked more often than five times a second


class UplinkTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A table `[[uplink]]`."""

    name: str
    source: str = ""
    interface: str = ""
    budget_mb: float | None = None
    since: date = date(1970, 1, 1)
    raised: bool = False
    gateway: str = "auto"
    hop: str = "auto"


class TargetTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A table `[[target]]`; without `uplink` it is asked over each of them, a metered one by echo only."""

    address: str
    name: str = ""
    network: str = ""
    way: str = ECHO
    every: float = 0.0
    port: int = 0
    host: str = ""
    path: str = "/"
    uplink: str = ""


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    uplink: tuple[UplinkTable, ...] = (UplinkTable("main"),)
    target: tuple[TargetTable, ...] = ()
    deadline: float = DEADLINE
    ipv6: bool = False


def load(path: Path | None) -> Plan:
    """The plan of a file, or the one that comes with Heller. Raises InputRefused."""
    if path is None:
        return default_plan()
    try:
        return plan_of(msgspec.toml.decode(path.read_bytes(), type=Config))
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error
    except (msgspec.DecodeError, ValueError) as error:
        raise _refused(path, str(error)) from error


def plan_of(config: Config) -> Plan:
    """The plan that a file describes; raises ValueError with what is wrong."""
    names = [line.name for line in config.uplink]
    if not names or "" in names or len(set(names)) < len(names):
        raise ValueError("each uplink needs a name of its own")
    if not 0.1 <= config.deadline <= 30:
        raise ValueError("deadline must lie between 0.1 and 30 seconds")
    uplinks = tuple(Uplink(**msgspec.structs.asdict(line)) for line in config.uplink)
    if not config.target:
        return msgspec.structs.replace(default_plan(uplinks, config.ipv6), deadline=config.deadline)
    wanted = [
        (uplink, asked)
        for uplink in uplinks
        for asked in config.target
        if asked.uplink == uplink.name or (not asked.uplink and (asked.way == ECHO or not uplink.metered))
    ]
    strange = {asked.uplink for asked in config.target} - {"", *names}
    if strange:
        raise ValueError(f"no uplink is called {', '.join(sorted(strange))}")
    share = {name: sum(uplink.name == name for uplink, _ in wanted) for name in names}
    probes = [_probe(n, uplink, asked, share[uplink.name]) for n, (uplink, asked) in enumerate(wanted, 1)]
    return Plan(uplinks, tuple(probes), config.deadline)


def _probe(number: int, uplink: Uplink, asked: TargetTable, share: int) -> Probe:
    """One target over one uplink; a metered one asks all its targets in turn, one every thirty seconds."""
    ip_address(asked.address)  # a name would need a resolver in the loop
    kind = probe_types().get(asked.way)
    if kind is None:
        raise ValueError(f"way must be one of {', '.join(probe_types())}")
    every = asked.every or (METERED_EVERY * share if uplink.metered else kind.every)
    if every < FASTEST:
        raise ValueError(f"every must be at least {FASTEST} seconds")
    target = Target(
        number,
        uplink.name,
        Depth.OUTSIDE,
        asked.name or asked.address,
        asked.address,
        asked.network,
        kind.protocol,
    )
    host = asked.host or kind.host or asked.address
    return Probe(target, every, asked.port or kind.port, host, asked.path)


def _refused(path: Path, reason: str) -> InputRefused:
    return InputRefused(
        what=text("{name} cannot be used: {reason}.", name=str(path), reason=reason.rstrip(".")),
        why=text("What is asked over which uplink must be certain before a watch begins."),
        do=text("Correct the file as docs/watch.md describes it."),
    )
