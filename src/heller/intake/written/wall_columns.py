"""A long log's wall clock times as instants, in columns: the same rules as `heller.intake.written.wall_clock`, which
places the times itself wherever a clock started anew or was set by hand.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.written import clock_doubts, wall_clock
from heller.intake.written.clock_doubts import ClockDoubts
from heller.intake.written.wall_clock import BACK, TWICE, UNSET, Hints

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

EPOCH, MICRO = datetime(1970, 1, 1), timedelta(microseconds=1)
_QUARTER = 900_000_000  # microseconds; clocks are set at whole quarters of an hour
_TWICE = round(TWICE) * 1_000_000


class Placed(NamedTuple):
    """Microseconds since 1970 in UTC, how many seconds wide each is, whether anything places it; what is doubted."""

    at: NDArray[int64]
    width: NDArray[float64]
    known: NDArray[bool_]
    doubts: ClockDoubts


def newest_first(walls: NDArray[int64]) -> bool:
    """What `wall_clock.is_newest_first` tells."""
    import numpy as np

    steps = np.diff(walls)
    back, forth = int((steps < 0).sum()), int((steps > 0).sum())
    return back > forth or (back == forth > 0 and bool(walls[-1] < walls[0]))


def place(walls: NDArray[int64], zone: ZoneInfo, hints: Hints) -> Placed:
    """The moments of a wall clock's times, microseconds since 1970 as it showed them, in whatever order it printed."""
    import numpy as np

    if not len(walls):
        return Placed(walls, np.zeros(0), np.zeros(0, bool), ClockDoubts())
    turned = newest_first(walls)
    forwards = walls[::-1] if turned else walls
    latest = np.maximum.accumulate(forwards)
    if hints.steps or (walls < _since(UNSET)).any() or (forwards < latest - BACK // MICRO).any():
        return _one_by_one(walls, zone, hints)
    at, width, skipped = _by_order(forwards, zone)
    doubts = ClockDoubts(twice=int((width == TWICE).sum()), skipped=int(skipped.sum()))
    if turned:
        at, width = at[::-1], width[::-1]
    return Placed(at, width, np.ones(len(walls), bool), doubts)


def _by_order(
    walls: NDArray[int64], zone: ZoneInfo
) -> tuple[NDArray[int64], NDArray[float64], NDArray[bool_]]:
    """Quarter by quarter; an hour that comes twice is told apart where the clock is seen to jump back in it."""
    import numpy as np

    quarters = walls // _QUARTER
    begins = np.flatnonzero(np.diff(quarters, prepend=quarters[0] - 1))
    ahead = np.array([_ahead(int(quarters[n]), zone) for n in begins], np.int64)
    lengths = np.diff(np.append(begins, len(walls)))
    first, second = (np.repeat(ahead[:, n], lengths) for n in (0, 1))
    at, width = walls - first, np.where(first > second, TWICE, 0.0)
    edges = np.flatnonzero(np.diff(first > second, prepend=False, append=False)).tolist()
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        back = np.flatnonzero(np.diff(walls[begin:end]) < 0)
        if len(back):
            at[begin + int(back[0]) + 1 : end] += _TWICE
            width[begin:end] = 0.0
    return at, width, first < second


@lru_cache(maxsize=4096)
def _ahead(quarter: int, zone: ZoneInfo) -> tuple[int, int]:
    """How far the clock is ahead of UTC in a quarter of an hour that it shows, the first and the second time."""
    naive = EPOCH + timedelta(microseconds=quarter * _QUARTER)
    both = (naive.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    first, second = (away // MICRO for away in both)
    return first, second


def _one_by_one(walls: NDArray[int64], zone: ZoneInfo, hints: Hints) -> Placed:
    """By the rules of `wall_clock` for each."""
    import numpy as np

    found = wall_clock.place([EPOCH + n * MICRO for n in walls.tolist()], zone, hints)
    utc = EPOCH.replace(tzinfo=UTC)
    pairs = [
        (one is not None, *(((one[0] - utc) // MICRO, one[1]) if one else (0, 0.0))) for one in found.moments
    ]
    known, at, width = zip(*pairs, strict=True)
    doubted = clock_doubts.doubted(found)
    return Placed(np.array(at, np.int64), np.array(width, float), np.array(known, bool), doubted)


def _since(naive: datetime) -> int:
    return (naive - EPOCH) // MICRO
