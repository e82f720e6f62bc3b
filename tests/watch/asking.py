"""Settings of a watch in the emulated network, and what holds for whatever it finds."""

from __future__ import annotations

import json
import math

from tests.net.emulated import CLIENT, DNS, TARGETS
from tests.watch.probing import Seen

from heller.model.sample import ALIVE, Depth, Outcome


def target(address: str, way: str = "echo", **more: object) -> str:
    """A table of the settings, for the main line where it is no echo."""
    said = {"address": address, "way": way, **more} | ({} if way == "echo" else {"uplink": "main"})
    return "\n[[target]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items())


def targets(*addresses: str, **more: float) -> str:
    """Echo to each."""
    return "".join(target(address, "echo", **more) for address in addresses)


def names(*addresses: str, ask: str = "www.test") -> str:
    """A question to each."""
    return "".join(target(address, "question", host=ask, every=1) for address in addresses)


def main(more: str = "") -> str:
    """Settings of the main line."""
    return f"\n[[uplink]]\nname = 'main'\nsource = '{CLIENT}'\n{more}\n"


PAGE = target(TARGETS[0], "page", every=1, host="www.test")
ERROR = target(TARGETS[0], "page", every=1, host="www.test", path="/status/503")
ALL = targets(*TARGETS) + names(DNS[0]) + PAGE
ECHOES = targets(*TARGETS)


def outcomes(seen: Seen, asked: Depth | str, uplink: str = "main") -> set[Outcome]:
    """How the probes of a depth or a protocol ended."""
    return {Outcome(row.outcome) for row in seen.of(asked, uplink)}


def exact(seen: Seen) -> None:
    """Every probe has one outcome; only answers have a round trip; only a late answer comes a second time."""
    first: dict[tuple[int, int], Outcome] = {}
    for row in seen.told:
        before = first.setdefault((row.target, row.at), Outcome(row.outcome))
        if before != row.outcome:
            assert before in (Outcome.TIMEOUT, Outcome.LOCAL) and row.outcome == Outcome.LATE
        assert row.target in seen.targets
        assert math.isnan(row.rtt) == (row.outcome not in ALIVE)
