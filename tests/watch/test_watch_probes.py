"""The probe loop on real sockets: in the emulated network, without privileges, on every way of asking."""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import os
import signal
import socket
import struct
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.net.emulated import CLIENT, CLIENT_MOBILE, DNS, GATEWAY, HOP, TARGETS, TARGETS6, Network
from tests.net.watcher import Clock, suspended
from tests.watch.probing import Seen, read, start

from heller.model.sample import ALIVE, LOST, Layer, Outcome, Target, Upset, UpsetKind
from heller.watch import clocks
from heller.watch.icmp import Echo
from heller.watch.lane import Lane
from heller.watch.loop import run
from heller.watch.plan import Plan, Probe, Uplink
from heller.watch.row import LATE_S, Phases, Row, Tick
from heller.watch.ways import Kind

NOBODY = 65534


def target(address: str, way: str = "echo", **more: object) -> str:
    """A table of the settings, for the main line where it is no echo."""
    said = {"address": address, "way": way, **more} | ({} if way == "echo" else {"uplink": "main"})
    return "\n[[target]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items())


def targets(*addresses: str, **more: object) -> str:
    """Echo to each."""
    return "".join(target(address, **more) for address in addresses)


def names(*addresses: str, ask: str = "www.test") -> str:
    """A question to each."""
    return "".join(target(address, "question", host=ask, every=1) for address in addresses)


def main(more: str = "") -> str:
    """Settings of the main line."""
    return f"\n[[uplink]]\nname = 'main'\nsource = '{CLIENT}'\n{more}\n"


PAGE = target(TARGETS[0], "page", every=1, host="www.test")
ERROR = target(TARGETS[0], "page", every=1, host="www.test", path="/status/503")
OWN_FILTER = f"""
table ip own {{
  chain out {{
    type filter hook output priority 0
    ip daddr {TARGETS[3]} drop
  }}
}}
"""
ALL = targets(*TARGETS) + names(DNS[0]) + PAGE
ECHOES = targets(*TARGETS)


def outcomes(seen: Seen, layer: Layer, uplink: str = "main") -> set[Outcome]:
    """How the probes of a layer ended."""
    return {Outcome(row.outcome) for row in seen.of(layer, uplink)}


def exact(seen: Seen) -> None:
    """Every probe has one outcome; only answers have a round trip; only a late answer comes a second time."""
    first: dict[tuple[int, int], Outcome] = {}
    for row in seen.told:
        before = first.setdefault((row.target, row.at), Outcome(row.outcome))
        if before != row.outcome:
            assert before in (Outcome.TIMEOUT, Outcome.LOCAL) and row.outcome == Outcome.LATE
        assert row.target in seen.targets
        assert math.isnan(row.rtt) == (row.outcome not in ALIVE)


@pytest.mark.parametrize("best", Kind)
def test_all_is_answered_without_privileges(network: Network, tmp_path: Path, best: Kind) -> None:
    """As nobody by datagram ICMP, and by TCP and DNS alone, as where there is no ICMP; raw as root."""
    user = 0 if best == Kind.RAW else NOBODY
    seen = read(start(network.client, ALL + main(), tmp_path, 3, best=best, user=user))
    exact(seen)
    good = {Outcome.OK, Outcome.REFUSED}  # a port that is closed: the path was there
    assert outcomes(seen, Layer.TARGET) <= good and outcomes(seen, Layer.GATEWAY) <= good
    assert outcomes(seen, Layer.DNS) == {Outcome.OK}
    assert {t.address for t in seen.targets.values() if t.layer == Layer.GATEWAY} == {GATEWAY}
    hops = {t.address for t in seen.targets.values() if t.layer == Layer.HOP}
    assert hops == ({HOP} if best <= Kind.RAW else set())
    assert outcomes(seen, Layer.HTTPS) == {Outcome.TLS_ERROR}  # signed by nobody that the system trusts
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
    assert outcomes(seen, Layer.HTTPS) == {Outcome.OK, Outcome.HTTP_ERROR}
    assert {phases[6] for phases in seen.phases} == {200, 503}
    assert all(part > 0 for phases in seen.phases for part in phases[2:6])
    with network.fault("dns"):
        seen = read(start(network.client, toml, tmp_path, 4, env=trust))
    assert outcomes(seen, Layer.HTTPS) == {Outcome.OK, Outcome.HTTP_ERROR}
    assert all(phases[2] is None for phases in seen.phases)
    assert outcomes(seen, Layer.DNS) <= set(LOST) and outcomes(seen, Layer.TARGET) == {Outcome.OK}


def test_slots_are_spread_and_sent_on_time(network: Network, tmp_path: Path) -> None:
    """Six targets: a sixth of a second apart, whatever else is asked."""
    seen = read(start(network.client, ECHOES + main(), tmp_path, 5))
    times = [row.at for row in seen.of(Layer.TARGET)]
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
    number_of = {t.layer: n for n, t in seen.targets.items()}
    assert {row.outcome for row in inside if row.target == number_of[Layer.GATEWAY]} == {Outcome.OK}
    lost = [row for row in inside if seen.targets[row.target].layer == Layer.TARGET]
    assert lost and {row.outcome for row in lost} <= set(LOST)
    answered = [row.at for row in seen.of(Layer.TARGET) if row.outcome in ALIVE]
    assert max(at for at in answered if at < lost[0].at) <= cut.on[1] and cut.on[0] - lost[0].at < 300_000
    known = lost[0].at + 1_000_000  # its deadline
    usual = 2 * (6 + 1) + 1
    assert len([row for row in seen.rows if known <= row.at <= known + 2_100_000]) >= usual + 9
    calm = [row for row in seen.rows if known + 2_500_000 < row.at < known + 3_500_000]
    assert len(calm) <= 6 + 1 + 1


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
        for best in (Kind.DATAGRAM, Kind.RAW, Kind.CONNECT):
            toml = targets(*TARGETS) + names(DNS[0]) + main()
            seen = read(start(network.client, toml, tmp_path, 2, best=best))
            exact(seen)
            by = {t.address: n for n, t in seen.targets.items()}
            assert seen.ends(by[TARGETS[0]]) == {Outcome.UNREACHABLE}, best
            assert seen.ends(by[DNS[0]]) == {Outcome.UNREACHABLE}
            assert seen.ends(by[TARGETS[1]]) == {Outcome.LOCAL}
            assert seen.ends(by[TARGETS[2]]) == {Outcome.LOCAL}
            if best != Kind.CONNECT:  # a SYN that the own filter drops is tried again by the kernel, untold
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
    asked = [row for row in [*seen.of(Layer.TARGET), *seen.of(Layer.DNS)] if row.at < end]
    assert {row.outcome for row in asked} == {Outcome.LATE}
    late = [row for row in asked if seen.targets[row.target].layer == Layer.TARGET]
    assert all(0.3 <= row.rtt < 0.3 + LATE_S and row.bytes == 88 for row in late)
    assert sum(row.outcome == Outcome.TIMEOUT for row in seen.told) >= len(late)


def test_a_name_server_that_errs_says_nothing_about_the_line(network: Network, tmp_path: Path) -> None:
    """SERVFAIL is its own outcome; that a name does not exist is an answer."""
    for name, outcome in (("broken.test", Outcome.DNS_ERROR), ("nx.test", Outcome.OK)):
        toml = targets(TARGETS[0]) + names(DNS[0], ask=name) + main()
        assert outcomes(read(start(network.client, toml, tmp_path, 2)), Layer.DNS) == {outcome}


@pytest.mark.parametrize("best", [Kind.DATAGRAM, Kind.RAW, Kind.CONNECT])
def test_ipv6_is_watched_alike(network: Network, tmp_path: Path, best: Kind) -> None:
    """Targets, gateway and first hop by IPv6."""
    toml = targets(*TARGETS6) + names("2001:db8:113::53") + "\n[[uplink]]\nname = 'main'\n"
    seen = read(start(network.client, toml, tmp_path, 3, best=best))
    exact(seen)
    assert outcomes(seen, Layer.TARGET) <= {Outcome.OK, Outcome.REFUSED}
    assert outcomes(seen, Layer.DNS) == {Outcome.OK}
    assert {t.address for t in seen.targets.values() if t.layer == Layer.GATEWAY} == {"2001:db8:178::1"}


def test_a_metered_line_is_asked_more_often_only_while_the_main_line_is_silent(
    network: Network, tmp_path: Path
) -> None:
    """Two uplinks by their addresses, each by itself; the budget is counted in bytes."""
    mobile = f"\n[[uplink]]\nname = 'mobile'\nsource = '{CLIENT_MOBILE}'\nbudget_mb = 1\nraised = true\n"
    process = start(network.client, ECHOES + main() + mobile, tmp_path, 14)
    time.sleep(1.5)
    with network.fault("line") as cut:
        time.sleep(9)
    seen = read(process)
    exact(seen)
    asked = seen.of(Layer.TARGET, "mobile")
    assert {Outcome(row.outcome) for row in asked} == {Outcome.OK}
    raised = [row for row in asked if cut.on[0] + 5_500_000 < row.at < cut.off[0]]
    assert len(raised) >= 3
    assert len([row for row in asked if row.at < cut.on[0]]) <= 1
    assert len([row for row in asked if row.at > cut.off[1] + 2_500_000]) <= 1
    used = [tick[5]["mobile"] for tick in seen.ticks][-1]
    assert used == sum(row.bytes for row in asked) == 88 * len(asked)
    assert {t.layer for t in seen.targets.values() if t.uplink == "mobile"} == {Layer.TARGET}


def test_a_budget_that_is_used_up_pauses_the_uplink(network: Network, tmp_path: Path) -> None:
    """Nothing is sent any more, each slot says so, and one pause is told."""
    mobile = f"\n[[uplink]]\nname = 'mobile'\nsource = '{CLIENT_MOBILE}'\nbudget_mb = 1\n"
    toml = targets(TARGETS[0]) + mobile
    seen = read(start(network.client, toml, tmp_path, 1.5, used=1_000_000 - 87))
    assert {row.outcome for row in seen.rows} == {Outcome.NOT_SENT}
    assert seen.kinds().count(UpsetKind.PAUSE) == 1
    assert seen.ticks[-1][5] == {"mobile": 0}


def test_bytes_are_those_of_the_wire(network: Network, tmp_path: Path) -> None:
    """Our own count of echoes and questions is the interface's, less its Ethernet headers and ARP."""
    before = network.client.octets("eth0")
    toml = targets(*TARGETS, every=0.2) + names(*DNS) + main("gateway = ''\nhop = ''")
    seen = read(start(network.client, toml, tmp_path, 4))
    wire = network.client.octets("eth0") - before
    own = seen.ticks[-1][5]["main"]
    packets = 2 * len(seen.rows)
    assert own == sum(row.bytes for row in seen.rows)
    assert own <= wire - 14 * packets <= own * 1.02 + 600
    assert 0 < seen.ticks[-1][6]["main"] <= wire


def test_the_own_cable_is_a_link_down_and_no_loss(network: Network, tmp_path: Path) -> None:
    """What the own host could not send says nothing about the line, and the link's end and return are told."""
    process = start(network.client, ECHOES + main("interface = 'eth0'"), tmp_path, 9)
    time.sleep(2)
    network.client.ip("link set eth0 down")
    time.sleep(3)
    network.client.ip("link set eth0 up", f"route replace default via {GATEWAY} src {CLIENT}")
    network.client.ip("route replace ::/0 via 2001:db8:178::1")
    seen = read(process)
    exact(seen)
    links = [u for u in seen.upsets if u.kind in (UpsetKind.LINK_DOWN, UpsetKind.LINK_UP)]
    assert [u.kind for u in links] == [UpsetKind.LINK_DOWN, UpsetKind.LINK_UP]
    assert all(u.uplink == "main" and u.end - u.start < 2_500_000 for u in links)
    during = [row for row in seen.of(Layer.TARGET) if links[0].end < row.at < links[1].start]
    assert during and {Outcome(row.outcome) for row in during} == {Outcome.LOCAL}
    assert seen.of(Layer.TARGET)[-1].outcome == Outcome.OK


def test_a_watcher_that_stood_still_sees_a_freeze_and_no_loss(network: Network, tmp_path: Path) -> None:
    """What was in flight is answered with its true round trip or counts for nobody; what was missed is missed."""
    process = start(network.client, ALL + main(), tmp_path, 9)
    time.sleep(2.5)
    with suspended(process) as cut:
        time.sleep(4)
    seen = read(process)
    exact(seen)
    (freeze,) = [u for u in seen.upsets if u.kind == UpsetKind.FREEZE]
    assert freeze.start <= cut.on[1] and freeze.end >= cut.off[0]
    assert not [row for row in seen.rows if row.outcome in LOST]
    assert not [row for row in seen.rows if cut.on[1] + 1000 < row.at < cut.off[0]]
    after = [row for row in seen.rows if cut.off[0] <= row.at < cut.off[0] + 1_000_000]
    assert len(after) <= 2 * 10
    assert all(row.rtt < 1 for row in seen.of(Layer.TARGET) if row.outcome == Outcome.OK)


def test_standing_still_at_any_moment_makes_no_loss(network: Network, tmp_path: Path) -> None:
    """Twenty short and long stops at all phases of the slots."""
    process = start(network.client, ECHOES + main(), tmp_path, 8.5)
    time.sleep(1)
    for n in range(20):
        os.kill(process.pid, signal.SIGSTOP)
        time.sleep((0.01, 0.3, 0.05, 0.6, 0.11)[n % 5])
        os.kill(process.pid, signal.SIGCONT)
        time.sleep(0.07 + n % 7 * 0.013)
    seen = read(process)
    exact(seen)
    assert not [row for row in seen.rows if row.outcome in LOST]


def test_a_wall_clock_that_is_set_is_a_step_and_no_loss(network: Network, tmp_path: Path) -> None:
    """An hour on and back again: two steps with their size, and times that never jump."""
    try:
        clock = Clock(tmp_path / "clock")
    except FileNotFoundError:
        pytest.skip("needs libfaketime")
    process = start(network.client, ECHOES + main(), tmp_path, 8, env=clock.env)
    time.sleep(3)
    clock.step(3600)
    time.sleep(2.5)
    clock.step(0)
    seen = read(process)
    exact(seen)
    steps = [u.amount / 1e6 for u in seen.upsets if u.kind == UpsetKind.STEP]
    assert steps == [pytest.approx(3600, abs=0.6), pytest.approx(-3600, abs=0.6)]
    assert set(seen.kinds()) == {UpsetKind.START, UpsetKind.STEP, UpsetKind.STOP}
    assert {Outcome(row.outcome) for row in seen.rows} == {Outcome.OK}
    assert max(b.at - a.at for a, b in itertools.pairwise(seen.rows)) < 1_000_000
    assert all(row.rtt < 0.5 for row in seen.rows)


def test_a_source_that_comes_later_is_taken_up(network: Network, tmp_path: Path) -> None:
    """An uplink whose address is not there yet does not hinder the other, and is watched once it is."""
    late = "\n[[uplink]]\nname = 'late'\nsource = '192.168.178.77'\nbudget_mb = 1\n"
    process = start(network.client, ECHOES + main() + late, tmp_path, 6)
    time.sleep(2)
    network.client.ip("addr add 192.168.178.77/24 dev eth0")
    try:
        seen = read(process)
    finally:
        network.client.ip("addr del 192.168.178.77/24 dev eth0")
    exact(seen)
    assert outcomes(seen, Layer.TARGET) == {Outcome.OK}
    assert [u.uplink for u in seen.upsets if u.kind == UpsetKind.LINK_UP] == ["late"]


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
    (hop,) = [n for n, t in seen.targets.items() if t.layer == Layer.HOP]
    assert seen.targets[hop].address == HOP
    assert seen.ends(hop) == {Outcome.OK}


@pytest.mark.parametrize("raw", [False, True])
def test_foreign_and_repeated_answers_change_nothing(network: Network, raw: bool) -> None:
    """Each answer comes again, bent in every byte and cut at every length: one probe has one row."""
    with network.client.entered():
        rows = asyncio.run(_pestered(raw))
    assert [row.outcome for row in rows] == [Outcome.OK] * 5


async def _pestered(raw: bool) -> list[Row]:
    sink = Collected()
    uplink = Uplink("main")
    lane = Lane(uplink, Plan((uplink,), ()), sink, clocks.begin(), clocks.boot_ns(), 0)
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
    return body[:2] + (~((total & 0xFFFF) + (total >> 16)) & 0xFFFF).to_bytes(2) + body[4:]


class Collected:
    """A sink that keeps."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.broken = False

    def row(self, row: Row) -> None:
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


def test_a_loop_that_breaks_says_so(network: Network) -> None:
    """A watch that no longer watches must not look like one that does."""
    sink = Collected()
    sink.broken = True
    # A closed budget: its row is given by the turn itself.
    uplink = Uplink("main", budget_mb=0, gateway="", hop="")
    plan = Plan((uplink,), (Probe(Target(1, "main", Layer.TARGET, "", "127.0.0.1")),))
    with network.client.entered(), pytest.raises(RuntimeError, match="broken"):
        asyncio.run(asyncio.wait_for(run(plan, sink, asyncio.Event()), 5))
