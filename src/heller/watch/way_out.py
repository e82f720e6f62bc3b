"""Who carries an uplink at this moment: the routers on its way out, and its public address where that is allowed.

It says what one look showed; whether that is the line or another way is decided elsewhere.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address

import dns.exception
import dns.flags
import dns.message
import dns.rdataclass
import dns.rdatatype

from heller.machine.clocks import boot_ns
from heller.model.sample import Carrier
from heller.watch.clocks import Session
from heller.watch.hop import routers
from heller.watch.plan import AddressServer, Uplink
from heller.watch.sockets import family_of, open_socket, place

WAIT = 1.0  # seconds for a name server
# Two operators that tell it by DNS; their addresses are among those that a watch asks anyway.
ADDRESS_SERVERS = (
    AddressServer("208.67.222.222", "myip.opendns.com", "OpenDNS"),
    AddressServer("1.1.1.1", "whoami.cloudflare", "Cloudflare", txt=True, chaos=True),
    AddressServer("2620:119:35::35", "myip.opendns.com", "OpenDNS"),
    AddressServer("2606:4700:4700::1111", "whoami.cloudflare", "Cloudflare", txt=True, chaos=True),
)


async def look_out(
    uplink: Uplink,
    towards: Sequence[str],
    servers: Sequence[AddressServer],
    session: Session,
    raw: bool | None,
) -> tuple[Carrier | None, dict[int, str], str]:
    """What a look shows, the routers by distance, and towards whom they were found; no carrier where nothing was
    shown at all. `raw` is None where the system allows no echo."""
    first = session.at(boot_ns())
    said: dict[int, str] = {}
    asked = ""
    for address in towards[:2] if raw is not None else ():
        asked = address
        if said := await routers(uplink, address, bool(raw)):
            break
    public = await public_address(uplink, servers)
    if not said and not public:
        return None, said, asked
    hops = tuple(said[distance] for distance in sorted(said))
    return Carrier(uplink.name, first, first, hops, public), said, asked


async def public_address(uplink: Uplink, servers: Sequence[AddressServer]) -> str:
    """The address from which the servers of two operators were asked; '' where they do not agree or do not answer."""
    found = await asyncio.gather(*(_address_by_dns(uplink, server) for server in servers))
    said = {address for address in found if address}
    operators = {server.operator for server, address in zip(servers, found, strict=True) if address}
    return said.pop() if len(said) == 1 and len(operators) > 1 else ""


async def _address_by_dns(uplink: Uplink, server: AddressServer) -> str:
    six = ":" in server.address
    kind = dns.rdatatype.TXT if server.txt else dns.rdatatype.AAAA if six else dns.rdatatype.A
    query = dns.message.make_query(
        server.name, kind, dns.rdataclass.CH if server.chaos else dns.rdataclass.IN
    )
    loop = asyncio.get_running_loop()
    try:
        with open_socket(uplink, family_of(server.address), socket.SOCK_DGRAM) as made:
            made.connect(place(server.address, 53))
            made.send(query.to_wire())
            wire = await asyncio.wait_for(loop.sock_recv(made, 4096), WAIT)
        answer = dns.message.from_wire(wire)
    except (OSError, TimeoutError, dns.exception.DNSException):
        return ""
    return told(answer) if answer.id == query.id and answer.question == query.question else ""


def told(answer: dns.message.Message) -> str:
    """The first address in an answer, as a record or as text; '' where there is none."""
    for found in answer.answer:
        for item in found:
            said = (
                item.address
                if hasattr(item, "address")
                else b"".join(getattr(item, "strings", ())).decode("ascii", "replace")
            )
            try:
                return str(ip_address(said.strip()))
            except ValueError:
                continue
    return ""
