"""Did orders come back? A spike at nothing and a slab of shares and decays, weighed by the two weeks after.

Method: reference "loss-estimation", section 5. It knows no forecast but the one handed in.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from msgspec import Struct

from heller.damage.drift import Drift, scaled
from heller.damage.series import Floats

SHARES = np.linspace(0.10, 0.70, 13)  # of the lost takings that came back
DAYS = 14
TEMPER = 0.7  # the days after are not as independent as the likelihood takes them to be
FREEDOM = 5.0  # of Student's t: a single wild day proves nothing
FOLLOWS = 0.6  # how far the window follows the level of the days after
NARROWS = 0.7  # and how much of what they explain is believed
PRIOR = {True: 0.75, False: 0.0}  # the answer to 'can customers order later?'
Prior: TypeAlias = "float | tuple[float, float]"
UNASKED = 0.6  # the same where nobody answered and the trade says nothing


class Returned(Struct, frozen=True):
    """`share[i]` of the loss came back with `weight[i]` (sums to 1; share[0] is 0); `shift[i]` is what
    the days after say about the level if so, as a log; `known` is how much of the variance of the window's
    error they take away, from 0 (there are none) to 1."""

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
    gross: float, expected: Floats, actual: Floats, drift: Drift, window: float, comes_later: Prior = UNASKED
) -> Returned:
    """Weigh what came back of a gross loss, from the daily totals right after the outage.

    expected, actual: daily takings, shape (m,), m up to DAYS. window: its length in days. comes_later: the chance that
    anything comes back, or the shares between which a person says that it lies. Bayes with Student's t around expected
    + share x gross x decay, with the covariance of `drift`, tempered by TEMPER; the shift of the window is its
    regression on the days after. Shares that a person states are not weighed: each counts alike.
    """
    stated = isinstance(comes_later, tuple)
    prior, shares = (1.0, _between(comes_later)) if isinstance(comes_later, tuple) else (comes_later, SHARES)
    days = min(len(actual), DAYS)
    share = np.concatenate(([0.0], shares))
    slab = np.concatenate(([1 - prior], np.full(len(shares), prior / len(shares))))
    if stated or days == 0 or gross <= 0 or not expected[:days].any():
        rest = slab if gross > 0 else np.eye(1, len(share))[0]
        return Returned(share, np.asarray(rest, dtype=np.float64), np.zeros(len(share)), 0.0)
    law, p = drift.joint(window, days), expected[:days]
    extra = gross * share[:, None, None] * decays(days)[None, :, :]  # (share, shape, day)
    off = scaled(actual[:days] - p - extra, p)
    inverse = np.linalg.inv(law.after)
    far = np.einsum("abi,ij,abj->ab", off, inverse, off)
    log_like = -(FREEDOM + days) / 2 * np.log1p(far / FREEDOM)
    weight = np.exp(TEMPER * (log_like - log_like.max())) * slab[:, None]
    by_share = weight.sum(axis=1)
    shift = np.clip(FOLLOWS * (off @ (inverse @ law.both)), -1.0, 1.0)
    moved = np.where(by_share > 0, (weight * shift).sum(axis=1) / np.where(by_share > 0, by_share, 1.0), 0.0)
    known = NARROWS * float(np.clip(law.both @ inverse @ law.both / law.window, 0.0, 0.9))
    return Returned(share, by_share / by_share.sum(), np.asarray(moved, dtype=np.float64), known)
