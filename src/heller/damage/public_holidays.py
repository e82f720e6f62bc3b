"""Public holidays of a region: taken out of the history, put back after. Their effect is learnt, shrunk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from heller import law
from heller.damage.pattern import Rolling
from heller.damage.series import Floats
from heller.law.book.refusals import BeyondTheData

SHRINK = 2.0  # usual days that stand against the holidays seen


def region_of(said: str | None) -> str | None:
    """'DE-NW' of 'NW', 'nrw' or 'Nordrhein-Westfalen'; None where no country that is known here has it."""
    return law.region(said) or None


def days_of(region: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a region, as the law of its country keeps them; none in years that it does not know."""
    found: set[date] = set()
    for year in years:
        with suppress(BeyondTheData):
            found |= law.public_holidays(region, year)
    return frozenset(found)


def flags(
    first: datetime, step: timedelta, count: int, holidays: str | Collection[date] | None
) -> NDArray[np.bool_]:
    """Which steps from `first` on lie on a public holiday, of a region or of a list, shape (count,)."""
    if holidays is None or count == 0:
        return np.zeros(count, dtype=bool)
    last = first + step * (count - 1)
    years = range(first.year, last.year + 1)
    found = days_of(holidays, years) if isinstance(holidays, str) else holidays
    hours = first.hour + np.arange(count) * (step // timedelta(hours=1))
    ordinals = np.array(sorted(day.toordinal() for day in found), dtype=np.int64)
    return np.isin(first.toordinal() + hours // 24, ordinals)


def factor(history: Floats, holiday: NDArray[np.bool_], cycle: int) -> tuple[Floats, float]:
    """The history as if holidays were usual days, and what a holiday brings as a share of a usual day.

    The share is shrunk: SHRINK days at the usual level stand against the holidays that were seen.
    """
    if not holiday.any():
        return history, 1.0
    usual = _usual(history, holiday, cycle)
    learn = holiday & (usual > 0) & (np.arange(len(history)) >= 2 * cycle)
    size = float(usual[learn].mean()) if learn.any() else 0.0
    steps = SHRINK * cycle / 7
    share = (history[learn].sum() + steps * size) / (usual[learn].sum() + steps * size) if size else 1.0
    clean = np.where(holiday & (usual > 0), usual, history)
    return np.asarray(clean, dtype=np.float64), float(share)


def _usual(history: Floats, holiday: NDArray[np.bool_], cycle: int) -> Floats:
    """What like steps of the eight weeks before each brought that lie on no holiday, in the mean; 0 where all do."""
    seen = Rolling.of((~holiday).astype(np.float64), cycle).same_phase(8)[: len(history)]
    sums = Rolling.of(np.where(holiday, 0.0, history), cycle).same_phase(8)[: len(history)]
    return np.asarray(np.divide(sums, seen, out=np.zeros_like(sums), where=seen > 0), dtype=np.float64)
