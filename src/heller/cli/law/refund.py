"""heller law refund: the fee that comes back or falls."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import refund


def run(
    *,
    fee: Annotated[str, Parameter(help=tr("The monthly fee of the contract."))],
    first: Annotated[str, Parameter(name="--from", help=tr("The first day without proper service."))],
    back: Annotated[str, Parameter(name="--to", help=tr("The day on which the service came back."))],
    cause: Annotated[
        str,
        Parameter(
            name="--for", help=tr("dead or slow for the line, change for a failed change of provider.")
        ),
    ] = refund.DEAD,
    shortfall: Annotated[
        str | None, Parameter(help=tr("The missing share of speed or quality of a slow line, such as 60%."))
    ] = None,
    who: Annotated[
        str | None, Parameter(help=tr("The customer: consumer, micro, small, larger or non-profit."))
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """The fee that comes back or falls."""
    found = refund.answer(
        typed_words.amount(fee),
        as_day(first),
        as_day(back),
        cause,
        None if shortfall is None else typed_words.share(shortfall),
        typed_words.kind(who),
    )
    screen.show(found, json=json)
