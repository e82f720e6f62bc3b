"""Erasing a person: a redacted copy takes the place of each file and note that names him first, and only where every
sum stays they are erased. Papers and pictures are not rewritten: they are named, for a person to erase."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from heller.casefile import folder as casefolder
from heller.casefile.echo import sums
from heller.casefile.naming import names, redacted
from heller.casefile.writing.change import correct, restore
from heller.casefile.writing.erase import HandedBefore, erase, handed_before
from heller.casefile.writing.take_in import take_in
from heller.casefile.writing.write import note, plain
from heller.intake.personal import KnownValues, parts, strings
from heller.model.case import Case, Exhibit
from heller.model.errors import InputRefused
from heller.model.kinds.belonging import Belonging
from heller.model.record import Blob, Record
from heller.model.text import Text, text


class Redacted(Struct, frozen=True):
    """Which exhibit stands in whose place and which note, by their entries; the mark that stands for the name; which
    exhibits name the person and could not be rewritten, and to whom dossiers went that name him."""

    replaced: Mapping[int, int]
    mark: str
    left: tuple[int, ...]
    notes: Mapping[int, int]
    handed: tuple[HandedBefore, ...]


def named_in(folder: Path, case: Case, name: str) -> dict[int, bytes | None]:
    """The exhibits whose originals name a person, by the name or a word of it, in the file's name or in all that can be
    read in its bytes; each with its bytes with a mark in the name's place, None where it is no text."""
    known, found = _values_of(name, _mark(case)), dict[int, bytes | None]()
    for exhibit in case.exhibits:
        data = casefolder.original(folder, exhibit.digest)
        blob = Blob(exhibit.name, data, exhibit.digest)
        if next(known.find(exhibit.name), None) or names(blob, known):
            found[exhibit.number] = redacted(exhibit.name, data, known)
    return found


def redact(
    folder: Path, name: str, why: str, basis: str, as_of: date, now: datetime | None = None
) -> Redacted:
    """Put redacted copies in the place of all files and notes that name a person, then erase these. Raises
    InputRefused, and takes the copies back, where a sum would be another one."""
    case = casefolder.load(folder)
    known = _values_of(name, mark := _mark(case))
    found = named_in(folder, case, name)
    rewritten = {number: data for number, data in found.items() if data is not None}
    if not rewritten and not _naming(case, known):
        raise _refused(text("Nothing in the case that can be rewritten names {name}.", name=name))
    if not why.strip():
        raise _refused(text("An erasure needs a reason; it stays, so name nobody in it."))
    before = sums(casefolder.claim(folder, as_of))
    exhibits = {e.number: e for e in case.exhibits}
    old = [exhibits[number] for number in rewritten]
    out = [one.entry for one in old if not one.withdrawn]
    for entry in out:
        correct(folder, entry, why, now)
    copies = [(known.marked(_copy(one)), data) for one, data in zip(old, rewritten.values(), strict=True)]
    added = take_in(folder, copies, now) if copies else ()
    notes = _rewrite(folder, case, known, now)
    if sums(casefolder.claim(folder, as_of)) != before:
        for entry in (*notes.values(), *(_entry(folder, item.number) for item in added)):
            correct(folder, entry, why, now)
        for entry in out:
            restore(folder, entry, why, now)
        raise _refused(
            text("Without the name the sums would be others: {name} stands for more than a name.", name=name)
        )
    going = [*(one.entry for one in old), *notes]
    handed = handed_before(casefolder.entries(folder).entries, going)
    for entry in going:
        if casefolder.entries(folder).entries[entry].body is not None:
            erase(folder, entry, why, basis, now)
    numbers = {one.number: item.number for one, item in zip(old, added, strict=True)}
    return Redacted(numbers, mark, tuple(n for n, data in found.items() if data is None), notes, handed)


def _naming(case: Case, known: KnownValues) -> list[tuple[int, Record]]:
    """The notes that name a person, in any of their words, with their entries."""
    noted = zip(case.noted_in, case.noted, strict=True)
    return [(n, one) for n, one in noted if any(next(known.find(said), None) for said in strings(plain(one)))]


def _rewrite(folder: Path, case: Case, known: KnownValues, now: datetime | None) -> dict[int, int]:
    """Write each note that names a person again with the mark, in the place of the old one; what belonged to it
    belongs to the new one. Returns the new entries by the old ones."""
    moved: dict[int, int] = {}
    for entry, record in zip(case.noted_in, case.noted, strict=True):
        said = marked(plain(record), known)
        if isinstance(record, Belonging) and (at := record.thing.removeprefix("#")).isdecimal():
            said["thing"] = f"#{moved.get(int(at), int(at))}"
        if said != plain(record):
            moved[entry] = note(folder, msgspec.convert(said, Record), now, entry)
    return moved


def marked(said: Any, known: KnownValues) -> Any:
    """What a record says with the mark in the name's place, whatever it is made of; its kind stays."""
    match said:
        case str():
            return known.marked(said)
        case dict():
            return {key: one if key == "type" else marked(one, known) for key, one in said.items()}
        case list():
            return [marked(one, known) for one in said]
    return said


def _values_of(name: str, mark: str) -> KnownValues:
    return KnownValues(dict.fromkeys(parts(name.strip(), frozenset()), mark))


def _mark(case: Case) -> str:
    """What stands for the name: another one for each person, and none that says who it is."""
    return f"Person-{case.entries}"


def _copy(exhibit: Exhibit) -> str:
    stem, dot, ending = exhibit.name.rpartition(".")
    return f"{stem}-redacted.{ending}" if dot else f"{exhibit.name}-redacted"


def _entry(folder: Path, number: int) -> int:
    return next(e.entry for e in casefolder.load(folder).exhibits if e.number == number)


def _refused(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Nothing was erased; the case is as it was."),
        text("See which entries name somebody with: heller erase CASE --person NAME"),
    )
