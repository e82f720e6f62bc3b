"""What is watched: uplinks, probes and their slots. Nothing here touches a socket or a clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from ipaddress import ip_address, ip_network

from msgspec import Struct

from heller.model.sample import Target
from heller.model.text import Text, text

EXAMPLE = "example.com"  # the name that is asked for (RFC 2606: it will always be there)
EVERY = 1.0  # seconds between two probes of one external target
DEADLINE = 1.0  # seconds until an answer is late
HOP_EVERY = 1.5  # what it tells of the line itself is as narrow
METERED_EVERY = 30.0  # seconds between two probes of a metered uplink, whichever target: 7.6 MB in 30 days
RAISED_EVERY = 1.0  # and while the main line is silent, where that was agreed
FEW, NETWORKS = 4, 2  # fewer targets, or in fewer networks, are weak proof
CARRIER_NAT = ip_network("100.64.0.0/10")  # RFC 6598


class Uplink(Struct, frozen=True):
    """One way out. `source` is the own address that is bound, `interface` the device; both may be empty.
    `budget_mb` is what our own probes may use in 30 days counted from `since`, None where it is not metered.
    `gateway` and `hop` are addresses, `auto` (looked for) or empty (not probed). `address` is the public one
    that the line has, where it is fixed."""

    name: str
    source: str = ""
    interface: str = ""
    budget_mb: float | None = None
    since: date = date(1970, 1, 1)
    raised: bool = False  # agreed: once a second while the lines without a budget are silent
    gateway: str = "auto"
    hop: str = "auto"
    address: str = ""

    @property
    def metered(self) -> bool:
        """Whether it has a budget."""
        return self.budget_mb is not None


class When(IntEnum):
    """Whether somebody is asked at all."""

    ALWAYS = 1
    WHERE_THERE = 2  # where the host has a way out of the address's family
    ALONE = 3  # where it has one of this family only


class Probe(Struct, frozen=True):
    """One target and how often (seconds) it is asked; how, its protocol says. `host` is the name that is asked
    for or whose page it is. With `ttl` an echo is answered by the router on the way at which the time runs out."""

    target: Target
    every: float = EVERY
    port: int = 53
    host: str = ""
    path: str = "/"
    ttl: int = 0
    towards: str = ""  # with `ttl`: whom the echo is sent to
    asked: When = When.ALWAYS
    expect: tuple[str, ...] = ()  # addresses that the name has; any other answer is another's
    identity: str = ""  # what the server calls itself contains this (id.server in CHAOS)


class AddressServer(Struct, frozen=True):
    """A name server that answers `name` with the address from which it was asked: as an A or AAAA record, or as
    TXT, of the class CH where `chaos`. `operator`: whose it is."""

    address: str
    name: str
    operator: str
    txt: bool = False
    chaos: bool = False


class Plan(Struct, frozen=True):
    """All that is watched. `address_servers` are asked for the public address: empty where that is not allowed."""

    uplinks: tuple[Uplink, ...]
    probes: tuple[Probe, ...]
    deadline: float = DEADLINE
    address_servers: tuple[AddressServer, ...] = ()

    @property
    def targets(self) -> tuple[Target, ...]:
        """Who is known from the start; gateways and first hops come later, with numbers after these."""
        return tuple(probe.target for probe in self.probes)

    @property
    def step(self) -> int:
        """Microseconds between two probes of the external target that is asked most often."""
        asked = [probe.every for probe in self.probes if probe.target.outside]
        return round(min(asked, default=EVERY) * 1e6)


class KnownTarget(Struct, frozen=True):
    """Somebody outside who may be asked by everybody; `host` where a name of its own is asked for."""

    name: str
    address: str
    six: str
    network: str
    host: str = ""
    expect: tuple[str, ...] = ()
    identity: str = ""


def slots(probes: Iterable[Probe]) -> dict[int, float]:
    """Number of a target -> its seconds within its own interval.

    The external targets of an uplink that are asked equally often are spread evenly over the interval: that
    makes the bounds of an outage narrow (the gap between two of them, not the interval). Gateway and hop are
    no part of that group; they stand between two slots of it, and so do the rarer questions and pages.
    """
    groups: dict[tuple[str, bool, float], list[int]] = {}
    for probe in probes:
        inside = not probe.target.outside
        groups.setdefault((probe.target.uplink, inside, probe.every), []).append(probe.target.number)
    found: dict[int, float] = {}
    gaps: dict[str, float] = {}  # per uplink: between two slots of the group that is asked most often
    behind: dict[str, int] = {}
    for (uplink, inside, every), group in sorted(groups.items(), key=lambda g: (g[0][1], g[0][2])):
        gap = every / len(group)
        leads = uplink not in gaps
        shift = 0.0 if leads else gaps[uplink] * ((0.25 if inside else 0.5) + behind[uplink])
        gaps.setdefault(uplink, gap)
        behind[uplink] = 0 if leads else behind[uplink] + 1
        found.update({number: (n * gap + shift) % every for n, number in enumerate(group)})
    return found


def thin(plan: Plan) -> tuple[Text, ...]:
    """What weakens the proof that a plan can give, to be said before it is watched."""
    said = []
    for uplink in plan.uplinks:
        targets = [t for t in plan.targets if t.uplink == uplink.name and t.witness]
        networks = {target.network or target.address for target in targets}
        if len(targets) < FEW or len(networks) < NETWORKS:
            said.append(
                text(
                    "{uplink}: targets watched: {n}, in networks: {networks}. Four targets in two networks are the "
                    "least, so that nobody can say that the targets had failed.",
                    uplink=uplink.name,
                    n=len(targets),
                    networks=len(networks),
                )
            )
    return tuple(said)


def outside(address: str) -> bool:
    """Whether an address is public or the provider's (carrier-grade NAT), and so not of the own network."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return parsed.is_global or (parsed.version == 4 and parsed in CARRIER_NAT)
