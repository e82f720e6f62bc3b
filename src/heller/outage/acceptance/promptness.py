"""Whether the answers of a test came in time, by what is usual of the line: a filled line answers, but late.

Pure; the share of late answers decides, not the mean. Where nobody knows what is usual, the quickest quarter of the
test stands for it, unless that is slow itself: then nothing can be said, and the point stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil
from statistics import median
from typing import NamedTuple

from heller.model.kinds.acceptance import Check, Point
from heller.outage.rule import LATE_BY, LATE_FEWEST, LATE_SHARE, LATE_TIMES, USUAL

STRETCH = 10_000_000  # microseconds: answers are judged ten seconds at a time
SLOW = 0.15  # seconds: a line whose answers usually take longer has to be known as one that does
QUICK = 4  # the quickest of so many stretches stand for what is usual where nobody knows it
FEW = 50  # of so many stretches one may be late


class RoundTrip(NamedTuple):
    """An answer from outside: whose, when its probe was sent (microseconds), how long it took (seconds)."""

    target: int
    at: int
    took: float


def promptness(answers: Sequence[RoundTrip], usual: float | None = None) -> Point:
    """How many stretches of ten seconds were answered in time. `usual` is the 95th percentile of the line's answers in
    an earlier watch, in seconds; None where there was none.

    The point's `subject` is the limit in milliseconds. Where nothing can be said `of` is 0 and `good` what the answers
    took, in milliseconds; a test without enough answers is not judged at all.
    """
    stretches = _stretches(_alike(answers))
    if not stretches:
        return Point(Check.PROMPT, None)
    level = usual if usual is not None else _quickest(stretches)
    if usual is None and level > SLOW:
        return Point(Check.PROMPT, False, round(level * 1000), 0, round(SLOW * 1000))
    limit = max(LATE_TIMES * level, level + LATE_BY)
    late = sum(_is_late(took, limit) for took in stretches)
    of = len(stretches)
    return Point(Check.PROMPT, late <= of // FEW, of - late, of, of - of // FEW, str(round(limit * 1000)))


def level_of(took: Sequence[float]) -> float:
    """The 95th percentile of round trips that are not themselves far over the middle; there is at least one."""
    middle = median(took)
    near = [one for one in took if one <= max(LATE_TIMES * middle, middle + LATE_BY)]
    return percentile(near)


def percentile(took: Sequence[float]) -> float:
    """The 95th percentile of at least one round trip: one of them.

    >>> percentile([0.03, 0.01, 0.02])
    0.03
    """
    return sorted(took)[ceil(USUAL * len(took)) - 1]


def _alike(answers: Sequence[RoundTrip]) -> list[RoundTrip]:
    """Those of targets that are usually about as quick as the quickest: a far one says nothing of the line."""
    by_target: dict[int, list[float]] = defaultdict(list)
    for one in answers:
        by_target[one.target].append(one.took)
    levels: Mapping[int, float] = {target: median(took) for target, took in by_target.items()}
    quickest = min(levels.values(), default=0.0)
    return [one for one in answers if levels[one.target] <= 2 * quickest + LATE_BY]


def _stretches(answers: Sequence[RoundTrip]) -> list[list[float]]:
    """The round trips of each ten seconds, where they are enough to judge by."""
    first = min((one.at for one in answers), default=0)
    found: dict[int, list[float]] = defaultdict(list)
    for one in answers:
        found[(one.at - first) // STRETCH].append(one.took)
    return [took for took in found.values() if len(took) >= LATE_FEWEST]


def _quickest(stretches: Sequence[Sequence[float]]) -> float:
    """What is usual in the quickest quarter of a test."""
    return sorted(map(percentile, stretches))[(len(stretches) - 1) // QUICK]


def _is_late(took: Sequence[float], limit: float) -> bool:
    late = sum(one > limit for one in took)
    return late >= LATE_FEWEST and late >= LATE_SHARE * len(took)
