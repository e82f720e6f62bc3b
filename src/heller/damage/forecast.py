"""What would have come: weekly pattern times level, with the error it made in the firm's own past.

Method: reference "loss-estimation", sections 1 to 4. Everything is a rolling sum over the history;
nothing is fitted by iteration and nothing is drawn at random. It knows no outage and no money.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import NormalDist

import numpy as np
from msgspec import Struct

from heller.damage.drift import HALF_LIFE, Drift
from heller.damage.pattern import Ints, Pattern, Rolling
from heller.damage.series import Floats

PRIOR_WINDOWS = 4.0  # pseudo-windows behind the scale that shorter windows suggest
UNSURE = 2.0  # over the independent windows: how much wider the range is because there are so few
OTHER_LEVELS = ((1, 0.50), (3, 0.25), (26, 0.05))  # weeks, and how far they are trusted to begin with
LAST_YEAR = 0.15
LAST_DAYS = 0.20
LAST_DAY = 0.15  # of one day's window; it fades with the root of the length
TRUST = 0.35  # how far the weights may be off, as a standard deviation
FOLDS = 5
CLOSED = 1.0  # a log error beyond this is a shop that was shut or opened again: it counts as this much
RECENT = 28  # days whose errors tell how restless the business is now
CALM = 14  # days of the usual error that stand against them
CLUSTER = 0.6  # how far the scale follows


class Error(Struct, frozen=True):
    """The law of log(actual / forecast) of a window's total: a two-piece Student t around nothing.

    The mean error of the past is not taken over: after a change of level it would claim the change
    twice, and on real series it bought nothing.
    """

    down: float
    up: float
    freedom: float

    def quantiles(self, levels: Floats) -> Floats:
        """The log error at some levels between 0 and 1."""
        t = student(levels, self.freedom)
        return np.asarray(np.where(t < 0, t * self.down, t * self.up), dtype=np.float64)


class Windows(Struct, frozen=True):
    """Placebo windows: `error` is log(actual / forecast) out of sample, `weight` how much each one says."""

    error: Floats
    weight: Floats
    total: Floats
    effective: float


class Forecast(Struct, frozen=True):
    """`steps` is what was to be expected in each step of the window and after it, `before` what each of
    the last four weeks' days was expected to bring from the days before it, `law` the error of the
    window's total, `daily`, `single` and `common` the standard deviations of one day's own error, of one
    step's, and of the level, all relative; `drift` is how the errors of days hang together."""

    steps: Floats
    before: Floats
    law: Error
    windows: Windows
    daily: float
    single: float
    common: float
    drift: Drift


@cache
def _normal_quantiles(levels: tuple[float, ...]) -> Floats:
    return np.array([NormalDist().inv_cdf(level) for level in levels])


def student(levels: Floats, freedom: float) -> Floats:
    """Quantiles of Student's t, by Cornish and Fisher's expansion; good to 0.1 % from 6 degrees on.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
    """
    z, v = _normal_quantiles(tuple(levels.tolist())), freedom
    return np.asarray(
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3),
        dtype=np.float64,
    )


def features(
    pattern: Pattern, starts: Ints, length: int, controls: Floats | None = None
) -> tuple[Floats, Floats]:
    """What may move the level of a window, one column each, and how far each is trusted to begin with.

    Columns: the levels of OTHER_LEVELS against the common level; how far the last three days and the last one were
    off;
    what last year's same weeks did against their own forecast; what each control did in the window.
    """
    columns = [
        pattern.log_ratio(pattern.rolling.level(weeks)[starts], pattern.level[starts], 1)
        for weeks, _ in OTHER_LEVELS
    ]
    trust = [share for _, share in OTHER_LEVELS]
    days = 3 * pattern.rolling.cycle // 7
    columns.append(pattern.deviation(np.maximum(starts - days, 0), days))
    trust.append(LAST_DAYS)
    day = pattern.rolling.cycle // 7
    last = np.clip(pattern.deviation(np.maximum(starts - day, 0), day), -CLOSED, CLOSED)
    columns.append(last / max(1.0, length / day) ** 0.5)
    trust.append(LAST_DAY)
    year, margin = 52 * pattern.rolling.cycle, pattern.rolling.cycle
    if len(pattern.rolling.values) > year + 8 * margin:
        back = starts - year - margin
        known = back >= 8 * margin
        columns.append(np.where(known, pattern.deviation(np.where(known, back, 0), length + 2 * margin), 0.0))
        trust.append(LAST_YEAR)
    if controls is not None:
        columns += list(controls)
        trust += [1.0 / (len(controls) + 0.5)] * len(controls)
    return np.column_stack(columns), np.array(trust)


def ridge(x: Floats, y: Floats, weight: Floats, prior: Floats, effective: float) -> Floats:
    """Weights of the features, drawn toward the prior: the fewer independent windows, the more.

    Bayesian linear regression with noise var(y - x prior) and prior standard deviation TRUST.
    """
    rest = y - x @ prior
    scale = weight * (effective / weight.sum())
    noise = float(np.sum(scale * rest**2) / max(effective, 1.0)) + 1e-9
    gram = (x * scale[:, None]).T @ x / noise + np.eye(x.shape[1]) / TRUST**2
    return np.asarray(prior + np.linalg.solve(gram, (x * scale[:, None]).T @ rest / noise), dtype=np.float64)


def weigh(starts: Ints, n: int, length: int, cycle: int) -> tuple[Floats, float]:
    """How much each placebo window says, and how many independent ones they are worth together.

    Recent ones say more; short windows of another weekday (another hour) much less. Overlapping
    windows share their days, so no more than history / length of them are independent.
    """
    day = cycle // 7
    weight = 0.5 ** ((n - length - starts) / (HALF_LIFE * day))
    phase = (n - starts) % (cycle if day == 1 else day) != 0
    if length < cycle:
        weight = weight * np.where(phase, 0.3 if day == 1 else 0.1, 1.0)
    spread = float(weight.sum() ** 2 / np.sum(weight**2))
    return weight, max(1.0, min(spread, spread * max(cycle / 7, 1) / length, (n - starts[0]) / length))


def alike(pattern: Pattern, starts: Ints, n: int, length: int) -> Floats:
    """How far a placebo window resembles the window in what it sells: quiet hours err by more."""
    expected = pattern.totals(starts, length)
    wanted = float(pattern.totals(np.array([n]), length)[0])
    return np.clip(expected / wanted, 0.02, 1.0) ** 2 if wanted > 0 else np.ones(len(starts))


def restlessness(pattern: Pattern, cycle: int, at: Ints) -> Floats:
    """How much more (or less) than usual single days were off in the four weeks before each moment.

    Errors come in clusters: a business in turmoil is forecast worse than its calm years say.
    """
    n, day = len(pattern.rolling.values), cycle // 7
    first = min(_first(n, cycle), n - day)
    off = pattern.deviation(np.arange(first, n - day + 1), day) ** 2
    usual = float(off.mean()) + 1e-9
    sums = np.concatenate(([0.0], np.cumsum(off)))
    last = np.clip(at - day + 1 - first, 0, len(off))
    begun = np.maximum(last - RECENT * day, 0)
    shrunk = (sums[last] - sums[begun] + CALM * day * usual) / ((last - begun) + CALM * day)
    return np.asarray((shrunk / usual) ** (CLUSTER / 2), dtype=np.float64)


def law_of(error: Floats, weight: Floats, effective: float, hint: float) -> Error:
    """The law of the error: scale shrunk toward `hint`, two pieces, n + 7 degrees of freedom, the wider the fewer
    independent windows there are."""
    share = weight / weight.sum()
    scale2 = (effective * float(np.sum(share * error**2)) + PRIOR_WINDOWS * hint**2) / (
        effective + PRIOR_WINDOWS
    )
    pieces = []
    for side in (error < 0, error > 0):
        own = float(np.sum(share * error**2 * side)) / max(float(np.sum(share * side)), 1e-9)
        pieces.append(
            float(np.sqrt((effective * own + 8 * scale2) / (effective + 8))) if side.any() else scale2**0.5
        )
    wider = (1 + UNSURE / effective) ** 0.5
    return Error(max(wider * pieces[0], 1e-4), max(wider * pieces[1], 1e-4), effective + 7)


def out_of_sample(x: Floats, y: Floats, weight: Floats, prior: Floats, effective: float) -> Floats:
    """Errors of each fifth of the history with the weights that the other four fifths give."""
    error = np.zeros(len(y))
    for part in np.array_split(np.arange(len(y)), FOLDS):
        others = np.ones(len(y), dtype=bool)
        others[part] = False
        if len(part) and others.any():
            beta = ridge(x[others], y[others], weight[others], prior, effective * (1 - 1 / FOLDS))
            error[part] = y[part] - x[part] @ beta
    return error


def forecast(
    history: Floats, cycle: int, length: int, ahead: int, controls: Sequence[Floats] = ()
) -> Forecast:
    """What a window of `length` steps right after the history, and `ahead` steps after it, would bring.

    history: takings per step, shape (n,), public holidays taken out. cycle: steps of a week. controls:
    other sites, each shape (n + length + ahead,), in the same steps. Needs two weeks at least.
    """
    n = len(history)
    pattern = Pattern.of(Rolling.of(history, cycle))
    own = [Pattern.of(Rolling.of(control, cycle)) for control in controls]
    shorter = _usable(n, cycle, length)
    starts = np.arange(min(_first(n, cycle), n - shorter), n - shorter + 1)
    weight, effective = weigh(starts, n, shorter, cycle)
    weight = weight * alike(pattern, starts, n, shorter)
    x, prior = features(pattern, starts, shorter, _controls(own, starts, shorter))
    y = np.clip(pattern.deviation(starts, shorter), -CLOSED, CLOSED)
    beta = ridge(x, y, weight, prior, effective)
    unrest = restlessness(pattern, cycle, np.append(starts, n))
    error = out_of_sample(x, y, weight, prior, effective) / unrest[:-1] * unrest[-1]
    error = np.clip(error, -CLOSED, CLOSED)
    now, _ = features(pattern, np.array([n]), length, _controls(own, np.array([n]), length))
    daily, single, common = _noise(pattern, cycle)
    grow = (length / shorter) ** 0.25 if shorter < length else 1.0
    law = law_of(error * grow, weight, effective, _hint(pattern, shorter, cycle, common) * grow)
    factor = float(np.exp(np.clip((now @ beta)[0], -1.5, 1.5)))
    sums = pattern.rolling.sums
    return Forecast(
        pattern.steps(length + ahead) * factor,
        pattern.totals(np.arange(max(cycle, n - 4 * cycle), n, cycle // 7), cycle // 7),
        law,
        Windows(error, weight, sums[starts + shorter] - sums[starts], effective),
        daily,
        single,
        common,
        Drift.of(pattern, _first(n, cycle)),
    )


def _first(n: int, cycle: int) -> int:
    """Where the placebo windows begin: after eight weeks where the history allows, else after two."""
    return 8 * cycle if n >= 20 * cycle else 4 * cycle if n >= 10 * cycle else 2 * cycle


def _usable(n: int, cycle: int, length: int) -> int:
    """The length of placebo windows: the window's own, or what a short history still holds three times."""
    return max(1, min(length, (n - _first(n, cycle)) // 3))


def _controls(own: Sequence[Pattern], starts: Ints, length: int) -> Floats | None:
    return np.array([control.deviation(starts, length) for control in own]) if own else None


def _noise(pattern: Pattern, cycle: int) -> tuple[float, float, float]:
    """Relative standard deviations: one day's own, one step's own, and the level of a fortnight."""
    n = len(pattern.rolling.values)
    long = _usable(n, cycle, 2 * cycle)
    late = np.arange(min(_first(n, cycle), n - long), n - long + 1)
    weight, _ = weigh(late, n, long, cycle)
    common = float(np.sqrt(np.sum(weight * pattern.deviation(late, long) ** 2) / weight.sum()))
    daily = _own(pattern, cycle, cycle // 7)
    single = _own(pattern, cycle, 1) if cycle > 7 else daily
    return max(daily, 0.02), max(single, 0.02), max(common, 0.02)


def _own(pattern: Pattern, cycle: int, length: int) -> float:
    """How far stretches of `length` steps are off by themselves, large misses held back."""
    n = len(pattern.rolling.values)
    starts = np.arange(min(_first(n, cycle), n - length), n - length + 1, length)
    expected = pattern.totals(starts, length)
    off = pattern.rolling.sums[starts + length] - pattern.rolling.sums[starts] - expected
    size = float(np.mean(expected)) or 1.0
    off = np.clip(off, -2 * size, 2 * size)
    return float(np.sqrt(np.sum(off**2) / max(float(np.sum(expected**2)), 1e-9)))


def _hint(pattern: Pattern, length: int, cycle: int, common: float) -> float:
    """The scale that shorter windows suggest, of which the history holds more: it falls with length^(1/4)."""
    n, short = len(pattern.rolling.values), max(cycle // 7, length // 3)
    if short >= length:
        return common
    starts = np.arange(min(_first(n, cycle), n - short), n - short + 1)
    x, prior = features(pattern, starts, short)
    weight, _ = weigh(starts, n, short, cycle)
    error = pattern.deviation(starts, short) - x @ prior
    return float(np.sqrt(np.sum(weight * error**2) / weight.sum()) * (short / length) ** 0.25)
