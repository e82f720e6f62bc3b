"""Default interest on a sum, half-year by half-year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from heller.law.book.answer import LawAnswer
from heller.law.book.query import QuerySpec
from heller.law.de.answers import interest
from heller.law.de.interest import from_pendency
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.text import text


def ask(
    *,
    amount: Annotated[Money, QuerySpec(text("The sum that bears interest."))],
    last: Annotated[date, QuerySpec(text("The last day of interest; it counts too."), name="--to")],
    first: Annotated[
        date | None, QuerySpec(text("The first day of interest; it counts."), name="--from")
    ] = None,
    served: Annotated[
        date | None,
        QuerySpec(text("Instead of --from: the day the action was served; interest runs from the next.")),
    ] = None,
    points: Annotated[
        Decimal | None, QuerySpec(text("Points above the base rate; 5 for damages if left out."))
    ] = None,
    basis: Annotated[str, QuerySpec(text("How a year is counted: act/365 or act/act."))] = "act/365",
    claim: Annotated[
        str, QuerySpec(text("damages or payment; a payment claim among businesses has other points."))
    ] = "",
    arose: Annotated[
        date | None, QuerySpec(text("The day the obligation of a payment claim arose; --from if left out."))
    ] = None,
    rendered: Annotated[
        date | None, QuerySpec(text("The day of the performance under an older continuing contract."))
    ] = None,
) -> LawAnswer:
    """From default, or from the day after service (§ 291 BGB)."""
    return interest.answer(amount, _first_day(first, served), last, points, basis, claim, arose, rendered)


def _first_day(first: date | None, served: date | None) -> date:
    if first is not None and served is None:
        return first
    if served is not None and first is None:
        return from_pendency(served)
    raise InputRefused(
        what=text("The first day of interest is not clear."),
        why=text("Interest runs from default, or from the day after the action was served."),
        do=text("Give either --from or --served."),
    )
