"""Customers who stayed away: counted before and after the outage, and in days without one. It is evidence and no sum:
who left for another reason is in it too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from heller.model.kinds.order import Order
from heller.model.span import Span

WINDOW = timedelta(days=90)
YEAR = timedelta(days=364)  # whole weeks, so that weekdays match
FEWEST = 10  # customers: below that a share says nothing


class Churn(Struct, frozen=True):
    """Of how many customers of the days before how many did not order in the days after."""

    before: int
    lost: int


def churn(orders: Iterable[Order], dead: Span) -> tuple[Churn, Churn] | None:
    """That of the outage, and the usual one: of the same days a year earlier, else of the days right before. None where
    the records do not reach over both, or name too few customers: many come once, so one figure alone says nothing."""
    named = sorted((one.at, one.customer) for one in orders if one.customer and not one.cancelled)
    now = _around(named, dead)
    usual = (
        _around(named, Span(dead.start - back, dead.end - back)) for back in (YEAR, WINDOW + dead.length)
    )
    before = next((one for one in usual if one is not None), None)
    return (now, before) if now is not None and before is not None else None


def more_than_usual(now: Churn, usual: Churn) -> bool:
    """Whether a larger share stayed away than in days without an outage."""
    return now.lost * usual.before > usual.lost * now.before


def _around(named: Sequence[tuple[datetime, str]], dead: Span) -> Churn | None:
    first, last = dead.start - WINDOW, dead.end + WINDOW
    if not named or named[0][0] > first or named[-1][0] < last:
        return None
    before = {who for at, who in named if first <= at < dead.start}
    after = {who for at, who in named if dead.end <= at < last}
    return Churn(len(before), len(before - after)) if len(before) >= FEWEST else None
