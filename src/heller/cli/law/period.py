"""heller law period: when a period ends."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import period


def run(
    *,
    event: Annotated[str, Parameter(name="--from", help=tr("The day of the event; it does not count."))],
    length: Annotated[str, Parameter(help=tr("How many days, weeks, months, years or working days."))],
    unit: Annotated[str, Parameter(help=tr("days, weeks, months, years or working-days."))] = "days",
    state: Annotated[str, Parameter(help=tr("The German state in which the line lies, such as NW."))] = "",
    catholic: Annotated[
        bool, Parameter(negative="", help=tr("The place is mainly Catholic: its own public holidays count."))
    ] = False,
    event_counts: Annotated[
        bool, Parameter(negative="", help=tr("The beginning of the day decides, so the day counts."))
    ] = False,
    unmoved: Annotated[
        bool, Parameter(negative="", help=tr("Nothing must be declared or done, so § 193 BGB moves nothing."))
    ] = False,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """When a period ends, with the public holidays of the state."""
    found = period.answer(
        as_day(event),
        typed_words.whole(length),
        unit,
        state,
        catholic=catholic,
        event_day_counts=event_counts,
        moves=not unmoved,
    )
    screen.show(found, json=json)
