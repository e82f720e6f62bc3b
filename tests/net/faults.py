"""What can go wrong in the emulated network: how each fault begins and ends.

| fault | gateway | first hop | targets | DNS | web | mobile line | carrier |
| --- | --- | --- | --- | --- | --- | --- | --- |
| lan: nothing passes between switch and router | - | - | - | - | - | - | up |
| router: it hangs | - | - | - | - | - | - | up |
| line: it is cut | yes | - | - | - | - | yes | **down** |
| silent: a signal, and nothing is carried ("not yet released") | yes | - | - | - | - | yes | up |
| beyond: the provider cannot reach the targets | yes | yes | - | - | - | yes | up |
| dns: no answer on port 53 | yes | yes | yes | - | by address | yes | up |
| target: one of six is silent | yes | yes | five | yes | yes | yes | up |
| loss: 30 % of what passes the provider | yes | yes | part | part | part | yes | up |
| failover: as silent, and the router goes over to the mobile line at once | yes | - | yes | yes | yes | yes | up |
| failover by plug: the router's own port is down, and it goes over | yes | yes | yes | yes | yes | yes | up |
| ipv4, ipv6: one family is not carried | yes | yes | of the other | of the other | of the other | yes | up |
| cable: the client's own plug is pulled | - | - | - | - | - | - | up (the client's own is down) |
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.net.emulated import Network
    from tests.net.place import Place

FAULTS = ("lan", "router", "line", "silent", "beyond", "dns", "target", "loss")
ONE_TARGET = "203.0.113.20"
NETS = ("203.0.113.0/24", "192.0.2.0/24", "2001:db8:113::/64")


@dataclass
class Cut:
    """When a fault was in force, microseconds since 1970: it began within `on` and ended within `off`."""

    fault: str
    on: tuple[int, int] = (0, 0)
    off: tuple[int, int] = (0, 0)


def timed(act: Callable[..., object], *given: object) -> tuple[int, int]:
    """Do something; returns the microseconds since 1970 between which it was done."""
    before = time.time_ns() // 1000
    act(*given)
    return before, time.time_ns() // 1000


def _mute(place: Place) -> None:
    place.nft("add rule inet flt cfwd drop\nadd rule inet flt cinp drop")


def _speak(place: Place) -> None:
    place.nft("flush chain inet flt cfwd\nflush chain inet flt cinp")


def _plug(port: str, state: str) -> Callable[[Network], None]:
    return lambda network: network.switch.ip(f"link set {port} {state}")


def _line_down(network: Network) -> None:
    network.provider.ip("link set line down")


def _line_up(network: Network) -> None:
    network.provider.ip("link set line up")
    network.line_up()


def _routes(verb: str) -> Callable[[Network], None]:
    return lambda network: network.provider.ip(*(f"route {verb} blackhole {net}" for net in NETS))


def _drop(rule: str) -> Callable[[Network], None]:
    return lambda network: network.provider.nft(f"add rule inet flt cfwd {rule} drop")


# Only where a packet comes from a neighbour: one that the delay holds passes the chain a second time.
LOSS = 'iifname { "line", "core" } numgen random mod 100 < 30'
PORT_53 = "meta l4proto { tcp, udp } th dport 53"


def _gone_over(network: Network) -> None:
    _mute(network.provider)
    network.go_over()


def _gone_over_by_plug(network: Network) -> None:
    """The router's own port goes down, so the line's first router is reached by the other way."""
    network.router.ip("link set wan down")
    network.go_over()


def _back(network: Network) -> None:
    _speak(network.provider)
    network.router.ip("link set wan up")
    network.line_up()


def _family(version: int) -> Callable[[Network], None]:
    word = "ipv4" if version == 4 else "ipv6"
    return lambda network: network.provider.nft(f"add rule inet flt cfwd meta nfproto {word} drop")


SWITCHES: dict[str, tuple[Callable[[Network], None], Callable[[Network], None]]] = {
    "lan": (_plug("router", "down"), _plug("router", "up")),
    "router": (lambda network: _mute(network.router), lambda network: _speak(network.router)),
    "line": (_line_down, _line_up),
    "silent": (lambda network: _mute(network.provider), lambda network: _speak(network.provider)),
    "beyond": (_routes("add"), _routes("del")),
    "dns": (_drop(PORT_53), lambda network: _speak(network.provider)),
    "target": (
        lambda network: network.internet.nft(f"add rule inet flt cinp ip daddr {ONE_TARGET} drop"),
        lambda network: _speak(network.internet),
    ),
    "loss": (_drop(LOSS), lambda network: _speak(network.provider)),
    "failover": (_gone_over, _back),
    "failover by plug": (_gone_over_by_plug, _back),
    "ipv4": (_family(4), lambda network: _speak(network.provider)),
    "ipv6": (_family(6), lambda network: _speak(network.provider)),
    "cable": (_plug("client", "down"), _plug("client", "up")),
}
