"""The second method, always: what an adjuster works out by hand, beside the forecast, and the bridge between both.

The mean of the last like days, the same weeks of the year before times the growth since, and the yearly takings of the
firm by the day. It claims nothing: the claim rests on the forecast, and where they lie apart, that is said first.
"""

from __future__ import annotations

import numpy as np

from heller.damage.estimates import Estimate
from heller.damage.head import Inputs
from heller.damage.series import Floats
from heller.model.amount import Range, WorkingLine
from heller.model.damage import ByHand
from heller.model.facts import books, firm
from heller.model.money import Money
from heller.model.text import Text, text

YEAR = 364  # days: the same weekdays a year before
GROWTH = 56  # days before the outage, and the same a year earlier, that tell the growth


def by_hand(result: Estimate, history: Floats, yearly: Money | None) -> ByHand:
    """The other methods for the takings of the window, the bridge, and what is to be said first.

    history: takings a day up to the window, in cents, NaN where nobody observed; yearly: takings of the whole firm
    where the channel is all of it.
    """
    like = round(
        float(
            np.nan_to_num(np.nanmean(np.where(np.isfinite(result.like), result.like, np.nan), axis=1)).sum()
        )
    )
    window = len(result.given.observed)
    ways = [
        WorkingLine(text("Mean of the last like days"), Range.exact(Money(like))),
        *_year_before(history, window),
        *_yardstick(yearly, window),
    ]
    ends = (result.gross_lo, result.gross, result.gross_hi)
    expected = Range(*(Money(round(end + result.observed)) for end in ends))
    return ByHand(tuple(ways), tuple(_bridge(result, like)), _apart(ways, expected))


def yearly(inputs: Inputs, channels: int) -> Money | None:
    """The takings of a year of the whole firm, where there is but one channel to set them against."""
    if channels != 1:
        return None
    return inputs.case.facts[books.REVENUE] or inputs.case.facts[firm.TURNOVER]


def _year_before(history: Floats, window: int) -> list[WorkingLine]:
    """The same weeks a year earlier, brought to the level of today; none where the history is too short."""
    n = len(history)
    if n < YEAR + GROWTH:
        return []
    before = float(np.nansum(history[n - YEAR : n - YEAR + window]))
    then, now = (
        float(np.nansum(history[n - YEAR - GROWTH : n - YEAR])),
        float(np.nansum(history[n - GROWTH :])),
    )
    if before <= 0 or then <= 0:
        return []
    said = text(
        "Same weeks of the year before, {before}, times the growth since", before=Money(round(before))
    )
    return [WorkingLine(said, Range.exact(Money(round(before * now / then))))]


def _yardstick(yearly: Money | None, window: int) -> list[WorkingLine]:
    if not yearly:
        return []
    said = text("Yardstick: takings of a year, {yearly}, by the day", yearly=yearly)
    return [WorkingLine(said, Range.exact(Money(round(yearly.cents * window / 365))))]


def _bridge(result: Estimate, like: int) -> list[WorkingLine]:
    """From the mean of the like days to the forecast, each step in cents; they add up."""
    expected = round(result.expected)
    plain = round(result.expected / result.corrected)
    holidays = round(result.holidays)
    steps = (
        (text("Mean of the last like days"), like),
        (
            text("level and pattern of the last weeks, weighed by the errors of the past"),
            plain - holidays - like,
        ),
        (text("public holidays in the window"), holidays),
        (text("level of the days after the outage"), expected - plain),
        (text("Forecast of the window"), expected),
    )
    return [WorkingLine(said, Range.exact(Money(cents))) for said, cents in steps if cents]


def _apart(ways: list[WorkingLine], expected: Range) -> Text | None:
    """That a method by hand lies outside the range of the forecast."""
    for way in ways:
        if way.amount is not None and not expected.low <= way.amount.likely <= expected.high:
            return text(
                "Two methods differ by more than the range: {way} gives {other}, the forecast {expected} (from {low} "
                "to {high}).",
                way=way.text,
                other=way.amount.likely,
                expected=expected.likely,
                low=expected.low,
                high=expected.high,
            )
    return None
