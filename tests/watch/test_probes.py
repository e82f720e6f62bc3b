"""The probe loop on real sockets: in the emulated network, without privileges, on every way of asking."""

from __future__ import annotations

import asyncio
import itertools
import socket
import struct
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.net.emulated import DNS, GATEWAY, HOP, TARGETS, TARGETS6, Network
from tests.watch.asking import ALL, ECHOES, ERROR, PAGE, exact, main, names, outcomes, targets
from tests.watch.probing import read, start

from heller.machine.clocks import boot_ns
from heller.model.sample import ALIVE, LOST, QUESTION, Carrier, Depth, Outcome, Target, Upset, UpsetKind
from heller.watch import clocks
from heller.watch.lane import Lane
from heller.watch.loop import run
from heller.watch.plan import Plan, Probe, Uplink
from heller.watch.probes.icmp import Echo
from heller.watch.rows import LATE_S, Phases, ProbeRow, Tick
from heller.watch.sockets_allowed import SocketKind

NOBODY = 65534
OWN_FILTER = f"""
table ip own {{
  chain out {{
    type filter hook output priority 0
    ip daddr {TARGETS[3]} drop
  }}
}}
"""


@pytest.mark.parametrize("best", SocketKind)
def test_all_is_answered_without_privileges(network: Network, tmp_path: Path, best: SocketKind) -> None:
    """As nobody by datagram ICMP, and by TCP and DNS alone, as where there is no ICMP; raw as root."""
    user = 0 if best == SocketKind.RAW else NOBODY
    seen = read(start(network.client, ALL + main(), tmp_path, 3, best=best, user=user))
    exact(seen)
    good = {Outcome.OK, Outcome.REFUSED}  # a port that is closed: the path was there
    assert outcomes(seen, Depth.OUTSIDE) <= good and outcomes(seen, Depth.GATEWAY) <= good
    assert outcomes(seen, QUESTION) == {Outcome.OK}
    assert {t.address for t in seen.targets.values() if t.depth == Depth.GATEWAY} == {GATEWAY}
    hops = {t.address for t in seen.targets.values() if t.depth == Depth.HOP}
    assert hops == ({HOP} if best <= SocketKind.RAW else set())
    assert outcomes(seen, "page") == {Outcome.TLS_ERROR}  # signed by nobody that the system trusts
    assert all(
        phases[2] > 0 and phases[3] > 0 for phases in seen.phases
    )  # its name and its connect were timed
    assert seen.kinds() == [UpsetKind.START, UpsetKind.STOP]


def test_a_page_is_timed_in_its_phases(network: Network, tmp_path: Path) -> None:
    """Name, connect, handshake, first byte; an error of the host is not one of the line; by address without DNS."""
    trust = {"SSL_CERT_FILE": str(network.ca)}
    toml = targets(*TARGETS) + names(DNS[0]) + PAGE + ERROR + main()
    seen = read(start(network.client, toml, tmp_path, 3, env=trust))
    exact(seen)
    assert outcomes(seen, "page") == {Outcome.OK, Outcome.HTTP_ERROR}
    assert {phases[6] for phases in seen.phases} == {200, 503}
    assert all(part > 0 for phases in seen.phases for part in phases[2:6])
    with network.fault("dns"):
        seen = read(start(network.client, toml, tmp_path, 4, env=trust))
    assert outcomes(seen, "page") == {Outcome.OK, Outcome.HTTP_ERROR}
    assert all(phases[2] is None for phases in seen.phases)
    assert outcomes(seen, QUESTION) <= set(LOST) and outcomes(seen, Depth.OUTSIDE) == {Outcome.OK}


def test_slots_are_spread_and_sent_on_time(network: Network, tmp_path: Path) -> None:
    """Six targets: a sixth of a second apart, whatever else is asked."""
    seen = read(start(network.client, ECHOES + main(), tmp_path, 5))
    times = [row.at for row in seen.of(Depth.OUTSIDE)]
    gaps = sorted(b - a for a, b in itertools.pairwise(times))
    assert len(times) >= 25
    assert gaps[len(gaps) // 2] == pytest.approx(1e6 / 6, rel=0.1)


def test_a_cut_is_seen_from_the_inside_out_and_a_burst_follows(network: Network, tmp_path: Path) -> None:
    """While the provider is silent the gateway answers; ten more probes in two seconds follow the first loss."""
    process = start(network.client, ECHOES + main(), tmp_path, 9)
    time.sleep(2.5)
    with network.fault("silent") as cut:
        time.sleep(3)
    seen = read(process)
    exact(seen)
    inside = [row for row in seen.rows if cut.on[1] < row.at < cut.off[0] - 100_000]
    number_of = {t.depth: n for n, t in seen.targets.items()}
    assert {row.outcome for row in inside if row.target == number_of[Depth.GATEWAY]} == {Outcome.OK}
    lost = [row for row in inside if seen.targets[row.target].witness]
    assert lost and {row.outcome for row in lost} <= set(LOST)
    answered = [row.at for row in seen.of(Depth.OUTSIDE) if row.outcome in ALIVE]
    assert max(at for at in answered if at < lost[0].at) <= cut.on[1] and cut.on[0] - lost[0].at < 300_000
    known = lost[0].at + 1_000_000  # its deadline
    usual = 2 * (6 + 1) + 1
    assert len([row for row in seen.rows if known <= row.at <= known + 2_100_000]) >= usual + 9
    calm = [row for row in seen.rows if known + 2_800_000 < row.at < known + 4_800_000]
    assert len(calm) <= usual + 2


def test_who_says_unreachable_decides(network: Network, tmp_path: Path) -> None:
    """The router's word counts against the line; the own kernel's does not: no route, a filter, no link."""
    with ExitStack() as undo:
        for place, kind, address in (
            (network.client, "unreachable", TARGETS[1]),
            (network.client, "blackhole", TARGETS[2]),
        ):
            place.ip(f"route add {kind} {address}/32")
            undo.callback(place.ip, f"route del {kind} {address}/32")
        reject = "reject with icmp type host-unreachable"
        network.router.nft(f"add rule inet flt cfwd ip daddr {{ {TARGETS[0]}, {DNS[0]} }} {reject}")
        undo.callback(network.router.nft, "flush chain inet flt cfwd")
        network.client.nft(OWN_FILTER)
        undo.callback(network.client.nft, "delete table ip own")
        for best in (SocketKind.DATAGRAM, SocketKind.RAW, SocketKind.CONNECT):
            toml = targets(*TARGETS) + names(DNS[0]) + main()
            seen = read(start(network.client, toml, tmp_path, 2, best=best))
            exact(seen)
            by = {t.address: n for n, t in seen.targets.items()}
            assert seen.ends(by[TARGETS[0]]) == {Outcome.UNREACHABLE}, best
            assert seen.ends(by[DNS[0]]) == {Outcome.UNREACHABLE}
            assert seen.ends(by[TARGETS[1]]) == {Outcome.LOCAL}
            assert seen.ends(by[TARGETS[2]]) == {Outcome.LOCAL}
            if (
                best != SocketKind.CONNECT
            ):  # a SYN that the own filter drops is tried again by the kernel, untold
                assert seen.ends(by[TARGETS[3]]) == {Outcome.LOCAL}
            assert seen.ends(by[TARGETS[4]]) <= {Outcome.OK, Outcome.REFUSED}


def test_answers_after_the_deadline_prove_the_line(network: Network, tmp_path: Path) -> None:
    """They are told as lost at their deadline and again as late, with their round trip."""
    with network.delay(150):
        seen = read(
            start(
                network.client,
                "deadline = 0.2\n" + targets(*TARGETS) + names(*DNS) + main(),
                tmp_path,
                3,
            )
        )
    exact(seen)
    end = seen.ticks[-1][0] - 700_000  # the loop waited for these answers
    asked = [row for row in [*seen.of(Depth.OUTSIDE), *seen.of(QUESTION)] if row.at < end]
    assert {row.outcome for row in asked} == {Outcome.LATE}
    late = [row for row in asked if seen.targets[row.target].witness]
    assert all(0.3 <= row.rtt < 0.3 + LATE_S and row.bytes == 88 for row in late)
    assert sum(row.outcome == Outcome.TIMEOUT for row in seen.told) >= len(late)


def test_a_name_server_that_errs_says_nothing_about_the_line(network: Network, tmp_path: Path) -> None:
    """SERVFAIL is its own outcome; that a name does not exist is an answer, as it is for the random label between."""
    for name, outcome in (("broken.test", {Outcome.DNS_ERROR, Outcome.OK}), ("nx.test", {Outcome.OK})):
        toml = targets(TARGETS[0]) + names(DNS[0], ask=name) + main()
        assert outcomes(read(start(network.client, toml, tmp_path, 2)), QUESTION) == outcome


@pytest.mark.parametrize("best", [SocketKind.DATAGRAM, SocketKind.RAW, SocketKind.CONNECT])
def test_ipv6_is_watched_alike(network: Network, tmp_path: Path, best: SocketKind) -> None:
    """Targets, gateway and first hop by IPv6."""
    toml = targets(*TARGETS6) + names("2001:db8:113::53") + "\n[[uplink]]\nname = 'main'\n"
    seen = read(start(network.client, toml, tmp_path, 3, best=best))
    exact(seen)
    assert outcomes(seen, Depth.OUTSIDE) <= {Outcome.OK, Outcome.REFUSED}
    assert outcomes(seen, QUESTION) == {Outcome.OK}
    assert {t.address for t in seen.targets.values() if t.depth == Depth.GATEWAY} == {"2001:db8:178::1"}


def test_a_hop_that_answers_no_echo_is_probed_by_the_time_that_runs_out(
    network: Network, tmp_path: Path
) -> None:
    """Many routers of providers answer no echo request; that the time ran out they say."""
    network.provider.nft("add rule inet flt cinp icmp type echo-request drop")
    try:
        seen = read(start(network.client, ECHOES + main(), tmp_path, 5))
    finally:
        network.provider.nft("flush chain inet flt cinp")
    exact(seen)
    (hop,) = [n for n, t in seen.targets.items() if t.depth == Depth.HOP]
    assert seen.targets[hop].address == HOP
    assert seen.ends(hop) == {Outcome.OK}


@pytest.mark.parametrize("raw", [False, True])
def test_foreign_and_repeated_answers_change_nothing(network: Network, raw: bool) -> None:
    """Each answer comes again, bent in every byte and cut at every length: one probe has one row."""
    with network.client.entered():
        rows = asyncio.run(_pestered(raw))
    assert [row.outcome for row in rows] == [Outcome.OK] * 5


async def _pestered(raw: bool) -> list[ProbeRow]:
    sink = Collected()
    uplink = Uplink("main")
    lane = Lane(uplink, Plan((uplink,), ()), sink, clocks.begin(), boot_ns(), 0)
    echo = Echo(lane, socket.AF_INET, raw, True)
    echo.add(1, "127.0.0.1")
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as other:
        for _ in range(5):
            echo.send([1])
            await asyncio.sleep(0.02)
            replies = [packet[20:] for packet in _heard(other) if packet[20] == 0]
            for reply in (replies[0], *bent(replies[0])):
                other.sendto(reply, ("127.0.0.1", 0))
            await asyncio.sleep(0.02)
            _heard(other)
    echo.close()
    return sink.rows


def _heard(other: socket.socket) -> list[bytes]:
    other.setblocking(False)
    found = []
    while True:
        try:
            found.append(other.recv(2048))
        except BlockingIOError:
            return found


def bent(reply: bytes) -> list[bytes]:
    """An echo reply with one byte changed each, and cut short, with a right checksum."""
    changed = [reply[:n] + bytes([reply[n] ^ 0x55]) + reply[n + 1 :] for n in range(4, len(reply))]
    return [_summed(packet) for packet in (*changed, *(reply[:n] for n in range(8, len(reply), 2)))]


def _summed(packet: bytes) -> bytes:
    body = packet[:2] + bytes(2) + packet[4:]
    total = sum(struct.unpack(f"!{len(body) // 2}H", body))
    total = (total & 0xFFFF) + (total >> 16)
    check: int = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
    return body[:2] + check.to_bytes(2) + body[4:]


class Collected:
    """A sink that keeps."""

    def __init__(self) -> None:
        self.rows: list[ProbeRow] = []
        self.broken = False

    def row(self, row: ProbeRow) -> None:
        """Kept, or refused."""
        if self.broken:
            raise RuntimeError("the sink is broken")
        self.rows.append(row)

    def target(self, target: Target) -> None:
        """Nothing."""

    def tick(self, tick: Tick) -> None:
        """Nothing."""

    def upset(self, upset: Upset) -> None:
        """Nothing."""

    def phases(self, phases: Phases) -> None:
        """Nothing."""

    def carrier(self, look: Carrier) -> None:
        """Nothing."""


def test_a_loop_that_breaks_says_so(network: Network) -> None:
    """A watch that no longer watches must not look like one that does."""
    sink = Collected()
    sink.broken = True
    # A closed budget: its row is given by the turn itself.
    uplink = Uplink("main", budget_mb=0, gateway="", hop="")
    plan = Plan((uplink,), (Probe(Target(1, "main", Depth.OUTSIDE, "", "127.0.0.1")),))
    with network.client.entered(), pytest.raises(RuntimeError, match="broken"):
        asyncio.run(asyncio.wait_for(run(plan, sink, asyncio.Event()), 5))
