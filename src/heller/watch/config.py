"""Reads `watch.toml`: which uplinks there are, and who is asked instead of the list that comes with Heller."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from heller.model.errors import InputRefused
from heller.model.sample import ECHO, Depth, Target
from heller.model.text import text
from heller.watch import checks
from heller.watch.alerts.settings import AFTER, Alerts, Heartbeat, Mqtt, OtherWatcher, Tell
from heller.watch.alerts.settings import check as check_alerts
from heller.watch.default_plan import default_plan
from heller.watch.plan import DEADLINE, METERED_EVERY, AddressServer, Plan, Probe, Uplink
from heller.watch.probe_types import probe_types
from heller.watch.router.settings import Router
from heller.watch.router.settings import check as check_router
from heller.watch.way_out import ADDRESS_SERVERS

FILE = "watch.toml"  # in the folder of a case: it is meant where no other is named
MOST = 1000  # targets
SLOWEST = 86_400.0
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
    address: str = ""


class AddressTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A table `[[address_server]]`: who answers a name with the address from which it was asked."""

    address: str
    name: str
    operator: str
    txt: bool = False
    chaos: bool = False


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
    expect: tuple[str, ...] = ()
    identity: str = ""


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    uplink: tuple[UplinkTable, ...] = (UplinkTable("main"),)
    target: tuple[TargetTable, ...] = ()
    deadline: float = DEADLINE
    ipv6: bool | None = None
    public_address: bool = False
    address_server: tuple[AddressTable, ...] = ()
    router: tuple[Router, ...] = ()
    tell: tuple[Tell, ...] = ()
    tell_after: float = AFTER
    heartbeat: Heartbeat | None = None
    watcher: tuple[OtherWatcher, ...] = ()
    mqtt: Mqtt | None = None

    @property
    def alerts(self) -> Alerts:
        """Who is told what."""
        return Alerts(self.tell, self.heartbeat, self.watcher, self.mqtt, self.tell_after)


def config_of(case: Path | None, named: Path | None) -> Path | None:
    """The file that is meant: the one that was named, else the case's own, else none."""
    own = case / FILE if case is not None else None
    return named or (own if own is not None and own.is_file() else None)


def routers(path: Path | None) -> tuple[Router, ...]:
    """The routers of a file that are asked for their log and their line. Raises InputRefused."""
    if path is None:
        return ()
    load(path)
    return msgspec.toml.decode(path.read_bytes(), type=Config).router


def alerts(path: Path | None) -> Alerts:
    """Who is told what, as a file says it; nobody without one. Raises InputRefused."""
    if path is None:
        return Alerts()
    load(path)
    return msgspec.toml.decode(path.read_bytes(), type=Config).alerts


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
    for router in config.router:
        check_router(router)
    check_alerts(config.alerts)
    names = [line.name for line in config.uplink]
    if not names or "" in names or len(set(names)) < len(names):
        raise ValueError("each uplink needs a name of its own")
    if not 0.1 <= config.deadline <= 30:
        raise ValueError("deadline must lie between 0.1 and 30 seconds")
    uplinks = tuple(Uplink(**asdict(line)) for line in config.uplink)
    for uplink in uplinks:
        checks.uplink(uplink)
    servers = _address_servers(config)
    if not config.target:
        plan = default_plan(uplinks, config.ipv6)
        return replace(plan, deadline=config.deadline, address_servers=servers)
    if len(config.target) > MOST:
        raise ValueError(f"at most {MOST} targets can be watched")
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
    return Plan(uplinks, tuple(probes), config.deadline, servers)


def _address_servers(config: Config) -> tuple[AddressServer, ...]:
    """Who may be asked for the public address: two operators, or nobody."""
    if not config.public_address:
        return ()
    named = tuple(AddressServer(**asdict(server)) for server in config.address_server)
    for server in named:
        ip_address(server.address)
        checks.name(server.name)
    if named and len({server.operator for server in named}) < 2:
        raise ValueError("the public address is asked of two operators, or of none")
    return named or ADDRESS_SERVERS


def _probe(number: int, uplink: Uplink, asked: TargetTable, share: int) -> Probe:
    """One target over one uplink; a metered one asks all its targets in turn, one every thirty seconds."""
    ip_address(asked.address)  # a name would need a resolver in the loop
    kind = probe_types().get(asked.way)
    if kind is None:
        raise ValueError(f"way must be one of {', '.join(probe_types())}")
    every = asked.every or (METERED_EVERY * share if uplink.metered else kind.every)
    if not FASTEST <= every <= SLOWEST:
        raise ValueError(f"every must lie between {FASTEST} and {SLOWEST} seconds")
    for expected in asked.expect:
        ip_address(expected)
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
    checks.name(host)
    port = checks.port(asked.port or kind.port)
    path = checks.path(asked.path)
    return Probe(target, every, port, host, path, expect=asked.expect, identity=asked.identity)


def _refused(path: Path, reason: str) -> InputRefused:
    return InputRefused(
        what=text("{name} cannot be used: {reason}.", name=str(path), reason=reason.rstrip(".")),
        why=text("What is asked over which uplink must be certain before a watch begins."),
        do=text("Correct the file as docs/watch.md describes it."),
    )
