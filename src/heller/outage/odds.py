"""Exact probabilities of counts. Standard library only."""

from __future__ import annotations

from math import exp, lgamma, log


def at_most(k: int, n: int, p: float) -> float:
    """The probability of at most `k` of `n` independent trials, each of probability `p` (binomial).

    >>> at_most(1, 2, 0.5)
    0.75
    >>> at_most(9, 900, 0.02) < 0.02
    True
    """
    if p <= 0 or k >= n:
        return 1.0
    if k < 0:
        return 0.0
    logs = (
        lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log(1 - p)
        for i in range(k + 1)
    )
    return min(1.0, sum(exp(one) for one in logs))
