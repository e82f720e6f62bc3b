"""How often the silence of an office in a server's log is wrongly called an outage, and how many cuts are seen.

`make bench-passive` prints the figures over simulated years (`tests/outage/traffic.py`): offices of people, and
of people with a machine that asks every five minutes; busy ones and quiet ones. YEARS=n years of each kind,
SEEDS=n the first of their seeds (the rule was set with seeds below 60).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from tests.outage import traffic
from tests.outage.traffic import Year

from heller.outage.evidence import office, passive
from heller.outage.evidence.passive import Silence

CUTS = {"1 h": 1, "4 h": 4, "1 day": 24, "14 days": 336}
KINDS = {
    "people, quiet": (False, 4.0),
    "people, busy": (False, 12.0),
    "machine, quiet": (True, 4.0),
    "machine, busy": (True, 12.0),
}
EACH = 3  # one year in so many is cut, once for each length


def judged(made: Year) -> list[Silence]:
    """The silences of a year that are called outages."""
    (server,) = office.servers([traffic.log(made)], [traffic.OFFICE])
    return [silence for silence in passive.silences(server) if not silence.why]


def cuts(made: Year, seed: int) -> Iterator[tuple[str, int, int]]:
    """Cuts of each length in office hours of a working day on which the office was there."""
    dice = np.random.default_rng(10_000 + seed)
    for name, hours in CUTS.items():
        for _ in range(1000):
            day = date.fromtimestamp(made.begin) + timedelta(days=int(dice.integers(90, 330)))
            begin = traffic.noon(day, float(dice.uniform(8.5, 16.5)))
            near = made.office[(made.office > begin - 3600) & (made.office < begin + 3600)]
            if day.weekday() < 5 and len(near) and near[0] < begin < near[-1]:
                yield name, begin, begin + hours * 3600
                break


def main(years: int, seeds_from: int = 0) -> None:
    """One row for each kind of office."""
    print(
        f"{'office':16s} {'years':>6s} {'false':>6s} {'per year':>9s}  " + "  ".join(f"{c:>9s}" for c in CUTS)
    )
    total = wrong = 0
    began = time.process_time()
    for kind, (machine, per_hour) in KINDS.items():
        false, seen, tried = 0, dict.fromkeys(CUTS, 0), dict.fromkeys(CUTS, 0)
        bounds = inside = 0
        for seed in range(seeds_from, seeds_from + years):
            first = date(2012 + seed % 9, 1 + seed % 12, 1)
            made = traffic.year(seed, first, machine=machine, per_hour=per_hour)
            false += len(judged(made))
            for name, begin, end in cuts(made, seed) if seed % EACH == 0 else ():
                tried[name] += 1
                for silence in judged(traffic.cut(made, begin, end)):
                    if silence.start.timestamp() <= begin and end <= silence.end.timestamp() + 1:
                        seen[name] += 1
                        bounds += 1
                        inside += silence.by[0] >= begin and silence.by[1] <= end
        total, wrong = total + years, wrong + false
        shares = "  ".join(f"{seen[c]:3d} of {tried[c]:3d}" for c in CUTS)
        print(
            f"{kind:16s} {years:6d} {false:6d} {false / years:9.3f}  {shares}   truth inside {inside}/{bounds}"
        )
    spent = time.process_time() - began
    print(
        f"all: {wrong} false in {total} years ({wrong / total:.4f} a year); {spent / total:.2f} s of CPU a year"
    )


if __name__ == "__main__":
    main(*(int(said) for said in sys.argv[1:3] or ["60"]))
