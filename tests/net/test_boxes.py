"""A made box for each maker in the emulated network: it sends a week of its syslog by UDP over a link that loses two of
a hundred packets, and what arrives is read.

Messages are those of the samples (docs/logs.md says where they come from). Nothing waits on a clock: the week is in the
stamps. Which lines were lost is known, so an outage whose lines all came must be found within its bounds, and none may
be longer than what really was, whatever was lost.
"""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from tests.net.emulated import CLIENT, Network

from heller import intake
from heller.model.kinds.device_log import DeviceLog
from heller.model.outage import OpenEnd, OpenStart, Outage
from heller.model.record import Blob
from heller.outage import detect

PORT = 5514
BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 6, 15)
CUTS = 14
END = b"the week is over"
LOSES = f"""table inet boxes {{
  chain in {{
    type filter hook input priority 0
    udp dport {PORT} numgen random mod 100 < 2 drop
  }}
}}"""
ISO, BSD = "<134>{at:%Y-%m-%dT%H:%M:%S}+02:00 gw ", "<134>{at:%b} {at.day:>2} {at:%H:%M:%S} gw "
SFOS = 'device="SFW" date={at:%Y-%m-%d} time={at:%H:%M:%S} timezone="CEST" '
FORTI = 'date={at:%Y-%m-%d} time={at:%H:%M:%S} tz="+0200" devname="gw" type="event" '


class Box(NamedTuple):
    """How a maker's box stamps its lines, what it says all day, and what when its line goes and comes back; how many
    seconds after the fact it says so."""

    stamp: str
    chatter: str
    down: tuple[str, ...]
    up: tuple[str, ...]
    late: int = 0


BOXES = {
    "OpenWrt": Box(
        BSD,
        "dnsmasq-dhcp[9]: DHCPACK(br-lan) 192.168.1.7 pc",
        ("netifd: Interface 'wan' is now down",),
        ("netifd: Interface 'wan' is now up",),
    ),
    "OPNsense": Box(
        "<29>1 {at:%Y-%m-%dT%H:%M:%S}+02:00 gw ",
        "filterlog 812 - - 5,,,0,igb0,match,block",
        ("dpinger 311 - - ALERT: WAN_DHCP (Addr: 192.0.2.1 Alarm: none -> down RTT: 0.0 ms Loss: 100.0 %)",),
        ("dpinger 311 - - ALERT: WAN_DHCP (Addr: 192.0.2.1 Alarm: down -> none RTT: 9.1 ms Loss: 0.0 %)",),
        late=20,
    ),
    "MikroTik": Box(
        BSD,
        "dhcp,info dhcp1 assigned 192.168.88.9 to AA:BB",
        ("pppoe,ppp,info pppoe-out1: terminating... - peer is not responding",),
        ("pppoe,ppp,info pppoe-out1: connected",),
    ),
    "LANCOM": Box(
        BSD,
        "LCOS: user root logged in",
        ("xDSL: Line disconnected (loss of signal)",),
        ("xDSL: Line is up",),
    ),
    "Cisco ASA": Box(
        BSD,
        ": %ASA-6-302013: Built outbound TCP connection 9",
        (
            ": %ASA-6-622001: Removing tracked route 0.0.0.0 0.0.0.0 192.0.2.1, distance 1, on interface outside",
        ),
        (
            ": %ASA-6-622001: Adding tracked route 0.0.0.0 0.0.0.0 192.0.2.1, distance 1, on interface outside",
        ),
    ),
    "FortiGate": Box(
        FORTI,
        'subtype="user" logdesc="Admin login successful" msg="Administrator admin logged in"',
        (
            'logdesc="Link monitor status" interface="wan1" msg="Link Monitor changed state from alive to dead"',
        ),
        (
            'logdesc="Link monitor status" interface="wan1" msg="Link Monitor changed state from dead to alive"',
        ),
    ),
    "Sophos": Box(
        SFOS,
        'log_component="GUI" message="User admin logged in"',
        ('log_component="Gateway" message="Gateway 192.0.2.1 on PortB is Dead"',),
        ('log_component="Gateway" message="Gateway 192.0.2.1 on PortB is Live"',),
    ),
    "DrayTek": Box(
        BSD,
        "DrayTek: Local User: 192.168.1.10:5050 -> 198.51.100.1:443 (TCP)Web",
        ("DrayTek: WAN1 is down",),
        ("DrayTek: WAN1 is up",),
    ),
    "EdgeOS": Box(
        BSD,
        "dhcpd: DHCPACK on 192.168.1.9",
        ("wlb: Group: balance Interface: eth0, State: active->inactive",),
        ("wlb: Group: balance Interface: eth0, State: inactive->active",),
    ),
    "Asus": Box(
        BSD,
        "dnsmasq-dhcp[23]: DHCPACK(br0) 192.168.50.7",
        ("WAN_Connection: WAN(0) link down.",),
        ("WAN_Connection: WAN was restored.",),
    ),
    "Juniper": Box(
        BSD,
        "sshd[77]: Accepted publickey for ops",
        ("rmopd[99]: PING_TEST_FAILED: pingCtlOwnerIndex = isp, pingCtlTestName = uplink",),
        ("rmopd[99]: PING_TEST_COMPLETED: pingCtlOwnerIndex = isp, pingCtlTestName = uplink",),
    ),
    "pppd of a Linux": Box(
        ISO,
        "sshd[77]: Accepted publickey for ops",
        ("pppd[5]: No response to 4 echo-requests", "pppd[5]: Serial link appears to be disconnected."),
        ("pppd[5]: local  IP address 198.51.100.7",),
    ),
    "Teltonika": Box(
        ISO,
        "dnsmasq: query[A] example.com",
        ("portsd: Port WAN link down",),
        ("portsd: Port WAN link up",),
    ),
}


class Week(NamedTuple):
    """The truth: when the line was dead, in Berlin's clock; the lines sent, with the cut that each tells of."""

    cuts: list[tuple[datetime, datetime]]
    lines: list[tuple[str, int | None]]


def _week(box: Box, seed: int) -> Week:
    """Fourteen cuts of three minutes to four hours, and chatter every five minutes."""
    dice = random.Random(seed)
    cuts = []
    for n in range(CUTS):
        begin = BEGIN + timedelta(hours=12 * n, seconds=dice.randrange(600, 6 * 3600))
        cuts.append((begin, begin + timedelta(seconds=dice.randrange(180, 4 * 3600))))
    said: list[tuple[datetime, str, int | None]] = [
        (BEGIN + timedelta(minutes=5 * n), f"{box.chatter} {n}", None) for n in range(12 * 24 * 7 + 1)
    ]
    later = timedelta(seconds=box.late)
    for n, (begin, end) in enumerate(cuts):
        said += [(begin + later, words, n) for words in box.down]
        said += [(end + later, words, n) for words in box.up]
    said.sort(key=lambda one: one[0])
    return Week(cuts, [(box.stamp.format(at=at) + words, n) for at, words, n in said])


@contextmanager
def _server(network: Network) -> Iterator[list[bytes]]:
    """A syslog server in the client: what comes, in the order in which it comes, until the week is over."""
    with network.client.entered():
        ears = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ears.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    ears.bind((CLIENT, PORT))
    ears.settimeout(60)
    came: list[bytes] = []

    def listen() -> None:
        while (one := ears.recv(4096)) != END:
            came.append(one)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield came
    thread.join(60)
    ears.close()
    assert not thread.is_alive()


def _sent(network: Network, lines: list[str]) -> list[str]:
    """What of the lines arrives."""
    network.client.nft(LOSES)
    try:
        with _server(network) as came, network.router.entered():
            mouth = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            for line in lines:
                mouth.sendto(line.encode(), (CLIENT, PORT))
            for _ in range(50):  # one of them comes
                mouth.sendto(END, (CLIENT, PORT))
            mouth.close()
    finally:
        network.client.nft("delete table inet boxes")
    return [one.decode() for one in came]


def _edges(outage: Outage) -> tuple[datetime, datetime, datetime, datetime]:
    """The first and last moment at which it may have begun, and at which it may have ended."""
    begin = (
        (outage.start.latest,) * 2
        if isinstance(outage.start, OpenStart)
        else (outage.start.earliest, outage.start.latest)
    )
    end = (
        (outage.end.earliest,) * 2
        if isinstance(outage.end, OpenEnd)
        else (outage.end.earliest, outage.end.latest)
    )
    return (*begin, *end)


@pytest.mark.parametrize("maker", sorted(BOXES))
def test_a_box_is_believed_within_its_bounds(network: Network, maker: str) -> None:
    """What came whole is found with the truth inside its bounds; nothing is longer than it was, whatever was lost."""
    week = _week(BOXES[maker], len(maker))
    came = _sent(network, [line for line, _ in week.lines])
    assert 0.9 * len(week.lines) < len(came) < len(week.lines)
    blob = Blob("gw.log", "\n".join(came).encode(), "d", date(2026, 12, 31))
    logs = [record for record in intake.read(blob, BERLIN).records if isinstance(record, DeviceLog)]
    found = [_edges(one) for one in detect([], logs, []).outages]
    cuts = [(begin.replace(tzinfo=BERLIN), end.replace(tzinfo=BERLIN)) for begin, end in week.cuts]
    second = timedelta(seconds=2 + BOXES[maker].late)
    lost = {n for line, n in week.lines if n is not None and line not in came}
    for n, (begin, end) in enumerate(cuts):
        within = [one for one in found if begin - second <= one[1] and one[2] <= end + second]
        if n not in lost:
            assert any(one[0] <= begin + second and end - second <= one[3] for one in within), (maker, n)
    for one in found:
        assert any(begin - second <= one[1] and one[2] <= end + second for begin, end in cuts), (maker, one)
