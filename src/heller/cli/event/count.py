"""heller event count: say that an outage counts, however short or announced it was."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.event.verdict import decide
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.model.kinds.grouping import GroupingVerdict
from heller.model.text import text

PLACE = 50
VERB = text("Say that an outage counts, however short or announced it was.")


def run(
    case: CaseFolder,
    one: Annotated[str, Parameter(help=tr("A day or moment of the outage."))],
    *,
    line: Annotated[str | None, Parameter(help=tr("The line, where there are several."))] = None,
    who: Annotated[str, Parameter(help=tr("Who says so."))] = "",
    why: Annotated[str, Parameter(help=tr("Why."))] = "",
) -> None:
    """Say that an outage counts, however short or announced it was."""
    decide(case, GroupingVerdict.COUNTED, (one,), line, who, why)
