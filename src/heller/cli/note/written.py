"""What the forms of `heller note` share: writing the record, refusing."""

from __future__ import annotations

from pathlib import Path

from heller import casefile
from heller.cli.echoed import echoed
from heller.model.errors import InputRefused
from heller.model.record import Record
from heller.model.text import Text, text


def write(
    case: Path,
    record: Record,
    line: str | None = None,
    event: str | None = None,
    replaces: int | None = None,
) -> None:
    """Write a record into the journal with the line and event that it is about, and say what it did."""
    from heller.casefile.writing import belong

    named = line or getattr(record, "line", "")
    home = belong.home(casefile.load(case), named, event) if named or event else belong.Home()
    echoed(case, lambda: belong.note_for(case, record, home, replaces=replaces))


def two(said: list[str], need: Text) -> str:
    """The first word where at least two are there; InputRefused says what is needed."""
    if len(said) < 2:
        raise refused(need, text("See: heller note --help"))
    return said[0]


def refused(what: Text, do: Text) -> InputRefused:
    """A note that cannot be written: nothing of it was."""
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
