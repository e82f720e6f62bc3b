"""Events of a long log in columns, put into the order of time. What a line means it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from heller.model.column import Column
from heller.model.kinds.device_log import NUMBERS, DeviceEvents, DeviceSign

if TYPE_CHECKING:
    from numpy import float64, int64, uint8, uint32
    from numpy.typing import NDArray

NOTHING = 255  # what stands for no sign


class EventRows(NamedTuple):
    """Lines with their microseconds since 1970 in UTC and how many seconds wide they are, their rows, the places of
    their wordings, the characters of their holes."""

    at: NDArray[int64]
    width: NDArray[float64]
    row: NDArray[uint32]
    which: NDArray[uint32]
    stamp: NDArray[uint8]

    def part(self, kept: NDArray[Any] | slice) -> EventRows:
        """Some of them, or all in another order."""
        return EventRows._make(column[kept] for column in self)


def numbers(signs: Sequence[DeviceSign | None]) -> NDArray[uint8]:
    """Signs as they stand in a column."""
    import numpy as np

    return np.array([NOTHING if sign is None else NUMBERS[sign] for sign in signs], np.uint8)


def events(
    rows: EventRows, sign: NDArray[uint8], messages: Sequence[str], ports: Sequence[str]
) -> DeviceEvents:
    """The events of lines that have a sign. `messages` and `ports` are those of each wording."""
    import numpy as np

    kept = sign != NOTHING
    if not kept.all():
        rows, sign = rows.part(kept), sign[kept]
    if (np.diff(rows.at) < 0).any():
        order = np.argsort(rows.at, kind="stable")
        rows, sign = rows.part(order), sign[order]
    names = tuple(dict.fromkeys(ports))
    used = np.flatnonzero(np.bincount(rows.which, minlength=len(messages)))
    places = np.zeros(len(messages), np.uint32)
    places[used] = np.arange(len(used))
    port = np.array([names.index(port) for port in ports], np.uint32)
    return DeviceEvents(
        Column.packed("q", rows.at.astype("<i8").tobytes()),
        Column.packed("B", sign.tobytes()),
        Column.packed("I", rows.row.astype("<u4").tobytes()),
        Column.packed("d", rows.width.astype("<f8").tobytes() if rows.width.any() else b""),
        Column.packed("I", places[rows.which].astype("<u4").tobytes()),
        Column.packed("I", port[rows.which].astype("<u4").tobytes()),
        Column.packed("B", rows.stamp.tobytes()),
        tuple(messages[n] for n in used.tolist()),
        names,
    )
