"""Erasing what an entry says, on a person's request: what it costs first, then for good."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from heller.casefile.fold import exhibit_numbers
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.entry import Entry
from heller.journal.erasure import KEPT, Plan, plan
from heller.model.errors import InputRefused
from heller.model.text import Text, text


class ErasureCost(Struct, frozen=True):
    """What an erasure takes away: the entry, others that would give it away, originals; the exhibit's
    number where it is one."""

    entry: Entry
    others: tuple[Entry, ...]
    originals: tuple[str, ...]
    exhibit: int | None


def erasure_cost(folder: Path, number: int) -> ErasureCost:
    """What would go; nothing is changed. Raises InputRefused where the entry cannot be erased."""
    entries = store.load(folder).entries
    if not 0 <= number < len(entries):
        raise _refused(
            text("There is no entry {n}; the last one is {last}.", n=number, last=len(entries) - 1)
        )
    entry = entries[number]
    if entry.kind in KEPT:
        raise _refused(text("Entry {n} holds no words of a person; it carries the journal.", n=number))
    if entry.body is None:
        raise _refused(text("What entry {n} said was erased before.", n=number))
    return _cost(plan(entries, [number]), exhibit_numbers(entries).get(number))


def _cost(going: Plan, exhibit: int | None) -> ErasureCost:
    return ErasureCost(going.entries[0], going.entries[1:], going.originals, exhibit)


def erase(folder: Path, number: int, why: str, basis: str, now: datetime | None = None) -> ErasureCost:
    """Erase what an entry says, and all that would reveal it; returns what went."""
    what = erasure_cost(folder, number)
    if not why.strip():
        raise _refused(text("An erasure needs a reason; it stays, so name nobody in it."))
    going = store.erase(folder, number, why.strip(), basis.strip(), read_clock(now))
    return _cost(going, what.exhibit)


def _refused(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing was erased; the case is as it was."),
        text("Look the number up with: heller journal show CASE"),
    )
