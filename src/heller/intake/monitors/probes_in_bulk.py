"""A long table of single probes as columns, row by row what `heller.intake.readers.probelist` reads of a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.monitors.probe_columns import ProbeColumns
from heller.intake.tables.columns import ROW, columns, instants, understood
from heller.intake.tables.export import Listing
from heller.intake.tables.outages_and_probes import rtt, state
from heller.intake.written.wall_time import Moment

if TYPE_CHECKING:
    from numpy import float64, int8
    from numpy.typing import NDArray
    from polars import DataFrame

UP, DOWN, NEITHER, EMPTY, BAD = 1, 0, 2, 3, 4
_LOST, _UNREAD, _UNSAID = -1.0, -2.0, -3.0  # no seconds of an answer


class BulkProbes(NamedTuple):
    """The probes by target, in the order in which the targets come; how many rows are neither up nor down, how many
    there are, and one of the times, which are all of its kind."""

    by_target: dict[str, ProbeColumns]
    neither: int
    rows: int
    one: Moment


def read(found: Listing, content: str, zone: ZoneInfo) -> BulkProbes | None:
    """The rows of a table; None where some row cannot be told by itself."""
    import numpy as np

    table = columns(content, found, ("day", "time", "clock", "state", "rtt", "target"))
    if table is None or not len(table):
        return None
    clock = table["time"].set(table["time"] == "", None).fill_null(table["clock"])
    when = instants(table["day"], clock, zone)
    if when is None:
        return None
    said, took = _states(table), _seconds(table, must="state" not in found.places)
    unsaid = said == EMPTY
    if (said == BAD).any() or (took == _UNREAD).any() or (unsaid & (took == _UNSAID)).any():
        return None
    up = (said == UP) | (unsaid & (took >= 0))
    counts = said != NEITHER
    every = ProbeColumns(when.at, ~up, np.where(up & (took > 0), took, 0.0), table[ROW].to_numpy()).part(
        counts
    )
    places, targets = understood(table["target"].filter(counts), str)
    by_target = {target: every.part(places == n) for n, target in enumerate(targets)}
    return BulkProbes(by_target, len(table) - len(every.at), len(table), when.one)


def without_zeros(own: ProbeColumns, least: float) -> ProbeColumns:
    """Without round trips of exactly nothing, where at least half of the others took longer than `least` seconds."""
    import numpy as np

    took = np.sort(own.rtt[~own.lost & (own.rtt > 0)])
    if not len(took) or took[len(took) // 2] < least:
        return own
    return own.part(own.lost | (own.rtt > 0))


def _states(table: DataFrame) -> NDArray[int8]:
    import numpy as np

    places, told = understood(table["state"], _state)
    return np.asarray(np.array(told, np.int8)[places])


def _state(cell: str) -> int:
    try:
        found = state(cell) if cell else EMPTY
    except ValueError:
        return BAD
    return NEITHER if found is None else int(found)


def _seconds(table: DataFrame, *, must: bool) -> NDArray[float64]:
    """Seconds until the answer; where no state is told an empty cell is a loss."""
    import numpy as np

    places, told = understood(table["rtt"], lambda cell: _took(cell) if cell or must else _UNSAID)
    return np.asarray(np.array(told, np.float64)[places])


def _took(cell: str) -> float:
    try:
        found = rtt(cell)
    except ValueError:
        return _UNREAD
    return _LOST if found is None else found
