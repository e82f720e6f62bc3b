"""Changing one's mind: withdrawing, restoring, and what has to be looked up before a record is written down.

Nothing is taken out of the journal: each change is an entry of its own that names what it is about.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from heller.casefile import folder as casefolder
from heller.casefile.counting import NOTED, RESTORED, WITHDRAWN, counting
from heller.casefile.derived.originals import originals
from heller.casefile.derived.premises import LAYOUT
from heller.casefile.derived.stated_reading import state
from heller.casefile.fold import ZONE, digests, exhibit_numbers, number_of
from heller.intake.across.row_changes import OddChange, row_of, with_values
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.entry import Entry
from heller.model.case import Exhibit
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.kinds.lost_original import LostOriginal
from heller.model.kinds.row_change import RowChange
from heller.model.record import Record
from heller.model.text import Text, text

CHANGEABLE = (*NOTED, "exhibit", LAYOUT, ZONE)


def target(folder: Path, named: str) -> int:
    """The entry that a person means: 'K8' and 'K 8' an exhibit, '12' and '#12' an entry. Raises InputRefused."""
    entries, plain = store.load(folder).entries, named.strip()
    if plain.lower().startswith("k"):
        numbers = {n: seq for seq, n in exhibit_numbers(entries).items()}
        if (seq := numbers.get(number_of(plain))) is None:
            raise _refuse(text("There is no exhibit {name}.", name=plain), _look())
        return seq
    plain = plain.removeprefix("#")
    if not plain.isdecimal() or int(plain) >= len(entries):
        raise _refuse(text("There is no entry {name}.", name=named), _look())
    return int(plain)


def group(folder: Path, named: str) -> tuple[int, ...]:
    """The entries of a group ('12-15') that can be taken back and were not yet; of anything else the one entry."""
    first, dash, last = named.strip().removeprefix("#").partition("-")
    if not dash or not first.strip().isdecimal() or not last.strip().isdecimal():
        return (target(folder, named),)
    entries = store.load(folder).entries
    known = counting(entries)
    wanted = range(int(first), min(int(last), len(entries) - 1) + 1)
    found = tuple(n for n in wanted if entries[n].kind in CHANGEABLE and entries[n].body and known.counts(n))
    if not found:
        raise _refuse(text("None of the entries {name} can be taken back.", name=named), _look())
    return found


def correct(folder: Path, entry: int, why: str, now: datetime | None = None) -> int:
    """Say that an earlier entry no longer counts, and why. It stays in the journal."""
    entries = _changeable(folder, entry, why)
    if (by := counting(entries).withdrawn.get(entry)) is not None:
        raise _refuse(
            text("Entry {n} does not count any more: entry {by} says so.", n=entry, by=by),
            text("It counts again with: heller note CASE restore {n} WHY", n=entry),
        )
    return store.append(folder, [(WITHDRAWN, {"corrects": entry, "why": why.strip()})], read_clock(now))


def restore(folder: Path, entry: int, why: str, now: datetime | None = None) -> int:
    """Say that an entry that was withdrawn counts again, and why."""
    entries = _changeable(folder, entry, why)
    known = counting(entries)
    if entry not in known.withdrawn:
        other = known.replaced.get(entry)
        raise _refuse(
            text("Entry {n} was never withdrawn.", n=entry)
            if other is None
            else text("Entry {n} was replaced by entry {other}.", n=entry, other=other),
            text("Nothing needs to be done.")
            if other is None
            else text("Withdraw that one: heller note CASE correct {other} WHY", other=other),
        )
    return store.append(folder, [(RESTORED, {"restores": entry, "why": why.strip()})], read_clock(now))


def correct_zone(folder: Path, zone: str, why: str, now: datetime | None = None) -> int:
    """Say that the site lies in another time zone. Raises InputRefused where there is none of that name."""
    require_zone(zone)
    if not why.strip():
        raise _refuse(text("A correction needs a reason."), text("Say why in a sentence."))
    return store.append(folder, [(ZONE, {"why": why.strip(), "zone": zone})], read_clock(now))


def under_zone(folder: Path, zone: str, as_of: date) -> Claim:
    """What would be owed if the site lay in another zone; nothing is written or kept."""
    require_zone(zone)
    return casefolder.claim_in_zone(folder, zone, as_of)


def require_zone(zone: str) -> None:
    """Raises InputRefused where there is no zone of that name."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise InputRefused(
            what=text("There is no time zone called {zone}.", zone=zone),
            why=text("Days and working days are worked out in the zone of the site."),
            do=text("Use a name such as Europe/Berlin."),
        ) from None


def _changeable(folder: Path, entry: int, why: str) -> tuple[Entry, ...]:
    entries = store.load(folder).entries
    if not 0 <= entry < len(entries) or entries[entry].kind not in CHANGEABLE:
        raise InputRefused(
            what=text("Entry {n} is no note and no exhibit.", n=entry),
            why=text("Only what a person wrote or added can be corrected."),
            do=text("Look up the number with: heller journal show {folder}", folder=str(folder)),
        )
    if entries[entry].body is None:
        raise _refuse(text("What entry {n} said was erased before.", n=entry), _look())
    if not why.strip():
        raise InputRefused(
            what=text("A correction needs a reason."),
            why=text("Without one, the other side will ask why something was taken back."),
            do=text("Say why in a sentence."),
        )
    return entries


def replaceable(folder: Path, entry: int) -> None:
    """Raises InputRefused where an entry is no note that counts, so that nothing can stand in its place."""
    entries = store.load(folder).entries
    if (
        not 0 <= entry < len(entries)
        or entries[entry].kind not in NOTED
        or not counting(entries).counts(entry)
    ):
        raise _refuse(text("Entry {n} is no note that counts.", n=entry), _look())


def prepared(folder: Path, record: Record) -> Record:
    """The record with what has to be looked up in the case; raises InputRefused where it fits nothing there."""
    if isinstance(record, RowChange):
        return _row(folder, record)
    if isinstance(record, LostOriginal):
        return _lost(folder, record)
    return record


def _row(folder: Path, change: RowChange) -> RowChange:
    exhibit = _exhibit(casefolder.load(folder).exhibits, change.exhibit)
    read = casefolder.reading_of(folder, exhibit.digest)
    try:
        record = read.records[row_of(read.records, change.row)]
        with_values(record, change.change, casefolder.zone(folder))
    except OddChange as odd:
        raise _refuse(odd.what, odd.do) from odd
    assert record.source is not None
    place = f"{record.source.member} {record.source.place}".strip()
    return replace(change, exhibit=f"K{exhibit.number}", row=place)


def _lost(folder: Path, lost: LostOriginal) -> LostOriginal:
    """The record with what was read from the file last, as far as that was kept."""
    checked = store.load(folder)
    numbers = {n: seq for seq, n in exhibit_numbers(checked.entries).items()}
    seq = numbers.get(number_of(lost.exhibit))
    body = checked.entries[seq].body if seq is not None else None
    if body is None:
        raise _refuse(text("There is no exhibit {name}.", name=lost.exhibit), _look())
    if store.object_path(folder, body["digest"]).is_file():
        raise _refuse(
            text("The file of exhibit K {n} is there.", n=number_of(lost.exhibit)),
            text("If it no longer counts: heller note CASE correct K{n} WHY", n=number_of(lost.exhibit)),
        )
    named = originals(digests(checked.entries))
    original = next(one for one in named if one.digest == body["digest"])
    kept = casefolder.readings(folder, checked.entries).kept(original)
    return replace(lost, exhibit=f"K{number_of(lost.exhibit)}", says=state(kept) if kept else "")


def _exhibit(exhibits: tuple[Exhibit, ...], named: str) -> Exhibit:
    found = next((e for e in exhibits if e.number == number_of(named)), None)
    if found is None:
        raise _refuse(text("There is no exhibit {name}.", name=named), _look())
    return found


def _look() -> Text:
    return text("Look the number up with: heller journal show CASE")


def _refuse(what: Text, do: Text) -> InputRefused:
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
