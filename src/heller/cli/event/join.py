"""heller event join: say that the outages at two moments are one event."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.event.verdict import decide
from heller.cli.options import CaseFolder, WhichLine, Who, Why
from heller.cli.screen import tr
from heller.model.kinds.grouping import GroupingVerdict
from heller.model.text import text

PLACE = 30
VERB = text("Say that the outages at two moments are one event.")


def run(
    case: CaseFolder,
    one: Annotated[str, Parameter(help=tr("A day or moment of the first outage."))],
    other: Annotated[str, Parameter(help=tr("A day or moment of the other."))],
    *,
    line: WhichLine = None,
    who: Who = "",
    why: Why = "",
) -> None:
    """Say that the outages at two moments are one event."""
    decide(case, GroupingVerdict.TOGETHER, (one, other), line, who, why)
