"""Which logs of other programs cannot be of one line: the same host was answered in one while it was silent in the
other. Where such logs are put together as one line, the answers over a backup end the outage of the main line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import TYPE_CHECKING

from heller.model.kinds.probe_log import ProbeLog
from heller.model.sample import ALIVE, LOST
from heller.outage.events import MICRO

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

FEWEST = 3  # answers in a silence
SHARE = 0.5  # of the probes in it


def of_another_line(logs: Sequence[ProbeLog]) -> frozenset[str]:
    """The files (SHA-256) whose logs are of another line than the one that was silent longest."""
    by_target: defaultdict[str, list[ProbeLog]] = defaultdict(list)
    for log in logs:
        by_target[log.target].append(log)
    against: defaultdict[str, set[str]] = defaultdict(set)
    silent: defaultdict[str, int] = defaultdict(int)
    for mine in by_target.values():
        for dead, alive in permutations(mine, 2):
            if dead.source.object == alive.source.object:
                continue
            for first, last in _silences(dead):
                if _answered(alive, first, last):
                    against[dead.source.object].add(alive.source.object)
                    silent[dead.source.object] += last - first
    if not silent:
        return frozenset()
    main = max(sorted(silent), key=lambda digest: silent[digest])
    return frozenset(against[main])


def _silences(log: ProbeLog) -> Iterator[tuple[int, int]]:
    """Runs of lost probes at least as long as an outage of a claim: first and last, microseconds."""
    import numpy as np

    at, lost, _ = _columns(log)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], lost, [False])).astype(np.int8)))
    for first, end in edges.reshape(-1, 2):
        if at[end - 1] - at[first] >= MICRO.total_seconds() * 1_000_000:
            yield int(at[first]), int(at[end - 1])


def _answered(log: ProbeLog, first: int, last: int) -> bool:
    """Whether most probes of a time were answered."""
    at, lost, alive = _columns(log)
    inside = (at >= first) & (at <= last)
    good, bad = int((alive & inside).sum()), int((lost & inside).sum())
    return good >= FEWEST and good > SHARE * (good + bad)


def _columns(log: ProbeLog) -> tuple[NDArray[int64], NDArray[bool_], NDArray[bool_]]:
    """Times in order, which were lost, which were answered."""
    import numpy as np

    at = np.frombuffer(log.observations.at.data, "<i8")
    outcome = np.frombuffer(log.observations.outcome.data, "<u1")
    order = np.argsort(at, kind="stable")
    return at[order], np.isin(outcome[order], LOST), np.isin(outcome[order], ALIVE)
