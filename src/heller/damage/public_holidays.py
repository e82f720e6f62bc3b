"""Public holidays of a region: taken out of the history, put back after. Their effect is learnt, shrunk."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from heller import law
from heller.damage.pattern import Rolling
from heller.damage.series import Floats

SHRINK = 2.0  # usual days that stand against the holidays seen


def region_of(state: str | None) -> str | None:
    """'DE-NW' of 'NW', 'nrw' or 'Nordrhein-Westfalen'; None where no country that is known here has it."""
    return law.region(state) or None


def known_region(said: str | None) -> str | None:
    """A state by any of its names, or the code of a region of any country ('ES-MD', 'GB-ENG'); None where the
    library of public holidays does not know it."""
    if said is None:
        return None
    named = region_of(said)
    return named or (said if _holidays(said, (2024,)) else None)


@cache
def _holidays(region: str, years: tuple[int, ...]) -> frozenset[int]:
    import holidays

    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=years)
    except NotImplementedError:
        return frozenset()
    return frozenset(day.toordinal() for day in found)


def flags(first: datetime, step: timedelta, count: int, region: str | None) -> NDArray[np.bool_]:
    """Which steps from `first` on lie on a public holiday, shape (count,)."""
    if region is None or count == 0:
        return np.zeros(count, dtype=bool)
    last = first + step * (count - 1)
    found = _holidays(region, tuple(range(first.year, last.year + 1)))
    hours = first.hour + np.arange(count) * (step // timedelta(hours=1))
    return np.isin(first.toordinal() + hours // 24, np.array(sorted(found), dtype=np.int64))


def factor(history: Floats, holiday: NDArray[np.bool_], cycle: int) -> tuple[Floats, float]:
    """The history as if holidays were usual days, and what a holiday brings as a share of a usual day.

    The share is shrunk: SHRINK days at the usual level stand against the holidays that were seen.
    """
    if not holiday.any():
        return history, 1.0
    usual = Rolling.of(history, cycle).same_phase(8)[: len(history)]
    learn = holiday & (usual > 0) & (np.arange(len(history)) >= 2 * cycle)
    size = float(usual[learn].mean()) if learn.any() else 0.0
    steps = SHRINK * cycle / 7
    share = (history[learn].sum() + steps * size) / (usual[learn].sum() + steps * size) if size else 1.0
    clean = np.where(holiday & (usual > 0), usual, history)
    return np.asarray(clean, dtype=np.float64), float(share)
