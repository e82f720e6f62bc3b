"""The pattern of a week times the level, at every moment of a history: rolling sums, nothing fitted.

It looks at nothing from the start of a window on, and knows no outage.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from heller.damage.series import Floats

Ints: TypeAlias = NDArray[np.int64]

PATTERN_WEEKS = (4, 12)
LEVEL_WEEKS = 8  # the level everything is measured against


class Rolling(Struct, frozen=True):
    """Rolling sums of one history, made once."""

    values: Floats
    cycle: int
    sums: Floats  # sums[i] = values[:i].sum()

    @classmethod
    def of(cls, values: Floats, cycle: int) -> Rolling:
        """The cumulative sums of a history."""
        return cls(values, cycle, np.concatenate(([0.0], np.cumsum(values))))

    def level(self, weeks: int) -> Floats:
        """Mean of the last `weeks` weeks (or of all there are) before each step 0..n."""
        n = len(self.values)
        ends = np.arange(n + 1)
        # Whole weeks only: a part of a week would carry its weekdays into the level.
        length = np.minimum(weeks, ends // self.cycle) * self.cycle
        length = np.where(length == 0, np.maximum(ends, 1), length)
        return np.asarray((self.sums - self.sums[ends - np.minimum(length, ends)]) / length, dtype=np.float64)

    def same_phase(self, weeks: int) -> Floats:
        """Mean of the last `weeks` values of the same weekday (hour) before each step 0..n+cycle-1."""
        n, c = len(self.values), self.cycle
        rows = -(-(n + c) // c)
        padded = np.zeros(rows * c)
        padded[:n] = self.values
        seen = np.zeros(rows * c)
        seen[:n] = 1.0
        out = [np.zeros(rows * c), np.zeros(rows * c)]
        for kind, flat in enumerate((padded, seen)):
            below = np.vstack(
                (np.zeros((1, c)), np.cumsum(flat.reshape(rows, c), axis=0))
            )  # sums of rows above
            start = np.maximum(np.arange(rows) - weeks, 0)
            out[kind] = (below[:rows] - below[start]).ravel()
        return np.asarray((out[0] / np.maximum(out[1], 1.0))[: n + c], dtype=np.float64)


class Pattern(Struct, frozen=True):
    """The forecast before any adjustment: shapes of a week, each brought to the common level."""

    rolling: Rolling
    shapes: tuple[tuple[Floats, Floats], ...]  # the shape, and the level it was taken from
    level: Floats

    @classmethod
    def of(cls, rolling: Rolling) -> Pattern:
        """Shapes of PATTERN_WEEKS, level of LEVEL_WEEKS."""
        shapes = tuple((rolling.same_phase(weeks), rolling.level(weeks)) for weeks in PATTERN_WEEKS)
        return cls(rolling, shapes, rolling.level(LEVEL_WEEKS))

    def totals(self, starts: Ints, length: int) -> Floats:
        """What the windows that begin at `starts` would bring. Looks at nothing from the start on."""
        out = np.zeros(len(starts))
        for shape, level in self.shapes:
            sums = np.concatenate(([0.0], np.cumsum(shape)))
            whole, rest = divmod(length, self.rolling.cycle)
            week = sums[starts + self.rolling.cycle] - sums[starts]
            part = whole * week + sums[starts + rest] - sums[starts]
            out += part * _ratio(self.level[starts], level[starts])
        return out / len(self.shapes)

    def steps(self, count: int) -> Floats:
        """What each step from the end of the history on would bring."""
        n, phase = len(self.rolling.values), np.arange(count) % self.rolling.cycle
        parts = [shape[n + phase] * _ratio(self.level[n], level[n]) for shape, level in self.shapes]
        return np.asarray(np.mean(parts, axis=0), dtype=np.float64)

    def deviation(self, starts: Ints, length: int) -> Floats:
        """log(actual / forecast) of the windows' totals."""
        sums = self.rolling.sums
        return self.log_ratio(sums[starts + length] - sums[starts], self.totals(starts, length), length)

    def log_ratio(self, actual: Floats, expected: Floats, length: int) -> Floats:
        """log(actual / expected), kept finite where one of them is next to nothing."""
        floor = 0.002 * length * max(float(np.mean(self.rolling.values)), 1e-9)
        return np.log(np.maximum(actual, floor)) - np.log(np.maximum(expected, floor))


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.where(below > 0, above / np.where(below > 0, below, 1.0), 1.0), dtype=np.float64)
