"""How often an acceptance test would accept a line that loses 2 %: exact for single losses, drawn for bursts.

`make bench-acceptance`. Bursts of one length silence all targets at once and come at random (Poisson); six targets
once a second, evenly staggered, 15 minutes; the points are those of `heller.outage.acceptance.points.Rules`.
"""

from __future__ import annotations

import argparse

import numpy as np

from heller.outage.acceptance.points import SECOND, Rules, at_most

TARGETS, RULES = 6, Rules()
SECONDS = RULES.watched // SECOND
PROBES = TARGETS * SECONDS
LENGTHS = (0.2, 0.5, 0.7, 0.85, 1.0, 2.0, 4.0)


def main() -> None:
    """Print both tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--draws", type=int, default=20_000)
    draws = asked.parse_args().draws
    allowed = SECONDS // RULES.loss
    print(f"single losses, exact: {SECONDS} probes of each target, at most {allowed} lost")
    for share in (0.01, 0.015, 0.02, 0.03):
        one = at_most(allowed, SECONDS, share)
        print(f"  a line that loses {share:5.1%}: one target {one:.2e}, two {one**2:.1e}, six {one**6:.1e}")
    print(f"bursts that lose {RULES.lossy:.0%} in all, {draws} draws each")
    chance = np.random.default_rng(1)
    for length in LENGTHS:
        loss, every = _passed(chance, length, draws)
        apart = length / RULES.lossy
        print(f"| {length:g} s | {apart:.0f} s | {loss / draws:.2%} | {every / draws:.2%} |")


def _passed(chance: np.random.Generator, length: float, draws: int) -> tuple[int, int]:
    """How many draws keep each target within its loss, and how many fall silent nowhere either."""
    loss = every = 0
    for _ in range(draws):
        lost = _drawn(chance, length)
        if (lost.reshape(SECONDS, TARGETS).sum(0) > SECONDS // RULES.loss).any():
            continue
        loss += 1
        every += _longest(lost) < RULES.in_a_row
    return loss, every


def _drawn(chance: np.random.Generator, length: float) -> np.ndarray:
    lost = np.zeros(PROBES, bool)
    for start in chance.uniform(-length, SECONDS, chance.poisson(SECONDS * RULES.lossy / length)):
        first, last = (int(np.ceil(max(at, 0) * TARGETS)) for at in (start, start + length))
        lost[first:last] = True
    return lost


def _longest(lost: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], lost.view(np.int8), [0]])))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


if __name__ == "__main__":
    main()
