"""heller note CASE zone: correct the time zone of the site; what that moves is shown first."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.echo import echo
from heller.casefile.writing.change import correct_zone, under_zone
from heller.cli import echoed, screen
from heller.cli.note.written import refused, two
from heller.cli.options import AsOf, CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 80
VERB = text("Correct the time zone of the site; what that moves is shown first.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("ZONE WHY, such as Europe/Vienna"))],
    *,
    as_of: AsOf = None,
    yes: Annotated[bool, Parameter(help=tr("Do it. Without this only the effect is shown."))] = False,
) -> None:
    """Correct the time zone of the site; what that moves is shown first."""
    zone = two(words, text("Say which zone, and why."))
    if yes:
        echoed.echoed(case, lambda: correct_zone(case, zone, " ".join(words[1:])))
        return
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Working out")) as done:
        before, after = casefile.claim(case, day, done), under_zone(case, zone, day)
    echoed.show(echo(0, before, after), screen.words())
    raise refused(
        text("Nothing was written yet: this is what the zone {zone} would move.", zone=zone),
        text("If it is right, run the same again with --yes."),
    )
