"""`heller speed` in the emulated network: what the line carries, and what is kept where it carries nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.net.emulated import TARGETS, Network
from tests.net.watching import config, heller

from heller import casefile
from heller.model.kinds.speed_test import SpeedTest

WEB = f"http://{TARGETS[0]}"
HTTP = ("--url", f"{WEB}/bytes/200000000", "--upload-url", f"{WEB}/")

BUSY = 3  # tries: a machine that has no time for the fetching makes a line look slower, never faster


def speed(network: Network, *argv: str) -> tuple[int, dict[str, Any]]:
    """Exit code and the test that was kept, run in the client."""
    process = heller(network, "speed", "run", *argv, "--seconds", "2", "--json")
    said, _ = process.communicate(timeout=60)
    return process.returncode, json.loads(said)


@pytest.mark.parametrize("tool", ["http", "iperf3"])
def test_a_line_of_34_mbit_is_measured_as_such(network: Network, tool: str) -> None:
    """Both tools find the rate that the line was given, both ways; 90 % of the promise is enough."""
    if not network.shaped:
        pytest.skip("no rate can be set here (tc tbf)")
    if tool == "iperf3" and not shutil.which("iperf3"):
        pytest.skip("needs iperf3")
    with network.iperf3() as server:
        argv = HTTP if tool == "http" else ("--iperf3", server)
        for _ in range(BUSY):
            code, said = speed(network, *argv, "--down", "34", "--up", "34")
            test = said["test"]
            assert test["failed"] == "" and max(test["down"], test["up"]) <= 36_000_000, test
            if said["enough"]:
                break
    assert (code, said["enough"]) == (0, True), test
    assert min(test["down"], test["up"]) >= 30_600_000, test


def test_a_test_that_fails_or_is_not_agreed_is_a_record(network: Network, tmp_path: Path) -> None:
    """Nobody listens; a page that is not there; a metered line that nobody agreed to: three records with reasons."""
    case = tmp_path / "case"
    casefile.open_case(case)
    for argv in (
        ("--iperf3", f"{TARGETS[0]}:4"),
        ("--url", f"{WEB}/status/404"),
        (*HTTP, "--config", str(config(tmp_path, mobile="budget_mb = 10")), "--uplink", "mobile"),
    ):
        before = network.router.octets("lte")
        code, said = speed(network, str(case), *argv)
        assert code == 11 and said["test"]["failed"]
        assert network.router.octets("lte") - before < 5000  # not one byte of a measurement
    kept = casefile.load(case).records(SpeedTest)
    assert len(kept) == 3 and "404" in kept[1].failed and kept[2].failed.startswith("skipped")
    assert [test.down for test in kept] == [None] * 3
