"""Many cuts of watched lines at random phases: are the bounds narrow and true, are the causes right?

`make lab-net` (as root), or `python -m tests.net.many --cuts 60`. Several networks live at the same time.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.net import place
from tests.net.faults import Cut
from tests.net.story import Story, holds, lived, of

from heller.model.outage import Cause, Detection, Outage, Strength
from heller.model.span import Bounds

FAULTS = {
    "lan": {Cause.LAN, Cause.ROUTER, Cause.OWN_HOST},
    "router": {Cause.ROUTER, Cause.LAN},
    "line": {Cause.LINE},
    "silent": {Cause.LINE},
    "beyond": {Cause.BEYOND},
}
QUIET = ("dns", "target", "loss")  # no outage of the line
NETWORKS = 4
SHORTEST, LONGEST, PEACE = 6.0, 8.5, 2.5


class Judged(NamedTuple):
    """One cut and what was made of it."""

    cut: Cut
    found: tuple[Outage, ...]


def story_of(faults: Sequence[str], seed: int) -> Story:
    """A watched line with these faults, each of a random length, at a random phase."""
    chance = Random(seed)

    def act(story: Story) -> None:
        with story.watched():
            for fault in faults:
                time.sleep(chance.random())
                story.suffer(fault, chance.uniform(SHORTEST, LONGEST), PEACE)

    with TemporaryDirectory(prefix="heller-") as folder:
        story = lived(Path(folder) / "story", act)
        story.judged = judged(story.told(), story.cuts)
        return story


def judged(told: Detection, cuts: Sequence[Cut]) -> list[Judged]:
    """Each cut with its outages; what belongs to no cut stands under a cut without a fault."""
    out = [Judged(cut, tuple(of(told, cut))) for cut in cuts]
    known = {id(o) for one in out for o in one.found}
    stray = tuple(o for o in told.outages if id(o) not in known)
    return [*out, Judged(Cut("none"), stray)] if stray else out


def main() -> int:
    """Run, print, fail where a bound is wrong or the provider is blamed without cause."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cuts", type=int, default=40)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--faults", default=",".join((*FAULTS, *QUIET)))
    given = asked.parse_args()
    if why := place.unavailable():
        print(f"no emulated network: {why}")
        return 0
    chosen = given.faults.split(",")
    order = [chosen[n % len(chosen)] for n in range(given.cuts)]
    Random(given.seed).shuffle(order)
    with ThreadPoolExecutor(NETWORKS) as pool:
        parts = [order[n::NETWORKS] for n in range(NETWORKS)]
        stories = list(pool.map(story_of, parts, range(given.seed, given.seed + NETWORKS)))
    every = [one for story in stories for one in story.judged]
    return show(every)


def show(every: Sequence[Judged]) -> int:
    """The figures."""
    cuts = [one for one in every if one.cut.fault in FAULTS]
    seen = [(one.cut, one.found[0]) for one in cuts if len(one.found) == 1]
    right = sum(found.cause in FAULTS[cut.fault] for cut, found in seen)
    true = [(holds(found.start, cut.on), holds(found.end, cut.off)) for cut, found in seen]
    blamed = list(_blamed(every))
    print(f"cuts {len(cuts)}, one outage each for {len(seen)}, cause right {right}")
    for fault in dict.fromkeys(cut.fault for cut, _ in seen):
        named = Counter(found.cause.value for cut, found in seen if cut.fault == fault)
        print(f"  {fault:8}{', '.join(f'{cause} {n}' for cause, n in named.items())}")
    for name, widths in (
        (
            "start",
            [found.start.width.total_seconds() for _, found in seen if isinstance(found.start, Bounds)],
        ),
        ("end", [found.end.width.total_seconds() for _, found in seen if isinstance(found.end, Bounds)]),
    ):
        ordered = sorted(widths)
        p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        print(
            f"{name:6}bounds: median {median(ordered):.3f} s, p95 {p95:.3f} s, max {ordered[-1]:.3f} s wide"
        )
    print(
        f"truth inside: start {sum(s for s, _ in true)}/{len(true)}, end {sum(e for _, e in true)}/{len(true)}"
    )
    print(f"no outage of the line (dns, target, loss, own side), and blamed for one: {len(blamed)}")
    for one in blamed:
        print("  ", one.cut, one.found)
    missed = [one.cut for one in cuts if len(one.found) != 1]
    for cut in missed:
        print("  not one outage:", cut)
    return int(bool(blamed) or not all(s and e for s, e in true))


def _blamed(every: Sequence[Judged]) -> Iterator[Judged]:
    """What is measured against the provider although it was not the provider."""
    own = ("lan", "router", *QUIET, "none")
    for one in every:
        if one.cut.fault in own and any(o.strength is not Strength.SUSPECTED for o in one.found):
            yield one


if __name__ == "__main__":
    sys.exit(main())
