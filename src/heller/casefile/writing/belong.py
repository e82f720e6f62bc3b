"""Writing down what belongs to which line and event, for both doors: what is named is looked up and checked here."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.casefile import folder as casefolder
from heller.casefile.writing.write import note
from heller.intake.across.parts import names
from heller.intake.written import numbers
from heller.model.case import Case
from heller.model.errors import InputRefused
from heller.model.kinds.access_line import ALL
from heller.model.kinds.belonging import Belonging
from heller.model.kinds.grouping import Grouping
from heller.model.record import Record
from heller.model.text import Text, text

EVERY = ("every", "all", "jedes", "alle")  # of events
NOON = time(12)


class Home(Struct, frozen=True):
    """Where something belongs, as a person names it: `line` '' and `event` None say nothing."""

    line: str = ""
    event: datetime | None = None
    every_event: bool = False


def home(case: Case, line: str | None, event: str | None) -> Home:
    """A line by its name, an event by a day or a moment of it. Raises InputRefused for what is not there."""
    if event is not None and event.strip().casefold() in EVERY:
        return Home(line_named(case, line), every_event=True)
    return Home(line_named(case, line), None if event is None else moment(event, case.tz))


def line_named(case: Case, said: str | None) -> str:
    """The name of a line as it was stated, or `all`; '' where none is named. Raises InputRefused."""
    if not said:
        return ""
    known = [line.name for line in case.lines]
    for name in (*known, ALL):
        if name.casefold() == said.casefold():
            return name
    raise refused(
        text("There is no line called {name}.", name=said),
        text(
            "Lines are: {lines}. Another one is stated with: heller note CASE line NAME",
            lines=", ".join(known) or "–",
        ),
    )


def moment(raw: str, zone: ZoneInfo) -> datetime:
    """A day (its noon) or a day and a time. Raises InputRefused."""
    found = numbers.moment(raw, "", zone)
    on = numbers.day(raw) if found is None else None
    if found is None and on is None:
        raise refused(
            text("{raw} cannot be read.", raw=raw),
            text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
        )
    return found or datetime.combine(on, NOON, zone)  # type: ignore[arg-type]


def give(
    folder: Path, said: str, to: Home, *, who: str = "", why: str = "", now: datetime | None = None
) -> int:
    """Write down that something belongs there; returns the number of the entry. Raises InputRefused where nothing is
    called so."""
    thing = thing_of(casefolder.load(folder), said)
    found = Belonging(thing, to.line, to.event, to.every_event, who, why)
    return note(folder, found, now)


def note_for(
    folder: Path, record: Record, to: Home, now: datetime | None = None, *, replaces: int | None = None
) -> int:
    """Write a record and where it belongs; returns the number of its entry. Some records hold their line themselves."""
    entry = note(folder, record, now, replaces)
    line = "" if hasattr(record, "line") else to.line
    if line or ((to.event or to.every_event) and not isinstance(record, Belonging | Grouping)):
        note(folder, Belonging(f"#{entry}", to.line, to.event, to.every_event), now)
    return entry


def thing_of(case: Case, said: str) -> str:
    """What a person means by 'K3', a file's name, '#12' or the number of a document. Raises InputRefused."""
    plain = said.strip()
    number = plain.removeprefix("K").removeprefix("k").strip()
    for exhibit in case.exhibits:
        if plain in (exhibit.name, exhibit.digest) or (plain[:1] in "Kk" and number == str(exhibit.number)):
            return exhibit.digest
    if plain.startswith("#") and plain[1:].isdecimal() and int(plain[1:]) in case.noted_in:
        return plain
    if any(plain in names(r, e) for e in case.exhibits for r in e.reading.records):
        return plain
    raise refused(
        text("Nothing in the case is called {name}.", name=said),
        text("Name an exhibit (K3 or its file), an entry of the journal (#12), or the number of a document."),
    )


def refused(what: Text, do: Text) -> InputRefused:
    """What cannot be written: nothing of it was."""
    return InputRefused(what, text("Nothing was written; the case is as it was."), do)
