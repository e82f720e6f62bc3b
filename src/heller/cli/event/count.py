"""heller event count: say that an outage counts, however short or announced it was."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.event.verdict import decide
from heller.cli.options import CaseFolder, WhichLine, Who, Why
from heller.cli.screen import tr
from heller.model.kinds.grouping import GroupingVerdict
from heller.model.text import text

PLACE = 50
VERB = text("Say that an outage counts, however short or announced it was.")


def run(
    case: CaseFolder,
    one: Annotated[str, Parameter(help=tr("A day or moment of the outage."))],
    *,
    line: WhichLine = None,
    who: Who = "",
    why: Why = "",
) -> None:
    """Say that an outage counts, however short or announced it was."""
    decide(case, GroupingVerdict.COUNTED, (one,), line, who, why)
