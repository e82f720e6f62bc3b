"""Twenty million samples to intervals: this engine and two forms of SQL in DuckDB, each in a process of its own.

python outage_engines.py heller|boundary|textbook FILE     one of them; prints JSON
"""

from __future__ import annotations

import json
import os
import sys
import time
from hashlib import sha256
from pathlib import Path

TARGETS, BEGIN, SECOND = 4, 1_700_000_000_000_000, 1_000_000
GAP = 3 * SECOND

# The textbook form: lag, a running sum of changes, a group for each.
TEXTBOOK = """
with turned as (
  select target, "at", lost, case when lost is distinct from lag(lost) over w or "at" - lag("at") over w > {gap}
         then 1 else 0 end as turn
  from (select target, "at", outcome in (5, 6) as lost from '{file}') window w as (partition by target order by "at")),
numbered as (select target, "at", lost, sum(turn) over (partition by target order by "at") as island from turned)
select target, lost, min("at") as first, max("at") as last, count(*) as n from numbered group by target, lost, island
"""
# Only the rows at which a run begins are kept, then the next of them gives the end.
BOUNDARY = """
with probes as (
  select target, "at", outcome in (5, 6) as lost, lag(outcome in (5, 6)) over w as was, lag("at") over w as before,
         row_number() over w as number, count(*) over (partition by target) as whole,
         max("at") over (partition by target) as final
  from '{file}' window w as (partition by target order by "at")),
begins as (select * from probes where was is null or lost <> was or "at" - before > {gap})
select target, lost, "at" as first,
       coalesce(lead(before) over (partition by target order by "at"), final) as last,
       coalesce(lead(number) over (partition by target order by "at"), whole + 1) - number as n
from begins
"""


def generate(path: Path, rows: int) -> None:
    """Four targets at 1 Hz, sorted by target: 0.2 % loss, shared bursts, silences alone, three cuts. Seed 1."""
    import numpy as np
    import polars as pl

    chance, n, out = np.random.default_rng(1), rows // TARGETS, []
    shared = {start: chance.random((TARGETS, 2)) < 0.4 for start in range(0, n, 1800)}
    for target in range(TARGETS):
        lost = chance.random(n) < 0.002
        for start, burst in shared.items():
            lost[start : start + 2] |= burst[target][: max(0, n - start)]
        for start in range(3000 + target * 777, n, 21_600):
            lost[start : start + 60] = True
        lost[100_000:114_400] |= target == 0
        for cut in (n // 5, n // 3, n // 2):
            lost[cut : cut + 300] = True
        rtt = np.where(lost, np.nan, 0.02 + 0.002 * chance.standard_normal(n)).astype(np.float32)
        out.append(
            pl.DataFrame(
                {
                    "target": np.full(n, target, np.uint16),
                    "at": BEGIN + np.arange(n, dtype=np.int64) * SECOND + target * SECOND // TARGETS,
                    "outcome": np.where(lost, 5, 0).astype(np.uint8),
                    "rtt": rtt,
                    "width": np.zeros(n, np.int64),
                    "row": np.arange(1, n + 1, dtype=np.uint32),
                }
            )
        )
    pl.concat(out).write_parquet(path, compression="zstd", compression_level=1, row_group_size=500_000)


def heller(path: Path) -> dict[str, object]:
    """The engine of the house: intervals of each target, then outages of the line."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    import polars as pl

    from heller.model.finding import Locator
    from heller.model.sample import Depth
    from heller.outage.columns import Block, Probed, tracks
    from heller.outage.line import of_tracks
    from heller.outage.silence import find

    probed = {
        n: Probed("", Depth.OUTSIDE, f"t{n}", f"net {n}", 1.0, 0.0, Locator("")) for n in range(TARGETS)
    }
    begun, wall = time.process_time(), time.perf_counter()
    found = tracks([Block(pl.scan_parquet(path), probed)])
    intervals = time.process_time() - begun
    line = of_tracks("", found, ())
    cuts = find(line).cuts if line else ()
    cpu, wall = time.process_time() - begun, time.perf_counter() - wall
    runs = pl.concat([t.runs.with_columns(target=pl.lit(i)) for i, t in enumerate(found)])
    named = [(t, int(lost), first, last, n) for lost, first, last, n, _, _, t in runs.iter_rows()]
    return {"intervals": intervals, "cpu": cpu, "wall": wall, "outages": len(cuts), **digest(named)}


def duck(path: Path, sql: str) -> dict[str, object]:
    """The same intervals by SQL, on one thread."""
    import duckdb

    base = duckdb.connect(config={"threads": 1})
    begun, wall = time.process_time(), time.perf_counter()
    rows = base.execute(sql.format(file=path, gap=GAP)).fetchall()
    cpu, wall = time.process_time() - begun, time.perf_counter() - wall
    return {"cpu": cpu, "wall": wall, **digest([(t, int(lost), *rest) for t, lost, *rest in rows])}


def digest(rows: list[tuple[int, ...]]) -> dict[str, object]:
    """How many intervals, how many of them long losses, and what all of them are."""
    rows = sorted((t, first, lost, last, n) for t, lost, first, last, n in rows)
    long = sum(1 for _, _, lost, _, n in rows if lost and n >= 3)
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    peak = int(status["VmHWM"].split()[0]) / 1024
    return {"rows": len(rows), "long": long, "mb": peak, "same": sha256(repr(rows).encode()).hexdigest()[:12]}


if __name__ == "__main__":
    what, file = sys.argv[1], Path(sys.argv[2])
    sql = {"boundary": BOUNDARY, "textbook": TEXTBOOK}
    print(json.dumps(heller(file) if what == "heller" else duck(file, sql[what])))
