"""What would have been sold: the loss of a window with its range, its backtest and a verdict.

Method and measurements: reference "loss-estimation". Deterministic: the same input gives the same
figures. It knows no money: values are whatever unit the series is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from msgspec import Struct

from heller.damage.catchup import DAYS, Returned, returned
from heller.damage.forecast import Forecast, forecast
from heller.damage.public_holidays import factor, flags
from heller.damage.series import CYCLES, Floats, moment, refused, step_of, values
from heller.model.damage import Backtest

LEVELS = (np.arange(400) + 0.5) / 400
SHIFT = 0.5  # how far the level of the days after moves the forecast of the window
NARROWER = 0.2  # and how much of the variance of its error it explains
LEAST_DAYS = 21  # below three weeks of history there is no weekly pattern to speak of


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

    @property
    def detectable(self) -> bool:
        """Whether the range excludes that nothing was lost."""
        return self.lo > 0


def estimate(
    history: Any,
    outage_start: date | datetime,
    outage_end: date | datetime,
    observed: Any,
    after: Any = (),
    freq: str = "D",
    holidays_region: str | None = None,
    controls: Sequence[Any] | None = None,
    level: float = 0.9,
    *,
    customers_return: bool | None = None,
) -> Estimate:
    """The net loss of turnover of an outage.

    history: takings per step up to the step before `outage_start`, shape (n,), at least three weeks.
    observed: takings from `outage_start` to before `outage_end`; what was sold in partial operation
    stands there and counts. after: takings from `outage_end` on, as far as known. Each is an array, a
    `Series`, or anything with `.to_numpy()`. freq: 'D' or 'h', on the wall clock of the site.
    holidays_region: 'DE-NW' and the like; None takes no public holidays out. controls: the same steps
    (history, window and after together) of sites that had no outage. customers_return: the answer to
    'can customers order later?'. Raises InputRefused where the series cannot be used.
    """
    step, cycle = step_of(freq), CYCLES[freq]
    start, end = moment(outage_start), moment(outage_end)
    past = values(history, None, freq)
    seen, later = values(observed, start, freq), values(after, end, freq)
    first = start - step * len(past)
    values(history, first, freq)  # its own start has to fit
    _check(past, seen, later, cycle, round((end - start) / step), level)
    others = [_control(c, first, freq, len(past) + len(seen)) for c in controls or ()]
    is_holiday = flags(first, step, len(past) + len(seen) + len(later), holidays_region)
    clean, drop = factor(past, is_holiday[: len(past)], cycle)
    ahead = max(len(later), DAYS * (cycle // 7))
    cut = forecast(clean, cycle, len(seen), ahead, others)
    usual = np.ones(len(seen) + ahead)
    known = is_holiday[len(past) :]
    usual[: len(known)] = np.where(known, drop, 1.0)
    return _result(past, seen, later, cut, cut.steps * usual, cycle, level, customers_return)


def _check(past: Floats, seen: Floats, later: Floats, cycle: int, length: int, level: float) -> None:
    for name, series in (("history", past), ("window", seen), ("time after", later)):
        if not np.isfinite(series).all():
            raise refused(f"the {name} has a value that is no number")
    if len(past) < LEAST_DAYS * cycle // 7:
        raise refused(f"the history is shorter than {LEAST_DAYS} days")
    if len(seen) != length or length < 1:
        raise refused(f"the window has {len(seen)} values, but {length} steps lie between start and end")
    if past.sum() <= 0:
        raise refused("nothing was sold in the history")
    if not 0.5 <= level <= 0.99:
        raise refused("the level of the range has to lie between 0.5 and 0.99")


def _control(given: Any, first: datetime, freq: str, least: int) -> Floats:
    out = values(given, first, freq)
    if len(out) < least or not np.isfinite(out).all():
        raise refused("a control does not cover history and window")
    return out


def _result(
    past: Floats,
    seen: Floats,
    later: Floats,
    cut: Forecast,
    steps: Floats,
    cycle: int,
    level: float,
    customers_return: bool | None,
) -> Estimate:
    window, day = len(seen), cycle // 7
    plain, sold = float(steps[:window].sum()), float(seen.sum())
    days = min(len(later) // day, DAYS)
    after_expected = steps[window : window + days * day].reshape(days, day).sum(axis=1)
    after_actual = later[: days * day].reshape(days, day).sum(axis=1)
    back = returned(plain - sold, after_expected, after_actual, cut.daily, cut.common, customers_return)
    tail = (1 - level) / 2
    net, gross, caught = _mixture(plain, sold, cut, back)
    lost = _quantiles(net, (tail, 0.5, 1 - tail))
    wide = _quantiles(gross, (tail, 0.5, 1 - tail))
    came = _quantiles(caught, (tail, 0.5, 1 - tail))
    expected = wide[1] + sold
    corrected = expected / plain if plain > 0 else 1.0
    band = 1.645 * float(np.hypot(cut.daily, cut.common))
    return Estimate(
        lost=lost[1],
        lo=lost[0],
        hi=lost[2],
        gross=wide[1],
        gross_lo=wide[0],
        gross_hi=wide[2],
        catch_up=wide[1] - lost[1],
        catch_up_lo=min(came[0], wide[1] - lost[1]),
        catch_up_hi=max(came[2], wide[1] - lost[1]),
        chance=back.chance,
        expected=expected,
        corrected=corrected,
        observed=sold,
        steps=steps * corrected,
        before=cut.before,
        band=min(band, 1.0),
        like=like(past, window, cycle),
        backtest=backtest(cut, level),
        level=level,
    )


def _mixture(
    expected: float, sold: float, cut: Forecast, back: Returned
) -> tuple[tuple[Floats, Floats], ...]:
    """Net loss, gross loss and catch-up as weighted points: every quantile of the error x every share."""
    error = cut.law.quantiles(LEVELS) * float(np.sqrt(1 - NARROWER * back.known))
    total = expected * np.exp(error[None, :] + SHIFT * back.shift[:, None])  # (share, quantile)
    gross = total - sold
    caught = np.maximum(gross, 0.0) * back.share[:, None]
    weight = np.repeat(back.weight[:, None] / len(LEVELS), len(LEVELS), axis=1).ravel()
    return tuple((points.ravel(), weight) for points in (gross - caught, gross, caught))


def _quantiles(points: tuple[Floats, Floats], levels: tuple[float, ...]) -> list[float]:
    """Quantiles of weighted points."""
    value, weight = points
    order = np.argsort(value, kind="stable")
    below = np.cumsum(weight[order]) - 0.5 * weight[order]
    return [float(q) for q in np.interp(levels, below, value[order])]


def like(past: Floats, window: int, cycle: int, count: int = 8) -> Floats:
    """The last values of the same weekday (hour) for each step of the window, newest first, else NaN."""
    out = np.full((window, count), np.nan)
    for i in range(window):
        at = len(past) + i % cycle - cycle * np.arange(1, count + 1)
        out[i, at >= 0] = past[at[at >= 0]]
    return out


def backtest(cut: Forecast, level: float) -> Backtest:
    """How the method did on quiet windows of the same length: out of sample, weighed as in the estimate."""
    error, weight = cut.windows.error, cut.windows.weight / cut.windows.weight.sum()
    tail = (1 - level) / 2
    low, high = cut.law.quantiles(np.array([tail, 1 - tail]))
    off = np.expm1(-error)  # (forecast - actual) / actual
    order = np.argsort(np.abs(off))
    median = np.interp(0.5, np.cumsum(weight[order]), np.abs(off)[order])
    return Backtest(
        windows=len(error),
        effective=round(cut.windows.effective, 1),
        median_error=float(median),
        worst_error=float(np.max(np.abs(off))),
        bias=float(np.sum(weight * off)),
        coverage=float(np.sum(weight * ((error >= low) & (error <= high)))),
        detectable=float(max(0.0, -np.expm1(low))),
    )
