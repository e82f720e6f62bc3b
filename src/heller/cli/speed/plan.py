"""heller speed plan: when to measure for the authority's campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen, typed_words
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.dossier.speed_campaign import ADVICE, HALF, calendar
from heller.dossier.wording import BERLIN, Words
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 20
VERB = text("Days and times of a consumer's campaign: thirty measurements on three days.")


def run(
    *,
    start: Annotated[
        str | None, Parameter(name="--from", help=tr("First day; tomorrow if left out."))
    ] = None,
    at: Annotated[str, Parameter(help=tr("Time of the first measurement of a day."))] = "09:00",
    tz: Annotated[str | None, Parameter(help=tr("Time zone of the site: Europe/Berlin."))] = None,
    ics: Annotated[Path | None, Parameter(help=tr("Write them to a calendar file too."))] = None,
    json: AsJson = False,
) -> None:
    """Days and times of the campaign."""
    from heller.outage.speed.campaign import timetable

    zone = BERLIN if tz is None else typed_words.zone(tz)
    first = screen.as_day(start) if start else datetime.now(zone).date() + timedelta(1)
    days = timetable(first, _time(at), zone)
    say = screen.words(zone)
    if ics is not None:
        from heller.cli.deadlines import write

        write(ics, calendar(days, first, say))
    if json:
        screen.as_json([[at.isoformat().replace("+00:00", "Z") for at in day] for day in days])
        return
    show(days, say)
    if ics is not None:
        screen.point(say(text("Calendar file: {path}", path=str(ics))))


def show(days: Sequence[Sequence[datetime]], say: Words) -> None:
    """A column for each day, and what to mind."""
    screen.heading(tr("Thirty measurements on three days"))
    table = screen.table(
        tr("No."), *(say.day(say.local(day[0]).date(), "weekday") for day in days), right=(0,)
    )
    for number, instants in enumerate(zip(*days, strict=True), 1):
        table.add_row(str(number), *map(say.time, instants))
        if number == HALF:
            table.add_section()
    screen.out().print(table)
    screen.out().print()
    for said in ADVICE:
        screen.point(say(said))


def _time(raw: str) -> time:
    from heller.intake.written.numbers import clock

    found = clock(raw)
    if found is None or found >= timedelta(hours=19):
        raise InputRefused(
            what=text("{raw} is no time at which a day of measurements can begin.", raw=raw or "''"),
            why=text("Ten measurements with their pause take four and a half hours."),
            do=text("Write it as 09:00."),
        )
    return (datetime.min + found).time()
