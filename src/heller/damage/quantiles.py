"""Quantiles of sums of risks by 10,000 seeded draws. It knows no flows and no money: cents in, cents out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWS = 10_000
MANY = 64  # risks: beyond them their draws are picked, not permuted
SLICES = 12  # bits
EDGE = NormalDist().inv_cdf(0.95)  # low and high are the 5 % and the 95 % quantile

Floats = NDArray[np.float64]


class Moving(NamedTuple):
    """A risk by its name: in cents for one step of the edge, upwards where it goes well, downwards else."""

    name: str
    up: int
    down: int


def quantiles(risks: Sequence[Moving], seed: int, at: Iterable[float]) -> list[int]:
    """The sum of all risks at these quantiles, in cents from the likely figure."""
    draw = _resample if len(risks) > MANY else _permuted
    drawn = np.zeros(DRAWS)
    for risk in risks:
        drawn += draw(risk, seed)
    return [round(float(q)) for q in np.quantile(drawn, np.array(tuple(at)))]


@cache
def _normal() -> Floats:
    """The middles of 10,000 equally likely slices of the standard normal: no sampling noise per risk."""
    return _slices(DRAWS)


@cache
def _fine() -> Floats:
    """The same in a power of two, so that some bits of a random number pick one."""
    return _slices(1 << SLICES)


def _slices(count: int) -> Floats:
    return np.array([NormalDist().inv_cdf((i + 0.5) / count) for i in range(count)]) / EDGE


def _permuted(risk: Moving, seed: int) -> Floats:
    """The draws of one risk, in cents from the likely figure; they hang on its name and the seed only."""
    return np.random.Generator(_bits(risk.name, seed)).permutation(_scaled(_normal(), risk))


def _resample(risk: Moving, seed: int) -> Floats:
    """The same where there are many risks: picked out of the slices with putting back, at a quarter of the
    time; the noise of each is lost among the others."""
    raw = _bits(risk.name, seed).random_raw(DRAWS // 4)  # four draws of 16 bits each
    index = raw.astype("<u8", copy=False).view("<u2") >> 16 - SLICES
    return _scaled(_fine(), risk).take(index, mode="clip")  # no index lies outside; so none is looked at


def _bits(name: str, seed: int) -> np.random.PCG64:
    key = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    return np.random.PCG64([seed, key])


def _scaled(slices: Floats, risk: Moving) -> Floats:
    """Slices in order, of which the lower half go badly."""
    middle = len(slices) // 2
    return np.concatenate((slices[:middle] * risk.down, slices[middle:] * risk.up))
