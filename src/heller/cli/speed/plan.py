"""heller speed plan: when to measure for the authority's campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli import screen, typed_words
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.cli.speed.check import for_firms
from heller.dossier.wording import BERLIN, Words
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 20
VERB = text("Days and times of a consumer's campaign: thirty measurements on three days.")

HALF = 5
LENGTH = timedelta(minutes=5)


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
    for said in advice():
        screen.point(said)


def advice() -> tuple[str, ...]:
    """Whom it serves, what the order asks for besides the times, and what is not known of it."""
    return (
        for_firms(),
        tr(
            "Measure with the authority's own program (breitbandmessung.de): only its result counts as proof."
        ),
        tr("By cable, with the wireless network off and nothing else on the line; confirm that each time."),
        tr("At least five minutes between two measurements; the plan leaves ten."),
        tr(
            "The order wants a longer pause between the fifth and the sixth. How long, is not confirmed; the "
            "plan takes three hours, and the program says when it may go on."
        ),
        tr("All three days within 14 days, at least one day between two of them."),
        tr("Take its CSV into the case with heller add, or look at it with heller speed check."),
    )


def calendar(days: Sequence[Sequence[datetime]], as_of: date, say: Words) -> str:
    """Two appointments a day: the first five measurements, and the second five."""
    from heller.cli import calendar_file

    entries = []
    for day in days:
        for half, part in enumerate((day[:HALF], day[HALF:])):
            entries.append(
                calendar_file.Entry(
                    uid=calendar_file.stable_uid("speed", day[0].isoformat(), str(half)),
                    on=part[0].astimezone(UTC).date(),
                    title=say(
                        text(
                            "Speed: measurements {first} to {last}",
                            first=1 + half * HALF,
                            last=HALF * (1 + half),
                        )
                    ),
                    description="\n".join((", ".join(map(say.time, part)), *advice())),
                    begins=part[0],
                    ends=part[-1] + LENGTH,
                )
            )
    return calendar_file.calendar(entries, as_of, say(text("Heller: measuring days")))


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
