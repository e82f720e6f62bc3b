"""What the forms of `heller note` share: reading words and days, writing the record, refusing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from heller import casefile
from heller.cli import screen
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.record import Record
from heller.model.text import Text, text


def write(case: Path, record: Record, line: str | None = None, event: str | None = None) -> None:
    """Write a record into the journal with the line and event that it is about, and say as which entry."""
    casefile.zone(case)  # reads the journal: nothing is added to one that was changed
    if line is None and event is None:
        entry = casefile.note(case, record)
    else:
        from heller.casefile.writing import belong

        entry = belong.note_for(case, record, belong.home(casefile.load(case), line, event))
    screen.out().print(screen.words()(text("Written as entry {n}.", n=entry)))


def day(raw: str | None) -> date | None:
    """A day as it was given; a time of day after it is not needed here."""
    if raw is None:
        return None
    found = numbers.day(raw.split()[0] if raw.strip() else raw)
    if found is None:
        raise refused(
            text("{raw} cannot be read.", raw=raw or "''"),
            text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
        )
    return found


def two(said: list[str], need: Text) -> str:
    """The first word where at least two are there; InputRefused says what is needed."""
    if len(said) < 2:
        raise refused(need, text("See: heller note --help"))
    return said[0]


def refused(what: Text, do: Text) -> InputRefused:
    """A note that cannot be written: nothing of it was."""
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
