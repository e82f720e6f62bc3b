"""heller event give: say which event something belongs to."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.writing import belong
from heller.cli import screen
from heller.cli.options import CaseFolder, Thing, Who, Why
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 20
VERB = text("Say which event a file, a receipt or a note belongs to.")


def run(
    case: CaseFolder,
    thing: Thing,
    event: Annotated[str, Parameter(help=tr("A day or moment of the event, or every."))],
    *,
    line: Annotated[str | None, Parameter(help=tr("The line, or all."))] = None,
    who: Who = "",
    why: Why = "",
) -> None:
    """Say which event a file, a receipt or a note belongs to."""
    entry = belong.give(case, thing, belong.home(casefile.load(case), line, event), who=who, why=why)
    screen.out().print(screen.words()(text("Written as entry {n}.", n=entry)))
