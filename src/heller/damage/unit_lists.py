"""Units of several lists, each once: exports overlap, and a till hands out its receipts and their sums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from heller.damage.closings import closings
from heller.model.finding import Finding, Weight
from heller.model.kinds.unit import Fate, Unit, UnitKind
from heller.model.money import total
from heller.model.text import text

SURER = (Fate.CAUGHT_UP, Fate.REFUNDED, Fate.LOST, Fate.CANCELLED, Fate.ABSENT, Fate.HELD, Fate.OPEN)


def each_once(records: Sequence[Unit]) -> tuple[tuple[Unit, ...], tuple[Finding, ...]]:
    """Each unit once: of overlapping exports the surest fate counts, of a till its receipts and not their sums too."""
    euros = closings([unit for unit in records if unit.value is None or unit.value.currency == "EUR"])
    tills = [unit for unit in euros if unit.kind is UnitKind.TAKINGS and "/" in unit.number]
    others = [unit for unit in euros if unit.kind is not UnitKind.TAKINGS or "/" not in unit.number]
    numbered: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    copies: dict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
    alike: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    for unit in others:
        if unit.number:
            numbered[unit.kind, unit.channel, unit.number, unit.at].append(unit)
        else:
            same = (unit.kind, unit.channel, unit.at, unit.value, unit.count, unit.customer)
            copies[same][unit.source.object if unit.source else ""] += 1
            alike[same].append(unit)
    kept = [min(own, key=_surest) for own in numbered.values()]
    for one, own in alike.items():
        kept += sorted(own, key=_surest)[: max(copies[one].values())]
    twice = len(others) - len(kept)
    return (*kept, *_of_tills(tills)), (_overlap(twice),) if twice else ()


def _surest(unit: Unit) -> tuple[object, ...]:
    return (SURER.index(unit.fate), unit.value is None, unit.source.object if unit.source else "")


def _of_tills(tills: Sequence[Unit]) -> Iterator[Unit]:
    """The receipts of tills, net where one of the files says net, at the hour that one of them says; a closing only
    where no receipts of it are there."""
    by_number: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in tills:
        by_number[unit.channel, unit.number].append(unit)
    closings = {
        (channel, number.rpartition("/")[0]) for channel, number in by_number if number.count("/") > 1
    }
    for key, own in by_number.items():
        if key in closings:
            continue
        net = [unit for unit in own if not unit.gross]
        valued = _of_one_file(net or own)
        at = min(own, key=lambda unit: (not unit.timed, unit.source is None, not unit.gross, unit.at))
        yield replace(valued, at=at.at, timed=at.timed)


def _of_one_file(rows: Sequence[Unit]) -> Unit:
    """The rows of one receipt in one file added up; the same receipt in another file is the same."""
    files: dict[str, list[Unit]] = defaultdict(list)
    for unit in rows:
        files[f"{unit.source.object}{unit.source.member}" if unit.source else ""].append(unit)
    own = files[min(files)]
    known = [unit.value for unit in own if unit.value is not None]
    return replace(own[0], value=total(known) if known else None)


def _overlap(count: int) -> Finding:
    said = text(
        "{n} {units} stand in two lists; each counts once.",
        "One row stands in two lists; it counts once.",
        n=count,
    )
    return Finding(
        "damage.units_twice", said, text("Nothing needs to be done if two exports overlap."), Weight.NOTE
    )
