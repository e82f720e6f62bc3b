"""What the forms of `heller note` share: writing the record, refusing."""

from __future__ import annotations

from pathlib import Path

from heller import casefile
from heller.cli import screen
from heller.model.errors import InputRefused
from heller.model.record import Record
from heller.model.text import Text, text


def write(case: Path, record: Record) -> None:
    """Write a record into the journal, and say as which entry."""
    casefile.zone(case)  # reads the journal: nothing is added to one that was changed
    entry = casefile.note(case, record)
    screen.out().print(screen.words()(text("Written as entry {n}.", n=entry)))


def two(said: list[str], need: Text) -> str:
    """The first word where at least two are there; InputRefused says what is needed."""
    if len(said) < 2:
        raise refused(need, text("See: heller note --help"))
    return said[0]


def refused(what: Text, do: Text) -> InputRefused:
    """A note that cannot be written: nothing of it was."""
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
