"""A regular series of takings: a start, a step, values. Other libraries' tables are taken in here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from heller.model.errors import InputRefused
from heller.model.text import text

Floats: TypeAlias = NDArray[np.float64]

STEPS = {"D": timedelta(days=1), "h": timedelta(hours=1)}
CYCLES = {"D": 7, "h": 168}  # one week


class Series(Struct, frozen=True):
    """`values[i]` is what came in the i-th step from `start` on (a day of the site, or an hour)."""

    start: datetime
    freq: str
    values: Sequence[float]


def refused(what: str) -> InputRefused:
    """The one way in which a series is turned away."""
    return InputRefused(
        text("The series cannot be used: {what}.", what=what),
        text("What would have been sold is worked out from a regular series of days or hours."),
        text("Hand in one value for each day or hour, without holes, up to the outage."),
    )


def moment(value: date | datetime) -> datetime:
    """A day as its midnight; a time without its zone (the wall clock of the site counts)."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)


def step_of(freq: str) -> timedelta:
    """The length of a step; raises InputRefused for anything but days and hours."""
    if freq not in STEPS:
        raise refused(f"unknown step {freq!r}, known are 'D' (days) and 'h' (hours)")
    return STEPS[freq]


def values(given: Any, start: datetime | None, freq: str) -> Floats:
    """Plain values of a series, of a numpy array, or of an object with `.to_numpy()` (pandas, polars).

    Where the object knows its own start (`Series.start`, `.index[0]`) it has to be `start`.
    """
    if isinstance(given, Series):
        known: Any = given.start
        raw: Any = given.values
        if given.freq != freq:
            raise refused(f"steps of {given.freq!r} among steps of {freq!r}")
    else:
        index = getattr(given, "index", None)
        known = index[0] if index is not None and not callable(index) and len(index) else None
        raw = given.to_numpy() if hasattr(given, "to_numpy") else given
    out = np.asarray(raw, dtype=np.float64)
    if out.ndim != 1:
        raise refused("it is not one row of numbers")
    known = known.to_pydatetime() if hasattr(known, "to_pydatetime") else known
    if start is not None and isinstance(known, date) and len(out) and moment(known) != start:
        raise refused(f"it starts at {moment(known)}, but {start} was expected")
    return out
