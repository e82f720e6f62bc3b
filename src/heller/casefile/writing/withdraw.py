"""Taking an exhibit out of the claim by its number, and back into it; the journal keeps both."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from heller.casefile.counting import RESTORED, counting
from heller.casefile.fold import exhibit_numbers
from heller.casefile.writing.write import correct
from heller.journal import store
from heller.journal.clock import read_clock
from heller.model.errors import InputRefused
from heller.model.text import text


class ExhibitMove(Struct, frozen=True):
    """An exhibit that was withdrawn or restored, and the entry that says so."""

    number: int
    name: str
    entry: int


def withdraw(folder: Path, number: int, why: str, now: datetime | None = None) -> ExhibitMove:
    """Take an exhibit out of the claim; it stays in the journal. Raises InputRefused where it is out already."""
    seq, name, by = _exhibit(folder, number)
    if by is not None:
        raise _refused(number, out=True)
    return ExhibitMove(number, name, correct(folder, seq, why, now))


def restore(folder: Path, number: int, why: str, now: datetime | None = None) -> ExhibitMove:
    """Take a withdrawn exhibit back into the claim. Raises InputRefused where it was not withdrawn."""
    seq, name, by = _exhibit(folder, number)
    if by is None:
        raise _refused(number, out=False)
    if not why.strip():
        raise InputRefused(
            text("To let an exhibit count again needs a reason."),
            text("Without one, the other side will ask why something came back."),
            text("Say why in a sentence."),
        )
    entry = store.append(folder, [(RESTORED, {"restores": seq, "why": why})], read_clock(now))
    return ExhibitMove(number, name, entry)


def _exhibit(folder: Path, number: int) -> tuple[int, str, int | None]:
    """The entry of an exhibit, its name, and the entry that withdrew it."""
    entries = store.load(folder).entries
    seq = next((seq for seq, n in exhibit_numbers(entries).items() if n == number), None)
    body = None if seq is None else entries[seq].body
    if seq is None or body is None:
        raise InputRefused(
            text("There is no exhibit K {n}.", n=number),
            text("Nothing was written; the case is as it was."),
            text("See what waits with: heller inbox CASE"),
        )
    return seq, str(body["name"]), counting(entries).withdrawn.get(seq)


def _refused(number: int, *, out: bool) -> InputRefused:
    return InputRefused(
        text("Exhibit K {n} is withdrawn already.", n=number)
        if out
        else text("Exhibit K {n} is not withdrawn.", n=number),
        text("Nothing was written; the case is as it was."),
        text("See: heller journal show CASE"),
    )
