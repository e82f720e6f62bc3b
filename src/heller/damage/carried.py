"""What of a loss a substitute could not have carried: of a channel it carried a share from an hour on, and what is lost
beyond the rest is not owed for the outage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from heller.model.kinds.order import Order

OPEN, SHUT = time(8), time(18)  # a day of business whose hours no list knows
FEWEST_HOURS = 3  # different ones, before a list knows the hours: noon stands for a day alone


def attributable(
    carried: Decimal,
    since: datetime,
    days: Sequence[date],
    expected: Sequence[float],
    orders: Sequence[Order],
    zone: ZoneInfo,
) -> float:
    """The share, from 0 to 1, of the loss over some days that the outage is to answer for. `expected` is what was to
    come on each, in cents; `orders` are those of the channel at all times."""
    came: dict[date, list[Order]] = {}
    for order in orders:
        came.setdefault(order.at.astimezone(zone).date(), []).append(order)
    whole = owed = 0.0
    for day, usual in zip(days, expected, strict=True):
        sold = [order for order in came.get(day, []) if not order.cancelled]
        before = _before(day, since, orders, zone)
        early = sum(order.net.cents for order in sold if order.at < since)
        late = sum(order.net.cents for order in sold) - early
        rest = (1 - before) * usual
        whole += usual - early - late
        owed += before * usual - early + min(rest - late, float(1 - carried) * rest)
    return min(max(owed / whole, 0.0), 1.0) if whole > 0 else 1.0


def _before(day: date, since: datetime, orders: Sequence[Order], zone: ZoneInfo) -> float:
    """The share of a day's takings that comes before a moment: by the hours of all other days, else by usual hours."""
    local = since.astimezone(zone)
    if day != local.date():
        return 1.0 if day < local.date() else 0.0
    hours = [(order.at.astimezone(zone).time(), order.net.cents) for order in orders if not order.cancelled]
    if len({hour for hour, _ in hours}) < FEWEST_HOURS:
        opened, shut = (datetime.combine(day, at) for at in (OPEN, SHUT))
        passed = datetime.combine(day, local.time()) - opened
        return min(max(passed / (shut - opened), 0.0), 1.0)
    total = sum(cents for _, cents in hours)
    return sum(cents for hour, cents in hours if hour < local.time()) / total if total else 0.0
