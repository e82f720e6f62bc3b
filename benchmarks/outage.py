"""Outages: speed against SQL, and calibration against worlds in which the truth is known, in one run.

make bench-outage            about five minutes
python benchmarks/outage.py --full    ten times the trials
python benchmarks/outage.py --only bounds,years
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import outage_engines
import outage_trials as trials
import outage_ways

HERE = Path(__file__).parent


def speed(scale: int) -> None:
    """Intervals of the same file by this engine and by DuckDB; the engine's figures include its verdict."""
    rows = 20_000_000
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "samples.parquet"
        outage_engines.generate(file, rows)
        said = {}
        for what in ("heller", "boundary", "textbook"):
            run = [sys.executable, str(HERE / "outage_engines.py"), what, str(file)]
            said[what] = json.loads(subprocess.run(run, check=True, capture_output=True).stdout)
        size = file.stat().st_size / 1e6
    own = said["heller"]
    row("file", f"{rows:,} samples, {size:.0f} MB Parquet, four targets, sorted by target")
    for what, one in said.items():
        cost = f"{one['cpu']:.2f} s CPU ({one['cpu'] / own['cpu']:.1f} x), {one['mb']:.0f} MB"
        row(what, f"{cost}, {one['rows']:,} intervals, {one['long']:,} losses of three or more")
    row("intervals alone, heller", f"{own['intervals']:.2f} s CPU")
    row("all agree", "yes" if len({one["same"] for one in said.values()}) == 1 else "NO")


def bounds(scale: int) -> None:
    """Bounds and causes of injected cuts, by the loss that the line has anyway."""
    every = []
    for number, loss in enumerate((0.0, 0.002, 0.01, 0.02, 0.05, 0.10)):
        found = list(trials.cuts(1_700 * scale, loss, number))
        every += found
        row(f"loss {loss:.1%}", _bounds(found))
    row("all", _bounds(every))


def _bounds(found: list[dict[str, float]]) -> str:
    one = [f for f in found if f["found"] == 1]
    said = [f"{len(one):,} of {len(found):,} found"]
    for edge in ("start", "end"):
        wide = np.array([f[edge] for f in one])
        said.append(f"{edge} {np.median(wide):.3f} / {np.quantile(wide, 0.99):.3f} s wide")
    inside = sum(f["in_start"] and f["in_end"] for f in one) / len(found)
    said.append(f"both inside {inside:.2%}")
    said.append(f"cause {sum(f['cause'] for f in one) / len(found):.2%}")
    said.append(f"claimed too long {sum(not f['short'] for f in one)}")
    said.append(f"provider blamed for the router {sum(f['provider'] for f in one)}")
    return ", ".join(said)


def causes(scale: int) -> None:
    """Fault and verdict after ten seconds."""
    found = trials.causes(1_250 * scale, 7)
    good = sum(n for (fault, said), n in found.items() if said == trials.right(fault))
    for fault in trials.FAULTS:
        row(fault, ", ".join(f"{said} {n}" for (f, said), n in found.most_common() if f == fault))
    row("right", f"{good / found.total():.2%} of {found.total():,}")


def years(scale: int) -> None:
    """False alarms."""
    f = trials.years(100 * scale, 3)
    row("line-years", f"{f['years']:,}, of which {f['seconds']:,} eventful seconds were simulated")
    row("false outages", f"{f['false']} measured, {f['suspected']} suspected")


def ways(scale: int) -> None:
    """Other ways and families."""
    f = outage_ways.ways(100 * scale, 11)
    row(
        "line-years",
        f"{f['years']:,} with {f['failovers']:,} failovers, {f['halves']:,} families that died alone",
    )
    row(
        "false outages",
        f"{f['false']} measured, {f['suspected']} suspected (a new route, its old router silent)",
    )
    row(
        "failovers found",
        f"{f['found']:,}, both ends inside {f['inside']:,}, never longer cut off {f['bridged']:,}",
    )
    row("halves found", f"{f['half_found']:,}, taken for an outage {f['half_as_outage']}")


def sleeps(scale: int) -> None:
    """The watcher's own gaps."""
    f = trials.sleeps(10_000 * scale, 5)
    row("upsets", f"{f['upsets']:,}, of which {f['steps']:,} steps of the clock by an hour")
    row("charged to the provider", f"{f['charged']:.1f} s")
    row("unwatched taken for up or down", f"{f['wrong']:.1f} s")


def witnesses(scale: int) -> None:
    """Router log and own watch."""
    f = trials.witnesses(1_000 * scale, 9)
    row(
        "router and watch within 2 s",
        f"{f['agree'] / f['outages']:.1%} of {f['outages']:,}; proven {f['proven'] / f['outages']:.1%}",
    )


def row(what: str, value: str) -> None:
    """One line of the result."""
    print(f"{what:32} {value}", flush=True)


PARTS: dict[str, Callable[[int], None]] = {
    "speed": speed,
    "bounds": bounds,
    "causes": causes,
    "years": years,
    "ways": ways,
    "sleeps": sleeps,
    "witnesses": witnesses,
}


def main() -> None:
    """All of it, or some parts."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--full", action="store_true")
    asked.add_argument("--only", default=",".join(PARTS))
    given = asked.parse_args()
    for name in given.only.split(","):
        begun = time.perf_counter()
        print(f"\n{name}")
        PARTS[name](10 if given.full else 1)
        row("took", f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
