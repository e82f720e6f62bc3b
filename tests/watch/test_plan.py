"""What is watched and when: pure parts, as properties."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.model.sample import Layer, Target
from heller.watch import route
from heller.watch.budget import DAYS, Budget, period
from heller.watch.plan import EXTERNAL, KNOWN, Plan, Probe, Uplink, default_plan, outside, slots, thin
from heller.watch.probes import hop
from heller.watch.ring import Ring

SECOND = 1_000_000_000


def probes(count: int, every: float = 1.0, layer: Layer = Layer.TARGET, first: int = 1) -> list[Probe]:
    """So many targets of one uplink."""
    return [Probe(Target(first + n, "main", layer, "", "192.0.2.1"), every=every) for n in range(count)]


@given(st.integers(1, 40), st.floats(0.2, 60), st.integers(0, 5))
def test_slots_of_a_verdict_group_are_spread_evenly(count: int, every: float, inside: int) -> None:
    """The widest gap between two external targets is the interval divided by their number, whoever else is asked."""
    group = probes(count, every)
    found = slots([*probes(inside, every, Layer.GATEWAY, 100), *group])
    places = sorted(found[probe.target.number] for probe in group)
    gaps = [b - a for a, b in zip(places, [*places[1:], places[0] + every], strict=True)]
    assert max(gaps) == pytest.approx(every / count) and min(gaps) == pytest.approx(every / count)
    assert all(0 <= place < every for place in found.values())


def test_the_list_that_comes_with_heller_has_independent_targets() -> None:
    """At least four targets in two networks, no address asked in two ways, at most seven probes a second."""
    plan = default_plan()
    targets = [t for t in plan.targets if t.layer == Layer.TARGET]
    assert len(targets) >= 4 and len({t.network for t in targets}) >= 2
    echo_and_dns = [t.address for t in plan.targets if t.layer != Layer.HTTPS]
    assert len(set(echo_and_dns)) == len(echo_and_dns)
    gateway, hop_every = 1.0, 0.5
    assert sum(1 / probe.every for probe in plan.probes) + gateway + hop_every <= 7
    assert all(ip_address(known.address).is_global and ip_address(known.six).is_global for known in KNOWN)
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
    assert 7.5e6 < sum(30 * 86_400 / probe.every for probe in plan.probes) * 88 < 7.7e6
    found = slots(plan.probes)
    assert sorted(found.values()) == pytest.approx([0, 30, 60, 90, 120])
    assert {probe.target.layer for probe in plan.probes} == {Layer.TARGET}


TABLE = """Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t01B2A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth1\t00000000\t01B2A8C0\t0002\t0\t0\t1\t00000000\t0\t0\t0
eth0\t00B2A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
ppp0\t00000000\t00000000\t0001\t0\t0\t700\t00000000\t0\t0\t0
torn
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
        found = [Target(n, "main", Layer.TARGET, "", f"192.0.2.{n}", net) for n, net in enumerate(networks)]
        return Plan((Uplink("main"),), tuple(Probe(target) for target in found))

    assert thin(of("A", "B", "C", "D")) == thin(of("A", "B", "A", "A")) == ()
    assert len(thin(of("A", "B", "C"))) == len(thin(of("A", "A", "A", "A"))) == 1


def test_external_layers_are_those_that_speak_for_the_line() -> None:
    """The own router and the first hop are no part of the verdict group."""
    assert set(EXTERNAL) == set(Layer) - {Layer.GATEWAY, Layer.HOP}
    assert Plan((), ()).step == 1_000_000
