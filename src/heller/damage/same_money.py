"""Two lists of the same money: an appointment book with fees and the till of the same practice. One of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from heller.damage.priced import Priced
from heller.model.finding import Finding, Weight
from heller.model.kinds.unit import Fate, UnitKind, channel_name
from heller.model.text import text

LEAST_ALIKE = 20  # days on which both of two lists say what came in
ALIKE, TOGETHER = (0.8, 1.25), 0.9  # ratio of their sums, correlation of their days


def same_money(
    known: Mapping[str, Sequence[Priced]],
    takings: Mapping[str, Sequence[Priced]],
    before: date,
    zone: ZoneInfo,
) -> Iterator[tuple[str, str]]:
    """Channels of takings that are the same money as another one, by the days before the outage: day by day they go
    together and add up to the same. Each with the other, which counts."""
    counted = {name: _by_day(own, before, zone) for name, own in known.items()}
    for name, own in sorted(
        takings.items(), key=lambda pair: (pair[1][0].unit.kind is UnitKind.TAKINGS, pair[0])
    ):
        mine = _by_day(own, before, zone)
        twin = next((other for other, days in counted.items() if _are_alike(mine, days)), None)
        if twin is None:
            counted[name] = mine
        else:
            yield name, twin


def _by_day(own: Sequence[Priced], before: date, zone: ZoneInfo) -> dict[date, int]:
    out: dict[date, int] = {}
    for one in own:
        day = one.unit.at.astimezone(zone).date()
        if day < before and one.unit.fate in (Fate.HELD, Fate.CAUGHT_UP, Fate.REFUNDED):
            out[day] = out.get(day, 0) + one.net.cents
    return out


def _are_alike(one: Mapping[date, int], other: Mapping[date, int]) -> bool:
    days = sorted(one.keys() & other.keys())
    if len(days) < LEAST_ALIKE:
        return False
    a, b = [one[day] for day in days], [other[day] for day in days]
    low, high = ALIKE
    if not sum(b) or not low <= sum(a) / sum(b) <= high:
        return False
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    own = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    return own > 0 and both / own**0.5 >= TOGETHER


def counted_once(takings: str, other: str) -> Finding:
    """What is said of a channel whose money another one counts."""
    return Finding(
        "damage.same_money",
        text(
            "'{one}' and '{other}' are the same money in two lists: '{other}' counts.",
            one=channel_name(takings),
            other=channel_name(other),
        ),
        text("If they are two kinds of business, name the channels in the lists."),
        Weight.NOTE,
    )
