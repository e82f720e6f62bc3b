"""The estimate on real series into which an outage is cut, so the truth is known. Skips without the samples."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from heller.damage.baseline import estimate
from heller.damage.estimates import Estimate
from heller.damage.series import Floats

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
TRANSPORT = ("metro", "bus", "road", "train")
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not beside the repository")


def regular(days: dict[date, float]) -> tuple[date, Floats]:
    """A day without a row is a day with zero."""
    first, last = min(days), max(days)
    return first, np.array([days.get(first + timedelta(i), 0.0) for i in range((last - first).days + 1)])


def table(name: str, day: str, form: str, value: str) -> tuple[date, Floats]:
    """One column of a sample."""
    with (SAMPLES / "business" / name).open(encoding="utf-8-sig") as file:
        rows = [(datetime.strptime(row[day], form).date(), row[value]) for row in csv.DictReader(file)]
    return regular({day: float(value) for day, value in rows if value})


def shop() -> tuple[date, Floats]:
    """Daily takings of the web shop, single orders capped at 5,000."""
    days: dict[date, float] = {}
    with (SAMPLES / "orders" / "online-retail-2010-12_2011-12.csv").open() as file:
        for row in csv.DictReader(file):
            day, net = datetime.fromisoformat(row["placed_at"]).date(), float(row["total_gbp"])
            days[day] = days.get(day, 0.0) + min(max(net, 0.0), 5000.0)
    return regular(days)


def series() -> dict[str, tuple[date, Floats]]:
    """Eight real businesses."""
    transport = {name: table("public-transport-madrid.csv", "date", "%Y-%m-%d", name) for name in TRANSPORT}
    return {
        "shop": shop(),
        "bikes": table("bicimad_users.csv", "date", "%Y-%m-%d", "users"),
        "web": table("visitas_por_dia_web_cienciadedatos.csv", "date", "%d/%m/%y", "users"),
        "flights": table("uk_daily_flights.csv", "Date", "%d/%m/%Y", "Number of flights"),
        **transport,
    }


def outcomes(seed: int, count: int) -> Iterator[tuple[str, float, float, Estimate]]:
    """Scenario, true net loss, usual takings of the window, estimate: the scenario is not told."""
    chance, data = np.random.default_rng(seed), series()
    for i in range(count):
        first, values = data[sorted(data)[i % len(data)]]
        scenario = ("total", "partial", "catch-up", "none")[i // len(data) % 4]
        length = int(chance.choice([1, 2, 3, 5, 7, 10, 14, 21]))
        back = min(int(chance.choice([60, 90, 180, 365, 730])), len(values) - length - 30)
        at = int(chance.integers(back, len(values) - length - 22))
        usual, after = values[at : at + length], values[at + length : at + length + 21].copy()
        seen = {"none": usual, "partial": usual * chance.uniform(0.2, 0.7)}.get(scenario, np.zeros(length))
        gross = float((usual - seen).sum())
        share = chance.uniform(0.2, 0.6) if scenario == "catch-up" else 0.0
        fading = np.exp(-np.arange(10) / chance.uniform(2, 7))
        after[:10] += share * gross * fading / fading.sum()
        start = first + timedelta(at)
        if usual.sum() > 0:
            found = estimate(values[at - back : at], start, start + timedelta(length), seen, after)
            yield scenario, gross * (1 - share), float(usual.sum()), found


def test_the_range_is_honest_on_real_businesses() -> None:
    """720 cases: the 90 % range holds the truth in 88 to 96 % of them, the bias is within 3 % of the
    window, the interval score below 110, and the mean of eight like days is beaten by far."""
    held, bias, score, off, plain = [], [], [], [], []
    for scenario, truth, usual, found in outcomes(2026, 720):
        if scenario == "none":
            continue
        miss = max(found.lo - truth, 0.0, truth - found.hi)
        held.append(miss == 0)
        bias.append((found.lost - truth) / usual)
        score.append((found.hi - found.lo + 20 * miss) / usual)
        off.append(abs(found.lost - truth) / usual)
        plain.append(abs(float(np.nanmean(found.like, axis=1).sum()) - found.observed - truth) / usual)
    assert 0.88 <= np.mean(held) <= 0.96
    assert abs(np.mean(bias)) <= 0.03
    assert np.mean(score) <= 1.10
    assert np.median(off) <= 0.7 * np.median(plain)


def test_no_loss_is_not_called_a_loss() -> None:
    """Windows in which nothing was lost are called a loss in at most 7 of 100."""
    called = [found.detectable for scenario, *_, found in outcomes(7, 960) if scenario == "none"]
    assert len(called) > 200
    assert np.mean(called) <= 0.07
