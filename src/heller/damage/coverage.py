"""Which days the lists of a case cover: a day of which no list says anything is unobserved, not a day without sales.

A list covers all days from its first row to its last. What a person noted by hand is one list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from heller.model.kinds.order import Order

DAY = timedelta(days=1)
SELDOM = 0.2  # of its weekdays with sales: on rarer ones nothing need have come
MOST = 0.25  # of the history may be unobserved; what lies before a longer gap is left out
LONG = 14  # days without a sale within one list are no closed days any more


def covered(orders: Iterable[Order], zone: ZoneInfo) -> set[date]:
    """The days from the first row to the last of each list."""
    rows: dict[tuple[str, str], list[datetime]] = {}
    for order in orders:
        rows.setdefault((order.source.object, order.source.member), []).append(order.at)
    ends = [[end.astimezone(zone).date() for end in (min(at), max(at))] for at in rows.values()]
    return {first + n * DAY for first, last in ends for n in range((last - first).days + 1)}


def holes(cents: Mapping[date, int], lists: Collection[date], outage: Collection[date]) -> set[date]:
    """The days between the first and the last sale that nobody observed: no list covers them, or the one that does is
    silent for weeks. Of a gap that the outage explains none is one: then nothing was sold."""
    if not cents:
        return set()
    first, last = min(cents), max(cents)
    usual = _weekdays(cents, lists)
    silent = [day for n in range((last - first).days + 1) if not cents.get(day := first + n * DAY)]
    found: set[date] = set()
    for run in _runs(silent):
        working = {day for day in run if usual[day.weekday()] > SELDOM}
        gap = {day for day in working if day not in lists}
        if working <= set(outage):
            continue
        found |= gap
        if len(run) >= LONG and working:
            found |= working - set(outage)
    return found


def _weekdays(cents: Mapping[date, int], lists: Collection[date]) -> list[float]:
    """How often something was sold on each weekday that a list covers."""
    seen, sold = [0] * 7, [0] * 7
    for day in lists:
        seen[day.weekday()] += 1
        sold[day.weekday()] += bool(cents.get(day))
    return [sold[n] / seen[n] if seen[n] else 0.0 for n in range(7)]


def _runs(days: Iterable[date]) -> list[list[date]]:
    out: list[list[date]] = []
    for day in days:
        if out and day - out[-1][-1] == DAY:
            out[-1].append(day)
        else:
            out.append([day])
    return out


def beginning(first: date, before: date, unseen: Collection[date]) -> date:
    """The day from which a history is observed well enough: at most a quarter of it is unobserved."""
    missing = sorted(day for day in unseen if first <= day < before)
    while missing and len(missing) > MOST * (before - first).days:
        first = missing.pop(0) + DAY
    while first in unseen and first < before:
        first += DAY
    return first
