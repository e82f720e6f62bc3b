"""How the errors of days hang together: a day's own noise, its echo on the days after, and a level that wanders.

One law for the window and for the days after it, from the firm's own past, so that what these days say of the level is
weighed as it deserves: the farther from the history, the less a shift of the level surprises. It knows no outage.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from heller.damage.pattern import Ints, Pattern
from heller.damage.series import Floats

HALF_LIFE = 180.0  # days after which a day says half as much
ECHO, ECHO_DAYS = 0.3, 20.0  # the echo to begin with, and the days that stand behind it
GROWTH, GROWTH_WEEKS = (
    0.1,
    6.0,
)  # of the variance of a week that a week adds, and the weeks that stand behind it
WANDERS = 0.5  # of a day's noise that echoes; the rest is its own
GAPS = 6  # weeks ahead at which the level is looked at


class Joint(NamedTuple):
    """Covariances, relative to what was expected: of the days after, of the window's mean with them, of that mean."""

    after: Floats  # (days, days)
    both: Floats  # (days,)
    window: float


class Drift(Struct, frozen=True):
    """`day`: the standard deviation of a day; `echo`: how much of it is found on the next day; `level`: the variance of
    the level in the first week ahead; `growth`: by how much it grows with each day."""

    day: float
    echo: float
    level: float
    growth: float

    @classmethod
    def of(cls, pattern: Pattern, first: int) -> Drift:
        """The law of a history, from the step `first` on."""
        cycle = pattern.rolling.cycle
        day, n = cycle // 7, len(pattern.rolling.values)
        starts = np.arange(n - day, min(first, n - day) - 1, -day)[::-1]
        off = _off(pattern, starts, day)
        weight = 0.5 ** ((n - starts) / (HALF_LIFE * day))
        own = float(np.sum(weight * off**2) / weight.sum()) + 1e-6
        lag = (
            float(np.sum(weight[1:] * off[1:] * off[:-1]) / (weight[1:].sum() * own)) if len(off) > 1 else 0.0
        )
        days = float(weight.sum())
        echo = float(np.clip((days * lag + ECHO_DAYS * ECHO) / (days + ECHO_DAYS), 0.0, 0.8))
        week, growth = _level(pattern, min(first, n - cycle), own)
        return cls(own**0.5, echo, max(week - 0.5 * own / 7, 0.2 * week), growth)

    def joint(self, window: float, days: int) -> Joint:
        """The law of a window of so many days (a part of one counts) and of the days after it."""
        whole = int(np.ceil(window)) if window >= 1 else 1
        inside = np.arange(whole) + 0.5 if window >= 1 else np.array([window / 2])
        at = np.concatenate((inside, max(window, inside[-1]) + np.arange(days) + 0.5))
        apart = np.abs(at[:, None] - at[None, :])
        noise = (1 - WANDERS) * np.eye(len(at)) + WANDERS * self.echo**apart
        law = self.day**2 * noise + self.level + self.growth * np.minimum(at[:, None], at[None, :])
        mean = float(law[:whole, :whole].mean()) + (self.day**2 * (1 / window - 1) if window < 1 else 0.0)
        return Joint(law[whole:, whole:], law[:whole, whole:].mean(axis=0), mean)


def scaled(off: Floats, expected: Floats) -> Floats:
    """Deviations of days against a size between proportional and constant noise."""
    mean = float(expected.mean()) or 1.0
    return np.asarray(off / np.maximum(np.sqrt(np.maximum(expected, 0) * mean), 0.2 * mean), dtype=np.float64)


def _off(pattern: Pattern, starts: Ints, length: int) -> Floats:
    """How far single days were off, seen from the moment before; a day counts at most twice its usual size."""
    expected = pattern.totals(starts, length)
    size = float(np.mean(expected)) or 1.0
    sums = pattern.rolling.sums
    return scaled(np.clip(sums[starts + length] - sums[starts] - expected, -2 * size, 2 * size), expected)


def _level(pattern: Pattern, first: int, own: float) -> tuple[float, float]:
    """Variance of the first week ahead and what each further day adds, drawn toward a tenth of it a week."""
    cycle, n = pattern.rolling.cycle, len(pattern.rolling.values)
    day, sums = cycle // 7, pattern.rolling.sums
    size = float(np.mean(pattern.rolling.values)) * cycle or 1.0
    found, weeks = [], []
    for gap in range(GAPS):
        starts = np.arange(first, n - (gap + 1) * cycle + 1, day)
        if len(starts) < 4:
            break
        until = pattern.totals(starts, (gap + 1) * cycle)
        expected = until - pattern.totals(starts, gap * cycle) if gap else until
        came = sums[starts + (gap + 1) * cycle] - sums[starts + gap * cycle]
        off = np.clip(came / np.maximum(expected, 0.02 * size) - 1, -1, 1.5)
        weight = 0.5 ** ((n - starts) / (HALF_LIFE * day))
        found.append(float(np.sum(weight * off**2) / weight.sum()))
        weeks.append(max(float(weight.sum()) / 7 / (1 + gap), 0.5))
    if not found:
        found, weeks = [own / 7 + 0.01], [0.5]
    variance, worth, ahead = np.array(found), np.array(weeks), 7.0 * np.arange(len(found))
    behind = GROWTH_WEEKS * 49
    seen = float(np.sum(worth * ahead * (variance - variance[0])))
    growth = (seen + behind * GROWTH * found[0] / 7) / (float(np.sum(worth * ahead**2)) + behind)
    return found[0], max(growth, 0.0)
