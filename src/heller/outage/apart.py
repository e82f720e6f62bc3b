"""Which logs of other programs cannot be of one line: the same host, or whatever was asked, was answered in one while
it was silent in the other. Put together as one line, the answers over a backup would end the outage of the main line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from heller.model.kinds.probe_log import ProbeLog
from heller.model.sample import ALIVE, LOST
from heller.outage.events import MICRO
from heller.outage.line import is_inside

if TYPE_CHECKING:
    from numpy import int64, uint8
    from numpy.typing import NDArray

FEWEST = 3  # answers in a silence
LEAST = int(MICRO.total_seconds()) * 1_000_000
SHARE = 0.5  # of the probes in it


def of_another_line(logs: Sequence[ProbeLog]) -> frozenset[str]:
    """The files (SHA-256) whose logs are of another line than those that were silent: they answered in others'
    silences for longer than they were silent while others answered."""
    by_file: defaultdict[str, list[_Outcomes]] = defaultdict(list)
    for log in logs:
        if not is_inside(log.target):
            by_file[log.source.object].append(_outcomes_of(log))
    answered: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for one in _silent(by_file):
        for file in by_file.keys() - one.files:
            others = [seen for seen in by_file[file] if one.target in ("", seen.target)]
            if others and all(_was_answered(seen, one.first, one.last) for seen in others):
                silent.update(dict.fromkeys(one.files, one.last - one.first))
                answered[file] += one.last - one.first
    return frozenset(digest for digest in answered if answered[digest] > silent[digest])


class _Outcomes(NamedTuple):
    """What a log says of its target: times in order (microseconds), and what came of the probe of each."""

    target: str
    at: NDArray[int64]
    outcome: NDArray[uint8]


def _outcomes_of(log: ProbeLog) -> _Outcomes:
    import numpy as np

    at = np.frombuffer(log.observations.at.data, "<i8")
    outcome = np.frombuffer(log.observations.outcome.data, "<u1")
    if (at[1:] < at[:-1]).any():
        order = np.argsort(at, kind="stable")
        at, outcome = at[order], outcome[order]
    return _Outcomes(log.target, at, outcome)


class _Silence(NamedTuple):
    """A time in which a host was silent in a file, or two hosts at once in one file or two (`target` is ''): then it
    was no fault of a host. Microseconds."""

    first: int
    last: int
    files: frozenset[str]
    target: str


def _silent(by_file: Mapping[str, Sequence[_Outcomes]]) -> Iterator[_Silence]:
    alone = [
        _Silence(first, last, frozenset({file}), seen.target)
        for file, logs in by_file.items()
        for seen in logs
        for first, last in _silences(seen)
    ]
    yield from alone
    for a, b in combinations(alone, 2):
        both = _Silence(max(a.first, b.first), min(a.last, b.last), a.files | b.files, "")
        if a.target != b.target and both.last - both.first >= LEAST:
            yield both


def _silences(seen: _Outcomes) -> Iterator[tuple[int, int]]:
    """Runs of lost probes at least as long as an outage of a claim: first and last, microseconds."""
    import numpy as np

    silent = np.zeros(256, np.bool_)  # by outcome: quicker than looking each up among the lost ones
    silent[list(LOST)] = True
    lost = silent[seen.outcome]
    edges = np.flatnonzero(np.diff(lost, prepend=False, append=False))
    for first, end in edges.reshape(-1, 2):
        if seen.at[end - 1] - seen.at[first] >= LEAST:
            yield int(seen.at[first]), int(seen.at[end - 1])


def _was_answered(seen: _Outcomes, first: int, last: int) -> bool:
    """Whether most probes of a time were answered."""
    import numpy as np

    inside = seen.outcome[
        slice(np.searchsorted(seen.at, first), np.searchsorted(seen.at, last, side="right"))
    ]
    good, bad = (int(np.isin(inside, list(those)).sum()) for those in (ALIVE, LOST))
    return good >= FEWEST and good > SHARE * (good + bad)
