"""CausalImpact beside the baseline, in an environment of its own (bsts-causalimpact, pandas).

Reads cases as lines of JSON, history, observed and the length of a season; prints net loss, its 90 % range, seconds.
"""

from __future__ import annotations

import json
import re
import sys
import time

import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]
from causal_impact import CausalImpact  # type: ignore[import-not-found, unused-ignore]


def found(history: list[float], observed: list[float], season: int) -> list[float]:
    """The cumulative effect, turned round: what is missing is a loss."""
    values = [*history, *observed]
    frame = pandas.DataFrame({"y": values}, index=pandas.date_range("2024-01-01", periods=len(values)))
    at = frame.index
    begun = time.process_time()
    made = CausalImpact(
        frame,
        [at[0], at[len(history) - 1]],
        [at[len(history)], at[-1]],
        alpha=0.1,
        model_args={"nseasons": season, "seed": 1, "niter": 1000},
    )
    said = made.summary().replace(",", " ").splitlines()
    row = next(i for i, line in enumerate(said) if line.startswith("Absolute effect"))
    number = r"-?\d+(?:\.\d+)?"
    point = float(re.findall(number, said[row])[-2])
    low, high = (float(n) for n in re.findall(number, said[row + 1].partition("CI")[2])[-2:])
    return [-point, -high, -low, time.process_time() - begun]


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(found(case["history"], case["observed"], case["season"])), flush=True)
