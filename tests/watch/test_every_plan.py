"""A watch never dies of its plan: whatever `watch.toml` is accepted runs through a cut."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.net.emulated import CLIENT, DNS, TARGETS, TARGETS6, Network

from heller.model.errors import InputRefused
from heller.model.sample import Carrier, Outcome, Target, Upset
from heller.watch import clocks
from heller.watch.config import Config, TargetTable, UplinkTable, load, plan_of
from heller.watch.lane import Lane
from heller.watch.loop import run
from heller.watch.plan import Probe
from heller.watch.probe_types import probe_types
from heller.watch.rows import Phases, ProbeRow, Tick

SECOND = 1_000_000_000


class Kept:
    """A sink that counts."""

    def __init__(self) -> None:
        self.rows: list[ProbeRow] = []

    def target(self, target: Target) -> None:
        """Nothing."""

    def row(self, row: ProbeRow) -> None:
        """Kept."""
        self.rows.append(row)

    def tick(self, tick: Tick) -> None:
        """Nothing."""

    def upset(self, upset: Upset) -> None:
        """Nothing."""

    def phases(self, phases: Phases) -> None:
        """Nothing."""

    def carrier(self, look: Carrier) -> None:
        """Nothing."""


class Wire:
    """A channel without a socket: a probe is answered at once, or lost a second after it was sent while `dead`."""

    cost = 100

    def __init__(self, lane: Lane, probe: Probe, now: list[int], dead: list[bool]) -> None:
        self.lane, self.outside, self.now, self.dead = lane, probe.target.outside, now, dead
        self.in_burst = probe.target.protocol != "page"
        self.waiting: list[tuple[int, int]] = []

    def add(self, number: int, address: str) -> None:
        """Nothing."""

    def send(self, numbers: Sequence[int]) -> int:
        """Each is answered, or waits for its deadline."""
        for number in numbers:
            if self.dead[0]:
                self.waiting.append((number, self.now[0]))
            else:
                self.lane.tell(number, self.now[0], Outcome.OK, 0.02, 100, self.outside, 60)
        return len(numbers)

    def drain(self) -> None:
        """Nothing."""

    def expire(self, now: int) -> None:
        """Tells of what was not answered."""
        while self.waiting and self.waiting[0][1] + SECOND <= now:
            number, stamp = self.waiting.pop(0)
            self.lane.tell(number, stamp, Outcome.TIMEOUT, float("nan"), 100, self.outside)

    def blind(self, now: int) -> None:
        """Nothing."""

    def idle(self) -> bool:
        """Whether nothing waits."""
        return not self.waiting

    def close(self) -> None:
        """Nothing."""


NAMES = ("main", "mobile")
TARGET = st.builds(
    TargetTable,
    address=st.sampled_from(["192.0.2.1", "203.0.113.9", "2001:db8::1", "fe80::1%lo"]),
    way=st.sampled_from([*probe_types()]),
    every=st.sampled_from([0.0, 0.2, 1.0, 60.0, 86_400.0]),
    port=st.sampled_from([0, 53, 65535]),
    host=st.sampled_from(["", "example.com", "münchen.de", "203.0.113.9"]),
    uplink=st.sampled_from(["", *NAMES]),
    expect=st.sampled_from([(), ("192.0.2.1",)]),
)
UPLINK = st.builds(
    UplinkTable,
    name=st.just("main"),
    budget_mb=st.sampled_from([None, 0.0, 0.0005, 50.0]),
    since=st.sampled_from([date(1970, 1, 1), date(2040, 1, 1)]),
    raised=st.booleans(),
    gateway=st.sampled_from(["auto", ""]),
    hop=st.sampled_from(["auto", "", "100.64.0.1"]),
)


@settings(max_examples=60, deadline=None)
@given(st.builds(Config, uplink=st.tuples(UPLINK), target=st.lists(TARGET, max_size=6).map(tuple)))
def test_every_plan_that_is_accepted_runs_through_a_cut(config: Config) -> None:
    """Answers, eight seconds without any, answers: no plan ends the watch, and each has its probes counted."""
    try:
        plan = plan_of(config)
    except ValueError:
        return
    now, dead, sink = [0], [False], Kept()
    lane = Lane(plan.uplinks[0], plan, sink, clocks.begin(), 0, 0)
    lane.admit(frozenset({4, 6}))
    lane.arrange(lambda lane, probe: Wire(lane, probe, now, dead), 0)
    for tenth in range(250):
        now[0] = tenth * SECOND // 10
        dead[0] = 80 <= tenth < 160
        lane.turn(now[0])
        lane.pace(lane.silent(now[0]), now[0])
        assert lane.next() >= 0
    due = [probe for probe in lane.probes.values() if probe.every <= 10]
    assert not due or sink.rows


REFUSED = (
    'every = nan\nway = "echo"',
    "every = inf",
    "every = 1e9",
    "port = 70000",
    "port = -1",
    'host = "a..b"',
    f'host = "{"x" * 70}.test"',
    'path = "no slash"\nway = "page"',
    'expect = ["no address"]',
)


@pytest.mark.parametrize("said", REFUSED)
def test_what_no_watch_could_do_is_refused_before_it_begins(tmp_path: Path, said: str) -> None:
    """A rhythm, a port or a name out of reach costs a reason, never a watch."""
    path = tmp_path / "watch.toml"
    path.write_text(f'[[target]]\naddress = "192.0.2.1"\n{said}\n')
    with pytest.raises(InputRefused):
        load(path)


@pytest.mark.parametrize(
    "said",
    [
        'source = "no address"',
        'gateway = "eth0"',
        'hop = "x:y"',
        'interface = "longer-than-a-name-may-be"',
        "budget_mb = nan",
    ],
)
def test_an_uplink_that_cannot_be_is_refused(tmp_path: Path, said: str) -> None:
    """So do addresses that are none and amounts that are no number."""
    path = tmp_path / "watch.toml"
    path.write_text(f'[[uplink]]\nname = "main"\n{said}\n')
    with pytest.raises(InputRefused):
        load(path)


UP = f'[[uplink]]\nname = "main"\nsource = "{CLIENT}"\n'
BARE = UP + 'gateway = ""\nhop = ""\n'
PAGE = f'[[target]]\naddress = "{TARGETS[0]}"\nway = "page"\nhost = "www.test"\nevery = 0.5\n'
ECHO = f'[[target]]\naddress = "{TARGETS[0]}"\nevery = 0.5\n'
PLANS = {
    "pages only, no gateway, no hop": BARE + PAGE,
    "names only": BARE + f'[[target]]\naddress = "{DNS[0]}"\nway = "question"\nevery = 0.5\n',
    "connects only": BARE
    + f'[[target]]\naddress = "{TARGETS[0]}"\nway = "connect"\nport = 80\nevery = 0.5\n',
    "one echo": UP + ECHO,
    "a target of IPv6 beside one of IPv4": UP
    + ECHO
    + f'[[target]]\naddress = "{TARGETS6[0]}"\nevery = 0.5\n',
    "a device that is not there": '[[uplink]]\nname = "main"\ninterface = "nodev0"\n' + ECHO,
    "an unknown zone beside a good target": UP
    + ECHO
    + '[[target]]\naddress = "fe80::1%nodev0"\nevery = 0.5\n',
    "a metered line of pages": UP + "budget_mb = 0.001\n" + PAGE + 'uplink = "main"\n',
    "a hop that is named and silent": UP + 'hop = "192.0.2.99"\n' + ECHO,
    "the list that comes with Heller": UP,
}


def test_plans_of_every_kind_run_through_a_cut(network: Network, tmp_path: Path) -> None:
    """All at once in the emulated network: two seconds without any line, and every watch goes on."""
    plans = {}
    for number, (name, toml) in enumerate(PLANS.items()):
        path = tmp_path / f"{number}.toml"
        path.write_text(toml)
        plans[name] = load(path)
    sinks = {name: Kept() for name in plans}

    async def watch() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(7, stop.set)
        await asyncio.gather(*(run(plan, sinks[name], stop) for name, plan in plans.items()))

    def cut() -> None:
        time.sleep(2)
        with network.fault("silent"):
            time.sleep(2.5)

    cutting = threading.Thread(target=cut)
    cutting.start()
    with network.client.entered():
        asyncio.run(watch())
    cutting.join()
    for name, sink in sinks.items():
        assert sink.rows or name == "a device that is not there", name
