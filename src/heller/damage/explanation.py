"""What an estimate did, how well it does on the firm's own past, and what it cannot see: in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from heller.damage.estimates import Estimate, Window
from heller.model.money import Money
from heller.model.text import Text, text

Show: TypeAlias = "Callable[[float], Money | Decimal]"
DAY = timedelta(days=1)


def _plain(value: float) -> Decimal:
    return Decimal(round(value))


def share(value: float) -> Decimal:
    """A share of the estimate as it is printed, in whole per cent."""
    return Decimal(f"{value:.2f}")


def explain(result: Estimate, show: Show = _plain) -> tuple[Text, ...]:
    """What was done, how well it does on the firm's own past, what it cannot see, and the verdict.

    `show` turns a figure of the series into what is printed: money, or a plain number.
    """
    test, given = result.backtest, result.given
    words = [
        text(
            "Expected were takings of {expected} from {first} to {last}; {came} came. "
            "Expected is the weekly pattern of the last weeks times the recent level, worked out "
            "from {n} days.",
            expected=show(result.expected),
            first=_day_or_moment(given.start, given),
            last=_day_or_moment(given.end - given.step, given),
            came=show(result.observed),
            n=_days(given),
        ),
        text(
            "On {n} quiet windows of the firm's own past (worth {independent} independent ones) the "
            "method was off by "
            "{median:percent} at the median and {worst:percent} at worst; the range held the truth in "
            "{coverage:percent} of them.",
            n=test.windows,
            independent=Decimal(str(test.effective)),
            median=share(test.median_error),
            worst=share(test.worst_error),
            coverage=share(test.coverage),
        ),
        text(
            "A loss of less than {share:percent} of the usual takings of such a window could not "
            "have been seen.",
            share=share(test.detectable),
        ),
    ]
    if abs(result.corrected - 1) >= 0.005:
        moved = text(
            "The plain forecast was {plain}; the level of the days after the outage moved it to "
            "{share:percent} of that.",
            plain=show(result.expected / result.corrected),
            share=share(result.corrected),
        )
        words.insert(1, moved)
    return (*words, *_verdict(result, show))


def _day_or_moment(at: datetime, given: Window) -> date | datetime:
    return at.date() if given.step >= DAY else at


def _days(given: Window) -> int:
    return given.history * given.step // DAY


def _verdict(result: Estimate, show: Show) -> tuple[Text, ...]:
    if not result.detectable:
        return (
            text(
                "Not detectable: the range from {low} to {high} includes zero, so no lost {takings} are claimed.",
                low=show(result.lo),
                high=show(result.hi),
            ),
            text(
                "Name the {units}, {customers} or contracts that were lost instead, each with "
                "its paper: figures as in other years are no damage."
            ),
        )
    if not len(result.given.after):
        return (
            text(
                "Nothing is known of the days after the outage; that what was missed comes back is weighed with a "
                "chance of {chance:percent}, by your answer or by the kind of business: {gross} if nothing did, {lost} "
                "as weighed.",
                chance=share(result.chance),
                gross=show(result.gross),
                lost=show(result.lost),
            ),
        )
    if result.given.end - result.given.start <= 3 * DAY:
        return (
            text(
                "So short an outage does not show whether what was missed came back: {gross} if nothing "
                "did, {lost} as weighed here.",
                gross=show(result.gross),
                lost=show(result.lost),
            ),
        )
    return (
        text(
            "The days after the outage say with a chance of {chance:percent} that what was missed came "
            "back; {catch_up} are taken off for it.",
            chance=share(result.chance),
            catch_up=show(result.catch_up),
        ),
    )
