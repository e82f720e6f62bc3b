"""The part of `heller profile` for lists of hours and calls: which column is which, and what is read by it."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.cli import screen
from heller.cli.screen import tr
from heller.intake.readers import calls, tracker
from heller.intake.tables import propose
from heller.intake.tables.profile import Found, save
from heller.model.errors import InputRefused
from heller.model.kinds.summary import Summary
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

SHOWN = 5
ROLES: dict[str, Text] = {
    "person": text("Person"),
    "date": text("Day"),
    "begin": text("Begin"),
    "end": text("End"),
    "duration": text("Hours"),
    "at": text("Day and time"),
    "time": text("Time"),
    "direction": text("Which way a call went"),
    "status": text("State"),
    "length": text("Length"),
}


def show(blob: Blob, content: str, kind: str, columns: Mapping[str, str], *, keep: bool, json: bool) -> None:
    """The proposal with what is read by it; kept where it is asked for. Raises InputRefused."""
    found = propose.proposal(content, kind, columns)
    if found is None:
        raise InputRefused(
            text("In {name} not all columns were found that a list of hours or calls needs.", name=blob.name),
            text("Which column is which is not guessed."),
            text("Say it: --column person=HEADING --column date=HEADING --column duration=HEADING"),
        )
    reading = _read(blob, found)
    told = next((record for record in reading.records if isinstance(record, Summary)), None)
    if keep and told is None:
        raise InputRefused(
            text("The layout is not kept: no row can be read by it."),
            text("A layout is recalled by its headings, and is only worth keeping where it reads."),
            text("Say which column is which: --column date=HEADING --column length=HEADING"),
        )
    head = found.listing.head.cells
    path = save(replace(found.profile, source="confirmed by a person"), head) if keep else None
    named = {role: head[at] for role, at in found.listing.places.items()}
    values = {key: value.value for key, value in told.values.items()} if told else {}
    if json:
        screen.as_json({"columns": named, kind: values, **({"saved": str(path)} if path else {})})
        return
    say = screen.words()
    screen.heading(say(text("{name}: which column is which", name=blob.name)))
    roles = screen.table(tr("Role"), tr("Column"))
    for role, column in named.items():
        roles.add_row(say(ROLES[role]) if role in ROLES else role, column)
    screen.out().print(roles)
    for key, value in values.items():
        screen.point(f"{key}: {value}")
    for finding in reading.findings[:SHOWN]:
        screen.point(say(finding.text), "!", "yellow")
    if path:
        kept = text("Kept as {path}. Tables with these headings are now read by it.", path=str(path))
        screen.point(say(kept))
    else:
        said = text("If this is right, keep it: heller profile {name} --save", name=blob.name)
        screen.point(say(said), " ", "dim")


def _read(blob: Blob, found: Found) -> Reading:
    if found.profile.kind == calls.NAME:
        return calls.read_by(blob, found)
    return tracker.read_by(blob, ZoneInfo("Europe/Berlin"), found.listing)
