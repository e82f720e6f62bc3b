"""Two lists of the same money: an appointment book with fees and the till of the same practice. One of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from heller.damage.priced import Priced
from heller.model.finding import Finding, Weight
from heller.model.kinds.unit import Fate, Unit, UnitKind, channel_name
from heller.model.text import text

LEAST_WEEKS = 8
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


def at_the_till(
    priced: Mapping[str, Sequence[Priced]], bare: Mapping[str, Sequence[Unit]]
) -> tuple[tuple[str, str], ...]:
    """Channels of guests at tables, with amounts and without, whose money goes through a till that is there too, each
    with that till."""
    tills = sorted(name for name, own in priced.items() if own[0].unit.kind is UnitKind.TAKINGS)
    kinds = {name: own[0].kind for name, own in bare.items()}
    kinds |= {name: own[0].unit.kind for name, own in priced.items()}
    tables = (name for name, kind in kinds.items() if kind in (UnitKind.COVER, UnitKind.TABLE))
    return tuple((name, tills[0]) for name in sorted(tables)) if tills else ()


def _are_alike(one: Mapping[date, int], other: Mapping[date, int]) -> bool:
    """By days, or by weeks where a list has its money on another day than the other."""
    days = one.keys() & other.keys()
    if len(days) < LEAST_ALIKE:
        return False
    first, last = max(min(one), min(other)), min(max(one), max(other))
    weeks = [_by_week(of, first, last) for of in (one, other)]
    return _go_together([one[day] for day in sorted(days)], [other[day] for day in sorted(days)]) or (
        len(weeks[0]) >= LEAST_WEEKS and _go_together(*weeks)
    )


def _by_week(of: Mapping[date, int], first: date, last: date) -> list[int]:
    """The sums of whole weeks from one day on."""
    sums = [0] * (((last - first).days + 1) // 7)
    for day, cents in of.items():
        if day >= first and (week := (day - first).days // 7) < len(sums):
            sums[week] += cents
    return sums


def _go_together(a: Sequence[int], b: Sequence[int]) -> bool:
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
        text("If they are two kinds of business, add copies of the lists that name the channels."),
        Weight.NOTE,
    )
