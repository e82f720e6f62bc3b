"""Did orders come back? A spike at nothing and a slab of shares and decays, weighed by the two weeks after.

Method: reference "loss-estimation", section 5. It knows no forecast but the one handed in.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from heller.damage.series import Floats

SHARES = np.linspace(0.10, 0.70, 13)  # of the lost takings that came back
DAYS = 14
TEMPER = 0.6  # the days after are not as independent as the likelihood takes them to be
PRIOR = {None: 0.5, True: 0.75, False: 0.0}  # the answer to 'can customers order later?'


class Returned(Struct, frozen=True):
    """`share[i]` of the loss came back with `weight[i]` (sums to 1; share[0] is 0); `shift[i]` is what
    the days after say about the level if so, as a log; `known` is how much of the doubt about the
    level they take away, from 0 (there are none) to 1."""

    share: Floats
    weight: Floats
    shift: Floats
    known: float

    @property
    def chance(self) -> float:
        """The chance that anything came back."""
        return float(1 - self.weight[0])


def _between(stated: tuple[float, float]) -> Floats:
    """The shares that lie between two that a person states."""
    return np.linspace(*stated, len(SHARES))


def decays(days: int) -> Floats:
    """Shapes of coming back, shape (k, days): even, fading or falling; each a share of all that came."""
    at = np.arange(DAYS)
    even = [np.where(at < n, 1.0 / n, 0.0) for n in (5, 7, 10, 14)]
    fading = [np.exp(-at / tau) / np.exp(-at / tau).sum() for tau in (1.5, 3.0, 5.0, 8.0)]
    linear = [np.clip(n - at, 0, None) / np.clip(n - at, 0, None).sum() for n in (7, 14)]
    return np.array([*even, *fading, *linear])[:, :days]


def weigh(
    gross: float,
    expected: Floats,
    actual: Floats,
    daily: float,
    common: float,
    customers_return: bool | tuple[float, float] | None = None,
) -> Returned:
    """Weigh what came back of a gross loss, from the daily totals right after the outage.

    expected, actual: daily takings, shape (m,), m up to DAYS. daily, common: relative standard
    deviations of a day and of the level. Bayes with likelihood N(expected + share x gross x decay,
    daily noise + common level), tempered by TEMPER. Shares that a person states are not weighed: each counts alike.
    """
    prior, shares = (
        (1.0, _between(customers_return))
        if isinstance(customers_return, tuple)
        else (PRIOR[customers_return], SHARES)
    )
    days = min(len(actual), DAYS)
    share = np.concatenate(([0.0], shares))
    slab = np.full(len(shares), prior / len(shares))
    if isinstance(customers_return, tuple) or days == 0 or gross <= 0 or not expected[:days].any():
        rest = np.concatenate(([1 - prior], slab)) if gross > 0 else np.eye(1, len(share))[0]
        return Returned(share, np.asarray(rest, dtype=np.float64), np.zeros(len(share)), 0.0)
    p, off = expected[:days], actual[:days] - expected[:days]
    shapes = decays(days)
    extra = gross * share[:, None, None] * shapes[None, :, :]  # (share, shape, day)
    log_like, shift, known = _level(off - extra, p, daily, common)
    weight = np.exp(TEMPER * (log_like - log_like.max())) / len(shapes)
    weight *= np.concatenate(([1 - prior], slab))[:, None]
    by_share = weight.sum(axis=1)
    moved = np.where(by_share > 0, (weight * shift).sum(axis=1) / np.where(by_share > 0, by_share, 1.0), 0.0)
    return Returned(share, by_share / by_share.sum(), np.asarray(moved, dtype=np.float64), known)


def _level(off: Floats, p: Floats, daily: float, common: float) -> tuple[Floats, Floats, float]:
    """Log-likelihood of the remainders with the level integrated out, its posterior mean, what is known of it.

    off: (share, shape, day). Covariance diag((daily p)^2) + common^2 p p': Sherman and Morrison.
    """
    size = np.sqrt(p * p.mean())  # between proportional and constant noise
    noise = (daily * np.maximum(size, 0.2 * p.mean())) ** 2
    information = float(np.sum(p**2 / noise))
    score = (off * (p / noise)).sum(axis=-1)
    precision = information + 1 / common**2
    log_like = -0.5 * ((off**2 / noise).sum(axis=-1) - score**2 / precision)
    return log_like, score / precision, information / precision
