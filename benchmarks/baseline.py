"""Holds the baseline against its peers on real series with an outage cut in, all in one run.

    python -m benchmarks.baseline --samples DIR [--more DIR] [--cases 240] [--seed 1] [--only heller,weekday] [--unseen]
                                  [--causal-impact PYTHON]

The series are those of `business_series`. Peers: the mean of eight like days, statsforecast (AutoETS, AutoARIMA,
MSTL), statsmodels' UnobservedComponents, CausalImpact where an interpreter that has it is named; a peer that is not
installed is left out and named. By the hour all peers are given both seasons but CausalImpact, which takes one;
AutoARIMA and UnobservedComponents are given the public holidays too. Scores are in per cent of the true gross loss, as
in Gneiting and Raftery (2007) for the interval score: width + 20 x the miss of a 90 % range. Nobody is told the
scenario.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import holidays as library
import numpy as np
from benchmarks.business_series import STEP, Floats, at_hand, region

from heller.damage.baseline import estimate

SCENARIOS = ("total", "partial", "catch-up")
DRAWS = 400


class Case(NamedTuple):
    """A window of a real series in which an outage is pretended; `truth` is the net loss."""

    series: str
    scenario: str
    freq: str
    start: datetime
    history: Floats
    observed: Floats
    after: Floats
    gross: float
    truth: float


class Found(NamedTuple):
    """What a method says: net loss and its 90 % range."""

    lost: float
    lo: float
    hi: float
    seconds: float | None = None  # where another process counted them


Method = Callable[[Case], Found]


def cases(data: dict[tuple[str, str], tuple[datetime, Floats]], count: int, seed: int) -> Iterator[Case]:
    """Half of them by the day, half by the hour; the three scenarios in equal parts."""
    chance = np.random.default_rng(seed)
    daily, hourly = (sorted(key for key in data if key[1] == freq) for freq in "Dh")
    made = 0
    while made < count:
        keys = hourly if made % 3 == 2 else daily
        case = cut(chance, keys[int(chance.integers(len(keys)))], data, SCENARIOS[made // 3 % 3])
        if case is not None:
            made += 1
            yield case


def cut(
    chance: np.random.Generator,
    key: tuple[str, str],
    data: dict[tuple[str, str], tuple[datetime, Floats]],
    scenario: str,
) -> Case | None:
    """One outage at a random place; None where next to nothing is sold there anyway."""
    (name, freq), (first, values) = key, data[key]
    day = 1 if freq == "D" else 24
    length = int(chance.integers(1, 22) if freq == "D" else chance.integers(4, 97))
    back = day * int(chance.integers(60, 731) if freq == "D" else chance.integers(28, 181))
    ahead = 28 * day
    back = min(back, (len(values) - length - ahead) * 2 // 3)  # else a short series has but one place for it
    at = int(chance.integers(back, len(values) - length - ahead))
    usual, after = values[at : at + length], values[at + length : at + length + ahead].copy()
    if usual.sum() < 0.1 * length * values[at - back : at].mean():
        return None
    seen = usual * chance.uniform(0.2, 0.7) if scenario == "partial" else np.zeros(length)
    gross = float((usual - seen).sum())
    share = chance.uniform(0.2, 0.6) if scenario == "catch-up" else 0.0
    returned(after, share * gross, chance, day)
    start = first + at * STEP[freq]
    return Case(name, scenario, freq, start, values[at - back : at], seen, after, gross, gross * (1 - share))


def returned(after: Floats, amount: float, chance: np.random.Generator, day: int) -> None:
    """Spread what comes back over one to two weeks, in the hours in which people buy."""
    days = int(chance.integers(7, 15))
    fading = np.exp(-np.arange(days) / chance.uniform(2, 7))
    for i, part in enumerate(amount * fading / fading.sum()):
        hours = after[i * day : (i + 1) * day]
        usual = hours.sum()
        hours += part * (hours / usual if usual > 0 else 1 / day)


def free_days(case: Case) -> set[date]:
    """The public holidays where the series comes from."""
    return _free(region(case.series), case.start.year)


@cache
def _free(where: str, year: int) -> set[date]:
    country, _, part = where.partition("-")
    return set(library.country_holidays(country, subdiv=part or None, years=range(year - 12, year + 2)))


def heller(case: Case) -> Found:
    """Ours."""
    end = case.start + len(case.observed) * STEP[case.freq]
    found = estimate(case.history, case.start, end, case.observed, case.after, case.freq, free_days(case))
    return Found(found.lost, found.lo, found.hi)


def known_ahead(case: Case, *, waves: bool) -> tuple[Floats, Floats]:
    """What a model with other variables is given, for history and window: public holidays and, by the hour, the waves
    of day and week."""
    count, free = len(case.history) + len(case.observed), free_days(case)
    first = case.start - len(case.history) * STEP[case.freq]
    steps = np.arange(count)
    columns = [np.array([(first + i * STEP[case.freq]).date() in free for i in range(count)], dtype=float)]
    if waves:
        for period, most in ((24, 6), (168, 4)):
            for k in range(1, most + 1):
                columns += [np.sin(2 * np.pi * k * steps / period), np.cos(2 * np.pi * k * steps / period)]
    kept = [c for c in columns if c[: len(case.history)].std() > 0]
    table = np.column_stack(kept) if kept else np.zeros((count, 0))
    return table[: len(case.history)], table[len(case.history) :]


def weekday(case: Case) -> Found:
    """What a loss adjuster does: the mean of the last eight like days, and their spread."""
    cycle, n = (7 if case.freq == "D" else 168), len(case.history)
    like = [
        [case.history[k] for k in range(n + i % cycle - cycle, -1, -cycle) if k < n][:8]
        for i in range(len(case.observed))
    ]
    mean = sum(float(np.mean(row)) for row in like if row) - float(case.observed.sum())
    spread = 1.645 * float(np.sqrt(sum(np.var(row, ddof=1) for row in like if len(row) > 1)))
    return Found(mean, mean - spread, mean + spread)


def simulated(case: Case, total: Floats) -> Found:
    """Quantiles of drawn totals, less what was sold."""
    lo, likely, hi = np.quantile(total, [0.05, 0.5, 0.95]) - case.observed.sum()
    return Found(float(likely), float(lo), float(hi))


def statsforecast(model: str) -> Method:
    """AutoETS draws paths; those that give bounds step by step have them added up."""
    from statsforecast import models  # type: ignore[import-not-found, unused-ignore]

    def added(case: Case, said: Any) -> Found:
        sold = float(case.observed.sum())
        return Found(*(float(said[key].sum()) - sold for key in ("mean", "lo-90", "hi-90")))

    def ets(case: Case) -> Found:
        hours = case.freq == "h"  # both seasons: what is left after the mean of each hour of the week
        phase = np.arange(len(case.history)) % 168
        mean = np.array([case.history[phase == p].mean() for p in range(168)]) if hours else np.zeros(168)
        fitted = models.AutoETS(season_length=1 if hours else 7).fit(case.history - mean[phase])
        paths = np.asarray(fitted.simulate(h=len(case.observed), n_paths=DRAWS, seed=1)).sum(axis=1)
        ahead = (len(case.history) + np.arange(len(case.observed))) % 168
        return simulated(case, paths + float(mean[ahead].sum()))

    def arima(case: Case) -> Found:
        hours = case.freq == "h"
        past, ahead = known_ahead(case, waves=hours)
        given = {"X": past, "X_future": ahead} if past.shape[1] else {}
        model = models.AutoARIMA(
            season_length=1 if hours else 7, approximation=True, max_p=3, max_q=3, nmodels=20
        )
        return added(case, model.forecast(y=case.history, h=len(case.observed), level=[90], **given))

    def mstl(case: Case) -> Found:
        season = [7] if case.freq == "D" else [24, 168]
        return added(
            case, models.MSTL(season_length=season).forecast(case.history, h=len(case.observed), level=[90])
        )

    return {"AutoETS": ets, "AutoARIMA": arima, "MSTL": mstl}[model]


def causal_impact(interpreter: str) -> Method:
    """A process of its own that has it; it answers line by line."""
    script = Path(__file__).with_name("causalimpact_port.py")
    process = subprocess.Popen(
        [interpreter, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def found(case: Case) -> Found:
        assert process.stdin and process.stdout
        given = {
            "history": case.history.tolist(),
            "observed": case.observed.tolist(),
            "season": 7 if case.freq == "D" else 24,
        }
        process.stdin.write(json.dumps(given) + "\n")
        process.stdin.flush()
        return Found(*json.loads(process.stdout.readline()))

    return found


def unobserved(case: Case) -> Found:
    """Local level and season by the Kalman filter; the law of the sum from the filter's own covariances."""
    from statsmodels.tsa.statespace.structural import (  # type: ignore[import-untyped, import-not-found, unused-ignore]
        UnobservedComponents,
    )

    season: dict[str, Any] = (
        {"seasonal": 7}
        if case.freq == "D"
        else {"freq_seasonal": [{"period": 24, "harmonics": 6}, {"period": 168, "harmonics": 4}]}
    )
    scale = float(np.mean(case.history)) or 1.0
    past, ahead = known_ahead(case, waves=False)
    given = past if past.shape[1] else None
    fitted = UnobservedComponents(case.history / scale, level="local level", exog=given, **season).fit(
        disp=False, maxiter=50
    )
    more = {} if given is None else {"exog": ahead}
    drawn = fitted.simulate(len(case.observed), anchor="end", repetitions=DRAWS, rng=1, **more)
    total = np.asarray(drawn).reshape(len(case.observed), -1).sum(axis=0) * scale
    return simulated(case, total)


def methods(only: set[str], interpreter: str | None) -> dict[str, Method]:
    """Ours and the peers that are installed."""
    found: dict[str, Method] = {"heller": heller, "weekday": weekday}
    try:
        found |= {model: statsforecast(model) for model in ("AutoETS", "AutoARIMA", "MSTL")}
    except ImportError:
        print("statsforecast is not installed and was left out", file=sys.stderr)
    try:
        import statsmodels  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: F401

        found["UCM"] = unobserved
    except ImportError:
        print("statsmodels is not installed and was left out", file=sys.stderr)
    if interpreter:
        found["CausalImpact"] = causal_impact(interpreter)
    else:
        print("no interpreter with CausalImpact was named; it was left out", file=sys.stderr)
    return {name: method for name, method in found.items() if not only or name in only}


class Scores:
    """Errors in per cent of the true gross loss, case by case."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, bool, float, float, float]] = []

    def add(self, case: Case, found: Found, seconds: float) -> None:
        """One case: cell, error, held, width, interval score, seconds."""
        miss = max(found.lo - case.truth, 0.0, case.truth - found.hi)
        width, off = found.hi - found.lo, found.lost - case.truth
        to = 100 / case.gross
        self.rows.append(
            (
                f"{case.scenario} {case.freq}",
                off * to,
                miss == 0,
                width * to,
                (width + 20 * miss) * to,
                seconds,
            )
        )

    def line(self, cell: str = "") -> str:
        """The scores of a cell, or of all."""
        rows = [row for row in self.rows if not cell or row[0] == cell]
        off, held, width, score, seconds = (np.array([row[i] for row in rows]) for i in range(1, 6))
        return (
            f"{np.median(np.abs(off)):7.1f} {np.mean(off):+7.1f} {100 * np.mean(held):7.1f} {np.mean(width):7.1f} "
            f"{np.mean(score):7.1f} {1000 * np.median(seconds):9.2f}"
        )


def main() -> None:
    """Print one table over all cases and one of interval scores by scenario and frequency."""
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    said.add_argument("--samples", type=Path, required=True)
    said.add_argument("--cases", type=int, default=240)
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--only", default="")
    said.add_argument("--more", type=Path)
    said.add_argument("--unseen", action="store_true")
    said.add_argument("--causal-impact")
    asked = said.parse_args()
    warnings.simplefilter("ignore")
    drawn = list(cases(at_hand(asked.samples, asked.more, unseen=asked.unseen), asked.cases, asked.seed))
    chosen = methods(set(filter(None, asked.only.split(","))), asked.causal_impact)
    scores = {name: Scores() for name in chosen}
    for case in drawn:
        free_days(case)  # made once, no part of any method
    for name, method in chosen.items():
        method(drawn[0])  # compiled once, not counted
        for case in drawn:
            begun = time.process_time()
            found = method(case)
            used = time.process_time() - begun if found.seconds is None else found.seconds
            scores[name].add(case, found, used)
    cells = [f"{scenario} {freq}" for freq in "Dh" for scenario in SCENARIOS]
    print(f"{len(drawn)} cases, seed {asked.seed}, {date.today():%Y}: per cent of the true gross loss")
    print(f"{'method':12} {'MdAPE':>7} {'bias':>7} {'cover':>7} {'width':>7} {'score':>7} {'ms/case':>9}")
    for name, score in scores.items():
        print(f"{name:12} {score.line()}")
    print("\ninterval score / coverage / bias by scenario and step")
    print(f"{'method':12} " + " ".join(f"{cell:>22}" for cell in cells))
    for name, score in scores.items():
        words = [score.line(cell).split() for cell in cells]
        print(f"{name:12} " + " ".join(f"{w[4] + ' / ' + w[2] + ' / ' + w[1]:>22}" for w in words))


if __name__ == "__main__":
    main()
