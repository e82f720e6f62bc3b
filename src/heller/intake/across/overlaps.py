"""How two lists of one kind compare: which rows both say, which they say otherwise, which only one has. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from heller.intake.across.identity import letters
from heller.intake.across.list_kinds import KINDS, RowKind, rows_of
from heller.model.case import Exhibit
from heller.model.kinds.order import Order
from heller.model.kinds.shift import Shift
from heller.model.money import Money, total
from heller.model.record import Record

MOST = 2  # alike rows are a version from one in this many of the smaller list on
LONG = 3  # days of a list whose first and last day say something
MARK = re.compile(  # what people put behind a name for another version of the same thing
    r"(?<![\s_.+-])[\s_.+-]*(\(\d{1,3}\)|\b(kopie|copy|neu|new|korr|korrigiert|korrektur|corrected|final|endg(ü|ue)ltig|update|aktuell"
    r"|signed|signiert|unterschrieben|unterzeichnet|scan|fassung|version|(v|rev)\.?\s?\d{1,3})\b)$",
    re.IGNORECASE,
)


class Overlap(Struct, frozen=True):
    """How two lists of one kind compare: rows of the later one that the earlier one says too, rows about the same with
    other values, how many rows only one of them has; what each is worth in the days of both. `days` says whether they
    share any: without, both count. `matched`: whether their rows say so, and not only names and days."""

    kind: RowKind
    alike: tuple[Record, ...]
    differ: tuple[Record, ...]
    only_first: int
    only_second: int
    first: Money | None
    second: Money | None
    days: bool = True
    matched: bool = True


def stem(name: str) -> str:
    """A file's name without its ending and what says that it is another version of the same thing.

    >>> stem("Stunden Februar_korrigiert (2).xlsx"), stem("stunden-februar-v2.csv"), stem("stunden.csv")
    ('stundenfebruar', 'stundenfebruar', 'stunden')
    """
    plain = PurePath(name).stem.strip().replace("_", " ")
    while (found := MARK.search(plain)) and found.start():
        plain = plain[: found.start()]
    return letters(plain)


def overlaps(first: Exhibit, second: Exhibit) -> Iterator[Overlap]:
    """How two exhibits compare, list by list; nothing where they are no versions of each other."""
    for kind in KINDS:
        one, other = rows_of(first, kind), rows_of(second, kind)
        if one and other and (found := _overlap(kind, one, other, stem(first.name) == stem(second.name))):
            yield found


def _overlap(kind: RowKind, first: Sequence[Any], second: Sequence[Any], named: bool) -> Overlap | None:
    """How two lists compare; `named` where their files have one name."""
    begin = max(min(map(kind.day, first)), min(map(kind.day, second)))
    end = min(max(map(kind.day, first)), max(map(kind.day, second)))
    one = [row for row in first if begin <= kind.day(row) <= end]
    other = [row for row in second if begin <= kind.day(row) <= end]
    if not one or not other:
        apart = Overlap(kind, (), (), len(first), len(second), None, None, days=False, matched=False)
        return apart if named else None
    shared, alike, differ = _hours(one, other) if kind.once else _rows(kind, one, other)
    least = min(len(one), len(other))
    enough = kind.once or len(alike) * MOST >= least - len(shared)
    matched = True
    if not differ and not (alike and enough):
        differ = _about(kind, one, other)
        matched = bool(differ) and len(differ) * MOST >= least
        if shared or not (matched or named or _same_period(kind, first, second)):
            return None  # what both say under one number counts once by itself
        alike, differ = [], differ if matched else []
    count = len(shared) + len(alike) + len(differ)
    return Overlap(
        kind,
        (*shared, *alike),
        tuple(differ),
        max(len(one) - count, 0),
        len(other) - count,
        _worth(kind, one),
        _worth(kind, other),
        matched=matched,
    )


def _rows(kind: RowKind, one: list[Any], other: list[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """Rows under one number that say the same, rows without one that do, rows under one number that say otherwise."""
    names = {kind.named(row): row for row in one if kind.named(row) is not None}
    says = _says(kind, one, other)
    twins = [(row, names[kind.named(row)]) for row in other if kind.named(row) in names]
    shared = [row for row, twin in twins if says(twin) == says(row)]
    differ = [row for row, twin in twins if says(twin) != says(row)]
    left = Counter(map(says, one)) - Counter(map(says, shared))
    alike = []
    for row in other:
        if kind.named(row) not in names and left[says(row)] > 0:
            left[says(row)] -= 1
            alike.append(row)
    return shared, alike, differ


def _says(kind: RowKind, one: list[Any], other: list[Any]) -> Callable[[Any], object]:
    """What rows are compared by: the customer of an order only where both lists know their customers."""
    if kind.of is Order and not (all(r.customer for r in one) and all(r.customer for r in other)):
        return lambda row: (row.at.date(), row.net)
    return kind.says


def _hours(one: Sequence[Shift], found: Sequence[Shift]) -> tuple[list[Any], list[Any], list[Any]]:
    """Hours of one person and day: those that say the same, and those that overlap and say something else."""
    same = {(letters(r.person), r.span, r.minutes, r.kind) for r in one}
    alike = [r for r in found if (letters(r.person), r.span, r.minutes, r.kind) in same]
    others = [r for r in found if (letters(r.person), r.span, r.minutes, r.kind) not in same]
    return [], alike, [r for r in others if any(_crossing(r, other) for other in one)]


def _crossing(one: Shift, other: Shift) -> bool:
    meets = one.span.start < other.span.end and other.span.start < one.span.end
    return letters(one.person) == letters(other.person) and meets


def _about(kind: RowKind, one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """The rows of the later list that are about what a row of the earlier one is about, by the key that finds most."""
    keys = range(min((len(kind.about(row)) for row in (*one, *other)), default=0))
    found: list[Any] = []
    for n in keys:
        left = Counter(key for row in one if _whole(key := kind.about(row)[n]))
        rows = []
        for row in other:
            if left[key := kind.about(row)[n]] > 0:
                left[key] -= 1
                rows.append(row)
        found = max(found, rows, key=len)
    return found


def _whole(key: object) -> bool:
    """Whether nothing of a key is unknown."""
    return not isinstance(key, tuple) or None not in key


def _same_period(kind: RowKind, first: Sequence[Any], second: Sequence[Any]) -> bool:
    """Whether two lists of the same shop, account or people begin and end on the same days."""
    days = [(min(map(kind.day, rows)), max(map(kind.day, rows))) for rows in (first, second)]
    homes = [{kind.home(row) for row in rows} - {None, ""} for rows in (first, second)]
    return days[0] == days[1] and (days[0][1] - days[0][0]).days >= LONG and bool(homes[0] & homes[1])


def _worth(kind: RowKind, rows: Sequence[Any]) -> Money | None:
    amounts = [worth for row in rows if (worth := kind.worth(row)) is not None]
    return (
        total(amounts, amounts[0].currency) if amounts and len({a.currency for a in amounts}) == 1 else None
    )
