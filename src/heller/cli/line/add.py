"""heller line add: state a line of the firm."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile.writing.belong import line_named
from heller.cli.note.written import refused, write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.intake.written import canonical
from heller.model.kinds.access_line import ALL, AccessLine, LineRole
from heller.model.text import text

PLACE = 20
VERB = text("State a line: what it is for, and by what its logs and papers are known.")

CARRIED = {"yes": True, "no": False, None: None}


def run(
    case: CaseFolder,
    name: Annotated[str, Parameter(help=tr("What you call it: main, backup, branch ..."))],
    *,
    role: Annotated[str, Parameter(help=tr("What it is for: main, backup, mobile or branch."))] = "main",
    site: Annotated[str, Parameter(help=tr("Where it lies."))] = "",
    sign: Annotated[
        list[str] | None,
        Parameter(
            help=tr("An address, port, device or part of a file's name by which it is known; several times.")
        ),
    ] = None,
    backs: Annotated[str | None, Parameter(help=tr("The line that it stands in for."))] = None,
    carried: Annotated[
        str | None, Parameter(help=tr("Whether the firm could work over it meanwhile: yes or no."))
    ] = None,
) -> None:
    """State a line: what it is for, and by what its logs and papers are known."""
    roles = {one.value: one for one in LineRole}
    if role not in roles or not name.strip() or name.casefold() == ALL:
        raise refused(
            text("{raw} is no line of that kind.", raw=f"{name} ({role})"),
            text("Kinds of lines are: {kinds}.", kinds=", ".join(roles)),
        )
    worked = None if carried is None else canonical.yes_no(carried)
    if carried is not None and worked is None:
        raise refused(text("{raw} cannot be read.", raw=carried), text("Write yes or no."))
    stands_for = line_named(casefile.load(case), backs)
    write(case, AccessLine(name.strip(), roles[role], site, tuple(sign or ()), stands_for, CARRIED[worked]))
