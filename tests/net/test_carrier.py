"""Who carries and who answers, in the emulated network: each with its verdict, its bounds, and what `accept` says."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from tests.net import place, watcher
from tests.net.emulated import CLIENT, DNS, HOP, MOBILE_HOP, PUBLIC_MOBILE, TARGETS, Network
from tests.net.faults import Cut, timed
from tests.net.narrow import narrow
from tests.net.story import SECOND, Story, holds, lived, of
from tests.net.watching import config, heller, wait_until_asked

from heller import casefile
from heller.cli.accept import trial
from heller.cli.accept.options import Way
from heller.model.kinds.acceptance import Acceptance, Check, Verdict
from heller.model.outage import Cause, Detection, Family, Outage
from heller.model.sample import PAGE, QUESTION, Depth, Target
from heller.model.span import Bounds
from heller.outage.acceptance.points import Agreed, Rules
from heller.watch import certificates
from heller.watch.plan import Plan, Probe, Uplink
from heller.watch.throughput import Server

STEP = timedelta(
    seconds=2.5
)  # at most between two answers that tell: the line's first router is asked every 1.5 s
PUBLIC = """
public_address = true
[[address_server]]
address = "203.0.113.53"
name = "myip.test"
operator = "one"
[[address_server]]
address = "192.0.2.53"
name = "myip.test"
operator = "two"
"""


def failovers(story: Story) -> None:
    """At once with a silent first router; at once with one that is reached; after a silence of 13 s."""
    with story.watched():
        time.sleep(4)
        for fault in ("failover", "failover by plug"):
            story.suffer(fault, 9, 6)
        cut = Cut("after 13 s")
        with story.network.fault("silent") as silent:
            time.sleep(13)
            cut.over = timed(story.network.go_over)  # type: ignore[attr-defined]
            time.sleep(9)
        cut.on, cut.off = silent.on, timed(story.network.line_up)
        story.cuts.append(cut)
        time.sleep(6)


def gardens(story: Story) -> None:
    """Not released yet; a hijacked resolver; a watcher that stands still inside a cut; a line that is filled."""
    with story.watched():
        time.sleep(4)
        for what in ("walled", "names"):
            cut = Cut(what, (_now(), 0))
            with story.network.garden(what):
                cut.on = cut.on[0], _now()
                time.sleep(12)
                cut.off = (_now(), 0)
            cut.off = cut.off[0], _now()
            story.cuts.append(cut)
            time.sleep(4)
        with story.network.fault("silent") as cut:
            time.sleep(9)
            story.freeze(5, 17)  # losses next to a gap count for nothing, for ten seconds after it
        story.cuts.append(cut)
        time.sleep(3)
        story.cuts.append(_filled(story.network, 42))
        time.sleep(3)


def families(story: Story) -> None:
    """The list that comes with Heller over both families: IPv4 dead, then the whole line."""
    with story.watched():
        time.sleep(5)
        story.suffer("ipv4", 9, 4)
        story.suffer("silent", 8, 4)


def six_only(story: Story) -> None:
    """A host without any IPv4, and no file that says so."""
    story.network.client.run("ip", "-4", "addr", "flush", "dev", "eth0")
    with story.watched():
        time.sleep(5)
        story.suffer("silent", 8, 4)


def _now() -> int:
    return time.time_ns() // 1000


def _filled(network: Network, seconds: float) -> Cut:
    """Somebody fetches a large file over 1 Mbit/s."""
    with network.narrow("1mbit"):
        with _fetching(network):
            cut = Cut("filled", (_now(), _now()))
            time.sleep(seconds)
            cut.off = (_now(), _now())
        time.sleep(1.5)
    return cut


LATE_MS = 300.0  # of an answer on a line that is full


@contextmanager
def _fetching(network: Network) -> Iterator[None]:
    large = f"http://{TARGETS[2]}/bytes/1000000000"
    code = f"import urllib.request as u; r = u.urlopen('{large}')\nwhile r.read(65536): pass"
    fetching = network.client.start("python3", "-c", code)
    try:
        _wait_until_full(network)
        yield
    finally:
        fetching.kill()
        fetching.wait()


def _wait_until_full(network: Network) -> None:
    """Until an answer waits as long as the line holds it: on a busy machine the fetching begins late."""
    for _ in range(20):
        said = network.client.run("ping", "-nc1", "-W2", TARGETS[0], check=False).stdout
        found = re.search(r"time=([\d.]+) ms", said)
        if found is None or float(found[1]) > LATE_MS:
            return
        time.sleep(0.3)


def one(told: Detection, cut: Cut) -> Outage:
    """The one outage of a cut, whose bounds hold the truth and are narrow."""
    (found,) = of(told, cut)
    assert holds(found.start, cut.on) and holds(found.end, cut.off), (cut, found)
    return found


def test_who_carries_and_who_answers(tmp_path: Path) -> None:
    """Four networks live their stories at the same time; what is waited for is the seconds of the faults."""
    if why := place.unavailable():
        pytest.skip(f"no emulated network: {why}")
    with ThreadPoolExecutor(4) as pool:
        lives = [
            pool.submit(lived, tmp_path / act.__name__, act, "", toml)
            for act, toml in ((failovers, None), (gardens, None), (families, ""), (six_only, ""))
        ]
        over, garden, both, six = (life.result() for life in lives)
    _failovers(over)
    _gardens(garden)
    _families(both)
    (found,) = six.told().outages
    assert one(six.told(), six.cut("silent")) == found and narrow(six, six.cut("silent"), found, STEP)


def _failovers(story: Story) -> None:
    told = story.told()
    assert len(told.outages) == 3
    for fault in ("failover", "failover by plug", "after 13 s"):
        found = one(told, story.cut(fault))
        assert found.cause is Cause.LINE and narrow(story, story.cut(fault), found, STEP), (fault, found)
        (detour,) = found.detours
        assert detour.way == MOBILE_HOP
        cut_off = sum((span.length for span in found.cut_off), timedelta())
        assert cut_off <= found.widest.length
        if fault == "after 13 s":
            assert timedelta(seconds=9) <= cut_off <= _longest(story.cut(fault)) + 2 * STEP
    assert {stretch.state for stretch in told.stretches} >= {"detour", "up"}


def _longest(cut: Cut) -> timedelta:
    """From the first silence until the network had gone over."""
    return timedelta(microseconds=cut.over[1] - cut.on[0])  # type: ignore[attr-defined]


def _gardens(story: Story) -> None:
    told = story.told()
    walled = one(told, story.cut("walled"))
    assert walled.cause is Cause.REDIRECTED
    assert narrow(story, story.cut("walled"), walled, timedelta(seconds=4))
    names = story.cut("names")
    assert not of(told, names)
    assert [found.cause for found in told.degraded if _within(found.start, names)] == [Cause.REDIRECTED]
    silent = story.cut("silent")
    dead = of(told, silent)
    assert dead and holds(dead[0].start, silent.on) and holds(dead[-1].end, silent.off)
    assert not any(_within(found.start, silent) for found in told.degraded)
    filled = story.cut("filled")
    assert not of(told, filled)
    assert any(
        slow.span.start.timestamp() * SECOND <= filled.off[0]
        and slow.span.end.timestamp() * SECOND >= filled.on[1]
        for slow in told.slow
    )


def _within(bounds: Bounds, cut: Cut) -> bool:
    return cut.on[0] <= bounds.latest.timestamp() * SECOND <= cut.off[1]


def _families(story: Story) -> None:
    told = story.told()
    half = story.cut("ipv4")
    assert not of(told, half)
    (found,) = told.halves
    assert found.family is Family.FOUR and holds(found.start, half.on) and holds(found.end, half.off)
    assert "outage.half" in {finding.code for finding in told.findings}
    whole = one(told, story.cut("silent"))
    assert whole.cause is Cause.LINE and narrow(story, story.cut("silent"), whole, STEP)


# What `accept` says

SHORT = Rules(quiet=3 * SECOND, watched=5 * SECOND, chance=1.0, dns=4, https=3, speed_tests=1, tries=3)


def plan(hop: str = "auto", servers: tuple[object, ...] = ()) -> Plan:
    """A test in short: every target four times a second."""
    uplink = Uplink("main", CLIENT, hop=hop)
    asked = [(Target(0, "main", Depth.OUTSIDE, address, address), 0.25, 53, "") for address in TARGETS]
    name = Target(0, "main", Depth.OUTSIDE, DNS[0], DNS[0], "", QUESTION)
    page = Target(0, "main", Depth.OUTSIDE, "page", TARGETS[0], "", PAGE)
    asked += [(name, 0.2, 53, "www.test"), (page, 0.8, 443, "www.test")]
    probes = tuple(
        Probe(
            Target(n, t.uplink, t.depth, t.name, t.address, t.network, t.protocol),
            every,
            port,
            host,
            expect=("203.0.113.10",) if t.protocol == QUESTION else (),
        )
        for n, (t, every, port, host) in enumerate(asked, 1)
    )
    return Plan((uplink,), probes)


@pytest.fixture
def _trust(network: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The network's own authority is trusted, whatever this process trusted before and after."""
    monkeypatch.setenv("SSL_CERT_FILE", str(network.ca))
    certificates.trusted.cache_clear()
    yield
    certificates.trusted.cache_clear()


def conducted(network: Network, agreed: Agreed, server: Server | None = None) -> Acceptance:
    """A short test in the client, in this process."""
    with network.client.entered():
        return trial.conduct(plan(), agreed, server=server, rules=SHORT)


LINE = Agreed(hops=(HOP,))


@pytest.mark.usefixtures("_trust")
@pytest.mark.parametrize(
    ("fault", "open_point"),
    [("failover", Check.CARRIER), ("failover by plug", Check.CARRIER)],
)
def test_a_line_behind_a_failover_is_not_accepted(network: Network, fault: str, open_point: Check) -> None:
    """Everything answers, over the mobile line: the line isn't accepted, and the point says who carried."""
    with network.fault(fault):
        time.sleep(0.5)
        made = conducted(network, LINE)
    assert made.verdict is Verdict.OPEN, made.points
    point = next(point for point in made.points if point.check is open_point)
    assert (point.holds, point.subject) == (False, MOBILE_HOP)


@pytest.mark.usefixtures("_trust")
def test_a_line_that_carries_is_accepted(network: Network) -> None:
    """The same test on the line itself: it carried, and who was asked answered."""
    time.sleep(0.5)
    made = conducted(network, LINE)
    assert made.verdict is Verdict.ACCEPTED, made.open
    found = {point.check: point for point in made.points}
    assert found[Check.CARRIER].holds and found[Check.WHO].holds


@pytest.mark.usefixtures("_trust")
@pytest.mark.parametrize("what", ["walled", "names"])
def test_answers_of_another_are_not_accepted(network: Network, what: str) -> None:
    """A garden that answers everything is no line that works, and a hijacked resolver none either."""
    with network.garden(what):
        made = conducted(network, LINE)
    assert made.verdict is Verdict.OPEN and Check.WHO in {point.check for point in made.open}


@pytest.mark.usefixtures("_trust")
def test_the_public_address_is_asked_only_where_it_is_allowed(network: Network, tmp_path: Path) -> None:
    """Two operators tell it by DNS; without the word in watch.toml no look knows it."""
    import asyncio

    from heller.watch.config import load
    from heller.watch.way_out import public_address

    path = tmp_path / "watch.toml"
    path.write_text(PUBLIC + f'[[uplink]]\nname = "main"\nsource = "{CLIENT}"\n')
    allowed = load(path)
    with network.client.entered():
        seen = asyncio.run(public_address(allowed.uplinks[0], allowed.address_servers))
        assert seen == "100.64.0.2"
        with network.fault("failover"):
            assert asyncio.run(public_address(allowed.uplinks[0], allowed.address_servers)) == PUBLIC_MOBILE
    path.write_text(PUBLIC.replace("true", "false"))
    assert load(path).address_servers == ()


@pytest.mark.usefixtures("_trust")
@pytest.mark.parametrize("fault", ["ipv4", "silent"])
def test_half_a_line_or_none_is_rejected(network: Network, fault: str) -> None:
    """What the plan asks over IPv4 is silent while the own router answers: rejected at once, whatever IPv6 does."""
    with network.fault(fault):
        made = conducted(network, LINE)
    assert made.verdict is Verdict.REJECTED, made.points


@pytest.mark.usefixtures("_trust")
def test_a_way_that_takes_over_late_comes_too_late_for_the_test(network: Network) -> None:
    """The line is silent for longer than the test waits before another way carries: rejected."""
    late = threading.Timer(6, network.go_over)
    with network.fault("silent"):
        late.start()
        made = conducted(network, LINE)
        late.join()
    network.line_up()
    assert made.verdict is Verdict.REJECTED, made.points


@pytest.mark.usefixtures("_trust")
def test_a_filled_line_is_not_accepted(network: Network) -> None:
    """1 Mbit/s that somebody fills: what was promised does not come, whatever the probes say; it is not called dead."""
    server = Server(url=f"http://{TARGETS[0]}/bytes/100000000", seconds=2)
    with network.narrow("1mbit"), _fetching(network):
        time.sleep(1)
        made = conducted(network, Agreed(hops=(HOP,), down=30_000_000), server)
    assert made.verdict is Verdict.OPEN, made.points
    (down,) = [point for point in made.open if point.check is Check.DOWN]
    assert down.good is not None and down.good <= 1_100  # kbit/s
    assert made.silence is None


@pytest.mark.usefixtures("_trust")
@pytest.mark.parametrize("usual", [None, 0.02])
def test_a_filled_line_is_not_accepted_where_no_speed_is_agreed(
    network: Network, usual: float | None
) -> None:
    """Its answers are late by what an earlier watch saw; without one nobody can judge it: an open point either way."""
    with network.narrow("1mbit"), _fetching(network):
        time.sleep(1)
        made = conducted(network, Agreed(hops=(HOP,), usual=usual))
    assert made.verdict is Verdict.OPEN, made.points
    (prompt,) = [point for point in made.points if point.check is Check.PROMPT]
    assert prompt.holds is False and bool(prompt.of) is (usual is not None), prompt
    assert made.silence is None


@pytest.mark.usefixtures("_trust")
@pytest.mark.parametrize(("fault", "verdict"), [("silent", Verdict.REJECTED), ("", None)])
def test_a_host_with_ipv6_alone_is_tested_without_a_setting(
    network: Network, fault: str, verdict: Verdict | None
) -> None:
    """No IPv4 and no file: the list that comes with Heller is asked over IPv6. A dead line is rejected; one that works
    is not, and every target that counts was answered."""
    with network.without_ipv4(), network.client.entered():
        asked = Way().plan()
        with network.fault(fault) if fault else nullcontext():
            made = trial.conduct(asked, LINE, rules=SHORT)
    assert all(":" in point.subject for point in made.points if point.check is Check.LOSS)
    assert (made.verdict is Verdict.REJECTED) is (verdict is Verdict.REJECTED), made.points
    if not fault:
        assert all(point.holds for point in made.points if point.check is Check.LOSS), made.points


def test_a_test_that_stands_still_inside_a_cut_rejects_with_true_bounds(
    network: Network, tmp_path: Path
) -> None:
    """The computer stops for six seconds while the line is dead: rejected all the same, and the silence that the note
    names begins in the cut or, what the gap hid, after it; nothing before it is called dead."""
    case = tmp_path / "case"
    casefile.open_case(case)
    process = heller(network, "accept", case, "--config", config(tmp_path), "--json")
    wait_until_asked(network)
    with network.fault("silent") as cut:
        time.sleep(4)
        with watcher.suspended(process) as stopped:
            time.sleep(6)
        said, _ = process.communicate(timeout=90)
    made = json.loads(said)
    assert (process.returncode, made["verdict"]) == (9, "rejected"), made
    (kept,) = casefile.load(case).records(Acceptance)
    assert kept.silence is not None and kept.silence.latest.timestamp() * SECOND >= cut.on[0]
    assert kept.silence.earliest.timestamp() * SECOND <= stopped.off[1] + 11 * SECOND
    assert (kept.ended.timestamp() * SECOND) - stopped.off[0] >= 10 * SECOND - 4 * SECOND
