"""Holds the baseline against its peers on real series with an outage cut in, all in one run.

    python benchmarks/baseline.py --samples DIR [--cases 240] [--seed 1] [--only heller,weekday]

DIR holds `business/` and `orders/` with the series named below. Peers: the mean of eight like days,
statsforecast (AutoETS, MSTL), statsmodels' UnobservedComponents; a peer that is not installed is left out
and named. Scores are in per cent of the true gross loss, as in Gneiting and Raftery (2007) for the
interval score: width + 20 x the miss of a 90 % range. Nobody is told the scenario.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import holidays as library
import numpy as np
from numpy.typing import NDArray

from heller.damage.baseline import estimate

Floats = NDArray[np.float64]
SCENARIOS = ("total", "partial", "catch-up")
TRANSPORT = ("metro", "bus", "road", "train")
REGION = {"shop": "GB-ENG", "flights": "GB-ENG", "web": "ES"}  # the rest lies in Madrid
STEP = {"D": timedelta(days=1), "h": timedelta(hours=1)}
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


Method = Callable[[Case], Found]


def regular(seen: dict[datetime, float], step: timedelta) -> tuple[datetime, Floats]:
    """A day (hour) without a row is one with zero."""
    first, last = min(seen), max(seen)
    return first, np.array([seen.get(first + i * step, 0.0) for i in range((last - first) // step + 1)])


def column(path: Path, day: str, form: str, value: str) -> tuple[datetime, Floats]:
    """One column of a daily table."""
    with path.open(encoding="utf-8-sig") as file:
        rows = [(datetime.strptime(row[day], form), row[value]) for row in csv.DictReader(file)]
    return regular({at: float(said) for at, said in rows if said}, STEP["D"])


def shop(path: Path, freq: str) -> tuple[datetime, Floats]:
    """Takings of the web shop by day or hour, single orders capped at 5,000."""
    seen: dict[datetime, float] = {}
    with path.open() as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["placed_at"]).replace(minute=0, second=0)
            at = at.replace(hour=0) if freq == "D" else at
            seen[at] = seen.get(at, 0.0) + min(max(float(row["total_gbp"]), 0.0), 5000.0)
    return regular(seen, STEP[freq])


def series(samples: Path) -> dict[tuple[str, str], tuple[datetime, Floats]]:
    """Eight daily series and one by the hour."""
    business, orders = samples / "business", samples / "orders" / "online-retail-2010-12_2011-12.csv"
    found = {
        (name, "D"): column(business / "public-transport-madrid.csv", "date", "%Y-%m-%d", name)
        for name in TRANSPORT
    }
    found["bikes", "D"] = column(business / "bicimad_users.csv", "date", "%Y-%m-%d", "users")
    found["web", "D"] = column(
        business / "visitas_por_dia_web_cienciadedatos.csv", "date", "%d/%m/%y", "users"
    )
    found["flights", "D"] = column(business / "uk_daily_flights.csv", "Date", "%d/%m/%Y", "Number of flights")
    return found | {("shop", freq): shop(orders, freq) for freq in ("D", "h")}


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
    back = min(back, len(values) - length - ahead - 1)
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


def heller(case: Case) -> Found:
    """Ours."""
    end = case.start + len(case.observed) * STEP[case.freq]
    country, _, part = REGION.get(case.series, "ES-MD").partition("-")
    years = range(case.start.year - 12, end.year + 2)
    free = library.country_holidays(country, subdiv=part or None, years=years)
    found = estimate(case.history, case.start, end, case.observed, case.after, case.freq, set(free))
    return Found(found.lost, found.lo, found.hi)


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
    """AutoETS draws paths; MSTL has no paths, so its point-wise bounds are added up."""
    from statsforecast import models  # type: ignore[import-not-found, unused-ignore]

    def ets(case: Case) -> Found:
        fitted = models.AutoETS(season_length=7 if case.freq == "D" else 24).fit(case.history)
        paths = fitted.simulate(h=len(case.observed), n_paths=DRAWS, seed=1)
        return simulated(case, np.asarray(paths).sum(axis=1))

    def mstl(case: Case) -> Found:
        season = [7] if case.freq == "D" else [24, 168]
        said = models.MSTL(season_length=season).forecast(case.history, h=len(case.observed), level=[90])
        sold = float(case.observed.sum())
        return Found(*(float(said[key].sum()) - sold for key in ("mean", "lo-90", "hi-90")))

    return {"AutoETS": ets, "MSTL": mstl}[model]


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
    fitted = UnobservedComponents(case.history / scale, level="local level", **season).fit(
        disp=False, maxiter=50
    )
    drawn = fitted.simulate(len(case.observed), anchor="end", repetitions=DRAWS, rng=1)
    total = np.asarray(drawn).reshape(len(case.observed), -1).sum(axis=0) * scale
    return simulated(case, total)


def methods(only: set[str]) -> dict[str, Method]:
    """Ours and the peers that are installed."""
    found: dict[str, Method] = {"heller": heller, "weekday": weekday}
    try:
        found |= {model: statsforecast(model) for model in ("AutoETS", "MSTL")}
    except ImportError:
        print("statsforecast is not installed and was left out", file=sys.stderr)
    try:
        import statsmodels  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: F401

        found["UCM"] = unobserved
    except ImportError:
        print("statsmodels is not installed and was left out", file=sys.stderr)
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
    asked = said.parse_args()
    warnings.simplefilter("ignore")
    drawn = list(cases(series(asked.samples), asked.cases, asked.seed))
    chosen = methods(set(filter(None, asked.only.split(","))))
    scores = {name: Scores() for name in chosen}
    for name, method in chosen.items():
        method(drawn[0])  # compiled once, not counted
        for case in drawn:
            begun = time.perf_counter()
            found = method(case)
            scores[name].add(case, found, time.perf_counter() - begun)
    cells = [f"{scenario} {freq}" for freq in "Dh" for scenario in SCENARIOS]
    print(f"{len(drawn)} cases, seed {asked.seed}, {date.today():%Y}: per cent of the true gross loss")
    print(f"{'method':10} {'MdAPE':>7} {'bias':>7} {'cover':>7} {'width':>7} {'score':>7} {'ms/case':>9}")
    for name, score in scores.items():
        print(f"{name:10} {score.line()}")
    print("\ninterval score / coverage by scenario and step")
    print(f"{'method':10} " + " ".join(f"{cell:>16}" for cell in cells))
    for name, score in scores.items():
        words = [score.line(cell).split() for cell in cells]
        print(f"{name:10} " + " ".join(f"{w[4] + ' / ' + w[2]:>16}" for w in words))


if __name__ == "__main__":
    main()
