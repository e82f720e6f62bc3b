"""heller law interest: default interest on a sum."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr
from heller.law.de.answers import interest


def run(
    *,
    amount: Annotated[str, Parameter(help=tr("The sum that bears interest."))],
    last: Annotated[str, Parameter(name="--to", help=tr("The last day of interest; it counts too."))],
    first: Annotated[
        str | None, Parameter(name="--from", help=tr("The first day of interest; it counts."))
    ] = None,
    served: Annotated[
        str | None,
        Parameter(help=tr("Instead of --from: the day the action was served; interest runs from the next.")),
    ] = None,
    points: Annotated[
        str | None, Parameter(help=tr("Points above the base rate; 5 for damages if left out."))
    ] = None,
    basis: Annotated[str, Parameter(help=tr("How a year is counted: act/365 or act/act."))] = "act/365",
    claim: Annotated[
        str, Parameter(help=tr("damages or payment; a payment claim among businesses has other points."))
    ] = "",
    arose: Annotated[
        str | None, Parameter(help=tr("The day the obligation of a payment claim arose; --from if left out."))
    ] = None,
    rendered: Annotated[
        str | None, Parameter(help=tr("The day of the performance under an older continuing contract."))
    ] = None,
    json: Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))] = False,
) -> None:
    """Default interest on a sum, half-year by half-year."""
    found = interest.answer(
        typed_words.amount(amount),
        typed_words.first_day(first, served),
        as_day(last),
        None if points is None else typed_words.number(points),
        basis,
        claim,
        typed_words.day(arose),
        typed_words.day(rendered),
    )
    screen.show(found, json=json)
