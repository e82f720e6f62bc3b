"""heller line work: write down work that the provider announced."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.writing.belong import line_named, moment
from heller.cli.note.written import day, refused, write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.kinds.announced_work import AnnouncedWork
from heller.model.span import Span, utc
from heller.model.text import text

PLACE = 40
VERB = text("Write down work that the provider announced, with its time.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("What was announced."))],
    *,
    begin: Annotated[str, Parameter(name="--from", help=tr("Its beginning, e.g. '04.02.2015 00:00'."))],
    to: Annotated[str, Parameter(help=tr("Its end."))],
    announced: Annotated[str | None, Parameter(help=tr("The day on which it was announced."))] = None,
    line: Annotated[str | None, Parameter(help=tr("The line that it is about."))] = None,
    who: Annotated[str, Parameter(help=tr("Who announced it."))] = "",
) -> None:
    """Write down work that the provider announced, with its time."""
    known = casefile.load(case)
    start, end = (utc(moment(raw, known.tz)) for raw in (begin, to))
    if end <= start:
        raise refused(
            text("{raw} is no time.", raw=f"{begin} – {to}"), text("The end lies after the beginning.")
        )
    write(
        case, AnnouncedWork(Span(start, end), day(announced), line_named(known, line), who, " ".join(words))
    )
