"""heller law court: which court decides."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import court


def run(
    *,
    value: Annotated[str, Parameter(help=tr("The value in dispute."))],
    on: Annotated[str, Parameter(help=tr("The day on which the case becomes pending."))],
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """Which court decides, and whether a lawyer is required."""
    screen.show(court.answer(typed_words.amount(value), as_day(on)), json=json)
