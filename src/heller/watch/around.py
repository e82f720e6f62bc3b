"""What lies around the probes: links, addresses, counters, routes and the state of the clock.

It is read once a second by a thread of its own, never by the loop; what changed between two looks is a pure
function of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from heller.machine.clocks import boot_ns, read_sync
from heller.model.sample import Upset, UpsetKind
from heller.watch.clocks import Session
from heller.watch.plan import Uplink
from heller.watch.route import Route, read_defaults

NET = Path("/sys/class/net")


class Around(NamedTuple):
    """One look. `up` says of each device whether it has a carrier, `counted` its bytes both ways, `addresses`
    whose address is on which device; `at` is microseconds on the line of time."""

    at: int
    up: Mapping[str, bool]
    counted: Mapping[str, int]
    addresses: Mapping[str, str]
    routes: tuple[Route, ...]
    routes_6: tuple[Route, ...]
    sync: str
    error: int


def look(session: Session) -> Around:
    """Asks the system; about a millisecond."""
    addresses = {
        entry.address.partition("%")[0]: device
        for device, entries in psutil.net_if_addrs().items()
        for entry in entries
        if entry.family.name in ("AF_INET", "AF_INET6")
    }
    counters = psutil.net_io_counters(pernic=True, nowrap=True)
    counted = {device: count.bytes_sent + count.bytes_recv for device, count in counters.items()}
    sync, error = read_sync()
    return Around(
        session.at(boot_ns()),
        _carriers(),
        counted,
        addresses,
        by_name(read_defaults(), addresses),
        by_name(read_defaults(six=True), addresses),
        sync,
        error,
    )


def by_name(routes: Sequence[Route], addresses: Mapping[str, str]) -> tuple[Route, ...]:
    """Routes whose device is called by its name: Windows calls it by its own address."""
    return tuple(
        route._replace(interface=addresses.get(route.interface, route.interface)) for route in routes
    )


def _carriers() -> dict[str, bool]:
    if not NET.exists():
        return {device: state.isup for device, state in psutil.net_if_stats().items()}
    return {device.name: _carrier(device) for device in NET.iterdir()}


def _carrier(device: Path) -> bool:
    try:
        return (device / "carrier").read_text().strip() == "1" and (
            (device / "operstate").read_text().strip() in ("up", "unknown")
        )
    except OSError:  # the device is switched off, or just went
        return False


def device_of(uplink: Uplink, now: Around, six: bool = False) -> str:
    """The device that an uplink goes out by: the one named, else that of its address, else that of the
    preferred default route; empty where none is known."""
    if uplink.interface:
        return uplink.interface
    if uplink.source:
        return now.addresses.get(uplink.source, "")
    routes = now.routes_6 if six else now.routes
    return routes[0].interface if routes else ""


def families(uplink: Uplink, now: Around, *, patient: bool = False) -> frozenset[int]:
    """The families (4, 6) of which an uplink has a way out: that of its own address, else those with a default
    route over its device. Without any route that is known it is IPv4, for routes of other tables are not seen;
    `patient`: not yet, one may come."""
    if uplink.source:
        return frozenset({6 if ":" in uplink.source else 4})
    there = ((4, now.routes), (6, now.routes_6))
    found = {family for family, routes in there if any(uplink.interface in ("", r.interface) for r in routes)}
    return frozenset(found or (() if patient else (4,)))


def gateway_of(uplink: Uplink, now: Around, six: bool = False) -> str:
    """The gateway of an uplink, as named or as the routes say; empty where there is none."""
    if uplink.gateway != "auto":
        return uplink.gateway
    device = device_of(uplink, now, six)
    routes = now.routes_6 if six else now.routes
    return next((route.gateway for route in routes if route.interface == device), "")


def changes(uplink: str, device: str, source: str, last: Around, now: Around) -> tuple[Upset, ...]:
    """Whether the own link of an uplink went or came between two looks. Pure."""
    before, after = (_usable(device, source, look) for look in (last, now))
    if before == after:
        return ()
    kind = UpsetKind.LINK_UP if after else UpsetKind.LINK_DOWN
    return (Upset(kind, last.at, now.at, uplink),)


def _usable(device: str, source: str, seen: Around) -> bool:
    return seen.up.get(device, False) and (not source or source in seen.addresses)
