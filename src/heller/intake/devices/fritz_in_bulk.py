"""The entries of a long log of a FRITZ!Box in columns: each wording is understood once. A file of which a line is no
entry, or holds two, is not read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from heller.intake.devices import event_columns, fritz
from heller.intake.devices.event_columns import EventRows
from heller.intake.written import stamped_lines, wall_columns
from heller.intake.written.clock_doubts import ClockDoubts
from heller.intake.written.stamped_lines import StampedLines
from heller.intake.written.wall_clock import Hints
from heller.intake.written.wall_columns import EPOCH, MICRO
from heller.model.kinds.device_log import NUMBERS, DeviceEvents, DeviceSign
from heller.model.record import Blob

if TYPE_CHECKING:
    from numpy import bool_, int64, uint8
    from numpy.typing import NDArray

_QUARTER = 900_000_000
_ACT = NUMBERS[DeviceSign.OWN_ACT]


class FritzBulk(NamedTuple):
    """The events, how many rows the file has and how many of them nothing places; how often each message stands there
    and in which row first; what is doubted of the clock."""

    events: DeviceEvents
    rows: int
    unset: int
    messages: dict[str, int]
    first: dict[str, int]
    doubts: ClockDoubts


class _Meanings(NamedTuple):
    """What each wording says: the time of its hour, its message, its sign."""

    bases: list[int]
    messages: list[str]
    signs: NDArray[uint8]


def read(blob: Blob, zone: ZoneInfo) -> FritzBulk | None:
    """A long log of one entry a line; None for any other."""
    import numpy as np

    if not blob.data[:64].lstrip(b' "\r\n\t')[:1].isdigit():
        return None
    found = stamped_lines.read(blob)
    told = _meanings(found) if found and not found.odd else None
    if found is None or told is None:
        return None
    walls = np.array(told.bases, np.int64)[found.which] + found.within
    which, row = found.which, found.row
    if wall_columns.newest_first(walls):
        walls, which, row = walls[::-1], which[::-1], row[::-1]
    sign = told.signs[which]
    starts = np.flatnonzero(sign == NUMBERS[DeviceSign.RESTART]).tolist()
    at, width, known, doubts = wall_columns.place(walls, zone, Hints(starts))
    sign = np.where(known, _forced(at, sign), event_columns.NOTHING).astype(np.uint8)
    rows = EventRows(at, width, row, which, np.zeros((len(at), 0), np.uint8))
    events = event_columns.events(rows, sign, told.messages, [""] * len(told.messages))
    times = np.bincount(which, minlength=len(told.messages)).tolist()
    begins = np.zeros(len(times), np.int64)
    begins[which[::-1]] = np.arange(len(which))[::-1]  # of those that say the same the first is written last
    messages: dict[str, int] = {}
    first: dict[str, int] = {}
    for place in np.argsort(begins).tolist():
        one = told.messages[place]
        messages[one] = messages.get(one, 0) + times[place]
        first.setdefault(one, int(row[begins[place]]))
    return FritzBulk(events, found.rows, int((~known).sum()), messages, first, doubts)


def _meanings(found: StampedLines) -> _Meanings | None:
    """None where a line is not one entry and nothing else."""
    import numpy as np

    begins = np.searchsorted(found.row, [one.row for one in found.wordings])
    bases, messages, signs = [], [], []
    for wording, within in zip(found.wordings, found.within[begins].tolist(), strict=True):
        hits = list(fritz.ENTRY.finditer(wording.raw))
        if len(hits) != 1 or wording.raw[: hits[0].start()].strip(' \t";'):
            return None
        at, message = fritz.wall(hits[0].groups()), fritz.message(wording.raw[hits[0].end() :])
        sign = fritz.meant(message)[1]
        base = (at - EPOCH) // MICRO - within if at else 1
        if base % _QUARTER or (sign and fritz.REPEATED.search(message)):
            return None
        bases.append(base)
        messages.append(message)
        signs.append(DeviceSign.OWN_ACT if sign and fritz.FORCED.search(message) else sign)
    return _Meanings(bases, messages, event_columns.numbers(signs))


def _forced(at: NDArray[int64], sign: NDArray[uint8]) -> NDArray[uint8]:
    """The signs, where a session that ends right after a forced disconnection is part of it."""
    import numpy as np

    acts = sign == _ACT
    if not acts.any():
        return sign
    last = np.maximum.accumulate(np.where(acts, np.arange(len(sign)), -1))
    lasts = fritz.FORCED_LASTS // MICRO
    soon: NDArray[bool_] = (last >= 0) & (at - at[last] <= lasts)
    return np.where(soon & (sign == NUMBERS[DeviceSign.SESSION_DOWN]), np.uint8(_ACT), sign)
