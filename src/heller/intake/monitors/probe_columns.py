"""Probes as columns become logs: sorted, their step, whether their clock stands. For those who read a file in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from heller.intake.written.wall_time import ENOUGH
from heller.model.column import Column
from heller.model.finding import Locator
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Observations
from heller.model.sample import Outcome

if TYPE_CHECKING:
    from numpy import bool_, float64, int64, uint32
    from numpy.typing import NDArray

_MINUTE = 60_000_000  # microseconds


class ProbeColumns(NamedTuple):
    """Probes of one target: when each was sent (microseconds since 1970), whether it was lost, the seconds until its
    answer, its row."""

    at: NDArray[int64]
    lost: NDArray[bool_]
    rtt: NDArray[float64]
    row: NDArray[uint32]

    def part(self, which: NDArray[bool_] | NDArray[int64]) -> ProbeColumns:
        """Some of them, or all in another order."""
        return ProbeColumns._make(column[which] for column in self)


def is_stuck(found: ProbeColumns) -> bool:
    """Whether many probes an hour all show the same minute: such a clock tells no time."""
    import numpy as np

    minutes = found.at // _MINUTE
    if len(minutes) < ENOUGH or len(np.unique(minutes % 60)) > 1:
        return False
    return len(minutes) > 2 * len(np.unique(minutes // 60))


def micros(seconds: NDArray[float64]) -> NDArray[int64]:
    """Seconds since 1970 as microseconds, rounded as datetime does it: half to even."""
    import numpy as np

    rest, whole = np.modf(seconds)
    return np.asarray(whole.astype(np.int64) * 1_000_000 + np.rint(rest * 1_000_000).astype(np.int64))


def log(
    target: str,
    found: ProbeColumns,
    digest: str,
    *,
    step: float = 0.0,
    uncertainty: float = 0.0,
    width: NDArray[int64] | None = None,
) -> ProbeLog:
    """One log of one target. Without `step` it is the usual distance of the probes, in seconds; `width` are the
    microseconds within which each was sent, where that is not told to the point."""
    import numpy as np

    order = np.lexsort((found.row, found.at))
    found = found.part(order)
    step = step or _step(found)
    wide = () if width is None or not width.any() else width[order].tolist()
    outcome = np.where(found.lost, int(Outcome.TIMEOUT), int(Outcome.OK))
    observations = Observations(
        Column.packed("q", found.at.astype("<i8").tobytes()),
        Column.packed("B", outcome.astype("u1").tobytes()),
        Column.packed("d", found.rtt.astype("<f8").tobytes()),
        Column.packed("I", found.row.astype("<u4").tobytes()),
        Column.of("q", wide),
    )
    first = int(found.row.min()) if len(found.row) else 1
    return ProbeLog(target, observations, step, Locator(digest, f"row {first}"), uncertainty)


def _step(found: ProbeColumns) -> float:
    """The usual distance of probes in order, in seconds; 1 where it cannot be told from them."""
    import numpy as np

    apart = np.diff(found.at)
    apart = apart[apart > 0]
    return (round(float(np.median(apart)) / 1_000_000, 3) if len(apart) else 0.0) or 1.0
