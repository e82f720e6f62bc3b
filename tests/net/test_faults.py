"""The emulated network itself: each fault shows exactly the pattern that it stands for."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import dns.exception
import dns.message
import dns.query
import pytest
from tests.net import emulated, watcher
from tests.net.emulated import CLIENT_MOBILE, DNS, GATEWAY, HOP, TARGETS, Network

ASKED = ("gateway", "hop", *TARGETS, "dns", "web", "mobile")
NOTHING: set[str] = set()
PATTERN = {  # what still answers
    "lan": NOTHING,
    "router": NOTHING,
    "line": {"gateway", "mobile"},
    "silent": {"gateway", "mobile"},
    "beyond": {"gateway", "hop", "mobile"},
    "dns": set(ASKED) - {"dns"},
    "target": set(ASKED) - {"203.0.113.20"},
    "cable": NOTHING,
}


def answered(network: Network) -> set[str]:
    """Who answers now, asked all at once."""
    pings: dict[str, tuple[str, ...]] = {"gateway": (GATEWAY,), "hop": (HOP,), **{t: (t,) for t in TARGETS}}
    pings["mobile"] = ("-I", CLIENT_MOBILE, TARGETS[0])
    started = {who: network.client.start("ping", "-nqc1", "-W0.3", *to) for who, to in pings.items()}
    with ThreadPoolExecutor(2) as pool:
        asked = {"dns": pool.submit(_dns, network), "web": pool.submit(_web, network)}
    return {who for who, ping in started.items() if ping.wait() == 0} | {
        who for who, done in asked.items() if done.result()
    }


def _dns(network: Network) -> bool:
    with network.client.entered(), suppress(OSError, dns.exception.Timeout):
        return bool(dns.query.udp(dns.message.make_query("www.test", "A"), DNS[0], timeout=0.3).answer)
    return False


def _web(network: Network) -> bool:
    """By its address, so that it needs no name."""
    try:
        with network.client.entered(), socket.create_connection((TARGETS[0], 80), timeout=0.3) as sock:
            sock.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return b" 200 " in sock.recv(100)
    except OSError:
        return False


def test_all_answer_without_a_fault(network: Network) -> None:
    """The network is whole before, and everything that a watch asks is there."""
    assert answered(network) == set(ASKED)
    assert network.router.carrier("wan") and network.client.carrier("eth0")


@pytest.mark.parametrize("fault", PATTERN)
def test_a_fault_shows_its_pattern_and_leaves_nothing_behind(network: Network, fault: str) -> None:
    """Who is silent and which carrier is lost is what tells the causes apart; afterwards all is whole."""
    with network.fault(fault) as cut:
        assert answered(network) == PATTERN[fault]
        assert network.router.carrier("wan") == (fault != "line")
        assert network.client.carrier("eth0") == (fault != "cable")
    assert cut.on[0] <= cut.on[1] < cut.off[0] <= cut.off[1]
    assert _whole_within(network, 3)


def _whole_within(network: Network, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while answered(network) != set(ASKED):
        if time.monotonic() > end:
            return False
    return True


def test_loss_takes_part_of_the_packets_of_the_line_only(network: Network) -> None:
    """30 % each way leaves about half of the echoes; the gateway and the mobile line lose none."""
    flood = ("ping", "-nqc200", "-i0.004", "-W0.2")
    with network.fault("loss"):
        started = [
            network.client.start(*flood, *to)
            for to in ((TARGETS[0],), (GATEWAY,), ("-I", CLIENT_MOBILE, TARGETS[0]))
        ]
        lines, gateway, mobile = (_received(ping) for ping in started)
    assert 60 <= lines <= 140  # 98 are expected, 7 is one standard deviation
    assert gateway == mobile == 200


def _received(ping: subprocess.Popen[str]) -> int:
    said, _ = ping.communicate(timeout=30)
    return int(said.split(" received")[0].split()[-1])


def test_a_delay_lengthens_the_way_and_goes_again(network: Network) -> None:
    """20 ms each way are 40 ms until the answer, over IPv4 and IPv6, as without `tc netem`."""
    with network.delay(20):
        for to in (TARGETS[0], emulated.TARGETS6[0]):
            assert 40 <= _round_trip(network, to) < 80
    assert _round_trip(network, TARGETS[0]) < 20


def _round_trip(network: Network, to: str) -> float:
    """The shortest of five, milliseconds."""
    said = network.client.run("ping", "-nqc5", "-i0.05", "-W1", to).stdout
    return float(said.split(" = ")[-1].split("/")[0])


def test_the_two_lines_come_from_two_public_addresses(network: Network) -> None:
    """The internet sees the main line and the mobile line as two customers."""
    for source, public in ((emulated.CLIENT, emulated.PUBLIC), (CLIENT_MOBILE, emulated.PUBLIC_MOBILE)):
        with (
            network.client.entered(),
            socket.create_connection((TARGETS[0], 80), timeout=2, source_address=(source, 0)) as sock,
        ):
            sock.sendall(b"GET /ip HTTP/1.0\r\n\r\n")
            assert _all(sock).endswith(public.encode())


def test_the_web_server_has_a_name_and_a_certificate(network: Network) -> None:
    """The client resolves names in the emulated internet and trusts its authority."""
    trust = ssl.create_default_context(cafile=network.ca)
    with (
        network.client.entered(),
        socket.create_connection((TARGETS[2], 443), timeout=2) as plain,
        trust.wrap_socket(plain, server_hostname="www.test") as sock,
    ):
        sock.sendall(b"GET /bytes/100000 HTTP/1.0\r\n\r\n")
        assert len(_all(sock).split(b"\r\n\r\n", 1)[1]) == 100_000
    said = network.client.run("getent", "ahostsv4", "www.test").stdout
    assert said.startswith("203.0.113.10")


def _all(sock: socket.socket) -> bytes:
    parts = []
    while part := sock.recv(65536):
        parts.append(part)
    return b"".join(parts)


def test_nobody_needs_a_privilege_to_ping_in_the_client(network: Network) -> None:
    """A watch that is no root may send echoes; the kernel parameter belongs to the namespace."""
    with network.client.entered(), _as(65534):
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP).close()
        with pytest.raises(PermissionError):
            socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)


@contextmanager
def _as(user: int) -> Iterator[None]:
    os.setegid(user)
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def test_a_watcher_is_stopped_cut_off_and_its_clock_set(network: Network) -> None:
    """What befalls the watcher itself: it stands still, its wall clock jumps, it is gone."""
    clock = watcher.Clock(network.folder / "clock")
    code = (
        "import sys, select, time\n"
        "for _ in range(1000):\n"
        " print(time.time(), time.clock_gettime(time.CLOCK_BOOTTIME), flush=True); select.select([], [], [], 0.05)"
    )
    watch = network.client.start(sys.executable, "-c", code, env=clock.env)
    assert watch.stdout is not None
    wall, boot = map(float, watch.stdout.readline().split())
    clock.step(3600)
    with watcher.suspended(watch):
        time.sleep(0.3)
    seen = [(wall, boot), *(tuple(map(float, watch.stdout.readline().split())) for _ in range(20))]
    assert 3590 < seen[-1][0] - wall < 3610 and seen[-1][1] - boot < 10
    assert max(b[1] - a[1] for a, b in pairwise(seen)) >= 0.25
    watcher.power_cut(watch)
    assert watch.returncode == -9


def test_another_boot_clock_as_after_a_restart(network: Network) -> None:
    """A program in a time namespace sees the boot clock of another boot."""
    code = "import time; print(time.clock_gettime(time.CLOCK_BOOTTIME))"
    process = network.client.start("python3", "-c", code, boottime=100_000)
    said, _ = process.communicate(timeout=10)
    assert 99_990 < float(said) - time.clock_gettime(time.CLOCK_BOOTTIME) < 100_010


def test_a_network_ends_with_whoever_made_it() -> None:
    """Even a maker that is killed leaves no namespace, no link and no program behind."""
    from tests.net import place

    if why := place.unavailable():
        pytest.skip(f"no emulated network: {why}")
    code = "from tests.net.place import Place; import time; print(Place('x').pid, flush=True); time.sleep(60)"
    maker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert maker.stdout is not None
    pid = int(maker.stdout.readline())
    namespace = f"/proc/{pid}/ns/net"
    with suppress(ProcessLookupError):
        maker.kill()
    maker.wait()
    end = time.monotonic() + 5
    while _there(namespace) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _there(namespace)


def _there(path: str) -> bool:
    try:
        with Path(path).open():
            return True
    except OSError:
        return False
