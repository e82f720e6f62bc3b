"""heller law compensation: the lump sum for an outage or a change of provider."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import given, shown
from heller.cli.screen import as_day, tr
from heller.law.answers import compensation


def run(
    *,
    fee: Annotated[str, Parameter(help=tr("The monthly fee of the contract."))],
    reported: Annotated[
        str, Parameter(help=tr("The day of the fault report; with tkg59 that of the interruption."))
    ],
    restored: Annotated[str, Parameter(help=tr("The day on which the service came back."))],
    state: Annotated[str, Parameter(help=tr("The German state in which the line lies, such as NW."))] = "",
    rule: Annotated[
        str, Parameter(help=tr("tkg58 for a complete outage, tkg59 for a change of provider."))
    ] = compensation.OUTAGE,
    law_of: Annotated[
        str | None, Parameter(help=tr("The day whose law counts; that of --reported if left out."))
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The lump sum for an outage or a change of provider, day by day."""
    found = compensation.answer(
        given.amount(fee),
        as_day(reported),
        as_day(restored),
        state,
        rule,
        None if law_of is None else as_day(law_of),
    )
    shown.show(found, json=json)
