"""`heller accept` in the emulated network: what is said is what was done to the line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.net.emulated import CLIENT, DNS, PUBLIC, TARGETS, Network
from tests.net.watching import config, heller, wait_until_asked

from heller import casefile
from heller.cli.accept import trial
from heller.model.kinds.acceptance import Acceptance, Check, Verdict
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.sample import ECHO, PAGE, QUESTION, Depth, Target
from heller.outage.acceptance.points import SECOND, Agreed, Rules
from heller.watch import certificates
from heller.watch.plan import Plan, Probe, Uplink
from heller.watch.throughput import Server


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What it printed for machines."""
    said, _ = process.communicate(timeout=60)
    made: dict[str, Any] = json.loads(said)
    return made


def test_a_cut_is_rejected_with_true_bounds_and_a_note_in_the_case(network: Network, tmp_path: Path) -> None:
    """The day-12 case: 'you can go online now', then nothing answers; rejected in ten seconds, on one page."""
    case = tmp_path / "case"
    casefile.open_case(case)
    said = ["--said", "You can go online now", "--by", "Mr Meier", "--channel", "phone"]
    process = heller(network, "accept", case, *said, "--config", config(tmp_path), "--json")
    wait_until_asked(network)
    with network.fault("silent") as cut:
        made = ended(process)
    assert (process.returncode, made["verdict"]) == (9, "rejected")
    folded = casefile.load(case)
    (kept,), (contact,) = folded.records(Acceptance), folded.records(Contact)
    assert kept.said is not None and kept.said.who == "Mr Meier" and kept.silence is not None
    assert (contact.kind, contact.said) == (ContactKind.ONLINE_CLAIM, "You can go online now")
    first, last = kept.silence.earliest.timestamp() * SECOND, kept.silence.latest.timestamp() * SECOND
    assert first <= cut.on[1] and cut.on[0] <= last and last - first < 2 * SECOND
    assert 10 <= (kept.ended - kept.silence.latest).total_seconds() < 20  # and not after the whole test
    (note,) = (case / "derived").glob("acceptance-*.pdf")
    assert note.read_bytes().startswith(b"%PDF-")


def plan() -> Plan:
    """A test in short: every target four times a second."""
    uplink = Uplink("main", CLIENT)
    asked = [(ECHO, address, 0.25, 53, "") for address in TARGETS]
    asked += [(QUESTION, DNS[0], 0.1, 53, "example.com")]
    asked += [(PAGE, TARGETS[0], 0.5, 443, "www.test")]
    probes = (
        Probe(Target(n, "main", Depth.OUTSIDE, address, address, "", protocol), every, port, host)
        for n, (protocol, address, every, port, host) in enumerate(asked, 1)
    )
    return Plan((uplink,), tuple(probes))


BUSY = 3  # tries: a machine that has no time for the fetching makes a line look slower, never faster
NOTHING_AGREED = Agreed()
SHORT = Rules(quiet=3 * SECOND, watched=4 * SECOND, chance=1.0, dns=10, https=5, speed_tests=1)


def conducted(network: Network, agreed: Agreed = NOTHING_AGREED, server: Server | None = None) -> Acceptance:
    """A short test in the client, in this process."""
    with network.client.entered():
        return trial.conduct(
            plan(), agreed, server=server, address_url=f"http://{TARGETS[0]}/ip", rules=SHORT
        )


@pytest.fixture(autouse=True)
def _trust(network: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The network's own authority is trusted, whatever this process trusted before and after."""
    monkeypatch.setenv("SSL_CERT_FILE", str(network.ca))
    certificates.trusted.cache_clear()
    yield
    certificates.trusted.cache_clear()


def test_a_good_line_is_accepted_with_address_and_throughput(network: Network) -> None:
    """In short: all points hold, the public address is the agreed one, the line carries what was promised."""
    server = Server(url=f"http://{TARGETS[0]}/bytes/100000000", upload=f"http://{TARGETS[0]}/", seconds=2)
    for _ in range(BUSY):
        made = conducted(network, Agreed(address=PUBLIC, down=30_000_000, up=30_000_000), server)
        found = {point.check: point for point in made.points}
        assert found[Check.ADDRESS].subject == PUBLIC
        rates = [found[way].good or 0 for way in (Check.DOWN, Check.UP)]
        assert not network.shaped or max(rates) <= 36_000
        if made.verdict is Verdict.ACCEPTED:
            break
    assert made.verdict is Verdict.ACCEPTED, made.open
    assert not network.shaped or min(rates) >= 26_000


def test_a_lossy_line_is_open(network: Network) -> None:
    """Loss is seen in every target; it is neither accepted nor called dead."""
    with network.fault("loss"):
        made = conducted(network)
    assert made.verdict is Verdict.OPEN and Check.LOSS in {point.check for point in made.open}


def test_a_silent_router_rejects_nobody(network: Network) -> None:
    """Where the own router hangs, the provider is not blamed: the own side is the open point."""
    with network.fault("router"):
        made = conducted(network)
    assert (made.verdict, made.silence) == (Verdict.OPEN, None)
    assert Check.OWN_SIDE in {point.check for point in made.open}
