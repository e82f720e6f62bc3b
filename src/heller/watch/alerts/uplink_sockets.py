"""Sockets that go out over one uplink, for libraries that make their own: for as long as a block lasts, each new socket
of this process is tied to the uplink's address and device, and names are asked of public resolvers over it.

The resolver of the system is the dead line's, more often than not; a captive one gives every name its own address.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Any

from heller.watch.plan import Uplink
from heller.watch.sockets import BINDTODEVICE, LINUX, family_of, place

PATIENCE = 8.0  # seconds for a name
INTERNET = (socket.AF_INET, socket.AF_INET6)


@contextmanager
def over(uplink: Uplink | None, resolvers: Sequence[str]) -> Iterator[None]:
    """None, or an uplink that names neither address nor device, changes nothing: the system chooses the way."""
    if uplink is None or not (uplink.source or uplink.interface):
        yield
        return
    made, asked = socket.socket, socket.getaddrinfo
    socket.socket = _kind(uplink)  # type: ignore[misc]
    socket.getaddrinfo = _asker(uplink, resolvers, asked)
    try:
        yield
    finally:
        socket.socket, socket.getaddrinfo = made, asked  # type: ignore[misc]


def _kind(uplink: Uplink) -> type[socket.socket]:
    class Tied(socket.socket):
        """Tied when it is made; one that was accepted or handed over stays as it is."""

        def __init__(
            self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None
        ) -> None:
            super().__init__(family, type, proto, fileno)
            if fileno is None and self.family in INTERNET:
                tie(self, uplink)

    return Tied


def tie(made: socket.socket, uplink: Uplink) -> None:
    """Bind it to the uplink; OSError says why not."""
    if uplink.interface and LINUX:
        made.setsockopt(socket.SOL_SOCKET, BINDTODEVICE, uplink.interface.encode())
    if uplink.source and family_of(uplink.source) == made.family:
        made.bind(place(uplink.source))


def _asker(uplink: Uplink, resolvers: Sequence[str], system: Callable[..., Any]) -> Callable[..., Any]:
    """`getaddrinfo` over the uplink; what is an address already, or no resolver over it knows, the system answers."""

    def ask(host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        wanted = family_of(uplink.source) if uplink.source else family
        if not name or name == "localhost" or _is_address(name):
            return system(host, port, family or wanted, type, proto, flags)
        found = [a for a in _addresses(name, uplink, resolvers) if wanted in (0, family_of(a))]
        if not found:
            return system(host, port, wanted, type, proto, flags)
        return [row for a in found for row in system(a, port, 0, type, proto, flags)]

    return ask


def _is_address(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _addresses(name: str, uplink: Uplink, resolvers: Sequence[str]) -> list[str]:
    import dns.exception
    import dns.query
    import dns.resolver

    asked = dns.resolver.Resolver(configure=False)
    families = {family_of(uplink.source)} if uplink.source else set(INTERNET)
    asked.nameservers = [address for address in resolvers if family_of(address) in families]
    found: list[str] = []
    before, dns.query.socket_factory = dns.query.socket_factory, socket.socket
    try:
        for kind, family in (("A", socket.AF_INET), ("AAAA", socket.AF_INET6)):
            if family in families and asked.nameservers:
                with suppress(dns.exception.DNSException, OSError):
                    found += [str(row) for row in asked.resolve(name, kind, lifetime=PATIENCE)]
    finally:
        dns.query.socket_factory = before
    return found
