"""What an estimate finds: net loss with its range, the path, the table of like days. Nouns of the baseline."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from msgspec import Struct

from heller.damage.series import Floats
from heller.model.damage import Backtest
from heller.model.text import Text


class Window(Struct, frozen=True):
    """What was handed in: the window on the wall clock, its values and those after it, the length of the
    history in steps."""

    start: datetime
    end: datetime
    step: timedelta
    observed: Floats
    after: Floats
    history: int


class PathStep(Struct, frozen=True):
    """One step: what was to be expected, its band, what came."""

    at: datetime
    expected: float
    lo: float
    hi: float
    actual: float


class LikeStep(Struct, frozen=True):
    """One row of the table drawn up by hand: the last like steps (newest first) and their mean, then the
    forecast and what came."""

    at: datetime
    comparable: tuple[float, ...]
    mean: float
    expected: float
    actual: float


class Estimate(Struct, frozen=True):
    """The net loss of a window and of the recovery after it, in the unit of the series.

    `lost` = `gross` - `catch_up` (likely); `lo` and `hi` hold the truth in `level` of all cases.
    `expected` = `observed` + `gross` is the forecast times `corrected`, the factor by which the days
    after move it. `steps`: what was to be expected in each step of the window and after it; `before`:
    what was forecast for each of the last four weeks' days from the days before it; `band`: how far a
    single day may be off, as a share. `chance` is the chance that anything came back.
    """

    lost: float
    lo: float
    hi: float
    gross: float
    gross_lo: float
    gross_hi: float
    catch_up: float
    catch_up_lo: float
    catch_up_hi: float
    chance: float
    expected: float
    corrected: float
    observed: float
    steps: Floats
    before: Floats
    band: float
    like: Floats  # (steps of the window, up to 8): the last values of the same weekday, newest first
    backtest: Backtest
    level: float
    given: Window
    single: float  # how far a single step may be off, as a share
    notes: tuple[Text, ...] = ()  # what was mended in the figures
    holidays: float = 0.0  # what public holidays in the window change of its takings
    words: tuple[Text, ...] = ()  # what was done, how well it does on the past, what it cannot see

    @property
    def detectable(self) -> bool:
        """Whether the range excludes that nothing was lost."""
        return self.lo > 0

    @property
    def path(self) -> tuple[PathStep, ...]:
        """Every step of the window and of the known time after it: expected with its band, and what came."""
        came = [*self.given.observed, *self.given.after]
        return tuple(
            PathStep(
                self.given.start + i * self.given.step,
                wanted,
                max(wanted * (1 - self.single), 0.0),
                wanted * (1 + self.single),
                float(came[i]),
            )
            for i, wanted in enumerate(self.steps[: len(came)].tolist())
        )

    @property
    def like_days(self) -> tuple[LikeStep, ...]:
        """The table that a loss adjuster draws up by hand, the forecast beside it."""
        rows = (tuple(float(v) for v in row if np.isfinite(v)) for row in self.like)
        return tuple(
            LikeStep(
                self.given.start + i * self.given.step,
                row,
                sum(row) / len(row) if row else 0.0,
                float(self.steps[i]),
                float(self.given.observed[i]),
            )
            for i, row in enumerate(rows)
        )
