"""What befalls a watch: budgets, links, standing still, clocks that are set; in the emulated network."""

from __future__ import annotations

import itertools
import os
import signal
import time
from pathlib import Path

import pytest
from tests.net.emulated import CLIENT, CLIENT_MOBILE, DNS, GATEWAY, TARGETS, Network
from tests.net.watcher import Clock, suspended
from tests.watch.asking import ALL, ECHOES, exact, main, names, outcomes, targets
from tests.watch.probing import read, start

from heller.model.sample import LOST, Depth, Outcome, UpsetKind

MINUTE_US = 60_000_000


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
    asked = seen.of(Depth.OUTSIDE, "mobile")
    assert {Outcome(row.outcome) for row in asked} == {Outcome.OK}
    raised = [row for row in asked if cut.on[0] + 5_500_000 < row.at < cut.off[0]]
    assert len(raised) >= 3
    assert len([row for row in asked if row.at < cut.on[0]]) <= 1
    assert len([row for row in asked if row.at > cut.off[1] + 2_500_000]) <= 1
    used = [tick[5]["mobile"] for tick in seen.ticks][-1]
    assert used == sum(row.bytes for row in asked) == 88 * len(asked)
    assert {t.depth for t in seen.targets.values() if t.uplink == "mobile"} == {Depth.OUTSIDE}


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
    assert own <= wire - 14 * packets <= own * 1.1 + 1000  # ARP and neighbour discovery of these seconds
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
    during = [row for row in seen.of(Depth.OUTSIDE) if links[0].end < row.at < links[1].start]
    assert during and {Outcome(row.outcome) for row in during} == {Outcome.LOCAL}
    assert seen.of(Depth.OUTSIDE)[-1].outcome == Outcome.OK


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
    assert all(
        row.rtt < 3 for row in seen.of(Depth.OUTSIDE) if row.outcome == Outcome.OK
    )  # it stood for four


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
    assert steps == [pytest.approx(3600, abs=5), pytest.approx(-3600, abs=5)]
    assert set(seen.kinds()) == {UpsetKind.START, UpsetKind.STEP, UpsetKind.STOP}
    assert {Outcome(row.outcome) for row in seen.rows} == {Outcome.OK}
    assert max(b.at - a.at for a, b in itertools.pairwise(seen.rows)) < MINUTE_US  # an hour, were it a jump
    assert all(row.rtt < 60 for row in seen.rows)


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
    assert outcomes(seen, Depth.OUTSIDE) == {Outcome.OK}
    assert [u.uplink for u in seen.upsets if u.kind == UpsetKind.LINK_UP] == ["late"]
