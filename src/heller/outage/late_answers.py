"""Which answers of a chunk of samples came late: by a deadline, by the rule, or by the quickest of the chunk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heller.model.sample import Outcome
from heller.outage.rule import LEAST_LATE, SLOW

if TYPE_CHECKING:
    from polars import DataFrame, Series


def slow_answers(frame: DataFrame) -> DataFrame:
    """When answers came late, by a deadline or by the rule; most chunks have none."""
    late, rtt = frame["outcome"] == Outcome.LATE, frame["rtt"]
    slowest = rtt.max()  # NaN, where there was no answer, is left out
    if not late.any() and not (isinstance(slowest, float) and slowest > SLOW):
        return frame.clear().select("target", "at")
    return frame.select("target", "at").filter(late | ((rtt > SLOW) & rtt.is_not_nan()))


def tall_answers(frame: DataFrame, rtts: Series) -> DataFrame:
    """The answers that took clearly longer than the quickest twentieth of their chunk."""
    quick = rtts.quantile(0.05)
    if quick is None:
        return frame.clear().select("target", "at")
    rtt = frame["rtt"]
    return frame.select("target", "at").filter((rtt > quick + LEAST_LATE) & rtt.is_not_nan())
