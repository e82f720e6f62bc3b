"""What is watched and when: pure parts, as properties."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.model.sample import PAGE, Carrier, Depth, Target, Upset, head_of
from heller.watch import around, config, hop, route
from heller.watch import probes as probes_folder
from heller.watch.budget import DAYS, Budget, period
from heller.watch.clocks import begin
from heller.watch.default_plan import default_plan, of_families
from heller.watch.lane import Lane
from heller.watch.plan import HOP_EVERY, Plan, Probe, Uplink, outside, slots, thin
from heller.watch.probe_types import probe_types
from heller.watch.ring import Ring
from heller.watch.rows import Phases, ProbeRow, Tick

SECOND = 1_000_000_000


def probes(count: int, every: float = 1.0, depth: Depth = Depth.OUTSIDE, first: int = 1) -> list[Probe]:
    """So many targets of one uplink."""
    return [Probe(Target(first + n, "main", depth, "", "192.0.2.1"), every=every) for n in range(count)]


@given(st.integers(1, 40), st.floats(0.2, 60), st.integers(0, 5))
def test_slots_of_a_verdict_group_are_spread_evenly(count: int, every: float, inside: int) -> None:
    """The widest gap between two external targets is the interval divided by their number, whoever else is asked."""
    group = probes(count, every)
    found = slots([*probes(inside, every, Depth.GATEWAY, 100), *group])
    places = sorted(found[probe.target.number] for probe in group)
    gaps = [b - a for a, b in zip(places, [*places[1:], places[0] + every], strict=True)]
    assert max(gaps) == pytest.approx(every / count) and min(gaps) == pytest.approx(every / count)
    assert all(0 <= place < every for place in found.values())


def test_the_list_that_comes_with_heller_has_independent_targets() -> None:
    """At least four targets in two networks, no address asked twice; at most seven probes a second, over both ten."""
    plan = default_plan()
    targets = [t for t in plan.targets if t.witness]
    assert len(targets) >= 4 and len({t.network for t in targets}) >= 2
    echo_and_dns = [t.address for t in plan.targets if t.protocol != PAGE]
    assert len(set(echo_and_dns)) == len(echo_and_dns)
    known_targets = [known for kind in probe_types().values() for known in kind.targets]
    inside = 1 + 1 / HOP_EVERY
    for families, most in ((frozenset({4}), 7), (frozenset({6}), 7), (frozenset({4, 6}), 10)):
        asked = of_families(plan.probes, families)
        assert len({probe.target.network for probe in asked if probe.target.witness}) >= 4
        assert sum(1 / probe.every for probe in asked) + inside <= most
    assert all(
        ip_address(known.address).is_global and ip_address(known.six).is_global for known in known_targets
    )
    assert thin(plan) == ()


@given(
    st.dictionaries(st.integers(1, 99), st.integers(0, SECOND - 1), min_size=1, max_size=30),
    st.lists(st.integers(0, 3 * SECOND), max_size=40),
    st.integers(1, 10),
)
def test_a_ring_asks_each_once_a_turn_and_never_makes_up(
    places: dict[int, int], waits: list[int], most: int
) -> None:
    """However late it is asked, it gives nobody before its slot, at most a turn at once, and moves on."""
    ring, now = Ring(places, SECOND, 0, 0), 0
    for wait in waits:
        now += wait
        due = ring.due(now, most)
        assert len(due) == len(set(due)) <= min(most, len(places))
        assert all(places[number] <= now for number in due)
        assert ring.next > now - SECOND
        assert due or ring.next > now


def test_a_ring_that_could_not_send_asks_again() -> None:
    """What the kernel's buffer had no room for stays due, over the end of a turn too."""
    ring = Ring({1: 0, 2: SECOND // 2}, SECOND, 0, 0)
    assert ring.due(SECOND - 1, 9) == [1, 2]
    ring.back(1)
    assert ring.due(SECOND - 1, 9) == [2]
    assert ring.next == SECOND


def test_a_ring_at_another_pace_spreads_anew() -> None:
    """A metered uplink that is asked once a second has its targets a second apart."""
    ring = Ring({1: 0, 2: 30 * SECOND, 3: 60 * SECOND}, 90 * SECOND, 0, 0)
    ring.pace(3 * SECOND, 5 * SECOND)
    assert [ring.due(t * SECOND, 9) for t in (5, 6, 7, 8)] == [[1], [2], [3], [1]]


@given(st.dates(date(1999, 1, 1), date(2040, 1, 1)), st.integers(0, 3 * 10**15))
def test_a_moment_lies_in_exactly_one_period(since: date, at: int) -> None:
    """Periods of thirty days follow each other without a gap, from the day that was said."""
    start, end = period(since, at)
    assert start <= at < end and end - start == DAYS * 86_400_000_000
    assert period(since, end)[0] == end and period(since, start - 1)[1] == start


@given(
    st.integers(0, 3_000_000),
    st.lists(st.tuples(st.integers(0, 10**12), st.integers(1, 500_000)), max_size=50),
)
def test_a_budget_is_never_exceeded(used: int, steps: list[tuple[int, int]]) -> None:
    """In no period more bytes are allowed than the limit, what earlier sessions used included."""
    at = spent = 0
    budget = Budget(2, date(1970, 1, 1), at, used)
    total: dict[int, int] = {period(date(1970, 1, 1), 0)[0]: used}
    for wait, cost in steps:
        at += wait
        if budget.allows(at, spent, cost):
            spent += cost
            key = period(date(1970, 1, 1), at)[0]
            total[key] = total.get(key, 0) + cost
            assert total[key] <= 2_000_000


def test_one_echo_in_thirty_seconds_is_eight_megabytes() -> None:
    """The default of a metered uplink, its targets in turn, is the 7.6 MB in 30 days that the page promises."""
    plan = default_plan((Uplink("mobile", budget_mb=10),))
    for families in (frozenset({4, 6}), frozenset({6})):
        asked = of_families(plan.probes, families)
        size = 88 if 4 in families else 128
        assert 7.5e6 < sum(30 * 86_400 / probe.every for probe in asked) * size < 7.7e6 * size / 88
        assert sorted(slots(asked).values()) == pytest.approx([0, 30, 60, 90, 120])
        assert {probe.target.depth for probe in asked} == {Depth.OUTSIDE}


TABLE = """Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t01B2A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth1\t00000000\t01B2A8C0\t0002\t0\t0\t1\t00000000\t0\t0\t0
eth0\t00B2A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
ppp0\t00000000\t00000000\t0001\t0\t0\t700\t00000000\t0\t0\t0
torn
"""
# `route print` in the layout of Windows 10, German and English; addresses are those of documentation.
WINDOWS_DE = """\
===========================================================================
Schnittstellenliste
 12...00 15 5d 01 02 03 ......Intel(R) Ethernet Connection
  1...........................Software Loopback Interface 1
===========================================================================

IPv4-Routentabelle
===========================================================================
Aktive Routen:
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
          0.0.0.0          0.0.0.0     192.168.178.1   192.168.178.20     25
          0.0.0.0          0.0.0.0   Auf Verbindung       10.64.0.2      5
        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331
    192.168.178.0    255.255.255.0   Auf Verbindung    192.168.178.20    281
===========================================================================
Ständige Routen:
  Netzwerkadresse          Netzmaske  Gatewayadresse  Metrik
          0.0.0.0          0.0.0.0    192.168.178.1  Standard
===========================================================================
"""
WINDOWS_EN = """\
IPv4 Route Table
===========================================================================
Active Routes:
Network Destination        Netmask          Gateway       Interface  Metric
          0.0.0.0          0.0.0.0      192.168.0.1     192.168.0.7     35
        127.0.0.0        255.0.0.0         On-link         127.0.0.1    331
===========================================================================
Persistent Routes:
  None
"""
WINDOWS_6 = """\
IPv6 Route Table
===========================================================================
Active Routes:
 If Metric Network Destination      Gateway
 12    281 ::/0                     fe80::1
  8    301 ::/0
                                    2001:db8::1
  1    331 ::1/128                  On-link
===========================================================================
"""
TABLE_6 = (
    f"{'0' * 32} 00 {'0' * 32} 00 fe8000000000000002163efffe000001 00000400 00000001 00000000 00000003     eth0\n"
    f"{'0' * 32} 00 {'0' * 32} 00 {'0' * 32} ffffffff 00000001 00000000 00200200       lo\n"
)
MACOS = """   route to: default
destination: default
       mask: default
    gateway: 192.168.178.1
  interface: en0
      flags: <UP,GATEWAY,DONE,STATIC,PRCLONING,GLOBAL>
"""


def test_the_gateway_is_read_from_the_tables() -> None:
    """The preferred default route that is up comes first; a route of PPP has no gateway; torn lines are passed over."""
    assert route.defaults(TABLE) == [
        ("eth0", "192.168.178.1", 100),
        ("wlan0", "192.168.1.1", 600),
        ("ppp0", "", 700),
    ]
    assert route.defaults_6(TABLE_6) == [("eth0", "fe80::216:3eff:fe00:1%eth0", 0x400)]
    assert route.from_netstat(MACOS) == [("en0", "192.168.178.1", 0)]
    assert route.from_netstat("route: writing to routing socket: not in table") == []


@given(st.text(max_size=300))
def test_no_table_breaks_the_reader(table: str) -> None:
    """Whatever stands there, it gives routes or none."""
    for read in (route.defaults, route.from_netstat):
        assert isinstance(read(table), list)


def test_the_first_hop_is_the_nearest_router_of_a_provider() -> None:
    """Private routers before it are the own site's, and the target itself is no hop."""
    said = {1: "192.168.178.1", 2: "10.0.0.1", 3: "100.64.0.1", 4: "62.1.1.1"}
    assert hop.nearest(said, "9.9.9.9") == ("100.64.0.1", 3)
    assert hop.nearest({2: "9.9.9.9"}, "9.9.9.9") == ("", 0)
    assert hop.nearest({1: "100.64.0.1"}, "9.9.9.9") == ("", 0)
    assert not outside("192.168.1.1") and not outside("fe80::1%eth0") and not outside("nonsense")


def test_the_loop_loads_neither_polars_nor_numpy() -> None:
    """A watch that runs for months must stay small."""
    code = "import sys, heller.watch.loop, heller.watch.config; print({'polars', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def test_a_thin_list_of_targets_is_said() -> None:
    """Three targets, or four in one network, can all have failed."""

    def of(*networks: str) -> Plan:
        found = [Target(n, "main", Depth.OUTSIDE, "", f"192.0.2.{n}", net) for n, net in enumerate(networks)]
        return Plan((Uplink("main"),), tuple(Probe(target) for target in found))

    assert thin(of("A", "B", "C", "D")) == thin(of("A", "B", "A", "A")) == ()
    assert len(thin(of("A", "B", "C"))) == len(thin(of("A", "A", "A", "A"))) == 1


def test_every_file_of_probes_is_a_way_of_the_settings() -> None:
    """Each file in the folder brings one type, whose name watch.toml takes with its own port and pace."""
    files = [path for path in Path(probes_folder.__file__).parent.glob("*.py") if path.stem != "__init__"]
    types = probe_types()
    assert len(types) == len(files) >= 4
    for name, kind in types.items():
        asked = config.Config(target=(config.TargetTable("192.0.2.1", way=name),))
        (probe,) = config.plan_of(asked).probes
        assert (probe.port, probe.every, probe.target.protocol) == (kind.port, kind.every, name)


def test_a_plan_of_pages_only_survives_its_first_loss() -> None:
    """Where nothing can be asked again at once there is no burst, and the watch goes on."""
    page = Target(1, "main", Depth.OUTSIDE, "", "192.0.2.1", protocol=PAGE)
    plan = Plan((Uplink("main"),), (Probe(page, 60.0, 443, "www.test"),))
    lane = Lane(plan.uplinks[0], plan, Silent(), begin(), 0, 0)
    opened = Opened()
    lane.arrange(lambda lane, probe: opened, 0)
    lane.lost(10 * SECOND)
    lane.turn(10 * SECOND)
    assert opened.asked.count(1) <= 1 and not lane.burst_left


def test_a_head_of_the_first_version_reads_as_this_one() -> None:
    """One number held depth and protocol: 4 was a name server outside, 5 a page outside."""
    old = {
        "version": "heller-samples/1",
        "session": "s",
        "watched": [],
        "step": 1,
        "targets": [
            {"number": n, "uplink": "main", "layer": n, "name": "", "address": "192.0.2.1"}
            for n in range(1, 6)
        ],
    }
    head = head_of(json.dumps(old))
    assert [target.depth for target in head.targets] == [1, 2, 3, 3, 3]
    assert [target.protocol for target in head.targets] == ["echo", "echo", "echo", "question", "page"]
    assert head_of(msgspec.json.encode(head)) == head


class Silent:
    """A sink that keeps nothing."""

    def target(self, target: Target) -> None:
        """Nothing."""

    def row(self, row: ProbeRow) -> None:
        """Nothing."""

    def tick(self, tick: Tick) -> None:
        """Nothing."""

    def upset(self, upset: Upset) -> None:
        """Nothing."""

    def phases(self, phases: Phases) -> None:
        """Nothing."""

    def carrier(self, look: Carrier) -> None:
        """Nothing."""


class Opened:
    """A channel that only says whom it was to ask, and takes no part in a burst."""

    cost, in_burst = 1, False

    def __init__(self) -> None:
        self.asked: list[int] = []

    def add(self, number: int, address: str) -> None:
        """Nothing."""

    def send(self, numbers: Sequence[int]) -> int:
        """Remembers them."""
        self.asked += numbers
        return len(numbers)

    def drain(self) -> None:
        """Nothing."""

    def expire(self, now: int) -> None:
        """Nothing."""

    def blind(self, now: int) -> None:
        """Nothing."""

    def idle(self) -> bool:
        """Nothing waits."""
        return True

    def close(self) -> None:
        """Nothing."""


def test_external_layers_are_those_that_speak_for_the_line() -> None:
    """The own router and the first hop are no part of the verdict group."""
    assert [Target(1, "main", depth, "", "").outside for depth in Depth] == [False, False, True]
    assert Plan((), ()).step == 1_000_000


def test_windows_tells_its_way_out_in_any_language() -> None:
    """Figures are read and no words: the device by its own address, a gateway that is a word is none."""
    assert route.from_route_print(WINDOWS_DE) == [
        ("10.64.0.2", "", 5),
        ("192.168.178.20", "192.168.178.1", 25),
    ]
    assert route.from_route_print(WINDOWS_EN) == [("192.168.0.7", "192.168.0.1", 35)]
    assert route.from_route_print_6(WINDOWS_6) == [("12", "fe80::1%12", 281), ("8", "2001:db8::1", 301)]
    for read in (route.from_route_print, route.from_route_print_6):
        assert read("") == [] and read("ROUTE: command not found\n0.0.0.0\n12 281 ::/0") in (
            [],
            [("12", "", 281)],
        )
    named = around.by_name(route.from_route_print(WINDOWS_EN), {"192.168.0.7": "Ethernet"})
    assert named == (("Ethernet", "192.168.0.1", 35),)
