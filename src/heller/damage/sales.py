"""Lost sales of each channel: from orders to a daily series, an estimate and its explanation.

It counts takings; what is left of them as margin is the head's business.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
from msgspec import Struct

from heller.damage import by_hand, coverage
from heller.damage.baseline import estimate
from heller.damage.estimates import Estimate
from heller.damage.explanation import explain
from heller.damage.head import Inputs
from heller.damage.orders import CancelledOrder, Orders, days_lost, takings_by_day, turnover
from heller.damage.priced import terms
from heller.damage.public_holidays import region_of
from heller.damage.sales_terms import comes_later, owed, share_owed, words_of_share
from heller.damage.series import Floats
from heller.model.amount import Range
from heller.model.damage import ByHand, LikeDay, PathDay, SalesEstimate
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.order import Order
from heller.model.kinds.unit import channel_name
from heller.model.money import Money
from heller.model.span import days_of
from heller.model.text import text

DAY = timedelta(days=1)
FEWEST = 30  # orders before the outage
LONGEST = 1096  # days of history: what is older says nothing
SHOWN = 14  # days after the outage in the picture


class Modelled(Struct, frozen=True):
    """A channel's loss: the estimate, the takings that came, and the cancelled orders that are named in it.

    `estimate.lost` does not hold the named orders: they stand beside it, order by order.
    """

    channel: str
    days: tuple[date, ...]
    takings: Money
    expected: Range
    named: tuple[CancelledOrder, ...]
    estimate: SalesEstimate
    sources: tuple[Locator, ...]


class Sales(Struct, frozen=True):
    """All channels, with what is in doubt."""

    channels: tuple[Modelled, ...] = ()
    findings: tuple[Finding, ...] = ()


class _Window(Struct, frozen=True):
    """One channel cut into before, outage and after, in cents a day. Nobody observed the days `unseen`."""

    first: date
    days: tuple[date, ...]
    history: tuple[int, ...]
    observed: tuple[int, ...]
    after: tuple[int, ...]
    unseen: frozenset[date] = frozenset()


def model(
    inputs: Inputs, orders: Orders, named: Sequence[CancelledOrder], days: Sequence[date] | None = None
) -> Sales:
    """The estimate of every channel that has enough history, over the days of the outage or others."""
    days = tuple(days_lost(inputs) if days is None else days)
    if not orders.all or not days:
        return Sales()
    zone = inputs.case.tz
    last = max(order.at for order in orders.all).astimezone(zone).date()
    lists = coverage.covered(orders.all, zone)
    channels: list[Modelled] = []
    findings = [*_state(inputs), *_ends(days, last)]
    days = tuple(day for day in days if day <= last)
    names = orders.channels() if days else ()
    for channel in names:
        mine = [order for order in orders.all if order.channel == channel]
        inside = [
            n for n in named if n.order.channel == channel and n.order.at.astimezone(zone).date() in days
        ]
        found = _channel(inputs, channel, mine, inside, days, last, lists, by_hand.yearly(inputs, len(names)))
        if isinstance(found, Finding):
            findings.append(found)
        else:
            channels.append(found)
            findings += _apart(found.estimate)
    return Sales(tuple(channels), tuple(findings))


def _apart(estimate: SalesEstimate) -> tuple[Finding, ...]:
    """Two methods that do not agree are asked about before the other side does."""
    if estimate.by_hand.apart is None:
        return ()
    do = text("Look at the like days: which of them were no usual days, and what changed since? Note it.")
    return (Finding("damage.methods_apart", estimate.by_hand.apart, do),)


def _state(inputs: Inputs) -> tuple[Finding, ...]:
    state = inputs.case.facts.place
    if region_of(state):
        return ()
    what = text("The federal state of the line is not known: public holidays are not taken into account.")
    return (Finding("damage.state", what, text("State it, for example 'Nordrhein-Westfalen'."), Weight.NOTE),)


def _ends(days: Sequence[date], last: date) -> tuple[Finding, ...]:
    """The list of orders has to reach beyond the outage."""
    if last > days[-1]:
        return ()
    what = text(
        "The list of {units} ends on {last}, before the outage was over; later days are not counted.",
        last=last,
    )
    do = text("Export the {units} again, up to at least two weeks after the outage.")
    return (Finding("damage.orders_end", what, do),)


def _channel(
    inputs: Inputs,
    channel: str,
    mine: Sequence[Order],
    inside: Sequence[CancelledOrder],
    days: tuple[date, ...],
    last: date,
    lists: Collection[date],
    yearly: Money | None,
) -> Modelled | Finding:
    sold = [order for order in mine if not order.cancelled]
    cents = takings_by_day([*sold, *(n.order for n in inside)], inputs.case.tz)
    unseen = coverage.holes(cents, lists, days)
    days = _longest([day for day in days if day not in unseen])
    if not days:
        return _unobserved(channel, mine)
    cut = _window(cents, days, last, unseen)
    began = datetime.combine(days[0], time(), inputs.case.tz)
    before = sum(1 for order in sold if order.at < began)
    if cut is None or before < FEWEST:
        return Finding(
            "damage.few_orders",
            text(
                "{channel} has {n} {units} before the outage: too few to say what would have come.",
                channel=channel_name(channel),
                n=before,
            ),
            text("Export the {units} of the time before too; a year of history is best."),
        )
    away = cut.unseen.union(
        day for span in (*inputs.others, *inputs.slow) for day in days_of(span, inputs.case.tz)
    )
    said = terms(inputs.case, channel)
    try:
        result = estimate(
            _without(cut.history, cut.first, away), days[0], days[-1] + DAY, np.array(cut.observed, dtype=float),
            _without(cut.after, days[-1] + DAY, away), "D", region_of(inputs.case.facts.place),
            customers_return=comes_later(inputs, said), returning=inputs.case.trade.returning,
        )  # fmt: skip
    except InputRefused as refused:
        return Finding("damage.series", refused.what, refused.do, Weight.WARNING, mine[0].source)
    other = by_hand.by_hand(result, _without(cut.history, cut.first, away), yearly)
    part = share_owed(inputs, said, cut.days, result, mine)
    return _modelled(channel, cut, result, tuple(inside), mine, part, other)


def _unobserved(channel: str, mine: Sequence[Order]) -> Finding:
    return Finding(
        "damage.unobserved",
        text(
            "{channel}: no list covers the days of the outage; between two exports nothing is known.",
            channel=channel_name(channel),
        ),
        text("Export the {units} again in one list, from before the outage to after it."),
        Weight.WARNING,
        mine[0].source,
    )


def _longest(days: Sequence[date]) -> tuple[date, ...]:
    """The longest run of days that follow each other."""
    runs: list[list[date]] = [[]]
    for day in days:
        if runs[-1] and day - runs[-1][-1] != DAY:
            runs.append([])
        runs[-1].append(day)
    longest = max(len(run) for run in runs)
    return tuple(next(run for run in runs if len(run) == longest))


def _without(cents: Sequence[int], first: date, away: Collection[date]) -> Floats:
    """Takings by day as the estimate takes them; the days of other outages have no figure."""
    return np.array([np.nan if first + i * DAY in away else c for i, c in enumerate(cents)], dtype=float)


def _window(
    cents: dict[date, int], days: tuple[date, ...], last: date, unseen: Collection[date]
) -> _Window | None:
    """A day without an order that a list covers is a day with zero, from the first order on. The last day of the list
    may be half a day, so it is not used after the outage."""
    past = [day for day in cents if day < days[0]]
    if not past:
        return None
    first = coverage.beginning(max(min(past), days[0] - LONGEST * DAY), days[0], unseen)
    history = tuple(cents.get(first + i * DAY, 0) for i in range((days[0] - first).days))
    after = tuple(cents.get(days[-1] + i * DAY, 0) for i in range(1, (last - days[-1]).days))
    return _Window(first, days, history, tuple(cents.get(day, 0) for day in days), after, frozenset(unseen))


def _modelled(
    channel: str,
    cut: _Window,
    result: Estimate,
    named: tuple[CancelledOrder, ...],
    mine: Sequence[Order],
    part: Decimal,
    other: ByHand,
) -> Modelled:
    result = owed(result, float(part))
    lost, gross = (
        _range(result.lo, result.lost, result.hi),
        _range(result.gross_lo, result.gross, result.gross_hi),
    )
    came = gross.likely - lost.likely
    catch_up = Range(min(_cents(result.catch_up_lo), came), came, max(_cents(result.catch_up_hi), came))
    seen = Money(sum(cut.observed))
    sales = SalesEstimate(
        channel=channel,
        lost=lost,
        gross=gross,
        catch_up=catch_up,
        detectable=result.detectable,
        path=tuple(_path(cut, result)),
        like_days=tuple(_like_days(cut, result)),
        backtest=result.backtest,
        words=(
            *([other.apart] if other.apart else ()),
            *explain(result, _cents),
            *result.notes,
            *words_of_share(part),
        ),
        by_hand=other,
    )
    return Modelled(
        channel,
        cut.days,
        seen - turnover(n.order for n in named),
        Range(gross.low + seen, gross.likely + seen, gross.high + seen),
        named,
        sales,
        tuple(dict.fromkeys(Locator(order.source.object, member=order.source.member) for order in mine)),
    )


def _cents(value: float) -> Money:
    """A figure of the estimate as money: the one place where it is rounded."""
    return Money(round(value))


def _range(low: float, likely: float, high: float) -> Range:
    return Range(_cents(min(low, likely)), _cents(likely), _cents(max(high, likely)))


def _path(cut: _Window, result: Estimate) -> list[PathDay]:
    """The picture: weeks before, the outage, two weeks after."""
    back, ahead = len(result.before), min(len(cut.after), SHOWN)
    came = [*cut.history[len(cut.history) - back :], *cut.observed, *cut.after[:ahead]]
    first = cut.days[0] - back * DAY
    expected = [*result.before, *result.steps]
    return [
        PathDay(
            first + i * DAY,
            round(expected[i]),
            round(expected[i] * (1 - result.band)),
            round(expected[i] * (1 + result.band)),
            came[i],
        )
        for i in range(len(came))
    ]


def _like_days(cut: _Window, result: Estimate) -> list[LikeDay]:
    """What a loss adjuster draws up by hand, and the forecast beside it."""
    rows = []
    for i, day in enumerate(cut.days):
        comparable = tuple(round(value) for value in result.like[i] if np.isfinite(value))
        mean = round(sum(comparable) / len(comparable)) if comparable else 0
        rows.append(LikeDay(day, comparable, mean, round(result.steps[i]), cut.observed[i]))
    return rows
