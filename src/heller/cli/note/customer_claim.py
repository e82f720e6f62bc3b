"""heller note CASE customer_claim: write down what a customer of the firm demands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from heller.cli.note.written import day, refused, two, write
from heller.cli.options import CaseFolder
from heller.cli.screen import tr
from heller.intake.written import numbers
from heller.model.kinds.customer_claim import CustomerClaim
from heller.model.text import text

PLACE = 50
VERB = text("Write down what a customer of the firm demands.")


def run(
    case: CaseFolder,
    words: Annotated[list[str], Parameter(help=tr("CUSTOMER REASON"))],
    *,
    at: Annotated[
        str | None, Parameter(help=tr("When it happened, e.g. '04.02.2015 08:35'; now if left out."))
    ] = None,
    amount: Annotated[str | None, Parameter(help=tr("An amount that was named."))] = None,
    paid: Annotated[str | None, Parameter(help=tr("The day on which it was paid."))] = None,
) -> None:
    """Write down what a customer of the firm demands."""
    said = words
    customer = two(said, text("Say which customer, and what for."))
    on = day(at) or datetime.now(UTC).date()
    owed = None if amount is None else numbers.amount(amount)
    if owed is None:
        raise refused(
            text("The amount is missing or cannot be read: {raw}.", raw=amount or "--amount"),
            text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
        )
    write(case, CustomerClaim(customer, on, owed, " ".join(said[1:]), paid=day(paid)))
