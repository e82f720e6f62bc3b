"""heller law fees: what a lawyer and the court cost."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import given, shown
from heller.cli.screen import as_day, tr
from heller.law.answers import fees


def run(
    *,
    value: Annotated[str, Parameter(help=tr("The value in dispute."))],
    on: Annotated[str, Parameter(help=tr("The day of the mandate and of pendency; it selects the tables."))],
    instance: Annotated[str, Parameter(help=tr("1 for the first instance, 2 for the appeal."))] = "1",
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """What a lawyer and the court cost for a value."""
    shown.show(fees.answer(given.amount(value), as_day(on), given.whole(instance)), json=json)
