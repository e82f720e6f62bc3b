"""heller examine try: what would be due under other facts or other bounds of the outage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter
from msgspec.structs import replace

from heller.casefile.examination import keep_notes, notes_of
from heller.cli import screen
from heller.cli.examine.screen import opened, readings
from heller.cli.screen import tr
from heller.intake.written import numbers
from heller.intake.written.canonical import canonical, did_you_mean, fact_of
from heller.model.answer_file import TriedFigure
from heller.model.errors import InputRefused
from heller.model.text import text
from heller.model.tried import OtherwiseSupposed

PLACE = 20
VERB = text("Try other facts or other bounds of the outage, and see what would be due.")


def run(
    bundle: Annotated[Path, Parameter(help=tr("The ZIP file that came with the dossier."))],
    *,
    suppose: Annotated[
        tuple[str, ...], Parameter(help=tr("A fact otherwise, as 'fault.share=30 %'; may be repeated."))
    ] = (),
    since: Annotated[
        str | None, Parameter(help=tr("The line was down only from this day and time on."))
    ] = None,
    until: Annotated[
        str | None, Parameter(help=tr("The line was down only until this day and time."))
    ] = None,
    keep: Annotated[bool, Parameter(help=tr("Keep what was tried for the answer."))] = False,
) -> None:
    """Try other facts or other bounds of the outage; nothing but --keep writes anything."""
    examination = opened(bundle)
    zone = examination.claim.case.tz
    say = screen.words(zone, examination.claim.case.trade)
    readings(examination, say)
    supposed = OtherwiseSupposed(facts(suppose, zone), moment(since, zone), moment(until, zone))
    if not supposed:
        return
    due = examination.tried(supposed)
    label = "; ".join([*suppose, *(f"{name} {at}" for name, at in (("≥", since), ("≤", until)) if at)])
    said = text(
        "{what}: {then} would be due instead of {now}.",
        what=label,
        then=say.span_of_money(due),
        now=say.span_of_money(examination.claim.waterfall.due),
    )
    screen.out().print()
    screen.out().print(say(said), style="bold")
    if keep:
        notes = notes_of(examination)
        keep_notes(examination, replace(notes, tried=(*notes.tried, TriedFigure(label, due.low))))


def facts(said: Iterable[str], zone: ZoneInfo) -> dict[str, str]:
    """Facts as they were typed, in canonical form; raises InputRefused."""
    found = {}
    for one in said:
        word, _, raw = one.partition("=")
        spec = fact_of(word.strip())
        value = canonical(spec, raw.strip(), zone) if spec is not None else None
        if spec is None or value is None:
            raise InputRefused(
                text("'{said}' states no fact that is known.", said=one),
                text("Nothing was tried."),
                did_you_mean(word) if spec is None else spec.how,
            )
        found[spec.key] = value
    return found


def moment(said: str | None, zone: ZoneInfo) -> datetime | None:
    """A day and a time of day as they were typed; midnight where there is none. Raises InputRefused."""
    if said is None:
        return None
    day, _, clock = said.strip().replace("T", " ").partition(" ")
    found = numbers.moment(day, clock.strip() or "00:00", zone)
    if found is None:
        raise InputRefused(
            text("{raw} is no day and time.", raw=said),
            text("Nothing was tried."),
            text("Write day and time as 04.02.2015 09:30."),
        )
    return found
