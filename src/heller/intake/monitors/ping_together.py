"""Several pings that wrote into one file at the same time: which line is whose.

An answer names its host. A loss names none: it is of the run whose next number it is, and whose turn it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from heller.intake.monitors.ping_lines import PingEnd, PingLines, PingRun
from heller.intake.written.log_lines import lines
from heller.model.record import Blob

_FROM = re.compile(r"(?:\[[\d.]+\] )?\d+ (?:bytes from|Bytes von) (?P<who>[^ ]+)(?: \((?P<ip>[^)]+)\))?:")


def apart(runs: Sequence[PingRun], blob: Blob) -> list[PingRun]:
    """The runs, those that wrote between each other's lines taken apart."""
    if len({run.target for run in runs}) < 2:
        return list(runs)
    rows = lines(blob)
    found: list[PingRun] = []
    for n, run in enumerate(runs):
        hosts = [_host(rows[row - 1]) for row in run.lines.row.tolist()]
        targets = {other.target: other.own for other in runs[:n] if other.target != run.target}
        beside = [target for target in targets if any(host and _is(target, host) for host in hosts)]
        if not beside:
            found.append(run)
            continue
        whose = _whose(run.lines, hosts, [run.target, *beside])
        for number, target in enumerate((run.target, *beside)):
            own = run.own if not number else targets[target]
            found.append(
                PingRun(target, own, run.lines.part(whose == number), run.sent if not number else [])
            )
    return found


def _host(raw: str) -> str:
    hit = _FROM.match(raw)
    return (hit["ip"] or hit["who"]) if hit else ""


def _is(target: str, host: str) -> bool:
    return target == host or f"({host})" in target or target.startswith(f"{host} ")


def _whose(found: PingLines, hosts: Sequence[str], targets: Sequence[str]) -> NDArray[np.int64]:
    """For each line the number of its target."""
    last: list[tuple[int, float] | None] = [None] * len(targets)  # number and sending of the last probe known
    whose = np.zeros(len(hosts), np.int64)
    for n, host in enumerate(hosts):
        said, seq, at, rtt = int(found.said[n]), int(found.seq[n]), float(found.at[n]), float(found.rtt[n])
        mine = next((i for i, target in enumerate(targets) if host and _is(target, host)), None)
        if mine is None and said == PingEnd.NO_ANSWER_YET:
            mine = min(range(len(targets)), key=lambda i: _turn(last[i], seq, at))
        whose[n] = mine or 0
        if said in (PingEnd.ANSWER, PingEnd.NO_ANSWER_YET):
            last[whose[n]] = (seq, at - rtt)
    return whose


def _turn(last: tuple[int, float] | None, seq: int, at: float) -> tuple[int, float]:
    """How far a loss is from the next number of a run, and its time from the rhythm of that run: a 'no answer yet' is
    printed when the next probe goes out."""
    if last is None:
        return 1 << 30, 0.0
    off = (at - last[1]) % 1.0
    return abs(seq - last[0] - 1), min(off, 1.0 - off)
