"""What would have been sold: the loss of a window with its range, its backtest and a verdict.

Method and measurements: reference "loss-estimation". Deterministic: the same input gives the same
figures. It knows no money: values are whatever unit the series is in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
from msgspec.structs import replace

from heller.damage.catchup import DAYS, PRIOR, UNASKED, Prior, Returned, weigh
from heller.damage.estimates import Estimate, Window
from heller.damage.explanation import explain
from heller.damage.forecast import Forecast, forecast
from heller.damage.public_holidays import factor, flags, region_of
from heller.damage.series import CYCLES, Floats, fill, moment, refusal, step_of, times_of, values
from heller.model.damage import Backtest
from heller.model.text import Text, text

LEVELS = (np.arange(400) + 0.5) / 400
MOST_HOLES = 0.25  # of the history may be without a figure
LEAST_DAYS = 21  # below three weeks of history there is no weekly pattern to speak of


def estimate(
    history: Any,
    outage_start: date | datetime | str,
    outage_end: date | datetime | str,
    observed: Any,
    after: Any = (),
    freq: str = "D",
    holidays: str | Collection[date] | None = None,
    controls: Any = None,
    level: float = 0.9,
    *,
    customers_return: bool | tuple[float, float] | None = None,
    returning: float = UNASKED,
) -> Estimate:
    """The net loss of turnover of an outage.

    history: takings per step up to the step before `outage_start`, shape (n,), at least three weeks; NaN
    where a figure is missing.
    observed: takings from `outage_start` to before `outage_end`; what was sold in partial operation
    stands there and counts. after: takings from `outage_end` on, as far as known. Each is an array, a
    `Series`, or anything with `.to_numpy()` (pandas, polars). freq: 'D' or 'h', on the wall clock of the site.
    holidays: 'DE-NW' and the like, or the days themselves; None takes none out. controls: a frame, a mapping
    or a list of the same steps (history, window and after together) of sites that had no outage.
    customers_return: the answer to 'can customers order later?', or the shares between which it lies; returning: the
    chance that they do where nobody answered, as the trade has it. Raises InputRefused where the series cannot be used.
    """
    step, cycle = step_of(freq), CYCLES[freq]
    start, end = moment(outage_start), moment(outage_end)
    past, seen, later = values(history, None, freq), values(observed, start, freq), values(after, end, freq)
    first = start - step * len(past)
    values(history, first, freq)  # its own start has to fit
    _check(past, seen, later, cycle, round((end - start) / step), level)
    later, cut_off = _until_unknown(later)
    past, holes = fill(past, cycle)
    given = Window(start, end, step, seen, later, len(past))
    others = [_control(c, first, freq, cycle, len(past) + len(seen)) for c in _columns(controls)]
    free = region_of(holidays) if isinstance(holidays, str) else holidays
    is_holiday = flags(first, step, len(past) + len(seen) + len(later), free)
    clean, drop = factor(past, is_holiday[: len(past)], cycle)
    ahead = max(len(later), DAYS * (cycle // 7))
    cut = forecast(clean, cycle, len(seen), ahead, others)
    usual = np.ones(len(seen) + ahead)
    known = is_holiday[len(past) :]
    usual[: len(known)] = np.where(known, drop, 1.0)
    prior = PRIOR[customers_return] if isinstance(customers_return, bool) else customers_return
    sold, would = float(seen.sum()), float((cut.steps * usual)[: len(seen)].sum())
    comes_later = _unasked(returning, would, sold) if prior is None else prior
    notes = _notes(holes, cut_off, holidays if isinstance(holidays, str) and free is None else None)
    plain = np.where(is_holiday[: len(past)], np.nan, past)
    found = _result(plain, given, cut, cut.steps * usual, cycle, level, comes_later, notes)
    window = slice(len(seen))
    free_days = float((cut.steps[window] * (usual[window] - 1)).sum())
    return replace(found, words=(*explain(found), *notes), holidays=free_days)


def _unasked(returning: float, would: float, sold: float) -> float:
    """The chance that something comes back afterwards, where nobody said: of the share of business that went on, part
    was put off by hours only and stands in what was sold meanwhile."""
    return returning * float(np.clip(1 - sold / would, 0.0, 1.0)) if would > 0 else returning


def _check(past: Floats, seen: Floats, later: Floats, cycle: int, length: int, level: float) -> None:
    if np.isinf(past).any() or np.isinf(later).any() or not np.isfinite(seen).all():
        raise refusal("a figure is missing in the window, or is no number; write 0 where nothing was sold")
    if np.isnan(past).mean() > MOST_HOLES:
        raise refusal("more than a quarter of the history has no figures")
    if len(past) < LEAST_DAYS * cycle // 7:
        raise refusal(f"the history is shorter than {LEAST_DAYS} days")
    if len(seen) != length or length < 1:
        raise refusal(f"the window has {len(seen)} values, but {length} steps lie between start and end")
    if past.sum() <= 0:
        raise refusal("nothing was sold in the history")
    if not 0.5 <= level <= 0.99:
        raise refusal("the level of the range has to lie between 0.5 and 0.99")


def _columns(controls: Any) -> list[Any]:
    """The controls one by one: of a frame (pandas, polars) or a mapping its columns, else as they are."""
    if controls is None:
        return []
    names = controls.keys() if isinstance(controls, Mapping) else getattr(controls, "columns", None)
    return list(controls) if names is None else [controls[name] for name in names]


def _control(given: Any, first: datetime, freq: str, cycle: int, least: int) -> Floats:
    """One control from the first step of the history on; what lies before it is cut off."""
    times = times_of(given)
    early = round((first - times[0]) / step_of(freq)) if times and times[0] < first else 0
    out = values(given, None if early else first, freq)[early:]
    if len(out) < least or np.isinf(out).any() or np.isnan(out).mean() > MOST_HOLES:
        raise refusal("a control does not cover history and window")
    return fill(out, cycle)[0]


def _until_unknown(later: Floats) -> tuple[Floats, int]:
    """The time after the outage up to the first step without a figure, and how many steps were cut off."""
    holes = np.flatnonzero(np.isnan(later))
    kept = int(holes[0]) if len(holes) else len(later)
    return later[:kept], len(later) - kept


def _notes(holes: int, cut_off: int, unknown: str | None) -> tuple[Text, ...]:
    """What was mended in the figures, so that nobody finds it first."""
    notes = []
    if holes:
        notes.append(
            text(
                "{n} steps of the history had no figure; each counts as the mean of the like steps around it.",
                "One step of the history had no figure; it counts as the mean of the like steps around it.",
                n=holes,
            )
        )
    if cut_off:
        notes.append(
            text("After the outage {n} steps from the first missing figure on were not used.", n=cut_off)
        )
    if unknown:
        notes.append(
            text("The region {region} is not known; public holidays were not taken out.", region=unknown)
        )
    return tuple(notes)


def _result(
    past: Floats,
    given: Window,
    cut: Forecast,
    steps: Floats,
    cycle: int,
    level: float,
    comes_later: Prior,
    notes: tuple[Text, ...],
) -> Estimate:
    window, day = len(given.observed), cycle // 7
    plain, sold = float(steps[:window].sum()), float(given.observed.sum())
    days = min(len(given.after) // day, DAYS)
    after_expected = steps[window : window + days * day].reshape(days, day).sum(axis=1)
    after_actual = given.after[: days * day].reshape(days, day).sum(axis=1)
    back = weigh(plain - sold, after_expected, after_actual, cut.drift, window / day, comes_later)
    tail = (1 - level) / 2
    net, gross, caught = _mixture(plain, sold, cut, back)
    lost = _quantiles(net, (tail, 0.5, 1 - tail))
    wide = _quantiles(gross, (tail, 0.5, 1 - tail))
    came = _quantiles(caught, (tail, 0.5, 1 - tail))
    expected = wide[1] + sold
    corrected = expected / plain if plain > 0 else 1.0
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
        band=_band(cut.daily, cut.common),
        like=like(past, window, cycle),
        backtest=backtest(cut, level),
        level=level,
        given=given,
        single=_band(cut.single, cut.common),
        notes=notes,
    )


def _band(noise: float, common: float) -> float:
    """How far nine of ten steps may be off, as a share: their own noise and the level's."""
    return min(1.645 * float(np.hypot(noise, common)), 1.0)


def _mixture(
    expected: float, sold: float, cut: Forecast, back: Returned
) -> tuple[tuple[Floats, Floats], ...]:
    """Net loss, gross loss and catch-up as weighted points: every quantile of the error x every share."""
    error = cut.law.quantiles(LEVELS) * float(np.sqrt(1 - back.known))
    total = expected * np.exp(error[None, :] + back.shift[:, None])  # (share, quantile)
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
    """The last values of the same weekday (hour) for each step of the window, newest first, else NaN; those of `past`
    that are NaN are passed over."""
    out = np.full((window, count), np.nan)
    for i in range(window):
        back = past[len(past) + i % cycle - cycle :: -cycle] if len(past) + i % cycle >= cycle else past[:0]
        found = back[np.isfinite(back)][:count]
        out[i, : len(found)] = found
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
