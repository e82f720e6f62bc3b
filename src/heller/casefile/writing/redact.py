"""Erasing a person from text files: a redacted copy takes each file's place first, and only where every sum stays the
file itself is erased. Papers, pictures and notes are not rewritten: they are named, for a person to erase."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from heller.casefile import folder as casefolder
from heller.casefile.echo import sums
from heller.casefile.writing.change import correct, restore
from heller.casefile.writing.erase import erase
from heller.casefile.writing.take_in import take_in
from heller.intake.personal import KnownValues, parts, text_of, texts
from heller.model.case import Case, Exhibit
from heller.model.errors import InputRefused
from heller.model.record import Blob
from heller.model.text import Text, text


class Redacted(Struct, frozen=True):
    """Which exhibit stands in whose place, the mark that stands for the name, and which exhibits name the person and
    could not be rewritten."""

    replaced: Mapping[int, int]
    mark: str
    left: tuple[int, ...]


def named_in(folder: Path, case: Case, name: str) -> dict[int, bytes | None]:
    """The exhibits whose originals name a person, by the name or a word of it, in the file's name or in all that can be
    read in its bytes; each with its bytes with a mark in the name's place, None where it is no text."""
    known, found = _values_of(name, _mark(case)), dict[int, bytes | None]()
    for exhibit in case.exhibits:
        data = casefolder.original(folder, exhibit.digest)
        blob = Blob(exhibit.name, data, exhibit.digest)
        if any(next(known.find(said), None) for said in (exhibit.name, *texts(blob))):
            plain = text_of(data)
            found[exhibit.number] = known.marked(plain[0]).encode(plain[1]) if plain else None
    return found


def redact(
    folder: Path, name: str, why: str, basis: str, as_of: date, now: datetime | None = None
) -> Redacted:
    """Put redacted copies in the place of all text files that name a person, then erase these. Raises InputRefused, and
    takes the copies back, where a sum would be another one."""
    case = casefolder.load(folder)
    found = named_in(folder, case, name)
    rewritten = {number: data for number, data in found.items() if data is not None}
    if not rewritten:
        raise _refused(text("No text file of the case names {name}.", name=name))
    if not why.strip():
        raise _refused(text("An erasure needs a reason; it stays, so name nobody in it."))
    before = sums(casefolder.claim(folder, as_of))
    exhibits, known = {e.number: e for e in case.exhibits}, _values_of(name, mark := _mark(case))
    old = [exhibits[number] for number in rewritten]
    out = [one.entry for one in old if not one.withdrawn]
    for entry in out:
        correct(folder, entry, why, now)
    copies = [(known.marked(_copy(one)), data) for one, data in zip(old, rewritten.values(), strict=True)]
    added = take_in(folder, copies, now)
    if sums(casefolder.claim(folder, as_of)) != before:
        for item in added:
            correct(folder, _entry(folder, item.number), why, now)
        for entry in out:
            restore(folder, entry, why, now)
        raise _refused(
            text("Without the name the sums would be others: {name} stands for more than a name.", name=name)
        )
    for one in old:
        erase(folder, one.entry, why, basis, now)
    numbers = {one.number: item.number for one, item in zip(old, added, strict=True)}
    return Redacted(numbers, mark, tuple(number for number, data in found.items() if data is None))


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
