"""A regular series of takings: a start, a step, values. Other libraries' tables are taken in here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
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


def refusal(what: str) -> InputRefused:
    """The one way in which a series is turned away."""
    return InputRefused(
        text("The series cannot be used: {what}.", what=what),
        text("What would have come is worked out from a regular series of days or hours."),
        text("Add one value for each day or hour, in order, up to the outage."),
    )


def moment(value: date | datetime | str) -> datetime:
    """A day as its midnight; a time without its zone (the wall clock of the site counts). ISO text is
    read too; raises InputRefused where it is none."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise refusal(f"'{value}' is no date") from None
    hour, minute = (value.hour, value.minute) if isinstance(value, datetime) else (0, 0)
    return datetime(value.year, value.month, value.day, hour, minute)


def step_of(freq: str) -> timedelta:
    """The length of a step; raises InputRefused for anything but days and hours."""
    if freq not in STEPS:
        raise refusal(f"unknown step {freq!r}, known are 'D' (days) and 'h' (hours)")
    return STEPS[freq]


def values(given: Any, start: datetime | None, freq: str) -> Floats:
    """Plain values of a series, of a numpy array, or of an object with `.to_numpy()` (pandas, polars).

    Where the object has an index of times, a step that it leaves out is NaN, one that stands twice is
    refused, and its first step has to be `start`.
    """
    if isinstance(given, Series):
        if given.freq != freq:
            raise refusal(f"steps of {given.freq!r} among steps of {freq!r}")
        out = _row(given.values)
        known: datetime | None = given.start
    else:
        out = _row(given.to_numpy() if hasattr(given, "to_numpy") else given)
        times = times_of(given)
        known, out = (times[0], _at_steps(out, times, freq)) if times else (None, out)
    if start is not None and known is not None and len(out) and moment(known) != start:
        raise refusal(f"it starts at {moment(known)}, but {start} was expected")
    return out


def _row(given: Any) -> Floats:
    out = np.asarray(given, dtype=np.float64)
    if out.ndim != 1:
        raise refusal("it is not one row of numbers")
    return out


def times_of(given: Any) -> list[datetime]:
    """The times in the index of a table or series; none where it has no such index."""
    index = getattr(given, "index", None)
    if index is None or callable(index) or not len(index):
        return []
    return [moment(time) for time in index] if all(isinstance(time, date) for time in index) else []


def _at_steps(given: Floats, times: Sequence[datetime], freq: str) -> Floats:
    """Each value at its step; what the index leaves out is NaN."""
    step = step_of(freq)
    at = [(time - times[0]) / step for time in times]
    if any(place != int(place) for place in at):
        raise refusal("its times do not lie on whole steps")
    places = [int(place) for place in at]
    twice = next((times[i] for i, (a, b) in enumerate(pairwise(places)) if a >= b), None)
    if twice is not None:
        raise refusal(f"around {twice} a step stands twice or out of order")
    out = np.full(places[-1] + 1, np.nan)
    out[places] = given
    return out


def _nearest_like(given: Floats, hole: int, cycle: int) -> float:
    """The mean of the four nearest like steps of a row, however far; of all steps where no like one has a figure."""
    like = np.arange(hole % cycle, len(given), cycle)
    like = like[np.isfinite(given[like])]
    if not len(like):
        return float(np.nanmean(given))
    return float(given[like[np.argsort(np.abs(like - hole), kind="stable")[:4]]].mean())


def fill(given: Floats, cycle: int) -> tuple[Floats, int]:
    """The same row with each hole as the mean of up to four like steps around it, or of the nearest ones where the
    hole is long, and how many there were."""
    holes = np.flatnonzero(np.isnan(given))
    if not len(holes):
        return given, 0
    out = given.copy()
    around = cycle * np.array([-2, -1, 1, 2])
    for hole in holes:
        like = hole + around
        near = given[like[(like >= 0) & (like < len(given))]]
        near = near[np.isfinite(near)]
        out[hole] = near.mean() if len(near) else _nearest_like(given, int(hole), cycle)
    return out, len(holes)
