"""heller law cap: the cap on liability."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import shown
from heller.cli.screen import as_day, tr
from heller.law.answers import cap


def run(
    *,
    on: Annotated[str, Parameter(help=tr("The day of the outage."))],
    fault: Annotated[str, Parameter(help=tr("The provider's fault: simple, gross or intent."))],
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The cap on liability, and whether the fault lifts it."""
    shown.show(cap.answer(as_day(on), fault), json=json)
