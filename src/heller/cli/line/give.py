"""heller line give: say which line something belongs to."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.writing import belong
from heller.cli import screen
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.text import text

PLACE = 30
VERB = text("Say which line a file, a receipt or a note belongs to.")


def run(
    case: CaseFolder,
    thing: Annotated[
        str, Parameter(help=tr("An exhibit (K3 or its file), an entry (#12) or a document's number."))
    ],
    line: Annotated[str, Parameter(help=tr("The line, or all."))],
    *,
    who: Annotated[str, Parameter(help=tr("Who says so."))] = "",
    why: Annotated[str, Parameter(help=tr("Why."))] = "",
) -> None:
    """Say which line a file, a receipt or a note belongs to."""
    entry = belong.give(case, thing, belong.home(casefile.load(case), line, None), who=who, why=why)
    screen.out().print(screen.words()(text("Written as entry {n}.", n=entry)))
