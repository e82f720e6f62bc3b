"""Which way of probing this system allows: datagram ICMP, raw ICMP, TCP, DNS; and why not the better ones."""

from __future__ import annotations

import errno
import os
import socket
from enum import IntEnum

from msgspec import Struct

from heller.machine import echoes
from heller.model.text import Text, text


class SocketKind(IntEnum):
    """From the best to the last."""

    DATAGRAM = 1  # unprivileged ICMP
    RAW = 2  # ICMP with CAP_NET_RAW
    CALL = 3  # ICMP by a call of the system (Windows)
    CONNECT = 4
    QUESTION = 5


class Choice(Struct, frozen=True):
    """What is used, and what the system said to the better ones: kind -> errno."""

    kind: SocketKind
    refused: tuple[tuple[SocketKind, int], ...] = ()


def choose(six: bool = False, best: SocketKind = SocketKind.DATAGRAM) -> Choice:
    """Tries to open one socket of each kind, from `best` on; nothing is sent."""
    refused: list[tuple[SocketKind, int]] = []
    for kind in SocketKind:
        if kind < best or (kind is SocketKind.CALL and not echoes.available()):
            continue
        if kind is SocketKind.CALL:
            return Choice(kind, tuple(refused))
        try:
            _open(kind, six).close()
        except OSError as error:
            refused.append((kind, error.errno or errno.EIO))
        else:
            return Choice(kind, tuple(refused))
    return Choice(SocketKind.QUESTION, tuple(refused))


def _open(kind: SocketKind, six: bool) -> socket.socket:
    family = socket.AF_INET6 if six else socket.AF_INET
    protocol = socket.IPPROTO_ICMPV6 if six else socket.IPPROTO_ICMP
    match kind:
        case SocketKind.DATAGRAM:
            return socket.socket(family, socket.SOCK_DGRAM, protocol)
        case SocketKind.RAW:
            return socket.socket(family, socket.SOCK_RAW, protocol)
        case SocketKind.CONNECT:
            return socket.socket(family, socket.SOCK_STREAM)
        case _:
            return socket.socket(family, socket.SOCK_DGRAM)


def explain(choice: Choice) -> Text:
    """One sentence for people: what is used and why."""
    why = "; ".join(f"{kind.name}: {os.strerror(number)}" for kind, number in choice.refused)
    match choice.kind:
        case SocketKind.DATAGRAM:
            return text("Probes are ICMP echo requests by an unprivileged datagram socket.")
        case SocketKind.RAW:
            return text("Probes are ICMP echo requests by a raw socket, as root may; {why}.", why=why)
        case SocketKind.CALL:
            return text("Probes are ICMP echo requests by a call of Windows (IcmpSendEcho2).")
        case SocketKind.CONNECT:
            return text(
                "Probes are TCP connects to port 53, since the system allows no ICMP ({why}). On Linux it is allowed "
                'by: sysctl net.ipv4.ping_group_range="0 2147483647".',
                why=why,
            )
        case SocketKind.QUESTION:
            return text(
                "Probes are questions of DNS over UDP, since nothing better is allowed ({why}).", why=why
            )
