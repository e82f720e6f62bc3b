"""Runs the probe loop as a program of its own and prints what it finds, one JSON object a line.

python probing.py SETTINGS SECONDS BEST-WAY USED-BYTES USER
"""

from __future__ import annotations

import asyncio
import concurrent.futures.thread  # noqa: F401 - loaded while the files of the environment may be read
import encodings.idna  # noqa: F401
import json
import os
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from tests.net.place import Place

from heller.model.sample import Carrier, Depth, Outcome, Target, Upset, UpsetKind
from heller.watch import config
from heller.watch.loop import run
from heller.watch.rows import Phases, ProbeRow, Tick
from heller.watch.sockets_allowed import SocketKind

ROOT = Path(__file__).parents[2]
EARLY: dict[int, list[str]] = {}  # per process: what it said until its first second was over


class Printed:
    """A sink that prints."""

    def target(self, target: Target) -> None:
        """A line with `target`."""
        self._say(
            "target", [target.number, target.uplink, target.depth.name, target.address, target.protocol]
        )

    def row(self, row: ProbeRow) -> None:
        """A line with `row`."""
        self._say("row", [*row[:3], row.rtt if row.rtt == row.rtt else None, row.bytes])

    def tick(self, tick: Tick) -> None:
        """A line with `tick`."""
        self._say("tick", [*tick[:4], tick.sync, dict(tick.own), dict(tick.counted)])

    def upset(self, upset: Upset) -> None:
        """A line with `upset`."""
        self._say("upset", [upset.kind.name, upset.start, upset.end, upset.uplink, upset.amount])

    def phases(self, phases: Phases) -> None:
        """A line with `phases`."""
        self._say("phases", [part if part == part else None for part in phases])

    def carrier(self, look: Carrier) -> None:
        """A line with `carrier`."""
        self._say("carrier", [look.uplink, look.first, look.last, list(look.hops), look.address])

    def _say(self, what: str, said: list[Any]) -> None:
        print(json.dumps({what: said}), flush=True)


async def watch(path: Path, seconds: float, best: SocketKind, used: int, user: int) -> None:
    """Watch for so long, as another user without any privilege where one is given."""
    plan, stop = config.load(path), asyncio.Event()
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    asyncio.get_running_loop().call_later(seconds, stop.set)
    await run(plan, Printed(), stop, {uplink.name: used for uplink in plan.uplinks}, best=best)


# For the tests


def is_asked(target: Target, asked: Depth | str) -> bool:
    """Whether a target is one of them."""
    if isinstance(asked, str):
        return target.outside and target.protocol == asked
    return target.witness if asked is Depth.OUTSIDE else target.depth is asked


class Seen(NamedTuple):
    """What was found: rows as the last word on each probe, in the order of sending."""

    rows: list[ProbeRow]
    told: list[ProbeRow]  # every row as it came
    targets: dict[int, Target]
    upsets: list[Upset]
    ticks: list[list[Any]]
    phases: list[list[Any]]
    other: list[str]

    def of(self, asked: Depth | str, uplink: str = "main") -> list[ProbeRow]:
        """Rows of one depth (of those outside the ones asked for nothing but an answer) or of one protocol."""
        numbers = {n for n, t in self.targets.items() if is_asked(t, asked) and t.uplink == uplink}
        return [row for row in self.rows if row.target in numbers]

    def ends(self, number: int) -> set[Outcome]:
        """How the probes of a target ended."""
        return {Outcome(row.outcome) for row in self.rows if row.target == number}

    def kinds(self) -> list[UpsetKind]:
        """What upset the watch."""
        return [upset.kind for upset in self.upsets]


def start(
    place: Place,
    toml: str,
    folder: Path,
    seconds: float,
    *,
    best: SocketKind = SocketKind.DATAGRAM,
    used: int = 0,
    user: int = 0,
    env: dict[str, str] | None = None,
) -> subprocess.Popen[str]:
    """The loop in a place, as a process."""
    file = folder / f"watch-{time.monotonic_ns()}.toml"
    file.write_text(toml)
    command = (sys.executable, __file__, str(file), str(seconds), best.name, str(used), str(user))
    process = place.start(*command, env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", **(env or {})})
    assert process.stdout is not None
    EARLY[process.pid] = []
    for line in process.stdout:  # a busy machine takes its time to start: the test goes on when it watches
        EARLY[process.pid].append(line)
        if line.startswith('{"tick"'):
            break
    return process


def _parted(line: str) -> tuple[str, Any]:
    """What a line is about, and what it says."""
    if not line.startswith("{"):
        return "other", line
    found: dict[str, Any] = json.loads(line)
    return next(iter(found.items()))


def read(process: subprocess.Popen[str]) -> Seen:
    """What it found until its end."""
    assert process.stdout is not None
    seen = Seen([], [], {}, [], [], [], [])
    last: dict[tuple[int, int], ProbeRow] = {}
    for line in chain(EARLY.pop(process.pid, []), process.stdout):
        what, said = _parted(line)
        match what:
            case "row":
                target, at, outcome, rtt, size = said
                row = ProbeRow(target, at, outcome, float("nan") if rtt is None else rtt, size)
                seen.told.append(row)
                last[row.target, row.at] = row
            case "target":
                seen.targets[said[0]] = Target(
                    said[0], said[1], Depth[said[2]], "", said[3], protocol=said[4]
                )
            case "upset":
                seen.upsets.append(Upset(UpsetKind[said[0]], *said[1:]))
            case "tick":
                seen.ticks.append(said)
            case "phases":
                seen.phases.append(said)
            case _:
                seen.other.append(said)
    assert process.wait() == 0
    seen.rows.extend(sorted(last.values(), key=lambda row: row.at))
    return seen


if __name__ == "__main__":
    given = sys.argv[1:]
    asyncio.run(watch(Path(given[0]), float(given[1]), SocketKind[given[2]], int(given[3]), int(given[4])))
