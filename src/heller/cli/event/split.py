"""heller event split: say that the outages at two moments are two events."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.event.verdict import decide
from heller.cli.options import CaseFolder, WhichLine, Who, Why
from heller.cli.screen import tr
from heller.model.kinds.grouping import GroupingVerdict
from heller.model.text import text

PLACE = 40
VERB = text("Say that the outages at two moments are two events.")


def run(
    case: CaseFolder,
    one: Annotated[str, Parameter(help=tr("A day or moment of the first outage."))],
    other: Annotated[str, Parameter(help=tr("A day or moment of the other."))],
    *,
    line: WhichLine = None,
    who: Who = "",
    why: Why = "",
) -> None:
    """Say that the outages at two moments are two events."""
    decide(case, GroupingVerdict.APART, (one, other), line, who, why)
