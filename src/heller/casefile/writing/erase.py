"""Erasing what an entry says, on a person's request: what it costs first, then for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from heller.casefile.fold import exhibit_numbers
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.entry import Entry
from heller.journal.erasure import KEPT, Plan, handed_since, plan
from heller.model.errors import InputRefused
from heller.model.text import Text, text


class HandedBefore(NamedTuple):
    """A dossier that was handed out: its running number, its day, to whom ('': not said)."""

    number: int
    day: str
    to: str


class ErasureCost(Struct, frozen=True):
    """What an erasure takes away: the entry, others that would give it away, originals; the exhibit's
    number where it is one; `handed` are the dossiers with it that were handed out: to whom, by number and day."""

    entry: Entry
    others: tuple[Entry, ...]
    originals: tuple[str, ...]
    exhibit: int | None
    handed: tuple[HandedBefore, ...] = ()


def erasure_cost(folder: Path, number: int) -> ErasureCost:
    """What would go; nothing is changed. Raises InputRefused where the entry cannot be erased."""
    entries = store.load(folder).entries
    if not 0 <= number < len(entries):
        raise _refused(
            text("There is no entry {n}; the last one is {last}.", n=number, last=len(entries) - 1)
        )
    entry = entries[number]
    if entry.kind in KEPT:
        raise _refused(text("Entry {n} holds no words of a person; it secures the journal.", n=number))
    if entry.body is None:
        raise _refused(text("What entry {n} said was erased before.", n=number))
    return _cost(entries, plan(entries, [number]), exhibit_numbers(entries).get(number))


def _cost(entries: Sequence[Entry], going: Plan, exhibit: int | None) -> ErasureCost:
    first, *others = going.entries
    return ErasureCost(first, tuple(others), going.originals, exhibit, handed_before(entries, [first.seq]))


def handed_before(entries: Sequence[Entry], numbers: Sequence[int]) -> tuple[HandedBefore, ...]:
    """To whom dossiers were handed out that hold what these entries say."""
    found = handed_since(entries, numbers).items()
    return tuple(
        HandedBefore(n, str((e.body or {}).get("as_of", "")), str((e.body or {}).get("to", "")))
        for n, e in found
    )


def erase(folder: Path, number: int, why: str, basis: str, now: datetime | None = None) -> ErasureCost:
    """Erase what an entry says, and all that would reveal it; returns what went."""
    what = erasure_cost(folder, number)
    if not why.strip():
        raise _refused(text("An erasure needs a reason; it stays, so name nobody in it."))
    before = store.load(folder).entries
    going = store.erase(folder, number, why.strip(), basis.strip(), read_clock(now))
    return _cost(before, going, what.exhibit)


def _refused(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing was erased; the case is as it was."),
        text("Look the number up with: heller journal show CASE"),
    )
