"""heller note CASE measure: write down a measure against the loss."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.note.written import day, refused, write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.intake.written import canonical, numbers
from heller.model.kinds.measure import Measure
from heller.model.text import text

PLACE = 60
VERB = text("Write down a measure against the loss.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("NAME"))],
    *,
    once: Annotated[str, Parameter(help=tr("What setting it up costs."))] = "0",
    per_day: Annotated[str, Parameter(help=tr("What a day of it costs."))] = "0",
    avoids: Annotated[str, Parameter(help=tr("Share of the daily loss that it avoids."))] = "100 %",
    offered: Annotated[str | None, Parameter(help=tr("Since when it could be had."))] = None,
    taken: Annotated[str | None, Parameter(help=tr("The day on which it was taken."))] = None,
    why: Annotated[str, Parameter(help=tr("Why not earlier, or why not at all."))] = "",
) -> None:
    """Write down a measure against the loss."""
    said = words
    first, daily = numbers.amount(once), numbers.amount(per_day)
    part = canonical.share(avoids)
    if not said or first is None or daily is None or part is None:
        raise refused(
            text("The name, a cost or the share of the measure is missing or cannot be read."),
            text(
                "For example: heller note CASE measure 'LTE router' --once 200 --per-day 15 --avoids '90 %'"
            ),
        )
    write(
        case,
        Measure(" ".join(said), first, daily, part, day(offered), day(taken), why),
    )
