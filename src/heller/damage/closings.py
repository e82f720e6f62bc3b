"""Closings of a till on paper (Z reports) beside its lists: where both say the same of a day, the list counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from heller.model.kinds.unit import Unit, UnitKind

CENT = 1  # by which a net may be rounded otherwise


def closings(units: Sequence[Unit]) -> list[Unit]:
    """The units without the closings on paper whose sum a list says of that day; one that names no till is of the only
    till that the lists name."""
    tills = [unit for unit in units if unit.kind is UnitKind.TAKINGS and not _on_paper(unit)]
    papers = [unit for unit in units if unit.kind is UnitKind.TAKINGS and _on_paper(unit)]
    if not papers or not tills:
        return list(units)
    days: dict[tuple[str, date], list[Unit]] = defaultdict(list)
    for unit in tills:
        days[unit.source.object if unit.source else "", unit.at.date()].append(unit)
    sums: dict[date, set[int]] = defaultdict(set)
    for (_, on), mine in days.items():
        sums[on] |= _cents(mine)
    names = {unit.channel for unit in tills}
    kept = [unit for unit in papers if not _is_among(_cents([unit]), sums[unit.at.date()])]
    others = [unit for unit in units if unit not in papers]
    return [*others, *(_of_till(unit, names) for unit in kept)]


def _on_paper(unit: Unit) -> bool:
    return unit.source is not None and unit.source.place.startswith("page ")


def _cents(units: Iterable[Unit]) -> set[int]:
    """What the units of a day come to as they are said, and without VAT where all say its rate."""
    valued = [unit for unit in units if unit.value is not None]
    said = {sum(unit.value.cents for unit in valued if unit.value)}
    if all(not unit.gross or unit.rate is not None for unit in valued):
        said.add(round(sum(_net(unit) for unit in valued)))
    return said


def _net(unit: Unit) -> Fraction:
    rate = Fraction(unit.rate or 0) if unit.gross else Fraction(0)
    return Fraction(unit.value.cents if unit.value else 0) / (1 + rate)


def _is_among(mine: set[int], theirs: set[int]) -> bool:
    return any(abs(one - other) <= CENT for one in mine for other in theirs)


def _of_till(unit: Unit, names: set[str]) -> Unit:
    return replace(unit, channel=next(iter(names))) if not unit.channel and len(names) == 1 else unit
